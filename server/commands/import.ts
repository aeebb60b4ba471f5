/**
 * `npm run import -- <kind> <file>` imports one file of reference data, whole or not at all; `npm run import -- all` imports what
 * ships with Helsevev. docs/run/reference-data.md. A running server reads codes at its start: start it again after codes change.
 */
import { readFileSync } from 'node:fs'
import { type Imported, importers, importShipped } from '@helsevev/kernel/codes/import'
import { importOrder, type ReferenceFile, referenceFiles } from '@helsevev/kernel/codes/reference-files'
import type { Sql } from 'postgres'
import { importRegister, registerOf, sentence } from './import-register.ts'
import { environmentOr, withDatabase } from './open.ts'

const usage = `Usage: npm run import -- all
       npm run import -- <${importOrder.join('|')}> <file.csv>
       npm run import -- <practitioners|organizations> <file.jsonl>
`

/** Exit codes: 0 imported, 1 a fault in the file, 2 wrong use, 78 wrong environment. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  print: (text: string) => void,
): Promise<number> {
  const [kind, path] = words
  const all = kind === 'all' && words.length === 1
  const register = registerOf(kind, path)
  if (!all && !((register || isKind(kind)) && path && words.length === 2)) {
    print(usage)
    return 2
  }
  const environment = environmentOr(source, print)
  if (typeof environment === 'number') return environment
  if (all) return await withDatabase(environment, async ({ sql }) => printCounts(await importShipped(sql), print))
  if (register) return await withDatabase(environment, async ({ sql }) => await importRegister(sql, register, path ?? '', print))
  return await withDatabase(environment, async ({ sql }) => await importFile(sql, kind as ReferenceFile, path ?? '', print))
}

async function importFile(sql: Sql, kind: ReferenceFile, path: string, print: (text: string) => void): Promise<number> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    print(`${path} cannot be read: ${(error as Error).message}\n`)
    return 1
  }
  const imported: Imported = await importers[kind](sql, text)
  if ('faults' in imported) {
    print(`${path}: nothing was imported.\n${imported.faults.map((fault) => `${sentence(fault)}\n`).join('')}`)
    return 1
  }
  print(`${imported.rows} ${referenceFiles[kind].name} imported from ${path}.\n`)
  return 0
}

function printCounts(counts: Record<ReferenceFile, number>, print: (text: string) => void): number {
  for (const kind of importOrder) print(`${counts[kind]} ${referenceFiles[kind].name} imported.\n`)
  return 0
}

function isKind(kind: string | undefined): kind is ReferenceFile {
  return kind !== undefined && Object.hasOwn(referenceFiles, kind)
}

if (import.meta.main) process.exitCode = await run(process.argv.slice(2), process.env, (text) => process.stdout.write(text))

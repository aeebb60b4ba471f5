/**
 * `npx helsevev import KIND FILE` imports one file of reference data, whole or not at all; `import all` imports what ships with Helsevev.
 * docs/run/reference-data.md. A running server reads codes at its start: start it again after codes change.
 */
import { readFileSync } from 'node:fs'
import { type Imported, importers, importShipped } from '@helsevev/kernel/codes/import'
import { importOrder, type ReferenceFile, referenceFiles } from '@helsevev/kernel/codes/reference-files'
import type { Sql } from 'postgres'
import { type Command, defineCommand, required } from '../define-command.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { anyFile } from '../values.ts'
import { importRegister, isRegisterFile, type Register, sentence } from './register.ts'

const exitCodes = { 0: 'imported', 1: 'the file has faults, and nothing was imported' }

export const commands: readonly Command[] = [
  defineCommand({
    name: 'import all',
    summary: 'Import the reference data that ships with Helsevev',
    exitCodes: { 0: 'imported' },
    example: '',
    run: ({ withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const counts = await importShipped(sql)
        return { result: counts, text: importOrder.map((kind) => `${counts[kind]} ${referenceFiles[kind].name} imported.\n`).join('') }
      }),
  }),
  ...importOrder.filter((kind) => kind !== 'organizations').map((kind) => importOf(kind)),
  registerCommand('practitioners', 'Import the register of health personnel', 'the register in JSON Lines', 'hpr.jsonl'),
  registerCommand(
    'organizations',
    'Import organisations, or the register of organisations with units and membership',
    'organisations in CSV, or the register in JSON Lines (.jsonl)',
    'helsenett.jsonl',
  ),
]

function importOf(kind: ReferenceFile): Command {
  return defineCommand({
    name: `import ${kind}`,
    summary: `Import ${referenceFiles[kind].name}`,
    positionals: { file: required(anyFile, 'the list in CSV') },
    exitCodes,
    example: `${kind}.csv`,
    run: ({ values, withDatabase }) => withDatabase(({ sql }) => importFile(sql, kind, values.file)),
  })
}

function registerCommand(register: Register, summary: string, about: string, example: string): Command {
  return defineCommand({
    name: `import ${register}`,
    summary,
    positionals: { file: required(anyFile, about) },
    exitCodes,
    example,
    run: ({ values, withDatabase }) =>
      withDatabase(({ sql }) =>
        register === 'practitioners' || isRegisterFile(values.file)
          ? importRegister(sql, register, values.file)
          : importFile(sql, register, values.file),
      ),
  })
}

async function importFile(sql: Sql, kind: ReferenceFile, path: string): Promise<Outcome> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return refuse('file-unreadable', `${path} cannot be read: ${(error as Error).message}`)
  }
  const imported: Imported = await importers[kind](sql, text)
  if ('faults' in imported) return refuse('file-faulty', `${path}: nothing was imported.`, ...imported.faults.map(sentence))
  return { result: imported, text: `${imported.rows} ${referenceFiles[kind].name} imported from ${path}.\n` }
}

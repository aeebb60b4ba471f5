/**
 * Imports a meeting pack, whole or not at all. An import adds and never changes: what stands otherwise than the pack has it is kept and
 * listed. The same pack again adds nothing. docs/council.md
 */
import { createHash } from 'node:crypto'
import { holdsIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { Sql } from 'postgres'
import type { Question } from '../pack/pack.ts'
import { readPack } from '../pack/read-pack.ts'
import { nameOf, type Row, rowsOf, type TableRows } from './rows.ts'

/** The greatest size of a pack, in characters: ten times the national one. */
export const LONGEST_PACK = 1_000_000

export interface ImportedPack {
  meetings: { body: string; meeting: string; cases: number; proposals: number; decisions: number }[]
  /** Rows that were added, by table. */
  added: Record<string, number>
  /** Rows that stand otherwise, and were kept. */
  kept: string[]
  /** What a person must settle. */
  questions: Question[]
}

export type PackFault = { fault: string }

export async function importPack(sql: Sql, pack: { name: string; text: string; now: Date }): Promise<ImportedPack | PackFault> {
  const fault = faultOf(pack.text)
  if (fault !== undefined) return { fault }
  const read = readPack(pack.text)
  if (read.meetings.length === 0)
    return { fault: 'No meeting was found: a pack has a line "Møte i" and a body, and below it "Møte" and a number.' }
  const digest = createHash('sha256').update(pack.text).digest('hex')
  const added: Record<string, number> = {}
  const kept: string[] = []
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    // Two imports at once would each find that the other's rows are not there.
    await tx`select pg_advisory_xact_lock(hashtext('council_pack'))`
    await tx`insert into council_pack ${tx({ digest, name: pack.name, imported: pack.now })} on conflict do nothing`
    for (const table of rowsOf(read, digest)) {
      if (table.rows.length === 0) continue
      kept.push(...(await standOtherwise(tx, table)))
      const inserted = await tx`insert into ${tx(table.table)} ${tx(table.rows as Record<string, never>[])} on conflict do nothing`
      if (inserted.count > 0) added[table.table] = inserted.count
    }
  })
  const meetings = read.meetings.map(({ body, number, year, items }) => {
    const texts = items.flatMap((item) => item.texts)
    const count = (kind: string) => texts.filter((text) => text.kind === kind).length
    return { body, meeting: `${number}/${year % 100}`, cases: items.length, proposals: count('proposal'), decisions: count('decision') }
  })
  return { meetings, added, kept, questions: read.questions }
}

function faultOf(text: string): string | undefined {
  if (text.length > LONGEST_PACK) return `The pack is longer than ${LONGEST_PACK} characters. Import the meetings one by one.`
  if (text.includes('\0')) return 'The file is no text. Take the text out of the document first.'
  const at = text.split('\n').findIndex((line) => holdsIdentityNumber(line))
  return at < 0 ? undefined : `Line ${at + 1} holds an identity number. Nothing about a patient belongs in a meeting pack: remove it first.`
}

/** Names of the rows whose key stands with another content. */
async function standOtherwise(sql: Sql, { table, key, content, rows }: TableRows): Promise<string[]> {
  if (content.length === 0) return []
  const standing = await sql<Record<string, unknown>[]>`select ${sql([...key, ...content])} from ${sql(table)}`
  const keyed = new Map(standing.map((row) => [stated(row, key), stated(row, content)]))
  return rows.flatMap((row) => {
    const stands = keyed.get(stated(row, key))
    return stands === undefined || stands === stated(row, content) ? [] : [nameOf(table, row as Row, key)]
  })
}

function stated(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => plain(row[column])))
}

/** As the pack has it: a date without time, and numbers as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return Array.isArray(value) ? value.map(String) : (value ?? null)
}

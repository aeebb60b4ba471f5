/** Files of the registers of health personnel and organisations, which may be too large to hold in memory: read as they are imported. */
import { type FileHandle, open } from 'node:fs/promises'
import type { RowFault } from '@helsevev/kernel/codes/read-rows'
import { importOrganizationRegister, type OrganizationChanges } from '@helsevev/kernel/identity/registers/organizations'
import { importPractitioners, type PractitionerChanges } from '@helsevev/kernel/identity/registers/practitioners'
import type { Refused } from '@helsevev/kernel/identity/registers/register-file'
import type { Sql } from 'postgres'
import { type Outcome, refuse } from '../outcome.ts'

type Bytes = AsyncIterable<Uint8Array>

/** By the word the command takes. */
const registers = { practitioners, organizations }

export type Register = keyof typeof registers

/** Codes of organisations come in CSV, the register of organisations in JSON Lines. */
export function isRegisterFile(path: string): boolean {
  return /\.(jsonl|ndjson)$/i.test(path)
}

export async function importRegister(sql: Sql, register: Register, path: string, now = new Date()): Promise<Outcome> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch (error) {
    return refuse('file-unreadable', `${path} cannot be read: ${(error as Error).message}`)
  }
  try {
    return await registers[register](sql, file.createReadStream({ autoClose: false }), path, now)
  } finally {
    await file.close()
  }
}

async function practitioners(sql: Sql, bytes: Bytes, path: string, now: Date): Promise<Outcome> {
  const done: PractitionerChanges | Refused = await importPractitioners(sql, bytes, now)
  if ('faults' in done) return refused(done, path)
  const { rows, practitioners, held } = done
  const text = `${rows} practitioners read from ${path}.
  practitioners: ${practitioners.added} new, ${practitioners.changed} changed
  authorisations and specialties: ${held.added} new, ${held.changed} changed, ${held.ended} left out and ended now
`
  return { result: done, text }
}

async function organizations(sql: Sql, bytes: Bytes, path: string, now: Date): Promise<Outcome> {
  const done: OrganizationChanges | Refused = await importOrganizationRegister(sql, bytes, now)
  if ('faults' in done) return refused(done, path)
  const { rows, organizations, units } = done
  const text = `${rows} organisations read from ${path}.
  organisations: ${organizations.added} new, ${organizations.changed} changed
  service units: ${units.added} new, ${units.changed} changed, ${units.ended} left out and ended now
`
  return { result: done, text }
}

function refused({ faults, more }: Refused, path: string): Outcome {
  const rest = more > 0 ? [`  and ${more} more.`] : []
  return refuse('file-faulty', `${path}: nothing was imported.`, ...faults.map(sentence), ...rest)
}

export function sentence({ line, column, rule, remedy }: RowFault): string {
  return `  line ${line}${column ? `, ${column}` : ''}: ${rule} ${remedy}`
}

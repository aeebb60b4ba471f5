/** Files of the registers of health personnel and organisations, which may be too large to hold in memory: read as they are imported. */
import { type FileHandle, open } from 'node:fs/promises'
import type { RowFault } from '@helsevev/kernel/codes/read-rows'
import { importOrganizationRegister, type OrganizationChanges } from '@helsevev/kernel/identity/registers/organizations'
import { importPractitioners, type PractitionerChanges } from '@helsevev/kernel/identity/registers/practitioners'
import type { Refused } from '@helsevev/kernel/identity/registers/register-file'
import type { Sql } from 'postgres'

type Bytes = AsyncIterable<Uint8Array>
type Print = (text: string) => void

/** By the word the command takes. */
const registers = { practitioners, organizations }

export type Register = keyof typeof registers

/** Codes of organisations come in CSV, the register of organisations in JSON Lines. */
export function registerOf(kind: string | undefined, path: string | undefined): Register | undefined {
  if (kind === 'practitioners') return kind
  return kind === 'organizations' && /\.(jsonl|ndjson)$/i.test(path ?? '') ? kind : undefined
}

/** Exit codes: 0 imported, 1 a fault in the file. */
export async function importRegister(sql: Sql, register: Register, path: string, print: Print, now = new Date()): Promise<number> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch (error) {
    print(`${path} cannot be read: ${(error as Error).message}\n`)
    return 1
  }
  try {
    return await registers[register](sql, file.createReadStream({ autoClose: false }), path, print, now)
  } finally {
    await file.close()
  }
}

async function practitioners(sql: Sql, bytes: Bytes, path: string, print: Print, now: Date): Promise<number> {
  const done: PractitionerChanges | Refused = await importPractitioners(sql, bytes, now)
  if ('faults' in done) return refused(done, path, print)
  const { rows, practitioners, held } = done
  print(`${rows} practitioners read from ${path}.
  practitioners: ${practitioners.added} new, ${practitioners.changed} changed
  authorisations and specialties: ${held.added} new, ${held.changed} changed, ${held.ended} left out and ended now
`)
  return 0
}

async function organizations(sql: Sql, bytes: Bytes, path: string, print: Print, now: Date): Promise<number> {
  const done: OrganizationChanges | Refused = await importOrganizationRegister(sql, bytes, now)
  if ('faults' in done) return refused(done, path, print)
  const { rows, organizations, units } = done
  print(`${rows} organisations read from ${path}.
  organisations: ${organizations.added} new, ${organizations.changed} changed
  service units: ${units.added} new, ${units.changed} changed, ${units.ended} left out and ended now
`)
  return 0
}

function refused({ faults, more }: Refused, path: string, print: Print): number {
  print(`${path}: nothing was imported.\n${faults.map((fault) => `${sentence(fault)}\n`).join('')}`)
  if (more > 0) print(`  and ${more} more.\n`)
  return 1
}

export function sentence({ line, column, rule, remedy }: RowFault): string {
  return `  line ${line}${column ? `, ${column}` : ''}: ${rule} ${remedy}`
}

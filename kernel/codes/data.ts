/** The codes that ship with Helsevev, without a database. */
import type { Codes } from './codes.ts'
import { type FileKind, readRows } from './read-rows.ts'
import { type ReferenceFile, referenceFiles, shippedFile } from './reference-files.ts'
import { codesOf } from './tables.ts'

let made: Codes | undefined

/** The shipped codes, which are read once. For unit tests and seeds. */
export function codesFromData(): Codes {
  made ??= codesOf({
    aliases: shippedRows(referenceFiles.aliases, 'aliases'),
    codes: shippedRows(referenceFiles.codes, 'codes'),
    equivalences: shippedRows(referenceFiles.equivalences, 'equivalences'),
  })
  return made
}

function shippedRows<Name extends string>(kind: FileKind<Name>, file: ReferenceFile): Record<Name, string>[] {
  const read = readRows(kind, shippedFile(file))
  if ('faults' in read) throw new Error(`The shipped file of ${kind.name} is faulty: ${JSON.stringify(read.faults)}`)
  return read.rows.map(({ values }) => values)
}

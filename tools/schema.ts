/**
 * The committed schema: `npm run docs` writes what the migrations make, and `npm run check` compares and looks after the schema's own
 * rules.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSchema } from '@helsevev/kernel/store/check-schema'
import { dumpSchema } from '@helsevev/kernel/store/schema'
import { testDatabase } from '@helsevev/kernel/testing/database'

export const schemaFile = 'kernel/store/schema.sql'

/** One sentence per fault: of the committed dump, and of the schema's own rules. */
export async function compareSchema(): Promise<string[]> {
  const { dump, faults } = await migratedSchema()
  const committed = readFileSync(join(import.meta.dirname, '..', schemaFile), 'utf8').replaceAll('\r\n', '\n')
  if (committed === dump) return faults
  const line = dump.split('\n').findIndex((text, index) => text !== committed.split('\n')[index]) + 1
  return [...faults, `${schemaFile}:${line} is not what the migrations make. Run npm run docs and commit the file.`]
}

/** What the migrations make. */
export async function schemaDump(): Promise<string> {
  return (await migratedSchema()).dump
}

async function migratedSchema(): Promise<{ dump: string; faults: string[] }> {
  const database = await testDatabase()
  try {
    return { dump: await dumpSchema(database.owner), faults: await checkSchema(database.owner) }
  } finally {
    await database.close()
  }
}

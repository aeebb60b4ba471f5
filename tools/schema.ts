/** `npm run schema` writes kernel/store/schema.sql; `compareSchema` tells `npm run check` whether it is what the migrations make. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSchema } from '@helsevev/kernel/store/check-schema'
import { dumpSchema } from '@helsevev/kernel/store/schema'
import { testDatabase } from '@helsevev/kernel/testing/database'

const file = join(import.meta.dirname, '../kernel/store/schema.sql')

/** One sentence per fault: of the committed dump, and of the schema's own rules. */
export async function compareSchema(): Promise<string[]> {
  const { dump, faults } = await migratedSchema()
  const committed = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  if (committed === dump) return faults
  const line = dump.split('\n').findIndex((text, index) => text !== committed.split('\n')[index]) + 1
  return [...faults, `kernel/store/schema.sql:${line} is not what the migrations make. Run npm run schema and commit the file.`]
}

async function migratedSchema(): Promise<{ dump: string; faults: string[] }> {
  const database = await testDatabase()
  try {
    return { dump: await dumpSchema(database.owner), faults: await checkSchema(database.owner) }
  } finally {
    await database.close()
  }
}

if (import.meta.main) {
  if (process.argv.includes('--write')) {
    const { dump, faults } = await migratedSchema()
    writeFileSync(file, dump)
    for (const fault of faults) console.error(fault)
    process.exitCode = faults.length > 0 ? 1 : 0
  } else {
    const faults = await compareSchema()
    for (const fault of faults) console.error(fault)
    process.exitCode = faults.length > 0 ? 1 : 0
  }
}

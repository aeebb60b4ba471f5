/** Codes from the database. The three tables are read once, at start; a later import takes effect after a restart. */
import type { Sql } from 'postgres'
import type { Codes } from './codes.ts'
import { codesOf } from './tables.ts'

export async function loadCodes(sql: Sql): Promise<Codes> {
  const [aliases, codes, equivalences] = await Promise.all([
    sql<{ alias: string; system: string }[]>`select alias, system from code_system_alias`,
    sql<{ system: string; code: string; display: string }[]>`select system, code, display from code`,
    sql<
      { concept: string; system: string; code: string }[]
    >`select concept, system, code from code_equivalence order by concept, system, code`,
  ])
  return codesOf({ aliases, codes, equivalences })
}

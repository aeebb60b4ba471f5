/** A database that has held made-up people says so in itself, and production refuses it. */
import type { Database } from '@helsevev/kernel/store/database'

type Sql = Database['sql']

/** Marks the database, before the first made-up person is stored. The mark is not taken away: nothing shows that all of them are gone. */
export async function markMadeUpPeople(sql: Sql): Promise<void> {
  await sql`insert into installation_mark (mark) values ('made-up-people') on conflict do nothing`
}

/** @throws in words for an operator when the database has held made-up people. */
export async function refuseMadeUpPeople(sql: Sql): Promise<void> {
  const [row] = await sql<
    { day: string }[]
  >`select to_char(since, 'YYYY-MM-DD') as day from installation_mark where mark = 'made-up-people'`
  if (!row) return
  throw new Error(
    `This database has held made-up people since ${row.day}, and production does not use it: nobody can tell them from real ones. ` +
      'Make a new, empty database, set DATABASE_URL to it, and import the registers. Or set HELSEVEV_MODE=development.',
  )
}

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { connectAsRuntime } from './database.ts'
import { isUnavailable } from './unavailable.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await database.owner`create table note (word text primary key)`
  await database.owner`comment on table note is 'distribution: local. For this test.'`
  await database.owner`grant select, insert on note to helsevev_runtime`
})
after(() => database.close())

const cutAll = () => database.owner`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and application_name = 'helsevev'
`

test('a transaction whose connection is cut fails as a whole: what it says afterwards reaches no other connection', async () => {
  const pool = connectAsRuntime(database.url, 1)
  let late: Promise<unknown> | undefined
  const outcome = pool.begin(async (sql) => {
    await sql`insert into note values ('before')`
    await cutAll()
    await pool`select 1`.catch(() => undefined)
    await pool`select 1`
    late = sql`insert into note values ('after')`.execute()
    await late
  })
  await assert.rejects(outcome, isUnavailable)
  await eventuallyTrue(() => late !== undefined)
  await assert.rejects(late ?? Promise.resolve(), isUnavailable)
  assert.deepEqual([...(await pool`select word from note`)], [])
  await pool.end()
})

test('a statement that fails after its first rows leaves none of them to the next statement on the connection', async () => {
  const pool = connectAsRuntime(database.url, 1)
  for (const rows of [1, 2, 100]) {
    const failing = pool`select n, 1 / (${rows}::integer - n) from generate_series(0, ${rows}::integer) as n`
    await assert.rejects(failing, { code: '22012' })
    assert.deepEqual([...(await pool`select 'mine' as whose`)], [{ whose: 'mine' }])
  }
  await pool.end()
})

test('a statement on a connection that is cut fails at once, and the pool goes on with every slot', async () => {
  const pool = connectAsRuntime(database.url, 3)
  for (let round = 0; round < 5; round++) {
    const transactions = [1, 2, 3].map((n) =>
      pool.begin(async (sql) => {
        await sql`select ${n}::int`
        await sql`select pg_sleep(10)`
      }),
    )
    const outcomes = Promise.allSettled(transactions)
    await eventuallyTrue(
      async () =>
        (
          await database.owner`
            select from pg_stat_activity
            where query like '%pg_sleep(10)%' and application_name = 'helsevev' and state = 'active'`
        ).length === 3,
    )
    await cutAll()
    for (const outcome of await outcomes) assert.ok(outcome.status === 'rejected' && isUnavailable(outcome.reason))
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(async (n) => (await pool`select ${n}::int as n, pg_sleep(0.01)`)[0]?.n))
    assert.deepEqual(answers, [1, 2, 3, 4, 5, 6])
  }
  await pool.end()
})

test('with connections cut again and again, every answer belongs to its question and no question is left waiting', {
  timeout: 30_000,
}, async () => {
  const pool = connectAsRuntime(database.url, 4)
  const asked = { answered: 0, failed: 0 }
  let over = false
  const cutting = (async () => {
    for (let cut = 0; cut < 200 && (asked.answered < 50 || asked.failed < 10); cut++) {
      await cutAll()
      // Each wait is longer than the one before, so that a slow machine can answer, too.
      await sleep(10 + cut)
    }
    over = true
  })()
  const ask = async (start: number) => {
    for (let n = start; !over; n += 10) {
      try {
        const question = n % 2 === 0 ? pool`select ${n}::int as n` : pool.begin((sql) => sql`select ${n}::int as n`)
        assert.equal((await question)[0]?.n, n)
        asked.answered++
      } catch (error) {
        if (!isUnavailable(error)) throw error
        asked.failed++
      }
    }
  }
  await Promise.all([cutting, ...[1, 2, 3, 4, 5, 6, 7, 8].map(ask)])
  await pool.end()
  assert.ok(asked.answered >= 50 && asked.failed >= 10, JSON.stringify(asked))
})

async function eventuallyTrue(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt === 300) throw new Error('It did not come to that in three seconds.')
    await sleep(10)
  }
}

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { countProcesses } from './server-processes.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

const [one, two, dead] = ['1', '2', '3'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string]

test('processes count each other, one that has closed no more, and one that was killed no more after half a minute', async () => {
  const { sql } = database
  await sql`insert into server_process (id, seen) values (${dead}, now() - interval '31 seconds')`
  const first = await countProcesses(sql, one)
  assert.equal(first.count(), 1)
  const second = await countProcesses(sql, two)
  assert.equal(second.count(), 2)
  await first.beat()
  assert.equal(first.count(), 2)
  await second.close()
  await first.beat()
  assert.equal(first.count(), 1)
  await first.close()
  assert.equal((await sql`select from server_process where id <> ${dead}`).length, 0)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { markMadeUpPeople, refuseMadeUpPeople } from './made-up-people.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

test('production refuses a database that has held made-up people, and says what to do', async () => {
  const { sql } = database
  await refuseMadeUpPeople(sql)
  await markMadeUpPeople(sql)
  await markMadeUpPeople(sql)
  await assert.rejects(refuseMadeUpPeople(sql), /has held made-up people since 20\d\d-.*Make a new, empty database, set DATABASE_URL to it/)
  await assert.rejects(async () => await sql`delete from installation_mark`, { code: '42501' })
})

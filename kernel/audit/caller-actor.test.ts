import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Sql } from 'postgres'
import { nurse, organizations } from '../testing/api.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { createCallerActors } from './caller-actor.ts'

const clock = () => new Date('2026-01-15T10:00:00Z')
const { bergen } = organizations

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await database.sql`insert into organization (number, name, type) values (${bergen}, 'Bergen', 'municipality')`
})
after(async () => await database.close())

/** The database, and how many statements it has received. */
function counted(failing = false): { sql: Sql; asked: () => number } {
  let asked = 0
  const sql = (...statement: Parameters<Sql>) => {
    asked += 1
    return failing && asked === 1 ? Promise.reject(new Error('away')) : database.sql(...statement)
  }
  return { sql: sql as unknown as Sql, asked: () => asked }
}

test('a token is looked up once, whatever the number of requests; a newer token of the same person is looked up again', async () => {
  const { sql, asked } = counted()
  const actorOf = createCallerActors({ sql, clock })
  const [first, second] = await Promise.all([actorOf(nurse(bergen)), actorOf(nurse(bergen))])
  assert.deepEqual([first.name, first.organizationName, first.person], ['Nora Nurse', 'Bergen', undefined])
  assert.deepEqual([second, asked()], [first, 1])
  await actorOf(nurse(bergen, { issuedAt: 1 }))
  assert.equal(asked(), 2)
})

test('callers who differ in what an actor is made of are not taken for each other', async () => {
  const actorOf = createCallerActors({ sql: database.sql, clock })
  await actorOf(nurse(bergen))
  for (const more of [{ name: 'Ola' }, { client: 'other' }, { organization: organizations.oslo }, { supplier: bergen }, { hprNumber: '1' }])
    assert.notDeepEqual(await actorOf(nurse(bergen, more)), await actorOf(nurse(bergen)))
})

test('a look-up that fails is not remembered', async () => {
  const actorOf = createCallerActors({ ...counted(true), clock })
  await assert.rejects(actorOf(nurse(bergen)), /away/)
  assert.equal((await actorOf(nurse(bergen))).organizationName, 'Bergen')
})

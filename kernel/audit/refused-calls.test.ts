import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { createRefusedCalls } from './refused-calls.ts'

const DAY = 24 * 60 * 60 * 1000
let database: TestDatabase
let time = Date.parse('2026-01-15T22:59:59Z')
const clock = () => new Date(time)
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

const ehr = { client: 'ehr', organization: '900000001', supplier: '900000004' }
const shown = (rows: Awaited<ReturnType<ReturnType<typeof createRefusedCalls>['counted']>>) =>
  rows.map(({ day, client, organization, problem, calls }) => [day, client, organization, problem, calls])

test('calls are counted by the day of Norway, and by several processes together; each sees its own alone', async () => {
  const [one, other] = [createRefusedCalls(database.sql, clock), createRefusedCalls(database.sql, clock)]
  for (const each of [one, other]) for (let at = 0; at < 3; at++) each.count('invalid-token', ehr)
  one.count('invalid-token', { ...ehr, organization: '900000002' })
  one.count('invalid-token', { ...ehr, client: 'other-ehr', supplier: '900000005' })
  one.count('no-token', undefined)
  time += 1000
  other.count('rate-limited', ehr)
  await other.close()
  assert.deepEqual(shown(await one.counted(ehr, '2026-01-01')), [
    ['2026-01-16', 'ehr', '900000001', 'rate-limited', 1],
    ['2026-01-15', 'ehr', '900000001', 'invalid-token', 6],
    ['2026-01-15', 'ehr', '900000002', 'invalid-token', 1],
  ])
  assert.deepEqual(shown(await one.counted(ehr, '2026-01-16')), [['2026-01-16', 'ehr', '900000001', 'rate-limited', 1]])
  assert.deepEqual(shown(await one.counted({ organization: '900000002' }, '2026-01-01')), [
    ['2026-01-15', 'ehr', '900000002', 'invalid-token', 1],
  ])
  assert.deepEqual(await one.counted({ client: 'ehr', supplier: '900000005' }, '2026-01-01'), [])
  await one.close()
})

test('a count that cannot be stored is stored later', async () => {
  let fails = true
  const sql = new Proxy(database.sql, {
    apply: (target, self, given) => (fails ? Promise.reject(new Error('away')) : Reflect.apply(target, self, given)),
  })
  const counter = createRefusedCalls(sql, clock)
  counter.count('busy', { ...ehr, client: 'patient-ehr' })
  await assert.rejects(counter.counted(ehr, '2026-01-01'), /away/)
  fails = false
  counter.count('busy', { ...ehr, client: 'patient-ehr' })
  assert.deepEqual(shown(await counter.counted({ ...ehr, client: 'patient-ehr' }, '2026-01-01')), [
    ['2026-01-16', 'patient-ehr', '900000001', 'busy', 2],
  ])
  await counter.close()
})

test('senders without end are counted without their names, and old counts go', async () => {
  const counter = createRefusedCalls(database.sql, clock)
  for (let at = 0; at < 1100; at++) counter.count('invalid-token', { client: `client-${at}\0`, organization: '900000009' })
  await counter.close()
  const [{ rows, calls } = { rows: 0, calls: 0 }] = await database.sql<{ rows: number; calls: number }[]>`
    select count(*)::integer as rows, sum(calls)::integer as calls from refused_call where organization in ('900000009', '')
    and problem = 'invalid-token'`
  assert.deepEqual([rows, calls], [1001, 1100])
  time += 91 * DAY
  const later = createRefusedCalls(database.sql, clock)
  later.count('busy', undefined)
  await later.close()
  assert.equal((await database.sql`select from refused_call`).length, 1)
})

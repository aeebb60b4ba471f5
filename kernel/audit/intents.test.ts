import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createIds, type PatientKey } from '../store/ids.ts'
import type { NewRecord } from '../store/record.ts'
import { addTombstone, addVersion, addVersions, createAll, createRecords } from '../store/write-records.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { type AccessLog, openAccessLog } from './access-log.ts'
import { createActors } from './actors.ts'
import { intending, recoverIntents } from './intents.ts'
import { logKey, newLogKeyText } from './log-key.ts'
import { verifyLog } from './verify.ts'

const key = logKey(newLogKeyText())
const clock = () => new Date('2026-01-15T10:00:00Z')
const LATER = new Date('2026-01-15T10:00:01Z')
const ids = createIds(clock)
const KARI = '4611686018427387905' as PatientKey
let database: TestDatabase
let log: AccessLog
let writer: string
before(async () => {
  database = await testDatabase()
  log = await openAccessLog(database.sql, { ids, clock, key })
  const none = { hprNumber: undefined, role: undefined, organizationName: undefined, organizationChild: undefined, supplier: undefined }
  writer = await createActors(database.sql)({ ...none, person: undefined, name: 'EHR', organization: '900000001', client: 'ehr' })
})
after(async () => {
  await log.close()
  await database.close()
})

function record(more: Partial<NewRecord> = {}): NewRecord {
  const none = { businessKey: undefined, setKey: undefined, sensitiveCodes: undefined, releaseAt: undefined, releaseCodes: undefined }
  const when = { effective: clock(), recorded: clock() }
  const what = { service: 'news2', type: 'Observation', controller: '900000001', tokens: [], writer, content: '{}' }
  return { ...none, ...when, ...what, patient: KARI, id: ids.recordId(), version: 1, ...more }
}

const intents = async () =>
  (
    await database.sql<
      { event: string; count: number }[]
    >`select event, octet_length(ids) / 8 as count from log_intent order by id, version`
  ).map(({ event, count }) => `${event} ${count}`)
const recover = async () => await recoverIntents(database.sql, log, { before: LATER, uuid: ids.uuid })
const newest = async () =>
  (
    await database.sql`
      select event, service, type, patient, disclosed_ids(disclosed) as disclosed, disclosed_versions as versions, controllers, actor,
        citizen, reason
      from access_log order by seq desc limit 1`
  ).map((row) => ({ ...row }))[0]

test('what is stored leaves an intent, which goes with its row, and not with the row of another version', async () => {
  const one = record()
  await createRecords(database.sql, [one])
  assert.deepEqual(await intents(), ['create 1'])
  await log.append(exampleEntry({ patient: KARI }), [{ patient: KARI, id: one.id, version: 2 }])
  assert.deepEqual(await intents(), ['create 1'])
  await log.append(exampleEntry({ patient: KARI }), [{ patient: KARI, id: one.id, version: 1 }])
  assert.deepEqual(await intents(), [])
  assert.ok(await addVersion(database.sql, record({ id: one.id, version: 2 })))
  assert.ok(await addTombstone(database.sql, { patient: KARI, id: one.id, expected: 2, at: clock(), writer }))
  assert.deepEqual(await intents(), ['update 1', 'delete 1'])
  assert.equal(await recover(), 2)
  assert.deepEqual(await intents(), [])
})

test('versions of several records that are stored at once have an intent that is one of them, and goes with the row of any', async () => {
  const [one, other] = [record(), record()] as const
  assert.ok(await createAll(database.sql, [one, other]))
  assert.ok(await addVersion(database.sql, record({ id: one.id, version: 2 })))
  assert.equal(await recover(), 2)
  const both = [record({ id: one.id, version: 3 }), record({ id: other.id, version: 2 })]
  assert.deepEqual((await addVersions(database.sql, [...both, record({ version: 2 })])).toSorted(), both.map(({ id }) => id).toSorted())
  assert.deepEqual(await addVersions(database.sql, both), [])
  assert.deepEqual(await intents(), ['update 2'])
  const settled = both.map(({ patient, id, version }) => ({ patient, id, version }))
  await log.append(exampleEntry({ patient: KARI }), settled)
  assert.deepEqual(await intents(), [])
})

test('what stands without its row gets it, once, with what stands and who stored it', async () => {
  const two = [record(), record({ controller: '900000002' })]
  assert.ok(await createAll(database.sql, two))
  assert.deepEqual(await intents(), ['create 2'])
  assert.equal(
    (await Promise.all([recover(), recover()])).reduce((sum, one) => sum + one, 0),
    2 - 1,
  )
  const disclosed = two.map(({ id }) => id)
  const what = { event: 'create', service: 'news2', type: 'Observation', patient: KARI, disclosed, versions: null }
  const who = { controllers: '900000001 900000002', actor: writer, citizen: null, reason: 'recovered: stored, and not answered' }
  assert.deepEqual(await newest(), { ...what, ...who })
  assert.equal(await recover(), 0)
})

test('what is stored and is no record, such as a choice, gets its row with the person who stored it', async () => {
  const stored: never[] = []
  await database.sql.begin(async (tx) => {
    const what = { patient: KARI, at: clock(), event: 'choice-made', service: 'news2', type: 'patient-choice', person: KARI }
    await intending(ids, stored)(tx as never, what)
  })
  assert.equal(stored.length, 1)
  assert.equal(await recover(), 1)
  const { event, type, citizen, disclosed } = (await newest()) ?? {}
  assert.deepEqual([event, type, citizen, disclosed], ['choice-made', 'patient-choice', KARI, null])
})

test('an intent of a request that may be under way is left, and so is one whose transaction did not commit', async () => {
  await createRecords(database.sql, [record({ recorded: new Date(LATER.getTime() + 1) })])
  await assert.rejects(
    database.sql.begin(async (tx) => {
      await createRecords(tx, [record()])
      throw new Error('undone')
    }),
  )
  assert.equal(await recover(), 0)
  assert.deepEqual(await intents(), ['create 1'])
})

test('a record that was stored under a linked key goes with the row of the person’s other key', async () => {
  await database.sql`delete from log_intent`
  await database.sql`insert into person_link (patient, same_as) values (${KARI}, 77), (77, ${KARI})`
  const one = record({ patient: '77' as PatientKey })
  await createRecords(database.sql, [one])
  await log.append(exampleEntry({ patient: KARI }), [{ patient: KARI, id: one.id, version: 1 }])
  assert.deepEqual(await intents(), [])
  assert.equal((await verifyLog(database.sql, { keys: [key], now: clock() })).broken, undefined)
})

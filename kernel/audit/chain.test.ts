import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createIds } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry, exampleRow } from '../testing/example-entry.ts'
import { type LogEntry, openAccessLog } from './access-log.ts'
import { createActors } from './actors.ts'
import { copyStatement, hashedBytes, type LogRow } from './chain.ts'
import { logKey, newLogKeyText } from './log-key.ts'
import { verifyLog } from './verify.ts'

const key = logKey(newLogKeyText())
const clock = () => new Date('2026-01-15T10:00:00Z')
const ids = createIds(clock)
let database: TestDatabase
const actors: string[] = []
before(async () => {
  database = await testDatabase()
  const store = createActors(database.sql)
  const more = { hprNumber: undefined, role: undefined, organizationName: undefined, organizationChild: undefined, supplier: undefined }
  for (const organization of [undefined, '900000001', '900000002'])
    actors.push(await store({ ...more, person: undefined, name: 'Nora Nurse', organization, client: 'portal' }))
})
after(async () => await database.close())

/** Every text that PostgreSQL can hold: it takes no NUL. */
const nasty = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\f', '\v', '.', 'N', '"', "'", '{', '}', ',', ' ', 'æ', '👩‍⚕️', '\u{2028}'),
    }),
    fc.constantFrom('', '\\N', '\\.', 'NULL', '\ud800', 'æ'.repeat(600), '; drop table access_log --'),
  )
  .map((text) => text.replaceAll('\0', ''))
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 3 })
const int8 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const time = fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })

const entries: fc.Arbitrary<LogEntry> = fc.record({
  patient: int8,
  at: time,
  event: nasty,
  outcome: fc.constantFrom('ok', 'refused', 'failed'),
  actor: maybe(fc.constantFrom(0, 1, 2).map((place) => actors[place] ?? null)),
  citizen: maybe(int8),
  service: maybe(nasty),
  type: maybe(nasty),
  purpose: maybe(nasty),
  problem: maybe(nasty),
  withheld: fc.boolean(),
  disclosed: maybe(fc.array(int8, { maxLength: 30 })),
  disclosedVersions: maybe(fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 5 })),
  eventId: fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase())),
  attestation: fc.constant(null),
  toa: maybe(time),
  decisionRef: maybe(nasty),
  basis: maybe(nasty),
  openedBy: maybe(fc.constantFrom('emergency', 'declared-consent', 'registered-consent')),
  opened: maybe(fc.array(fc.constantFrom('restriction/17', 'consent/18', 'source'), { maxLength: 3 })),
  unseen: maybe(fc.array(fc.constantFrom('hidden', 'blocked', 'nothing'), { maxLength: 3 })),
  automatic: fc.boolean(),
  controllers: maybe(fc.array(fc.constantFrom('900000001', '900000002', '900000003'), { maxLength: 4 })),
  reason: maybe(nasty),
})

test('whatever a row holds, it is found unchanged: what is hashed is what PostgreSQL copies out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entries, { minLength: 1, maxLength: 20 }), async (rows) => {
      const log = await openAccessLog(database.sql, { ids, clock, key })
      await Promise.all(rows.map((row) => log.append(row)))
      await log.close()
      assert.equal((await verifyLog(database.sql, { keys: [key], now: clock() })).broken, undefined)
    }),
    { numRuns: 60 },
  )
})

test('the bytes that are hashed are those of the row in a binary COPY', async () => {
  const log = await openAccessLog(database.sql, { ids, clock, key })
  const entry = exampleEntry({ reason: 'because', disclosedVersions: [1, 2], toa: new Date(0), withheld: true })
  await log.append(entry)
  await log.close()
  const [segment] = await database.sql<{ segment: string }[]>`select max(segment) as segment from access_log`
  const chunks: Buffer[] = []
  for await (const chunk of await database.sql.unsafe(copyStatement(BigInt(segment?.segment ?? 0), 0n, 10n)).readable()) chunks.push(chunk)
  const copied = Buffer.concat(chunks)
  const row = { ...exampleRow(entry), segment: segment?.segment ?? '', seq: '1' } satisfies LogRow
  // The stream begins with 19 bytes of header, and ends with the length of the hash, the hash and two closing bytes.
  assert.deepEqual(hashedBytes(row), copied.subarray(19, -4 - 32 - 2))
})

test('what comes from outside is cleaned before it is hashed: control characters, identity numbers, impossible times', async () => {
  const log = await openAccessLog(database.sql, { ids, clock, key })
  const number = '17055000179'
  await log.append(exampleEntry({ reason: `Found\0at\n${number}\u202e`, decisionRef: 'a\0b', toa: new Date(8.64e15), event: 'cleaned' }))
  await log.close()
  const [row] = await database.sql`select reason, decision_ref, toa from access_log where event = 'cleaned'`
  assert.deepEqual({ ...row }, { reason: 'Found at [identity number]', decision_ref: 'ab', toa: null })
  assert.equal((await verifyLog(database.sql, { keys: [key], now: clock() })).broken, undefined)
})

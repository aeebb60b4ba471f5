import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type LogEntry, openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { createAttestations } from '@helsevev/kernel/audit/attestations'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds, type PatientKey } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { exampleEntry } from '@helsevev/kernel/testing/example-entry'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { type Observed, observe } from '../testing.ts'

const number = makeIdentityNumber({ birthDate: '1941-03-08', series: 301 })
const nurseNumber = makeIdentityNumber({ birthDate: '1985-02-11', series: 302 })
const keyText = newLogKeyText()
const clock = () => new Date('2026-01-15T10:00:00Z')
const ids = createIds(clock)

let database: TestDatabase
let patient: PatientKey
let actor: string

before(async () => {
  database = await testDatabase()
  await database.sql`insert into organization (number, name, type) values ('900000001', 'Bergen kommune', 'municipality')`
  const registered = await registerPerson(database.sql, ids, { system: 'FNR', value: number }, { birthDate: '1941-03-08' })
  const nurse = await registerPerson(database.sql, ids, { system: 'FNR', value: nurseNumber }, {})
  assert.ok('key' in registered && 'key' in nurse)
  patient = registered.key
  actor = await createActors(database.sql)({
    person: nurse.key,
    name: 'Nora Nurse',
    hprNumber: '990000001',
    role: 'SP',
    organization: '900000001',
    organizationName: 'Bergen kommune',
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
  })
})
after(async () => await database.close())
beforeEach(async () => {
  await database.owner`alter table access_log disable trigger user`
  await database.owner`delete from access_log`
  await database.owner`alter table access_log enable trigger user`
})

const entry = (more: Partial<LogEntry>): LogEntry => exampleEntry({ patient, actor, service: 'news2', ...more })
const open = async () => await openAccessLog(database.sql, { ids, clock, key: logKey(keyText) })

/** What shows a person takes who and why. */
const why = ['--by', 'Kari Nordmann', '--for', '900000001', '--reason', 'The patient asks who has looked']

async function command(words: string[], input: string[] = [], more: Record<string, string> = {}): Promise<Observed> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  return await observe(['audit', ...words, ...(words[0] === 'patient' ? why : [])], { source: { ...source, ...more }, input })
}

test('a patient is told in plain words who looked, where, for what, by whose decision and with what outcome, newest first', async () => {
  const attestation = await createAttestations(database.sql)({
    toa: undefined,
    practitioner: {
      identifier: { id: nurseNumber, system: undefined, name: undefined },
      hprNumber: undefined,
      authorization: { code: 'SP', system: undefined, text: undefined },
      legalEntity: undefined,
      pointOfCare: { id: '900000011', system: undefined, name: 'Bergen legevakt' },
      department: { id: '705592', system: undefined, name: 'Mottak' },
    },
    careRelation: {
      healthcareService: { code: 'KX17', system: undefined, text: 'Legevakt' },
      purposeOfUse: undefined,
      purpose: 'BTG',
      purposeOfUseDetails: { code: 'BLAALYS', system: undefined, text: 'Blålys' },
      decisionRef: { id: 'decision-1', description: 'Bevisstløs', userSelected: true },
    },
    patient: {
      identifier: { id: number, system: undefined, name: undefined },
      pointOfCare: { id: '900000012', system: undefined, name: undefined },
      department: undefined,
    },
    unknownMembers: [],
  })
  const log = await open()
  await log.append(entry({ at: new Date('2026-01-15T10:05:09Z') }))
  await log.append(
    entry({ at: new Date('2026-07-15T10:05:09Z'), outcome: 'refused', problem: 'no-agreement', disclosed: null, purpose: null }),
  )
  await log.append(
    entry({
      at: new Date('2026-07-16T10:05:09Z'),
      event: '$status',
      type: null,
      withheld: true,
      disclosed: ['11'],
      purpose: 'BTG',
      basis: 'emergency',
      reason: 'Bevisstløs',
      attestation,
      decisionRef: 'decision-1',
      toa: new Date('2026-07-16T10:04:00Z'),
    }),
  )
  await log.close()
  await database.sql`
    insert into code_system (system, name, source) values ('urn:oid:2.16.578.1.12.4.1.1.9060', 'Kategori helsepersonell', 'test')`
  await database.sql`insert into code (system, code, display) values ('urn:oid:2.16.578.1.12.4.1.1.9060', 'SP', 'Sykepleier')`
  const { code, printed } = await command(['patient'], [number])
  assert.equal(code, 0)
  assert.equal(
    printed,
    `2026-07-16 12:05:09  Nora Nurse, Bergen kommune: called $status in news2, done
    as                Sykepleier
    at                Bergen legevakt; Mottak; the patient at 900000012
    for               emergency access; Blålys; Legevakt
    because           Bevisstløs
    on the ground of  emergency
    decided by        the reader at 2026-07-16 12:04:00: Bevisstløs (decision-1)
    shown or written  1 resource
    withheld          something

2026-07-15 12:05:09  Nora Nurse, Bergen kommune: searched: Observation in news2, refused (no-agreement)
    as                Sykepleier

2026-01-15 11:05:09  Nora Nurse, Bergen kommune: searched: Observation in news2, done
    as                Sykepleier
    for               treatment
    shown or written  2 resources

3 entries, newest first, in Norwegian time.
`,
  )
})

test('nobody having looked is said so', async () => {
  const { code, printed } = await command(['patient'], [number])
  assert.deepEqual([code, printed], [0, 'Nobody has looked.\n'])
})

test('a number that nobody has is told apart from nobody having looked', async () => {
  const { code, printed } = await command(['patient'], [makeIdentityNumber({ birthDate: '1941-03-08', series: 303 })])
  assert.equal(code, 1)
  assert.match(printed, /^Nobody in the person register here has that number/)
})

test('a number of wrong form is refused and not repeated', async () => {
  const wrong = `${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}`
  const { code, printed } = await command(['patient'], [wrong], { HELSEVEV_INVALID_IDENTITY_NUMBERS: 'refuse' })
  assert.equal(code, 1)
  assert.match(printed, /check digits agree\. Nothing was looked up\.\n$/)
  assert.ok(!printed.includes(wrong))
})

test('an identity number as argument is refused and not repeated', async () => {
  const { code, printed } = await command(['patient', number])
  assert.equal(code, 2)
  assert.match(printed, /^An identity number is never an argument/)
  assert.ok(!printed.includes(number))
})

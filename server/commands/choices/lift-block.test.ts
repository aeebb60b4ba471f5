/** Lifting a block at the desk by commands: two persons, a letter, and no word about whether there was a block. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { createIds, type PatientKey } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { measurements } from '@helsevev/kernel/testing/measurements'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { observe } from '../testing.ts'

const bergen = '900000001'
const oslo = '900000002'
const HPR = '990000001'
const keyText = newLogKeyText()
const ids = createIds(() => new Date())

let database: TestDatabase
let asks: string
let confirms: string
let nurse: string
before(async () => {
  database = await testDatabase()
  await database.sql`
    insert into organization (number, name, type) values (${bergen}, 'Bergen', 'municipality'), (${oslo}, 'Oslo', 'municipality')`
  asks = (await person('1970-01-01', 'Asks')).number
  confirms = (await person('1971-01-01', 'Confirms')).number
  const { number, key } = await person('1972-01-01', 'Nurse')
  nurse = number
  await database.sql`insert into practitioner (hpr_number, given_name, family_name, person) values (${HPR}, 'Test', 'Nurse', ${key})`
})
after(async () => await database.close())

let series = 400
async function person(birthDate: string, familyName: string): Promise<{ number: string; key: PatientKey }> {
  const number = makeIdentityNumber({ birthDate, offset: 65, series: series++ })
  const made = await registerPerson(database.sql, ids, { system: 'FNR', value: number }, { birthDate, givenName: 'Test', familyName })
  assert.ok(!isProblem(made))
  return { number, key: made.key }
}

async function patientOf(isBlocked: boolean): Promise<{ number: string; key: PatientKey }> {
  const patient = await person('1950-01-01', 'Patient')
  if (isBlocked)
    await database.sql`
      insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
      values (${patient.key}, ${ids.recordId()}, 'block', ${HPR}, '2020-01-01', '2020-01-01', ${patient.key}, 'self')`
  return patient
}

async function says(line: string, input: string[], code: number, pattern: RegExp): Promise<string> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  const answer = await observe(line, { source, input, services: [measurements] })
  for (const number of input) assert.ok(!answer.printed.includes(number), 'an identity number was printed')
  assert.match(answer.printed, pattern)
  assert.equal(answer.code, code, answer.printed)
  return answer.printed
}

const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString()
const asking = (more = '') =>
  `choices lift-block --for ${bergen} --practitioner ${HPR} --identified passport --when ${hourAgo()} --note "Came to the desk" ${more}`
const idIn = (printed: string) => /\b[a-p]{32}\b/.exec(printed)?.[0] ?? assert.fail(printed)
const standing = async (key: PatientKey) =>
  (await database.sql`select from patient_choice where patient = ${key} and kind = 'block' and ended is null`).length

test('one registers, another confirms: then no block stands, the letter is printed, and the log has both', async () => {
  const patient = await patientOf(true)
  const id = idIn(await says(asking(), [patient.number, asks], 0, /^Registered: [a-p]{32}\. Another person confirms it\.\n$/))
  assert.equal(await standing(patient.key), 1, 'a request lifts nothing')
  await says(`choices confirm-lift ${id} --for ${bergen}`, [asks], 1, /another|Another/)
  await says(`choices confirm-lift ${id} --for ${oslo}`, [confirms], 1, /./)
  await says(`choices confirm-lift ${id} --for ${bergen}`, [nurse], 1, /./)
  assert.equal(await standing(patient.key), 1)
  const letter = await says(`choices confirm-lift ${id} --for ${bergen}`, [confirms], 0, /^Confirmed\. The letter to the patient:\n\n/)
  for (const part of ['Test Asks', 'Test Confirms', 'Test Nurse', 'passport', 'Bergen']) assert.ok(letter.includes(part), part)
  assert.equal(await standing(patient.key), 0)
  const rows = await database.sql<{ event: string }[]>`
    select event from access_log where patient = ${patient.key} and event like 'block-%' order by at, segment, seq`
  assert.deepEqual(
    rows.map(({ event }) => event),
    ['block-lift-asked', 'block-lifted'],
  )
  await says(`choices confirm-lift ${id} --for ${bergen}`, [confirms], 1, /./)
})

test('with and without a block, what is printed is alike', async () => {
  const printed: string[][] = []
  for (const isBlocked of [true, false]) {
    const patient = await patientOf(isBlocked)
    const asked = await says(asking(), [patient.number, asks], 0, /^Registered/)
    const letter = await says(`choices confirm-lift ${idIn(asked)} --for ${bergen}`, [confirms], 0, /^Confirmed/)
    printed.push([asked.replace(idIn(asked), ''), letter])
  }
  assert.deepEqual(printed[0], printed[1])
})

test('what is incomplete is refused with the remedy, and nothing is registered', async () => {
  const patient = await patientOf(true)
  const both = [patient.number, asks]
  await says(asking('--practitioner 1'), both, 2, /--practitioner/)
  await says(asking().replace(HPR, '1'), both, 1, /./)
  await says(asking().replace('"Came to the desk"', 'aaaaaaaaaaaaaaaa'), both, 1, /ten letters|letters/)
  await says(asking().replace('passport', 'known-to-staff'), [], 2, /^--identified takes one of passport/)
  await says(asking().replace(/--when \S+/, '--when 2020-01-01'), both, 1, /./)
  await says(asking(), [patient.number, nurse], 1, /./)
  await says(asking(), [makeIdentityNumber({ birthDate: '1951-02-03', offset: 65, series: 1 }), asks], 1, /Nobody in the person register/)
  await says(`choices confirm-lift 1 --for ${bergen}`, [], 2, /^ID takes an id/)
  await says(`choices confirm-lift ${'a'.repeat(32)} --for ${bergen}`, [confirms], 1, /./)
  assert.equal((await database.sql`select from block_lift_request where patient = ${patient.key}`).length, 0)
})

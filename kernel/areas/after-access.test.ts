import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AfterAccess } from '../fhir/exchange.ts'
import type { PatientKey } from '../store/ids.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { afterAccess, recoverAfterAccess } from './after-access.ts'

const { bergen, oslo } = organizations
let api: TestApi
let functions: readonly AfterAccess[]
before(async () => {
  api = await testApi()
  functions = afterAccess({ sql: api.sql, ids: api.kernel.ids })
  await api.agreement({ controller: bergen, receiver: oslo, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

const LATER = new Date('2099-01-01T00:00:00Z')
const recover = async () => await recoverAfterAccess({ sql: api.sql, ids: api.kernel.ids }, functions, LATER)
const left = async () => (await api.sql`select access from after_access`).map(({ access }) => JSON.stringify(access))
const followUps = async (patient: PatientKey) =>
  (await api.sql`select controller, reason from emergency_follow_up where patient = ${patient} order by controller`).map((row) => ({
    ...row,
  }))
const notices = async (patient: PatientKey) =>
  (await api.sql`select cause from patient_notice where patient = ${patient} order by cause`).map(({ cause }) => cause)

const REASON = 'Found unconscious at home'
/** What is stored after the row of the log is what `run` says: the server is killed where it throws. */
async function lookUp(series: number, run: AfterAccess): Promise<{ key: PatientKey; number: string; status: number }> {
  const person = await api.person(series)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person))
  const kept = api.kernel.afterAccess
  Object.assign(api.kernel, { afterAccess: [run] })
  try {
    const headers = { attestation: attestationHeader(attestation(nurse(oslo), person.number, 'BTG', REASON)) }
    const { status } = await api.as(nurse(oslo)).search('Observation', { 'patient.identifier': person.number }, headers)
    return { key: person.key, number: person.number, status }
  } finally {
    Object.assign(api.kernel, { afterAccess: kept })
  }
}

const all: AfterAccess = async (access) => {
  for (const one of functions) await one(access)
}
const queued = [
  { controller: bergen, reason: REASON },
  { controller: oslo, reason: REASON },
]

test('an answered emergency access leaves its follow-ups and its notice, and nothing to recover', async () => {
  const { key, status } = await lookUp(1, all)
  assert.equal(status, 200)
  assert.deepEqual([await followUps(key), await notices(key), await left()], [queued, ['emergency-access'], []])
  assert.equal(await recover(), 0)
})

// biome-ignore format: a table, one row to a line
const kills: [where: string, run: AfterAccess][] = [
  ['right after its row',                          async () => { throw new Error('killed') }],
  ['between the follow-ups and the notice',        async (access) => { await functions[0]?.(access); throw new Error('killed') }],
  ['when both stand, and before it is noted so',   async (access) => { await all(access); throw new Error('killed') }],
]
for (const [place, [where, run]] of kills.entries()) {
  test(`an emergency access that is killed ${where} gets its follow-ups and its notice at recovery, once`, async () => {
    const { key, number, status } = await lookUp(10 + place, run)
    assert.equal(status, 503)
    const rows = await api.sql`select outcome from access_log where patient = ${key} and purpose = 'BTG'`
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ['ok'],
    )
    const [kept = ''] = await left()
    assert.ok(kept.includes(REASON) && !kept.includes(number), 'what is kept holds no identity number')
    assert.equal(await recover(), 1)
    assert.deepEqual([await followUps(key), await notices(key), await left()], [queued, ['emergency-access'], []])
    assert.equal(await recover(), 0)
  })
}

test('what belongs to a request under way is left alone', async () => {
  await lookUp(20, async () => {
    throw new Error('killed')
  })
  assert.equal(await recoverAfterAccess({ sql: api.sql, ids: api.kernel.ids }, functions, new Date('2000-01-01T00:00:00Z')), 0)
  assert.equal((await left()).length, 1)
  assert.equal(await recover(), 1)
})

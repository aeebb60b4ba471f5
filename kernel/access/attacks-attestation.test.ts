/**
 * Attempts to look up a patient with an attestation that is untrue, another person's, too old or for something else. Each is refused, shows
 * nothing and is logged.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '../identity/caller.ts'
import { bundleOf, idOf, problemOf } from '../testing/answers.ts'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../testing/api.ts'
import { changed, type SentBody } from '../testing/sent.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'

const { bergen, oslo } = organizations
const SECONDS = NOW.getTime() / 1000
const someoneElse = makeIdentityNumber({ birthDate: '1979-09-01', series: 8 })
const FNR = 'urn:oid:2.16.578.1.12.4.1.4.1'
const OSLO_UNIT = '900000022'
const BERGEN_UNIT = '900000023'

let api: TestApi
let number: string
let key: string
let recordId: string
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
  await api.sql`insert into organization (number, name, type, part_of) values
    (${OSLO_UNIT}, 'ward in Oslo', 'municipality', ${oslo}), (${BERGEN_UNIT}, 'ward in Bergen', 'municipality', ${bergen})`
  await api.sql`insert into practitioner (hpr_number, given_name, family_name) values ('990000005', 'Petter', 'Physician')`
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000005', 'LE', '2005-01-01')`
  const mine = await api.person(1)
  number = mine.number
  key = mine.key
  recordId = idOf(await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(mine)))
})
after(async () => await api.close())

const organization = (id: string) => ({ id, system: 'urn:oid:2.16.578.1.12.4.1.4.101' })

async function bothDoors(who: Caller, header: string | undefined, more: Record<string, string> = {}): Promise<Reply[]> {
  // An empty text is sent as an empty header, since the test API adds an attestation of its own where there is none.
  const headers = { ...more, attestation: header ?? '' }
  return [
    await api.as(who).search('Observation', { 'patient.identifier': number }, headers),
    await api.as(who).get(`/fhir/measurements/Observation/${recordId}`, headers),
  ]
}

/** Members of an attestation, by their paths. */
type Change = SentBody

// biome-ignore format: a table, one row to a line
const lies: [what: string, change: Change, refusal: string][] = [
  ['of another practitioner',                            { 'practitioner.identifier.id': someoneElse },             'attestation-practitioner-mismatch'],
  ['with the HPR number of a physician',                 { 'practitioner.hpr_nr.id': '990000005' },                 'attestation-practitioner-mismatch'],
  ['for another organisation than the token’s',          { 'practitioner.legal_entity': organization(oslo) },       'attestation-legal-entity-mismatch'],
  ['from a unit of another organisation',                { 'practitioner.point_of_care': organization(OSLO_UNIT) }, 'point-of-care-unknown'],
  ['under an authorisation that somebody else holds',    { 'practitioner.authorization.code': 'LE' },               'authorization-not-held'],
  ['under an authorisation named like a prototype',      { 'practitioner.authorization.code': '__proto__' },        'authorization-not-held'],
  ['made 3601 seconds ago',                              { toa: SECONDS - 3601 },                                   'attestation-has-expired'],
  ['made in 6 seconds',                                  { toa: SECONDS + 6 },                                      'attestation-from-the-future'],
  ['without a time',                                     { toa: undefined },                                        'attestation-incomplete'],
  ['for nobody',                                         { patients: [] },                                          'attestation-incomplete'],
  ['for two patients, one of them right',                { 'patients.1': { identifier: { id: someoneElse, system: FNR } } }, 'attestation-invalid'],
  ['for another patient',                                { 'patients.0.identifier.id': someoneElse },               'attestation-for-another-patient'],
  ['for research',                                       { 'care_relationship.purpose_of_use.code': 'HRESCH' },     'purpose-unknown'],
  ['for a purpose that the agreement lacks',             { 'care_relationship.purpose_of_use.code': 'COC' },        ''],
  ['of emergency without a reason',                      { 'care_relationship.purpose_of_use.code': 'BTG' },        'emergency-reason-required'],
]
for (const [what, change, refusal] of lies) {
  test(`an attestation ${what} shows nothing of another organisation by search or by read`, async () => {
    const sent = changed(attestation(nurse(bergen), number), change)
    const replies = await bothDoors(nurse(bergen), attestationHeader(sent))
    for (const reply of replies) assert.doesNotMatch(JSON.stringify(reply.body), /valueQuantity/)
    if (refusal) for (const reply of replies) assert.equal(problemOf(reply), refusal)
  })
}

// biome-ignore format: a table, one row to a line
const truths: [what: string, change: Change][] = [
  ['made 3600 seconds ago',     { toa: SECONDS - 3600 }],
  ['made in 5 seconds',         { toa: SECONDS + 5 }],
  ['from a unit of our own',    { 'practitioner.point_of_care': organization(BERGEN_UNIT) }],
]
for (const [what, change] of truths) {
  test(`an attestation ${what} opens the record, so that the refusals above have no other cause`, async () => {
    const sent = changed(attestation(nurse(bergen), number), change)
    const replies = await bothDoors(nurse(bergen), attestationHeader(sent))
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200],
    )
  })
}

test('the access basis of an emergency does not stand in for the purpose, and one nobody knows is refused', async () => {
  const header = attestationHeader(attestation(nurse(bergen), number))
  for (const basis of ['FORHOYET_AKUTT', 'forhoyet_akutt', 'EVERYTHING'])
    for (const reply of await bothDoors(nurse(bergen), header, { 'nhn-access-basis': basis }))
      assert.equal(problemOf(reply), 'access-basis-mismatch', basis)
})

test('what a system or a citizen attests opens nothing: a system reads its own records, and a citizen only as a citizen', async () => {
  const header = attestationHeader(attestation(nurse(bergen), number))
  const [asSystem] = await bothDoors(system(bergen), header)
  assert.deepEqual([asSystem?.status, asSystem && bundleOf(asSystem).total], [200, 0])
  const citizen = system(bergen, { kind: 'citizen', pid: someoneElse, scopes: ['helsevev:measurements/citizen'] })
  const [search, read] = await bothDoors(citizen, header)
  assert.deepEqual([search && problemOf(search), read?.status], ['representation-missing', 404])
})

test('each refusal is one row of the log on the patient it concerns, with its cause, and shows nothing', async () => {
  const before = await api.sql`select 1 from access_log where patient = ${key}`
  for (const [, change] of lies.slice(0, 4)) {
    const sent = changed(attestation(nurse(bergen), number), change)
    await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': number }, { attestation: attestationHeader(sent) })
  }
  const rows = await api.sql`select outcome, problem, disclosed from access_log where patient = ${key} order by segment, seq`
  assert.deepEqual(
    rows.slice(before.length).map(({ outcome, problem, disclosed }) => [outcome, problem, disclosed]),
    lies.slice(0, 4).map(([, , refusal]) => ['refused', refusal, null]),
  )
})

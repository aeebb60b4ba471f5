/**
 * Attempts to look up a patient with an attestation that is untrue, another person's, too old or for something else. Each is refused, shows
 * nothing and is logged.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '../identity/caller.ts'
import {
  attestation,
  attestationHeader,
  type Loose,
  NOW,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../testing/api.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'

const { bergen, oslo } = organizations
const SECONDS = NOW.getTime() / 1000
const someoneElse = makeIdentityNumber({ birthDate: '1979-09-01', series: 8 })
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
  recordId = (await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(mine))).body.id
})
after(async () => await api.close())

const code = ({ body }: Reply): string => body.issue?.[0]?.details.coding[0].code
const organization = (id: string) => ({ id, system: 'urn:oid:2.16.578.1.12.4.1.4.101' })

async function bothDoors(who: Caller, header: string | undefined, more: Record<string, string> = {}): Promise<Reply[]> {
  // An empty text is sent as an empty header, since the test API adds an attestation of its own where there is none.
  const headers = { ...more, attestation: header ?? '' }
  return [
    await api.as(who).search('Observation', { 'patient.identifier': number }, headers),
    await api.as(who).get(`/fhir/measurements/Observation/${recordId}`, headers),
  ]
}

type Change = (sent: Loose) => void

// biome-ignore format: a table, one row to a line
const lies: [what: string, change: Change, refusal: string][] = [
  ['of another practitioner',                            (sent) => { sent.practitioner.identifier.id = someoneElse },                        'attestation-practitioner-mismatch'],
  ['with the HPR number of a physician',                 (sent) => { sent.practitioner.hpr_nr.id = '990000005' },                            'attestation-practitioner-mismatch'],
  ['for another organisation than the token’s',          (sent) => { sent.practitioner.legal_entity = organization(oslo) },                  'attestation-legal-entity-mismatch'],
  ['from a unit of another organisation',                (sent) => { sent.practitioner.point_of_care = organization(OSLO_UNIT) },            'point-of-care-unknown'],
  ['under an authorisation that somebody else holds',    (sent) => { sent.practitioner.authorization.code = 'LE' },                          'authorization-not-held'],
  ['under an authorisation named like a prototype',      (sent) => { sent.practitioner.authorization.code = '__proto__' },                   'authorization-not-held'],
  ['made 3601 seconds ago',                              (sent) => { sent.toa = SECONDS - 3601 },                                            'attestation-has-expired'],
  ['made in 6 seconds',                                  (sent) => { sent.toa = SECONDS + 6 },                                               'attestation-from-the-future'],
  ['without a time',                                     (sent) => { delete sent.toa },                                                      'attestation-incomplete'],
  ['for nobody',                                         (sent) => { sent.patients = [] },                                                   'attestation-incomplete'],
  ['for two patients, one of them right',                (sent) => { sent.patients.push({ identifier: { ...sent.patients[0].identifier, id: someoneElse } }) }, 'attestation-invalid'],
  ['for another patient',                                (sent) => { sent.patients[0].identifier.id = someoneElse },                         'attestation-for-another-patient'],
  ['for research',                                       (sent) => { sent.care_relationship.purpose_of_use.code = 'HRESCH' },                'purpose-unknown'],
  ['for a purpose that the agreement lacks',             (sent) => { sent.care_relationship.purpose_of_use.code = 'COC' },                   ''],
  ['of emergency without a reason',                      (sent) => { sent.care_relationship.purpose_of_use.code = 'BTG' },                   'emergency-reason-required'],
]
for (const [what, change, refusal] of lies) {
  test(`an attestation ${what} shows nothing of another organisation by search or by read`, async () => {
    const sent = attestation(nurse(bergen), number)
    change(sent)
    const replies = await bothDoors(nurse(bergen), attestationHeader(sent))
    for (const reply of replies) assert.doesNotMatch(JSON.stringify(reply.body), /valueQuantity/)
    if (refusal) for (const reply of replies) assert.equal(code(reply), refusal)
  })
}

// biome-ignore format: a table, one row to a line
const truths: [what: string, change: Change][] = [
  ['made 3600 seconds ago',     (sent) => { sent.toa = SECONDS - 3600 }],
  ['made in 5 seconds',         (sent) => { sent.toa = SECONDS + 5 }],
  ['from a unit of our own',    (sent) => { sent.practitioner.point_of_care = organization(BERGEN_UNIT) }],
]
for (const [what, change] of truths) {
  test(`an attestation ${what} opens the record, so that the refusals above have no other cause`, async () => {
    const sent = attestation(nurse(bergen), number)
    change(sent)
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
      assert.equal(code(reply), 'access-basis-mismatch', basis)
})

test('what a system or a citizen attests opens nothing: a system reads its own records, and a citizen only as a citizen', async () => {
  const header = attestationHeader(attestation(nurse(bergen), number))
  const [asSystem] = await bothDoors(system(bergen), header)
  assert.deepEqual([asSystem?.status, asSystem?.body.total], [200, 0])
  const citizen = system(bergen, { kind: 'citizen', pid: someoneElse, scopes: ['helsevev:measurements/citizen'] })
  const [search, read] = await bothDoors(citizen, header)
  assert.deepEqual([search && code(search), read?.status], ['representation-missing', 404])
})

test('each refusal is one row of the log on the patient it concerns, with its cause, and shows nothing', async () => {
  const before = await api.sql`select 1 from access_log where patient = ${key}`
  for (const [, change] of lies.slice(0, 4)) {
    const sent = attestation(nurse(bergen), number)
    change(sent)
    await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': number }, { attestation: attestationHeader(sent) })
  }
  const rows = await api.sql`select outcome, problem, disclosed from access_log where patient = ${key} order by segment, seq`
  assert.deepEqual(
    rows.slice(before.length).map(({ outcome, problem, disclosed }) => [outcome, problem, disclosed]),
    lies.slice(0, 4).map(([, , refusal]) => ['refused', refusal, null]),
  )
})

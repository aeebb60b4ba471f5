/** What the access log keeps of who asked: the role that was attested, and what a refused attestation claimed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { followUps } from '../areas/follow-up/follow-up.ts'
import { changedAttestation } from '../audit/attestations.ts'
import { matchesIn } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'

const { bergen } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
async function someone(): Promise<Person> {
  series += 1
  const person = await api.person(series)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person))
  return person
}

interface Kept {
  problem: string | null
  purpose: string | null
  reason: string | null
  role: string | null
  authorization: string | null
  pointOfCare: string | null
  claims: string[] | null
}

async function search(person: Person, header: string, who = nurse(bergen)): Promise<Kept> {
  const reply = await api.as(who).search('Observation', { 'patient.identifier': person.number }, { attestation: header })
  const [row] = await api.sql<Kept[]>`
    select l.problem, l.purpose, l.reason, a.role, t."authorization", t.point_of_care as "pointOfCare", t.claims
    from access_log l join log_actor a on a.id = l.actor left join log_attestation t on t.id = l.attestation
    where l.event_id = ${String(reply.headers['x-event-id'])}`
  assert.ok(row)
  return row
}

const sentBy = (who: ReturnType<typeof nurse>, person: Person, purpose = 'TREAT', reason?: string) =>
  attestation(who, person.number, purpose, reason) as Record<string, Record<string, unknown>>

test('the role of a follow-up, a notice and a row is the attested authorisation that was held', async () => {
  const person = await someone()
  const row = await search(person, attestationHeader(sentBy(nurse(bergen), person, 'BTG', 'Unconscious, found at home')))
  assert.deepEqual([row.problem, row.role, row.claims], [null, 'SP', null])
  const [listed] = await followUps(api.sql, bergen, { open: true })
  assert.equal(listed?.role, 'SP')
})

test('an authorisation that is claimed and not held is no role, for nobody who reads the log', async () => {
  const person = await someone()
  const sent = sentBy(nurse(bergen), person)
  const claimed = {
    ...sent,
    practitioner: { ...sent['practitioner'], authorization: { code: 'LE', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' } },
  }
  const row = await search(person, attestationHeader(claimed))
  assert.deepEqual([row.problem, row.role, row.authorization], ['authorization-not-held', null, 'LE'])
  const self = system(bergen, { kind: 'citizen', pid: person.number, scopes: ['helsevev:access-log/citizen'] })
  const lines = matchesIn(await api.as(self).get('/fhir/AuditEvent'), 'AuditEvent').filter(({ outcome }) => outcome === '4')
  assert.equal(lines.length, 1)
  assert.doesNotMatch(JSON.stringify(lines), /"LE"/)
})

test('a malformed attestation keeps what could be read, marked as claims, and no identity number', async () => {
  const person = await someone()
  const other = makeIdentityNumber({ birthDate: '1990-01-02', series: 8 })
  const sent = sentBy(nurse(bergen), person, 'BTG', `Unconscious, with ${other} beside`)
  const row = await search(person, attestationHeader({ ...sent, toa: 'yesterday', [other]: 1 }))
  assert.deepEqual(row, {
    problem: 'attestation-invalid',
    purpose: 'BTG',
    reason: 'Unconscious, with [identity number] beside',
    role: null,
    authorization: 'SP',
    pointOfCare: bergen,
    claims: ['toa'],
  })
  const texts = await api.sql<{ text: string }[]>`
    select row_to_json(t)::text as text from log_attestation t union all select row_to_json(l)::text from access_log l`
  for (const { text } of texts) assert.ok(!text.includes(other) && !text.includes(person.number), text)
})

test('what the token contradicts is kept as a claim, without the numbers of persons', async () => {
  const person = await someone()
  const who = nurse(bergen)
  const token = sentBy(who, person)
  const other = await someone()
  const header = { ...sentBy(who, other, 'COC') }
  const row = await search(person, attestationHeader(header), nurse(bergen, { attestation: token }))
  assert.equal(row.problem, 'attestation-contradicts-token')
  assert.equal(row.purpose, 'TREAT')
  assert.deepEqual([...(row.claims ?? [])].sort(), ['care_relationship.purpose_of_use: COC', 'patients[0].identifier'])
})

test('what cannot be read at all leaves a row without an attestation', async () => {
  const person = await someone()
  const row = await search(person, 'not-json')
  assert.deepEqual([row.problem, row.purpose, row.claims], ['attestation-invalid', null, null])
})

test('claims that are changed or emptied afterwards are found', async () => {
  assert.equal(await changedAttestation(api.sql), undefined)
  const { owner } = api.database
  await owner`alter table log_attestation disable trigger all`
  await owner`update log_attestation set claims = null where claims is not null`
  assert.notEqual(await changedAttestation(api.sql), undefined)
})

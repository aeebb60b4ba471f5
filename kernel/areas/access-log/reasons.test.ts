/** Who reads in the log what a look-up opened, and why something was not seen: the second is for the reader's own data controller alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AuditEvent } from '@medplum/fhirtypes'
import type { Caller } from '../../identity/caller.ts'
import { logicalId, type RecordId } from '../../store/ids.ts'
import { matchesIn } from '../../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { lookUps } from './look-ups.ts'

const { bergen, oslo, bodo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const CHOICE = '9001' as RecordId

/** A child with a pulse at Bergen and Oslo, that at Oslo restricted, and something at Bodø. */
async function restricted(): Promise<Person> {
  const child = await api.person(1, '2018-05-17')
  for (const controller of [bergen, oslo, bodo]) await api.as(system(controller)).post('/fhir/measurements/Observation', pulse(child))
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, valid_from, made, made_by, made_as)
    values (${child.key}, ${CHOICE}, 'restriction', 'measurements', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  return child
}

async function logOf(who: Caller, form: Record<string, string> = {}): Promise<AuditEvent[]> {
  const sent = new URLSearchParams({ ...form })
  sent.append('date', 'ge2026-01-01')
  sent.append('date', 'lt2026-02-01')
  const reply = await api.as(who).post('/fhir/AuditEvent/_search', sent.toString(), { 'content-type': 'application/x-www-form-urlencoded' })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return matchesIn(reply, 'AuditEvent')
}
const codes = (events: readonly AuditEvent[], name: string) =>
  events.flatMap(({ extension = [] }) => extension.filter(({ url }) => url.endsWith(`/${name}`)).map(({ valueCode }) => valueCode)).sort()

test('the reason goes to the controller of the reader and to the operator; what was opened to the patient, with the choice', async () => {
  const child = await restricted()
  const reader = api.as(nurse(bergen))
  await reader.search('Observation', { 'patient.identifier': child.number })
  const emergency = attestationHeader(attestation(nurse(bergen), child.number, 'BTG', 'Unconscious, found at home'))
  await reader.search('Observation', { 'patient.identifier': child.number }, { attestation: emergency })

  const controls = (organization: string) => system(organization, { scopes: ['helsevev:access-log/read'] })
  const own = await logOf(controls(bergen))
  assert.deepEqual(codes(own, 'not-seen'), ['hidden', 'not-agreed', 'not-agreed'])
  assert.deepEqual(codes(own, 'restrictions-opened-by'), ['emergency'])
  for (const other of [oslo, bodo]) {
    const seen = await logOf(controls(other))
    assert.deepEqual(codes(seen, 'not-seen'), [], `${other} learns nothing of what others hold`)
  }
  // Oslo sees that its restricted records were opened.
  assert.deepEqual(codes(await logOf(controls(oslo)), 'restrictions-opened-by'), ['emergency'])
  const unseen = async (forOperator: boolean) =>
    (await lookUps(api.sql, child.key, { forOperator })).flatMap((row) => row.unseen ?? []).sort()
  assert.deepEqual([await unseen(true), await unseen(false)], [['hidden', 'not-agreed', 'not-agreed'], []])
})

test('the patient reads what was opened and which choice it was, and no reason why something was not seen', async () => {
  const adult = await api.person(2, '1970-05-17')
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(adult))
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, valid_from, made, made_by, made_as)
    values (${adult.key}, 9002, 'restriction', 'measurements', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': adult.number })
  const emergency = attestationHeader(attestation(nurse(bergen), adult.number, 'BTG', 'Unconscious, found at home'))
  await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': adult.number }, { attestation: emergency })
  const events = await logOf(system(bergen, { kind: 'citizen', pid: adult.number, scopes: ['helsevev:access-log/citizen'] }))
  assert.deepEqual(codes(events, 'restrictions-opened-by'), ['emergency'])
  const named = events.flatMap(({ entity = [] }) => entity.flatMap(({ what }) => what?.reference ?? []))
  assert.deepEqual(named, [`Consent/${logicalId(adult.key, '9002' as RecordId)}`])
  assert.deepEqual(codes(events, 'not-seen'), [])
})

/** What a parent reads about a child, of a look-up and of an emergency access, without what differs from look-up to look-up. */
async function readByParent(child: Person, parent: Person, isRestricted: boolean): Promise<string[]> {
  await api.sql`update person set residence = ${parent.key} where patient = any (${[child.key, parent.key]}::bigint[])`
  await api.sql`
    insert into representation (patient, representative, kind, valid_from, source, registered, registered_by)
    values (${child.key}, ${parent.key}, 'parental-responsibility', '2018-06-17', 'register', ${NOW}, 'register')`
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(child))
  if (isRestricted)
    await api.sql`
      insert into patient_choice (patient, id, kind, service, controller, valid_from, made, made_by, made_as)
      values (${child.key}, 9003, 'restriction', 'measurements', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': child.number })
  const emergency = attestationHeader(attestation(nurse(bergen), child.number, 'BTG', 'Unconscious, found at home'))
  await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': child.number }, { attestation: emergency })
  const who = system(bergen, { kind: 'citizen', pid: parent.number, scopes: ['helsevev:access-log/citizen'] })
  const events = await logOf(who, { 'patient.identifier': child.number })
  assert.equal(events.length, 2)
  assert.doesNotMatch(JSON.stringify(events), /not-seen|Consent|access-basis/)
  return events.map(({ subtype, purposeOfEvent, extension, entity }) =>
    JSON.stringify([subtype, purposeOfEvent, extension?.filter(({ url }) => url.startsWith('http://helsevev.no/')), entity]),
  )
}

test('a person who acts for the patient reads the same, whether a restriction was met and opened or not', async () => {
  const met = await readByParent(await api.person(3, '2018-06-17'), await api.person(4, '1985-05-17'), true)
  const none = await readByParent(await api.person(5, '2018-06-17'), await api.person(6, '1985-05-17'), false)
  assert.deepEqual(met, none)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Consent, ConsentProvision, Resource } from '@medplum/fhirtypes'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { recordAccess } from '../../fhir/record-access.ts'
import type { Caller } from '../../identity/caller.ts'
import { addNumber } from '../../identity/persons.ts'
import { readAttestation } from '../../identity/read-attestation.ts'
import { isProblem, type Problem } from '../../problem/problem.ts'
import { logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { asResource, bundleOf, idOf, matchesIn, resourceOf } from '../../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { choicesArea } from './area.ts'
import { createConsent, endConsent, searchConsents } from './consents.ts'

const { bergen, oslo } = organizations
const HPR = 'urn:oid:2.16.578.1.12.4.1.4.4'
const ORG = 'urn:oid:2.16.578.1.12.4.1.4.101'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

interface Who {
  number: string
  identifier: { system: string; value: string }
  key: PatientKey
}

let series = 0
const person = (birthDate?: string): Promise<Who> => api.person(series++, birthDate)

function citizen({ number }: Who): Caller {
  return system(bergen, {
    kind: 'citizen',
    pid: number,
    name: 'Kari Nordmann',
    client: 'helsenorge',
    scopes: ['helsevev:privacy/citizen'],
  })
}

function staff(more: Partial<Caller> = {}): Caller {
  return nurse(bergen, { scopes: ['helsevev:privacy/read', 'helsevev:privacy/write'], ...more })
}

interface Answered {
  status: number
  body: unknown
  headers: Record<string, string>
  refused: Problem | undefined
}

/** Runs an interaction and writes its row of the log, as the HTTP layer does. */
async function run(caller: Caller, about: Who, work: (exchange: Exchange) => Promise<Done>): Promise<Answered> {
  const header = caller.kind === 'person' ? attestationHeader(attestation(caller, about.number)) : undefined
  const exchange: Exchange = {
    kernel: api.kernel,
    caller,
    area: choicesArea,
    attestation: readAttestation({ token: undefined, issuedAt: 0, header }),
    accessBasis: undefined,
    eventId: api.kernel.ids.uuid(),
  }
  const done = await work(exchange)
  await recordAccess(exchange, done)
  const { result } = done
  if (isProblem(result)) return { status: 0, body: undefined, headers: {}, refused: result }
  return { status: result.status, body: JSON.parse(result.body ?? 'null'), headers: result.headers, refused: undefined }
}

const create = (caller: Caller, about: Who, resource: Consent) => run(caller, about, (exchange) => createConsent(exchange, resource))
const search = (caller: Caller, about: Who, form: Record<string, string> = {}) =>
  run(caller, about, (exchange) => searchConsents(exchange, new URLSearchParams(form)))
const inactive = asResource({ resourceType: 'Consent', status: 'inactive' }, 'Consent')
const end = (caller: Caller, about: Who, id: string, sent: Resource | URLSearchParams = inactive) =>
  run(caller, about, (exchange) => endConsent(exchange, id, sent))

function consent(patient: Who | undefined, kind: string, provision: ConsentProvision = {}, note?: string): Consent {
  return {
    resourceType: 'Consent',
    status: 'active',
    ...(note ? { extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/patient-choice-note', valueString: note }] } : {}),
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [
      { coding: [{ system: 'http://loinc.org', code: '59284-0' }] },
      { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/patient-choice', code: kind }] },
    ],
    ...(patient ? { patient: { identifier: patient.identifier } } : {}),
    policyRule: { coding: [{ system: 'http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', code: 'PBRL5-3' }] },
    provision: { type: kind === 'consent' ? 'permit' : 'deny', ...provision },
  }
}

const actor = (role: string, system: string, value: string) => ({
  role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: role }] },
  reference: { identifier: { system, value } },
})
const blockOfNora = { actor: [actor('IRCP', HPR, '990000001')] }

test('a citizen blocks a practitioner, sees it, and lifts it; each is one row of the log', async () => {
  const kari = await person()
  const made = await create(citizen(kari), kari, consent(undefined, 'block', blockOfNora))
  assert.equal(made.status, 201)
  assert.equal(made.headers.Location, `http://test/fhir/Consent/${idOf(made)}/_history/1`)
  const { provision, performer } = resourceOf(made, 'Consent')
  assert.deepEqual(provision?.actor, blockOfNora.actor)
  assert.deepEqual(performer, [{ type: 'Patient', identifier: kari.identifier }])

  const again = await create(citizen(kari), kari, consent(kari, 'block', blockOfNora))
  assert.deepEqual([again.status, idOf(again)], [200, idOf(made)])

  const found = await search(citizen(kari), kari)
  assert.deepEqual(matchesIn(found, 'Consent'), [made.body])

  const ended = await end(citizen(kari), kari, idOf(made))
  assert.deepEqual([ended.status, resourceOf(ended, 'Consent').status, ended.headers.ETag], [200, 'inactive', 'W/"2"'])
  assert.equal((await end(citizen(kari), kari, idOf(made))).refused?.problem, 'choice-ended')
  assert.equal(bundleOf(await search(citizen(kari), kari, { status: 'active' })).total, 0)
  assert.equal(bundleOf(await search(citizen(kari), kari, { status: 'inactive' })).total, 1)

  const rows = await api.sql`select event, outcome, reason from access_log where patient = ${kari.key} order by seq`
  assert.deepEqual(
    rows.map(({ event, outcome }) => `${event} ${outcome}`),
    [
      'choice-made ok',
      'choice-confirmed ok',
      'search-type ok',
      'choice-ended ok',
      'choice-ended refused',
      'search-type ok',
      'search-type ok',
    ],
  )
  assert.equal(rows[0]?.reason, `block, ${idOf(made)}`)
})

test('what the patient restricts is gone from the next look-up, and back when the restriction has ended', async () => {
  const kari = await person()
  await api.agreement({ controller: bergen, receiver: oslo })
  const written = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(kari))
  const total = async () =>
    bundleOf(await api.as(nurse(oslo)).search('Observation', { 'patient.identifier': `${kari.identifier.system}|${kari.number}` })).total
  assert.equal(await total(), 1)
  const reference = { reference: `http://test/fhir/measurements/Observation/${idOf(written)}` }
  const made = await create(citizen(kari), kari, consent(kari, 'restriction', { data: [{ meaning: 'instance', reference }] }))
  assert.equal(made.status, 201)
  assert.deepEqual(resourceOf(made, 'Consent').provision?.data, [{ meaning: 'instance', reference }])
  assert.equal(await total(), 0)
  await end(citizen(kari), kari, idOf(made))
  assert.equal(await total(), 1)
})

test('the search keeps to one kind when asked', async () => {
  const kari = await person()
  await create(citizen(kari), kari, consent(kari, 'block', blockOfNora))
  await create(citizen(kari), kari, consent(kari, 'consent', { actor: [actor('IRCP', ORG, bergen)], period: { end: '2026-06-30' } }))
  const found = await search(citizen(kari), kari, { category: 'http://helsevev.no/fhir/CodeSystem/patient-choice|consent' })
  assert.deepEqual(
    matchesIn(found, 'Consent').map(({ provision }) => provision?.period?.end),
    ['2026-06-30T21:59:59.999Z'],
  )
  assert.equal((await search(citizen(kari), kari, { _include: '*' })).refused?.problem, 'invalid-parameter')
})

test('a parent makes choices for a child, sees and ends what parents made, and nothing of what the child has asked staff for', async () => {
  const [parent, child] = [await person('1985-01-01'), await person('2018-01-01')]
  await acts(parent, child, 'parental-responsibility')
  await api.sql`update person set residence = 'here' where patient in (${parent.key}, ${child.key})`
  const made = await create(citizen(parent), child, consent(child, 'block', blockOfNora))
  assert.equal(made.status, 201)
  assert.deepEqual(resourceOf(made, 'Consent').performer, [{ type: 'RelatedPerson' }])
  const asked = await create(staff(), child, consent(child, 'restriction', {}, 'asked in person'))
  assert.equal(asked.status, 201)
  const found = await search(citizen(parent), child, { 'patient.identifier': child.number })
  assert.deepEqual(
    matchesIn(found, 'Consent').map(({ id }) => id),
    [idOf(made)],
  )
  assert.equal((await end(citizen(parent), child, idOf(asked))).refused?.problem, 'not-found')
  assert.equal((await end(citizen(parent), child, idOf(made))).status, 200)
})

test('whoever acts for an adult does not lift what the adult has restricted', async () => {
  const [giver, receiver] = [await person('1950-01-01'), await person('1980-01-01')]
  await acts(receiver, giver, 'power-of-attorney', ['3'])
  const made = await create(citizen(giver), giver, consent(giver, 'restriction'))
  assert.equal((await end(citizen(receiver), giver, idOf(made))).refused?.problem, 'not-found')
  assert.equal(bundleOf(await search(citizen(receiver), giver, { 'patient.identifier': giver.number })).total, 0)
})

test("a citizen cannot tell somebody else's choice from none, nor make or list any", async () => {
  const [kari, stranger] = [await person(), await person('1980-01-01')]
  const made = await create(citizen(kari), kari, consent(kari, 'restriction'))
  const nothing = logicalId(kari.key, '1' as RecordId)
  const nobody = logicalId('77' as PatientKey, '1' as RecordId)
  for (const id of [idOf(made), nothing, nobody, 'not-an-id', `${idOf(made)}'--`]) {
    const { refused } = await end(citizen(stranger), kari, id)
    assert.equal(refused?.problem, 'not-found')
    assert.equal(refused.issues[0]?.text, 'Not known here, or not open to you.')
  }
  assert.equal((await create(citizen(stranger), kari, consent(kari, 'restriction'))).refused?.problem, 'representation-missing')
  assert.equal((await search(citizen(stranger), kari, { 'patient.identifier': kari.number })).refused?.problem, 'representation-missing')
})

test('staff register a choice on the patient’s request with a note, and end it, but no block', async () => {
  const kari = await person()
  const without = await create(staff(), kari, consent(kari, 'restriction'))
  assert.deepEqual([without.refused?.problem, without.refused?.issues[0]?.code], ['choice-refused', 'note-required'])
  const note = '<img src=x onerror=alert(1)> asked by telephone; drop table patient_choice;'
  const made = await create(staff(), kari, consent(kari, 'restriction', { actor: [actor('CST', ORG, bergen)] }, note))
  assert.equal(made.status, 201)
  const { extension, performer } = resourceOf(made, 'Consent')
  assert.equal(extension?.[0]?.valueString, note)
  assert.equal(performer?.[0]?.type, 'Practitioner')
  const block = await create(staff(), kari, consent(kari, 'block', blockOfNora, 'asked by telephone'))
  const found = await search(staff(), kari, { 'patient.identifier': kari.number })
  assert.deepEqual(
    matchesIn(found, 'Consent').map(({ id }) => id),
    [idOf(made)],
  )
  assert.equal((await end(staff(), kari, idOf(made))).status, 200)
  assert.equal((await end(staff(), kari, idOf(block))).refused?.problem, 'choice-not-yours')
  assert.equal((await end(citizen(kari), kari, idOf(block))).status, 200)
})

test('no answer holds an identity number but the patient’s own', async () => {
  const kari = await person()
  const nora = staff()
  await create(nora, kari, consent(kari, 'restriction', {}, 'asked at the desk'))
  const found = await search(citizen(kari), kari)
  assert.ok(!JSON.stringify(found.body).includes(nora.pid ?? ''))
  assert.ok(JSON.stringify(found.body).includes(kari.number))
})

test('staff need the scope to write, and an attestation for that patient', async () => {
  const [kari, ola] = [await person(), await person()]
  const reader = staff({ scopes: ['helsevev:privacy/read'] })
  assert.equal((await create(reader, kari, consent(kari, 'restriction', {}, 'asked'))).refused?.problem, 'insufficient-scope')
  assert.equal((await search(reader, kari, { 'patient.identifier': kari.number })).status, 200)
  assert.equal((await create(staff(), ola, consent(kari, 'restriction', {}, 'asked'))).refused?.problem, 'attestation-for-another-patient')
  assert.equal(
    (await search(system(bergen, { scopes: ['helsevev:privacy/read'] }), kari, { 'patient.identifier': kari.number })).refused?.problem,
    'person-login-required',
  )
})

test('a Consent that does not name a patient is whose it is for a citizen, and refused for staff', async () => {
  const kari = await person()
  assert.equal((await create(staff(), kari, consent(undefined, 'restriction', {}, 'asked'))).refused?.problem, 'patient-required')
  assert.equal((await search(staff(), kari)).refused?.problem, 'patient-required')
})

test('a choice only ends', async () => {
  const kari = await person()
  const made = resourceOf(await create(citizen(kari), kari, consent(kari, 'restriction')), 'Consent')
  const id = made.id ?? ''
  const wrong: Resource[] = [
    made,
    { ...made, status: 'entered-in-error' },
    { ...made, id: 'other', status: 'inactive' },
    asResource({ resourceType: 'Basic' }, 'Basic'),
  ]
  for (const sent of wrong) assert.equal((await end(citizen(kari), kari, id, sent)).refused?.problem, 'invalid-consent')
  assert.equal((await end(citizen(kari), kari, id, new URLSearchParams({ status: 'inactive' }))).status, 200)
})

test('a choice made under one number of a person is found and ended under another', async () => {
  const [kari, earlier] = [await person(), await person()]
  const made = await create(citizen(earlier), earlier, consent(earlier, 'restriction'))
  await addNumber(api.sql, { system: 'FNR', value: kari.number }, { system: 'FNR', value: earlier.number })
  const found = await search(citizen(kari), kari)
  assert.deepEqual(
    matchesIn(found, 'Consent').map(({ id }) => id),
    [idOf(made)],
  )
  assert.equal((await end(citizen(kari), kari, idOf(made))).status, 200)
  assert.ok(parseLogicalId(idOf(made))?.patient === earlier.key)
})

async function acts(representative: Who, patient: Who, kind: string, areas: string[] = []): Promise<void> {
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${patient.key}, ${representative.key}, ${kind}, ${areas}, '2020-01-01', 'test', ${NOW}, 'test')`
}

test('parents disagree: what one restricts stands until that parent ends it, and the other sees it and is told so', async () => {
  const child = await person('2016-05-17')
  const [mother, father] = [await person('1985-05-17'), await person('1986-05-17')]
  await api.sql`update person set residence = 'home' where patient in ${api.sql([child.key, mother.key, father.key])}`
  for (const parent of [mother, father])
    await api.sql`
      insert into representation (patient, representative, kind, valid_from, source, registered, registered_by)
      values (${child.key}, ${parent.key}, 'parental-responsibility', '2020-01-01', 'test', '2020-01-01', 'test')`
  const why = 'Vi er uenige, og jeg vil ha det skjermet'
  const made = await create(citizen(mother), child, consent(child, 'restriction', { actor: [actor('CST', ORG, bergen)] }, why))
  assert.equal(made.status, 201, JSON.stringify(made.refused))
  const seen = JSON.stringify((await search(citizen(father), child, { 'patient.identifier': child.number })).body)
  assert.ok(seen.includes(idOf(made)) && seen.includes(why), 'the other parent sees the choice and why')
  const refused = (await end(citizen(father), child, idOf(made))).refused
  assert.equal(refused?.problem, 'choice-not-yours')
  assert.match(refused?.issues[0]?.text ?? '', /the stricter holds/)
  // The same from the other parent is a choice of its own, which stands when the first is ended.
  const second = await create(
    citizen(father),
    child,
    consent(child, 'restriction', { actor: [actor('CST', ORG, bergen)] }, 'Det vil jeg òg ha skjermet'),
  )
  assert.notEqual(idOf(second), idOf(made))
  assert.equal((await end(citizen(mother), child, idOf(made))).status, 200)
  assert.equal((await end(citizen(mother), child, idOf(second))).refused?.problem, 'choice-not-yours')
  // What opens may be ended by either.
  const opening = await create(citizen(mother), child, consent(child, 'consent'))
  assert.equal((await end(citizen(father), child, idOf(opening))).status, 200)
})

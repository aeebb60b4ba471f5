import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { recordAccess } from '../../fhir/record-access.ts'
import { createValidator } from '../../fhir/validation/validator.ts'
import type { Attestation } from '../../identity/attestation.ts'
import type { Caller } from '../../identity/caller.ts'
import { isProblem } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { type Answer, asResource, bundleOf, entriesOf, issuesOf, matchesIn } from '../../testing/answers.ts'
import { NOW, nurse, organizations, system, type TestApi, testApi } from '../../testing/api.ts'
import { exampleEntry } from '../../testing/example-entry.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { accessLogArea } from './area.ts'
import { controllerLookUps } from './look-ups.ts'
import { controllerAuditEvents, exportAuditEvents, patientAuditEvents } from './search-audit-events.ts'

const { bergen, oslo, bodo } = organizations
let api: TestApi
let kari: Awaited<ReturnType<TestApi['person']>>
let ola: Awaited<ReturnType<TestApi['person']>>
const records: RecordId[] = []
const nurseNumber = makeIdentityNumber({ birthDate: '1980-03-04', series: 7 })

before(async () => {
  api = await testApi()
  kari = await api.person(301)
  ola = await api.person(302)
  for (const controller of [bergen, oslo, oslo]) records.push(await record(kari.key, controller))
  const nora = await actor({ name: 'Nora Nurse', hprNumber: '990000001', organization: bergen, person: '77' as PatientKey })
  const ehr = await actor({ name: 'EHR', organization: bodo })
  const citizen = await actor({ name: 'Kari', organization: bodo, person: kari.key })
  const attestation = await api.kernel.attestationId(attested)
  const append = async (minute: number, more: Parameters<typeof exampleEntry>[0]) =>
    await api.kernel.log.append(exampleEntry({ patient: kari.key, at: at(minute), disclosed: null, ...more }))
  await append(1, { actor: nora, attestation, toa: at(0), decisionRef: 'd-1', disclosed: [...records], controllers: [bergen, oslo] })
  await append(2, { actor: nora, patient: ola.key, event: 'read', reason: 'about something else' })
  await append(3, { actor: ehr, event: 'create', purpose: null, disclosed: [records[0] ?? ''], controllers: [bergen] })
  await append(4, { actor: citizen, purpose: 'PATRQT', basis: 'self', disclosed: [...records], controllers: [bergen, oslo] })
  await append(5, { actor: nora, purpose: 'BTG', basis: 'emergency', reason: 'Bevisstløs', decisionRef: 'd-2', toa: at(4), attestation })
  await append(6, { actor: nora, patient: '0', outcome: 'refused', problem: 'person-unknown' })
})
after(async () => await api.close())

const at = (minute: number) => new Date(Date.UTC(2026, 0, 14, 8, minute))

const attested: Attestation = {
  toa: at(0).getTime() / 1000,
  practitioner: {
    identifier: { id: nurseNumber, system: 'urn:oid:2.16.578.1.12.4.1.4.1', name: 'Nora Nurse' },
    hprNumber: undefined,
    authorization: { code: 'SP', system: undefined, text: undefined },
    legalEntity: { id: bergen, system: undefined, name: undefined },
    pointOfCare: { id: bergen, system: undefined, name: 'Bergen legevakt' },
    department: undefined,
  },
  careRelation: {
    healthcareService: { code: 'KX17', system: 'urn:oid:2.16.578.1.12.4.1.1.8663', text: undefined },
    purposeOfUse: undefined,
    purpose: 'TREAT',
    purposeOfUseDetails: undefined,
    decisionRef: { id: 'd-1', description: undefined, userSelected: false },
  },
  patient: undefined,
  unknownMembers: [],
}

async function actor(more: { name: string; organization: string; hprNumber?: string; person?: PatientKey }): Promise<string> {
  return await api.kernel.actorId({
    person: undefined,
    hprNumber: undefined,
    role: undefined,
    organizationName: `Organisation ${more.organization}`,
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
    ...more,
  })
}

async function record(patient: PatientKey, controller: string): Promise<RecordId> {
  const id = api.kernel.ids.recordId()
  await api.sql`
    insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content)
    values (${patient}, ${id}, 1, 'measurements', 'Observation', ${controller}, ${NOW}, ${NOW}, '{}', 1, '{}')`
  return id
}

function exchange(caller: Caller): Exchange {
  return {
    kernel: api.kernel,
    caller,
    area: accessLogArea,
    attestation: undefined,
    accessBasis: undefined,
    eventId: crypto.randomUUID(),
  }
}

function citizen(pid: string | undefined): Exchange {
  return exchange(system(bergen, { kind: 'citizen', pid, name: 'Kari', scopes: ['helsevev:access-log/citizen'] }))
}

function control(organization: string): Exchange {
  return exchange(system(organization, { scopes: ['helsevev:access-log/read'] }))
}

const form = (...pairs: [string, string][]) => new URLSearchParams(pairs)
const january: [string, string][] = [
  ['date', 'ge2026-01-01'],
  ['date', 'lt2026-02-01'],
]

function answered({ result }: Done): Answer {
  assert.ok(!isProblem(result), JSON.stringify(result))
  return { body: JSON.parse(result.body ?? '') }
}

function code({ result }: Done): string {
  return isProblem(result) ? result.problem : 'answered'
}

const minutes = (answer: Answer): number[] => matchesIn(answer, 'AuditEvent').map(({ recorded }) => new Date(recorded).getUTCMinutes())

test('a citizen who gives no parameters sees who looked at her, newest first, by name and never by number', async () => {
  const done = await patientAuditEvents(citizen(kari.number), form())
  const answer = answered(done)
  assert.deepEqual(minutes(answer), [5, 4, 3, 1])
  assert.equal(bundleOf(answer).total, 4)
  assert.equal(matchesIn(answer, 'AuditEvent')[3]?.agent[0]?.name, 'Nora Nurse')
  assert.ok(!JSON.stringify(answer).includes(nurseNumber))
  assert.equal(done.decision?.patient.key, kari.key)
})

test('whoever acts for her sees which staff looked, and not what was written, why or from which place of work', async () => {
  const helper = await api.person(303, '1980-02-03')
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${kari.key}, ${helper.key}, 'power-of-attorney', '{3}', '2020-01-01', 'test', '2020-01-01', 'test')`
  const answer = answered(await patientAuditEvents(citizen(helper.number), form(['patient.identifier', kari.number])))
  assert.deepEqual([minutes(answer), bundleOf(answer).total], [[5, 1], 2])
  const seen = matchesIn(answer, 'AuditEvent')
  assert.deepEqual(new Set(seen.map(({ agent }) => agent[0]?.name)), new Set(['Nora Nurse']))
  const text = JSON.stringify(seen)
  for (const hidden of ['Bergen legevakt', 'KX17', '"resources"', 'Observation', 'd-1', 'Bevisstløs'])
    assert.ok(!text.includes(hidden), hidden)
})

test('a search with a number, a period and a page returns only those, and reports that there is more', async () => {
  const asked = form(
    ['patient.identifier', `urn:oid:2.16.578.1.12.4.1.4.1|${kari.number}`],
    ['date', 'ge2026-01-14T08:03:00Z'],
    ['_count', '1'],
    ['_skip', '1'],
  )
  const answer = answered(await patientAuditEvents(citizen(kari.number), asked))
  assert.deepEqual(minutes(answer), [4])
  assert.equal(bundleOf(answer).total, 3)
  assert.equal(issuesOf({ body: entriesOf(answer).at(-1)?.resource })[0]?.code, 'incomplete')
})

test('a period takes its first instant and leaves out its last', async () => {
  const asked = (from: string, until: string) => form(['date', `ge${from}`], ['date', `lt${until}`])
  const seen = async (from: string, until: string) => minutes(answered(await patientAuditEvents(citizen(kari.number), asked(from, until))))
  assert.deepEqual(await seen('2026-01-14T08:03:00Z', '2026-01-14T08:04:00Z'), [3])
  assert.deepEqual(await seen('2026-01-14T08:03:00.001Z', '2026-01-14T08:04:00.001Z'), [4])
})

test('a reason is shown for emergency access and for nothing else', async () => {
  const [emergency] = matchesIn(answered(await patientAuditEvents(citizen(kari.number), form())), 'AuditEvent')
  assert.equal(emergency?.purposeOfEvent?.[0]?.text, 'Bevisstløs')
  const others = answered(await patientAuditEvents(citizen(ola.number), form()))
  assert.ok(!JSON.stringify(others).includes('about something else'))
})

test('the events of one opening carry the same episode, for the patient and the controller, and none for a relative', async () => {
  const [person, helper] = [await api.person(304), await api.person(305, '1980-02-03')]
  const nora = await actor({ name: 'Nora Nurse', hprNumber: '990000001', organization: bergen, person: '77' as PatientKey })
  const opening = { patient: person.key, actor: nora, attestation: await api.kernel.attestationId(attested), decisionRef: 'd-7' }
  const inDecember = (minute: number) => new Date(Date.UTC(2025, 11, 14, 8, minute))
  for (const [minute, more] of [
    [41, { event: 'read' }],
    [42, {}],
    [43, { decisionRef: 'd-8' }],
    [44, { attestation: null }],
  ] as const)
    await api.kernel.log.append(exampleEntry({ ...opening, at: inDecember(minute), toa: inDecember(40), ...more }))
  const episodes = (answer: Answer) =>
    matchesIn(answer, 'AuditEvent')
      .map(({ extension }) => extension?.find(({ url }) => url.endsWith('/episode'))?.valueString)
      .reverse()
  const own = episodes(answered(await patientAuditEvents(citizen(person.number), form())))
  const [first, second, third, fourth] = own
  assert.match(first ?? '', /^[a-p]{1,16}$/)
  assert.deepEqual([second, third === first, fourth], [first, false, undefined])
  const period = form(['date', 'ge2025-12-14'], ['date', 'lt2025-12-15'])
  assert.deepEqual(episodes(answered(await controllerAuditEvents(control(bergen), period))), own)
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${person.key}, ${helper.key}, 'power-of-attorney', '{3}', '2020-01-01', 'test', '2020-01-01', 'test')`
  const relative = answered(await patientAuditEvents(citizen(helper.number), form(['patient.identifier', person.number])))
  assert.deepEqual(episodes(relative), [undefined, undefined, undefined, undefined])
})

const refusals: { name: string; who: () => Exchange; form: URLSearchParams; code: string }[] = [
  { name: 'a citizen about herself', who: () => citizen(ola.number), form: form(), code: 'answered' },
  { name: 'a citizen whose token names nobody', who: () => citizen(undefined), form: form(), code: 'patient-required' },
  { name: 'a nurse by the door of citizens', who: () => exchange(nurse(bergen)), form: form(), code: 'access-denied' },
  { name: 'an unknown parameter', who: () => citizen(kari.number), form: form(['agent', 'x']), code: 'invalid-parameter' },
  { name: 'a date that is none', who: () => citizen(kari.number), form: form(['date', '2026-13-01']), code: 'invalid-parameter' },
  { name: 'a page of 1001', who: () => citizen(kari.number), form: form(['_count', '1001']), code: 'invalid-parameter' },
  { name: 'a page of 1000', who: () => citizen(kari.number), form: form(['_count', '1000']), code: 'answered' },
]
for (const { name, who, form: sent, code: expected } of refusals) {
  test(`${name}: ${expected}`, async () => {
    assert.equal(code(await patientAuditEvents(who(), sent)), expected)
  })
}

test('a citizen sees nothing of somebody she does not act for, and that she asked is logged on whom she asked about', async () => {
  const asked = form(['patient.identifier', kari.number])
  const done = await patientAuditEvents(citizen(ola.number), asked)
  assert.equal(code(done), 'representation-missing')
  assert.equal(done.patient, kari.key)
})

test('a citizen who asks is logged as others are', async () => {
  const asking = citizen(ola.number)
  await recordAccess(asking, await patientAuditEvents(asking, form()))
  const [row] = await api.sql`select patient, event, type, service, outcome from access_log order by segment desc, seq desc limit 1`
  assert.deepEqual({ ...row }, { patient: ola.key, event: 'search-type', type: 'AuditEvent', service: 'access-log', outcome: 'ok' })
})

test('a controller sees what its own staff did, refusals too, and no citizen', async () => {
  const answer = answered(await controllerAuditEvents(control(bergen), form(...january)))
  // Minute 3: another organisation's system wrote a record that Bergen is responsible for.
  assert.deepEqual(minutes(answer), [6, 5, 3, 2, 1])
})

test('a controller sees who saw its records, and how many of them', async () => {
  const answer = answered(await controllerAuditEvents(control(oslo), form(...january)))
  assert.deepEqual(minutes(answer), [1])
  const [event] = matchesIn(answer, 'AuditEvent')
  assert.deepEqual(event?.entity?.[0]?.detail?.at(-1), { type: 'resources', valueString: '2' })
  const patient = event.contained?.find(({ resourceType }) => resourceType === 'Patient')
  assert.deepEqual(asResource(patient, 'Patient').identifier, [kari.identifier])
  assert.ok(!JSON.stringify(answer).includes(nurseNumber))
})

test('the organisation that runs the portal does not see the citizens who use it', async () => {
  assert.deepEqual(minutes(answered(await controllerAuditEvents(control(bodo), form(...january)))), [3])
})

test('records are found under a key that is linked to the one that was looked up', async () => {
  const former = await api.person(303)
  const [key] = [former.key]
  await api.sql`insert into person_link (patient, same_as) values (${key}, ${ola.key}), (${ola.key}, ${key})`
  const old = await record(key, oslo)
  await api.kernel.log.append(exampleEntry({ patient: ola.key, at: at(30), disclosed: [old], controllers: [oslo] }))
  const asked = form(['date', 'ge2026-01-14T08:30:00Z'], ['date', 'lt2026-01-14T08:31:00Z'])
  assert.deepEqual(minutes(answered(await controllerAuditEvents(control(oslo), asked))), [30])
})

const periods: { name: string; form: URLSearchParams; code: string }[] = [
  { name: 'no period', form: form(), code: 'invalid-parameter' },
  { name: 'no end', form: form(['date', 'ge2026-01-01']), code: 'invalid-parameter' },
  { name: 'an end before the beginning', form: form(['date', 'ge2026-02-01'], ['date', 'lt2026-01-01']), code: 'invalid-parameter' },
  { name: '366 days', form: form(['date', 'ge2025-01-01'], ['date', 'lt2026-01-02']), code: 'answered' },
  { name: '367 days', form: form(['date', 'ge2025-01-01'], ['date', 'lt2026-01-03']), code: 'invalid-parameter' },
  { name: 'one day', form: form(['date', '2026-01-14']), code: 'answered' },
  { name: 'a patient', form: form(...january, ['patient.identifier', '1']), code: 'invalid-parameter' },
]
for (const { name, form: sent, code: expected } of periods) {
  test(`a controller that asks with ${name}: ${expected}`, async () => {
    assert.equal(code(await controllerAuditEvents(control(bergen), sent)), expected)
  })
}

test('without the scope a controller sees nothing, as a search and as an export', async () => {
  const without = exchange(system(bergen))
  assert.equal(code(await controllerAuditEvents(without, form(...january))), 'insufficient-scope')
  const { done, lines } = await exportAuditEvents(without, form(...january))
  assert.deepEqual([done.map(code), lines], [['insufficient-scope'], undefined])
})

test('an export has the same, oldest first, one resource to a line', async () => {
  const { done, answer, lines } = await exportAuditEvents(control(bergen), form(['date', '2026-01-14']))
  assert.deepEqual(
    done.map(({ event }) => event),
    ['$export'],
  )
  assert.equal(isProblem(answer) || answer.headers['Content-Type'], 'application/fhir+ndjson')
  let text = ''
  for await (const piece of lines ?? []) text += piece
  assert.ok(text.endsWith('\n'))
  const resources = text
    .trimEnd()
    .split('\n')
    .map((line) => asResource(JSON.parse(line), 'AuditEvent'))
  assert.deepEqual(
    resources.map(({ recorded }) => new Date(recorded).getUTCMinutes()),
    [1, 2, 3, 5, 6],
  )
  const validator = createValidator(api.kernel.codes)
  for (const resource of resources) assert.deepEqual(validator.validate(resource), [])
})

test('an export that is left half read gives its connection back', async () => {
  const pages = controllerLookUps(api.sql, bergen, { from: at(0), until: at(59) }, { size: 1 })
  for (let attempt = 0; attempt < 8; attempt++) {
    for await (const [row] of controllerLookUps(api.sql, bergen, { from: at(0), until: at(59) }, { size: 1 })) {
      assert.equal(row?.at.getUTCMinutes(), 1)
      break
    }
  }
  assert.equal((await pages.next()).value?.length, 1)
  await pages.return(undefined)
})

test('of a member of staff who is a relative of the patient, another relative reads the name, and not where she works', async () => {
  const [child, mother, aunt, father] = [
    await api.person(401, '2018-05-17'),
    await api.person(402, '1985-02-03'),
    await api.person(403, '1984-02-03'),
    await api.person(404, '1983-02-03'),
  ]
  await api.sql`update person set residence = 'home' where patient in (${child.key}, ${father.key})`
  for (const { key } of [mother, father])
    await api.sql`
      insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
      values (${child.key}, ${key}, 'parental-responsibility', '{}', '2020-01-01', 'test', '2020-01-01', 'test')`
  for (const [{ key }, hprNumber] of [
    [mother, '990000011'],
    [aunt, '990000012'],
  ] as const) {
    const who = await actor({ name: `Nurse ${hprNumber}`, hprNumber, organization: oslo, person: key })
    await api.kernel.log.append(exampleEntry({ patient: child.key, at: at(1), disclosed: null, actor: who }))
  }
  const answer = answered(await patientAuditEvents(citizen(father.number), form(['patient.identifier', child.number])))
  const texts = matchesIn(answer, 'AuditEvent').map((event) => JSON.stringify(event))
  const of = (hprNumber: string) => texts.filter((text) => text.includes(`Nurse ${hprNumber}`))
  assert.deepEqual([of('990000011').length, of('990000012').length], [1, 1])
  assert.ok(of('990000012')[0]?.includes(oslo), 'somebody else works there')
  for (const hidden of [oslo, `Organisation ${oslo}`, `"990000011"`]) assert.ok(!of('990000011')[0]?.includes(hidden), hidden)
})

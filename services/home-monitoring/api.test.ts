/** Home measurements through the API: batches in and out, duplicates, units, trends with thresholds, computed NEWS2, alarms. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LOINC, SNOMED_CT } from '@helsevev/clinical/systems'
import {
  asResource,
  idOf,
  matchesIn,
  parametersOf,
  problemOf,
  problemsOf,
  resourceOf,
  responsesOf,
  tagsOf,
  valueIn,
  valuesOf,
} from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { Quantity, Reference, ResourceType } from '@medplum/fhirtypes'
import { daysOfSeries } from './fhir/trend-series.ts'
import homeMonitoring from './service.ts'
import { BASE, code, measurement, quantity, scopes } from './testing/measurement.ts'

const { bergen, oslo } = organizations
const platform = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([homeMonitoring])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (birthDate?: string): Promise<Person> => {
  series += 1
  return await api.person(series, birthDate)
}
const post = async (resource: SentBody): Promise<Reply> => await api.as(platform).post(`${BASE}/${resource.resourceType}`, resource)
const find = async <Type extends ResourceType>(type: Type, person: Person, form: Record<string, string> = {}) =>
  matchesIn(await api.as(reader).search(type, { 'patient.identifier': person.number, ...form }), type)
const operation = async (name: string, person: Person, form: Record<string, string> = {}): Promise<Reply> =>
  await api.as(reader).post(`${BASE}/$${name}`, new URLSearchParams({ 'patient.identifier': person.number, ...form }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
/** The first day that a trend shows. */
const dayOf = (trend: Reply) =>
  parametersOf(trend)
    .filter(({ name }) => name === 'series')
    .flatMap(daysOfSeries)[0]

test('a batch is answered entry by entry with the fullUrl echoed, and one error harms no other', async () => {
  const kari = await somebody()
  const entry = (name: string, resource: SentBody) => ({ fullUrl: name, resource, request: { method: 'POST', url: 'Observation' } })
  const entries = [
    entry('urn:uuid:one', measurement(kari)),
    entry('urn:uuid:two', measurement(kari, { valueQuantity: quantity(72, 'mm[Hg]') })),
    entry('urn:uuid:three', measurement(kari, { valueQuantity: quantity(75, '/min') })),
  ]
  const reply = await api.as(platform).post(BASE, { resourceType: 'Bundle', type: 'batch', entry: entries })
  assert.equal(reply.status, 200)
  const responses = responsesOf(reply)
  assert.deepEqual(
    responses.map(({ status, extension }) => [status, extension?.[0]?.valueUri]),
    [
      ['201', 'urn:uuid:one'],
      ['422', 'urn:uuid:two'],
      ['201', 'urn:uuid:three'],
    ],
  )
  assert.match(JSON.stringify(responses[1]?.outcome), /unit-not-comparable.*compared in \/min/)
  assert.equal((await find('Observation', kari)).length, 2)
})

test('the same measurement is the same by its identifier, or by what, when, with what and how much', async () => {
  const kari = await somebody()
  const one = measurement(kari)
  assert.deepEqual([(await post(one)).status, (await post(one)).status], [201, 200])
  const bare = (more: SentBody = {}) => ({ ...measurement(kari, more), identifier: undefined })
  const rows: [about: string, more: SentBody, status: number][] = [
    ['without identifier', {}, 201],
    ['again', {}, 200],
    [
      'an equivalent code, the same instant in another zone',
      { code: code([SNOMED_CT, '364075005']), effectiveDateTime: '2026-01-14T07:00:00Z' },
      200,
    ],
    ['another device', { device: { identifier: { system: 'http://device.test/serial', value: 'B2' } } }, 201],
    ['another second', { effectiveDateTime: '2026-01-14T08:00:01+01:00' }, 201],
    ['another value', { valueQuantity: quantity(73, '/min') }, 201],
  ]
  for (const [about, more, status] of rows) {
    const reply = await post(bare(more))
    assert.equal(reply.status, status, `${about}: ${JSON.stringify(reply.body)}`)
  }
})

test('a correction is a new version, and what was entered in error leaves the trend', async () => {
  const kari = await somebody()
  const one = measurement(kari)
  const created = await post(one)
  const corrected = await post({ ...one, status: 'corrected', valueQuantity: quantity(78, '/min') })
  const { id, meta } = resourceOf(corrected, 'Observation')
  assert.deepEqual([corrected.status, id, meta?.versionId], [200, idOf(created), '2'])
  const day = async () => dayOf(await operation('trend', kari, { kind: 'heart-rate' }))?.mean
  assert.equal(await day(), 78)
  await post({ ...one, status: 'entered-in-error' })
  assert.equal(await day(), undefined)
  assert.equal((await find('Observation', kari))[0]?.status, 'entered-in-error')
})

test('units are made comparable with the original kept', async () => {
  const kari = await somebody()
  const rows: [sent: SentBody, value: Quantity, kind: string, mean: number][] = [
    [{ code: code([LOINC, '29463-7']) }, quantity(49000, 'g'), 'weight', 49],
    [
      { code: code([LOINC, '15074-8']) },
      { value: 6.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/l' },
      'glucose',
      6.1,
    ],
    [{ code: code([SNOMED_CT, '276885007']) }, quantity(98.6, '[degF]'), 'temperature', 37],
    [{ code: code([LOINC, '8302-2']) }, quantity(1.8, 'm'), 'height', 180],
  ]
  for (const [more, valueQuantity, kind, mean] of rows) {
    const reply = await post(measurement(kari, { ...more, valueQuantity }))
    assert.equal(reply.status, 201, JSON.stringify(reply.body))
    assert.equal(resourceOf(reply, 'Observation').valueQuantity?.value, valueQuantity.value)
    assert.equal(dayOf(await operation('trend', kari, { kind }))?.mean, mean, kind)
  }
  assert.deepEqual(await find('Observation', kari, { 'value-quantity': 'gt48||kg' }).then((found) => found.length), 1)
})

test('what is missing or unlikely is flagged, and what cannot be used safely is refused with its place', async () => {
  const kari = await somebody()
  const rows: [more: SentBody, status: number, code: string][] = [
    [{ performer: undefined }, 201, 'performer-missing'],
    [{ device: undefined }, 201, 'device-missing'],
    [{ identifier: undefined, effectiveDateTime: '2026-01-13T08:00:00Z' }, 201, 'identifier-missing'],
    [{ effectiveDateTime: '2026-01-14' }, 201, 'time-of-day-missing'],
    [{ valueQuantity: quantity(301, '/min') }, 201, 'value-implausible'],
    [{ valueQuantity: quantity(-5, '/min') }, 201, 'value-implausible'],
    [{ valueQuantity: { value: 72, unit: 'slag/min' } }, 201, 'unit-not-ucum'],
    [{ code: code([LOINC, '99999-9']) }, 201, 'code-not-known'],
    [{ valueQuantity: { value: 72 } }, 422, 'unit-missing'],
    [{ valueQuantity: quantity(72, 'kg') }, 422, 'unit-not-comparable'],
    [{ code: code([LOINC, '15074-8']), valueQuantity: quantity(113, 'mg/dL') }, 422, 'unit-not-comparable'],
    [{ valueQuantity: undefined }, 422, 'value-missing'],
    [{ effectiveDateTime: '2026-01-15T12:00:00+01:00' }, 422, 'effective-in-future'],
    [{ code: code([SNOMED_CT, '1104051000000101']), valueQuantity: { value: 3 } }, 422, 'news2-elsewhere'],
  ]
  for (const [more, status, expected] of rows) {
    const reply = await post(measurement(kari, more))
    assert.equal(reply.status, status, `${expected}: ${JSON.stringify(reply.body)}`)
    const said = status === 201 ? tagsOf(resourceOf(reply, 'Observation')) : JSON.stringify(reply.body)
    assert.ok(said.includes(expected), expected)
  }
  assert.deepEqual(tagsOf(resourceOf(await post(measurement(kari)), 'Observation')), [])
})

test('a trend has days with lowest, highest and mean, and the person’s own thresholds', async () => {
  const kari = await somebody()
  const pressure = (day: string, high: number, low: number) =>
    measurement(kari, {
      code: code([LOINC, '85354-9']),
      valueQuantity: undefined,
      effectiveDateTime: `${day}T08:00:00+01:00`,
      component: [
        { code: code([SNOMED_CT, '271649006']), valueQuantity: quantity(high, 'mm[Hg]') },
        { code: code([SNOMED_CT, '271650006']), valueQuantity: quantity(low, 'mm[Hg]') },
      ],
    })
  for (const [day, high, low] of [
    ['2025-12-10', 118, 79],
    ['2026-01-11', 120, 80],
    ['2026-01-11', 140, 90],
    ['2026-01-13', 150, 95],
  ] as const)
    await post({ ...pressure(day, high, low) })
  const goal = (high: number, lifecycleStatus = 'active', startDate = '2026-01-01') => ({
    resourceType: 'Goal',
    lifecycleStatus,
    description: { text: 'Blodtrykk' },
    subject: { identifier: kari.identifier },
    startDate,
    target: [{ measure: code([LOINC, '8480-6']), detailRange: { low: quantity(100, 'mm[Hg]'), high: quantity(high, 'mm[Hg]') } }],
  })
  for (const one of [goal(160, 'cancelled', '2026-01-05'), goal(145), goal(200, 'active', '2025-01-01')])
    assert.equal((await post(one)).status, 201)
  const parts = parametersOf(await operation('trend', kari, { kind: 'systolic' }))
    .filter(({ name }) => !['status', 'partial', 'noAgreement', 'controller'].includes(name ?? ''))
    .map(({ name, part = [] }) => [name, ...part.map(valueIn)])
  const system = 'http://unitsofmeasure.org'
  const samples = { origin: { value: 0, unit: 'mm[Hg]', system, code: 'mm[Hg]' }, period: 86_400_000, dimensions: 3 }
  const counts = { origin: { value: 0, unit: '1', system, code: '1' }, period: 86_400_000, dimensions: 1 }
  assert.deepEqual(parts, [
    ['threshold', 'systolic', 100, 145],
    ['series', 'systolic', oslo, '2025-12-10', { ...samples, data: '118 118 118' }, { ...counts, data: '1' }],
    // The day without a measurement is E.
    ['series', 'systolic', oslo, '2026-01-11', { ...samples, data: '120 140 130 E E E 150 150 150' }, { ...counts, data: '2 E 1' }],
  ])
  assert.equal((await operation('trend', kari, { kind: 'mood' })).status, 400)
  assert.equal((await operation('trend', kari, { from: 'yesterday' })).status, 400)
})

/** A full session, all normal, at this minute. */
const session = (person: Person, minute: number, changed: Record<string, SentBody | null> = {}): SentBody[] => {
  const at = { effectiveDateTime: `2026-01-14T08:${String(minute).padStart(2, '0')}:00+01:00` }
  const all: Record<string, SentBody | null> = {
    respiration: { code: code([LOINC, '9279-1']), valueQuantity: quantity(16, '/min') },
    saturation: { code: code([LOINC, '59408-5']), valueQuantity: quantity(97, '%') },
    systolic: { code: code([LOINC, '8480-6']), valueQuantity: quantity(125, 'mm[Hg]') },
    pulse: { code: code([LOINC, '8867-4']), valueQuantity: quantity(72, '/min') },
    temperature: { code: code([LOINC, '8310-5']), valueQuantity: quantity(37, 'Cel') },
    air: { code: code([SNOMED_CT, '722742002']), valueQuantity: undefined, valueBoolean: true },
    alert: { code: code([SNOMED_CT, '1104441000000107']), valueQuantity: undefined, valueCodeableConcept: code([SNOMED_CT, '248234008']) },
    ...changed,
  }
  return Object.values(all).flatMap((one) => (one === null ? [] : [measurement(person, { ...at, ...one })]))
}
const news2 = async (person: Person): Promise<Record<string, unknown>> => {
  const answer = await operation('computed-news2', person)
  const scale2 = parametersOf(answer).find(({ name }) => name === 'scale2')
  return { ...valuesOf(answer), ...(scale2 ? { scale2: scale2.part?.map(valueIn) } : {}) }
}

test('NEWS2 is computed from one session when all seven are there, and is marked as computed', async () => {
  const rows: [about: string, changed: Record<string, SentBody | null>, expected: Record<string, unknown>][] = [
    ['all normal', {}, { computed: true, total: 0, worst: 0, scale: 1 }],
    [
      'fast breathing on oxygen',
      {
        respiration: { code: code([LOINC, '9279-1']), valueQuantity: quantity(25, '/min') },
        air: { code: code([SNOMED_CT, '371825009']), valueQuantity: undefined, valueBoolean: true },
      },
      { computed: true, total: 5, worst: 3 },
    ],
    [
      'new confusion',
      {
        alert: {
          code: code([SNOMED_CT, '1104441000000107']),
          valueQuantity: undefined,
          valueCodeableConcept: code([SNOMED_CT, '130987000']),
        },
      },
      { computed: true, total: 3, worst: 3 },
    ],
    [
      'an answer in a local code',
      {
        alert: {
          code: code([SNOMED_CT, '1104441000000107']),
          valueQuantity: undefined,
          valueCodeableConcept: code(['http://local.test', '5']),
        },
      },
      { computed: false, reason: 'no-complete-session' },
    ],
    [
      'low saturation on air, on both scales',
      { saturation: { code: code([LOINC, '59408-5']), valueQuantity: quantity(90, '%') } },
      { computed: true, total: 3, worst: 3, scale: 1, scale2: [0, 0, 0] },
    ],
    [
      'high saturation on oxygen, on both scales',
      { air: { code: code([SNOMED_CT, '371825009']), valueQuantity: undefined, valueBoolean: true } },
      { computed: true, total: 2, worst: 2, scale2: [5, 3, 3] },
    ],
    ['no temperature', { temperature: null }, { computed: false, reason: 'no-complete-session' }],
    [
      'temperature too early',
      {
        temperature: { code: code([LOINC, '8310-5']), valueQuantity: quantity(37, 'Cel'), effectiveDateTime: '2026-01-14T08:14:59+01:00' },
      },
      { computed: false, reason: 'no-complete-session' },
    ],
  ]
  for (const [about, changed, expected] of rows) {
    const kari = await somebody()
    for (const one of session(kari, 30, changed)) assert.equal((await post(one)).status, 201, about)
    const answer = await news2(kari)
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(answer[name], value, `${about}: ${name}`)
  }
})

test('NEWS2 is not computed for a child', async () => {
  const child = await somebody('2012-05-17')
  for (const one of session(child, 30)) assert.equal((await post(one)).status, 201)
  assert.deepEqual(await news2(child), { status: 'none', computed: false, reason: 'under-16', partial: false, noAgreement: false })
})

const alarm = (patient: Reference, more: SentBody = {}): SentBody => ({
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'http://alarm.test/id', value: 'alarm-1' },
  timestamp: '2026-01-14T08:40:00Z',
  entry: [
    {
      fullUrl: 'urn:uuid:c',
      resource: {
        resourceType: 'Composition',
        status: 'final',
        type: { coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090', code: '3' }], text: 'Trygghetsalarm' },
        subject: patient,
        date: '2026-01-14T08:40:00Z',
        author: [{ display: 'Responssenteret' }],
        title: 'Alarm',
        event: [
          {
            code: [{ coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/vkp-composition-event-v090', code: '3' }] }],
            period: { start: '2026-01-14T08:36:00Z' },
          },
        ],
        section: [{ title: 'Alarm', entry: [{ reference: 'urn:uuid:d' }] }],
        ...more,
      },
    },
    {
      fullUrl: 'urn:uuid:d',
      resource: {
        resourceType: 'DetectedIssue',
        status: 'final',
        code: { coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090', code: '3' }], text: 'Trygghetsalarm' },
        patient,
        identifiedDateTime: '2026-01-14T08:35:00Z',
        author: { reference: 'urn:uuid:e' },
      },
    },
    { fullUrl: 'urn:uuid:e', resource: { resourceType: 'Device', identifier: [{ system: 'imei', value: '' }], serialNumber: 'C02' } },
  ],
})

test('an alarm is kept with its follow-up, later follow-up replaces earlier, in any order', async () => {
  const kari = await somebody()
  const later = { ...alarm({ identifier: kari.identifier }, { title: 'Alarm fulgt opp' }), timestamp: '2026-01-14T09:40:00Z' }
  const send = async (bundle: SentBody) => await api.as(platform).post(`${BASE}/$vkp-alarm`, bundle)
  assert.equal((await send(later)).status, 201)
  assert.equal((await send(alarm({ identifier: kari.identifier }))).status, 200)
  const [composition] = await find('Composition', kari, { _include: 'Composition:entry' })
  assert.equal(composition?.title, 'Alarm fulgt opp')
  const parts = alarm(
    { identifier: kari.identifier, reference: 'urn:uuid:p' },
    {
      author: [{ reference: 'URN:UUID:R' }, { reference: 'urn:uuid:p' }],
      relatesTo: [{ code: 'appends', targetReference: { reference: 'Composition/1' } }],
    },
  )
  const role = {
    resourceType: 'PractitionerRole',
    meta: { versionId: '1' },
    practitioner: { display: 'Kim' },
    organization: { reference: 'urn:uuid:o' },
  }
  const entry = [
    ...(parts['entry'] as object[]),
    { fullUrl: 'urn:uuid:p', resource: { resourceType: 'Patient', name: [{ family: 'Nordmann' }] } },
    { fullUrl: 'urn:uuid:r', resource: role },
    { fullUrl: 'urn:uuid:o', resource: { resourceType: 'Organization', name: 'Responssenteret' } },
  ]
  const sent = await send({ ...parts, entry, timestamp: '2026-01-14T10:35:00Z' })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const [whole] = await find('Composition', kari)
  assert.deepEqual(
    whole?.contained?.map(({ resourceType, id }) => `${resourceType} ${id}`),
    ['PractitionerRole practitionerrole', 'Organization organization'],
    'parts of the document that become no records are contained',
  )
  assert.deepEqual([whole.author[0]?.reference, whole.author[1]?.reference], ['#practitionerrole', undefined])
  const lost = alarm({ identifier: kari.identifier }, { author: [{ reference: 'urn:uuid:nowhere' }] })
  assert.deepEqual(problemOf(await send({ ...lost, timestamp: '2026-01-14T10:36:00Z' })), 'reference-not-resolved')
  const strange = { section: [{ title: 'Alarm', entry: [{ reference: 'DetectedIssue/abcdefghijklmnopabcdefghijklmnop' }] }] }
  const refused = await send({ ...alarm({ identifier: kari.identifier }, strange), timestamp: '2026-01-14T10:40:00Z' })
  assert.deepEqual([refused.status, problemOf(refused)], [422, 'reference-not-resolved'], 'a message names records of its person alone')
  const [issue] = await find('DetectedIssue', kari)
  assert.ok(issue)
  assert.deepEqual([issue.code?.text, asResource(issue.contained?.[0], 'Device').serialNumber], ['Trygghetsalarm', 'C02'])
  assert.equal(composition.section?.[0]?.entry?.[0]?.reference, `DetectedIssue/${issue.id}`)
})

test('an alarm whose code and text disagree is kept with a flag, and one that names nobody is queued', async () => {
  const kari = await somebody()
  const odd = alarm(
    { identifier: kari.identifier },
    { type: { coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090', code: '7' }], text: 'Trygghetsalarm' } },
  )
  const stored = await api.as(platform).post(`${BASE}/$vkp-alarm`, odd)
  assert.equal(stored.status, 201, JSON.stringify(stored.body))
  assert.match(JSON.stringify(stored.body), /alert-code-text-disagree/)
  const flagged = await Promise.all((['Composition', 'DetectedIssue'] as const).map(async (type) => JSON.stringify(await find(type, kari))))
  assert.deepEqual(
    flagged.map((text) => text.includes('"alert-code-text-disagree"')),
    [true, false],
    'the flag stands on the record that disagrees',
  )
  const local = await api
    .as(platform)
    .post(`${BASE}/$vkp-alarm`, alarm({ identifier: { system: 'http://local.test/number', value: '1302' } }))
  assert.equal(local.status, 202)
  assert.match(JSON.stringify(local.body), /identity-not-national/)
})

test('an alarm is about one person, and nothing of it is lost', async () => {
  const [kari, other] = [await somebody(), await somebody()]
  const own = { identifier: kari.identifier }
  const [composition, issue, device] = alarm(own)['entry'] as { fullUrl: string; resource: SentBody }[]
  const about = (entry: typeof issue, more: SentBody) => ({ ...entry, fullUrl: 'urn:uuid:n', resource: { ...entry?.resource, ...more } })
  const local = { identifier: { system: 'http://local.test/number', value: '1302' } }
  const patient = (identifier: object) => ({ fullUrl: 'urn:uuid:p', resource: { resourceType: 'Patient', identifier: [identifier] } })
  const pulse = { fullUrl: 'urn:uuid:o', resource: { resourceType: 'Observation', status: 'final', code: { text: 'Puls' }, subject: own } }
  const rows: [string, (object | undefined)[], number, string?][] = [
    [
      'the alarm of another',
      [composition, about(issue, { patient: { identifier: other.identifier } }), device],
      422,
      'reference-to-another-person',
    ],
    [
      'a second of another',
      [composition, issue, about(issue, { patient: { identifier: other.identifier } }), device],
      422,
      'reference-to-another-person',
    ],
    ['a second of somebody', [composition, issue, about(issue, { patient: local }), device], 422, 'reference-to-another-person'],
    [
      'a second by reference',
      [composition, issue, about(issue, { patient: { reference: 'Patient/7' } }), device],
      422,
      'reference-to-another-person',
    ],
    ['a Patient who is another', [composition, issue, device, patient(other.identifier)], 422, 'reference-to-another-person'],
    ['a second that is none', [composition, issue, about(issue, { status: 'odd' }), device], 422, 'required-code'],
    ['a second Composition', [composition, { ...composition, fullUrl: 'urn:uuid:n' }, issue, device], 422, 'invalid-resource'],
    ['a measurement that nothing names', [composition, issue, device, pulse], 422, 'entry-not-reached'],
    [
      'a device that is another’s',
      [composition, issue, { ...device, resource: { resourceType: 'Device', patient: { identifier: other.identifier } } }],
      422,
      'reference-to-another-person',
    ],
    ['a second that names nobody', [composition, issue, about(issue, { patient: undefined }), device], 201, 'patient-not-stated'],
    [
      'the Patient by reference',
      [composition, { ...issue, resource: { ...issue?.resource, patient: { reference: 'urn:uuid:p' } } }, device, patient(kari.identifier)],
      201,
    ],
  ]
  for (const [at, [name, entry, status, said]] of rows.entries()) {
    const timestamp = `2026-01-14T08:${10 + at}:00Z`
    const reply = await api.as(platform).post(`${BASE}/$vkp-alarm`, { ...alarm(own), timestamp, entry })
    assert.equal(reply.status, status, `${name}: ${JSON.stringify(reply.body)}`)
    if (said) assert.ok(problemsOf(reply).includes(said), `${name}: ${JSON.stringify(reply.body)}`)
  }
  assert.equal((await find('DetectedIssue', kari)).length, 1)
  assert.deepEqual(await find('DetectedIssue', other), [])
})

test('a list is told that a measurement is outside an own limit', async () => {
  const kari = await somebody()
  await api.sql`
    insert into worklist (unit, organization, drawn_up, received, left_out) values (${bergen}, ${bergen}, ${NOW}, ${NOW}, 0)`
  await api.sql`insert into worklist_patient (patient, unit, position) values (${kari.key}, ${bergen}, 1)`
  const target = [{ measure: code([LOINC, '8867-4']), detailRange: { low: quantity(50, '/min'), high: quantity(90, '/min') } }]
  const goal = { resourceType: 'Goal', lifecycleStatus: 'active', description: { text: 'Puls' }, startDate: '2026-01-01', target }
  await post({ ...goal, subject: { identifier: kari.identifier } })
  await post(measurement(kari, { effectiveDateTime: NOW, valueQuantity: quantity(99, '/min') }))
  const { patients: _none, ...content } = attestation(reader, '')
  const list = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueIdentifier: kari.identifier },
      { name: 'service', valueCode: 'home-monitoring' },
      { name: 'signals', valueBoolean: true },
    ],
  }
  const reply = await api.as(reader).post('/fhir/$has-data', list, { attestation: attestationHeader(content) })
  assert.match(JSON.stringify(reply.body), /"code":"outside-limit\.outside-heart-rate"/)
})

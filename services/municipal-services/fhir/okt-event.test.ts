import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { Bundle, EpisodeOfCare } from '@medplum/fhirtypes'
import { ratioOf, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { cases } from '../testing/cases.ts'
import { testCodes } from '../testing/codes.ts'
import { oktEvent } from './okt-event.ts'

const context = { now: new Date('2026-06-15T12:00:00+02:00'), codes: testCodes() }
const person = '12834100019'

interface Row {
  name: string
  event?: unknown
  message?: Record<string, unknown>
  errors?: Record<string, string>
}

for (const { name, event, message, errors } of cases<Row>(new URL('./okt-event.cases.yaml', import.meta.url))) {
  test(`an OktEvent is sent: ${name}`, () => {
    const converted = oktEvent.convert(event ?? { personIdentifier: person, oktMessages: [message] }, context)
    const found = isProblem(converted) ? Object.fromEntries(converted.issues.map(({ code, expression }) => [code, expression])) : {}
    assert.deepEqual(found, errors ?? {})
  })
}

function convert(message: Record<string, unknown>, personIdentifier = person): EpisodeOfCare {
  return (convertAll([message], personIdentifier).entry?.[0]?.resource ?? assert.fail()) as EpisodeOfCare
}

function convertAll(oktMessages: Record<string, unknown>[], personIdentifier = person): Bundle {
  const converted = oktEvent.convert({ personIdentifier, oktMessages }, context)
  return isProblem(converted) ? assert.fail(JSON.stringify(converted.issues)) : converted
}

test('a message with every field becomes an EpisodeOfCare with nothing lost', () => {
  const sent = {
    startDate: '2026-01-15',
    endDate: '2026-12-31',
    iplosCode: { iplosCodeLevel: '1', iplosCodeValue: '15', iplosParentCode: '0', iplosCodeDescription: 'Helsetjenester i hjemmet' },
    needsCaption: true,
    serviceDescription: 'Sårstell',
    serviceLevel: 'Nivå 2',
    stayType: 'Dagopphold',
    temporaryCessation: false,
    weeklyExtent: '7,5',
  }
  assert.deepEqual(convert(sent), {
    resourceType: 'EpisodeOfCare',
    meta: {
      profile: ['http://helsevev.no/fhir/StructureDefinition/no-municipal-service'],
      tag: [{ system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'weekly-extent-unit-assumed' }],
    },
    extension: [
      { url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(7.5) },
      { url: 'http://hl7.no/fhir/ig/okt/StructureDefinition/ServiceDescriptionMarkdown', valueMarkdown: 'Sårstell' },
      { url: 'http://helsevev.no/fhir/StructureDefinition/service-level', valueString: 'Nivå 2' },
      { url: 'http://helsevev.no/fhir/StructureDefinition/needs-caption', valueBoolean: true },
    ],
    status: 'active',
    type: [
      { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9151', code: '15', display: 'Helsetjenester i hjemmet' }] },
      { coding: [{ system: 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs', code: 'dagopphold' }] },
    ],
    period: { start: '2026-01-15', end: '2026-12-31' },
    patient: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: person } },
  })
})

test('a message with its start date alone is enough', () => {
  assert.deepEqual(convert({ startDate: '2026-01-15' }), {
    resourceType: 'EpisodeOfCare',
    meta: { profile: ['http://helsevev.no/fhir/StructureDefinition/no-municipal-service'] },
    status: 'active',
    period: { start: '2026-01-15' },
    patient: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: person } },
  })
})

for (const [status, message] of [
  ['active', {}],
  ['active', { temporaryCessation: false }],
  ['onhold', { temporaryCessation: true }],
  ['active', { endDate: '2026-06-15' }],
  ['onhold', { endDate: '2026-06-15', temporaryCessation: true }],
  ['finished', { endDate: '2026-06-14' }],
  ['finished', { endDate: '2026-06-14', temporaryCessation: true }],
] as const) {
  test(`on 15 June, ${JSON.stringify(message)} is ${status}`, () =>
    assert.equal(convert({ startDate: '2026-01-15', ...message }).status, status))
}

for (const [kind, system, offset] of [
  ['FNR', 'urn:oid:2.16.578.1.12.4.1.4.1', 80],
  ['FNR', 'urn:oid:2.16.578.1.12.4.1.4.1', 65],
  ['DNR', 'urn:oid:2.16.578.1.12.4.1.4.2', 80],
  ['FHN', 'urn:oid:2.16.578.1.12.4.1.4.3', 80],
] as const) {
  test(`a number of the form ${kind} with month +${offset} is sent on under ${system}`, () => {
    const number = makeIdentityNumber({ birthDate: '1941-03-12', kind, offset, series: 0 })
    assert.deepEqual(convert({ startDate: '2026-01-15' }, number).patient, { identifier: { system, value: number } })
  })
}

test('a number as a JSON number is hours per week too', () => {
  assert.deepEqual(convert({ startDate: '2026-01-15', weeklyExtent: 7.5 }).extension, [
    { url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(7.5) },
  ])
})

test('the same message twice is one service, flagged', () => {
  const message = { startDate: '2026-01-15', iplosCode: { iplosCodeValue: '15' } }
  const { entry } = convertAll([message, { ...message, endDate: '' }, message])
  assert.equal(entry?.length, 1)
  assert.deepEqual(entry?.[0]?.resource?.meta?.tag, [{ system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'duplicate-message' }])
})

test('the event becomes a transaction that creates each service', () => {
  const bundle = convertAll([{ startDate: '2026-01-15' }, { startDate: '2026-02-01' }])
  assert.equal(bundle.type, 'transaction')
  assert.deepEqual(
    bundle.entry?.map(({ request }) => request),
    [
      { method: 'POST', url: 'EpisodeOfCare' },
      { method: 'POST', url: 'EpisodeOfCare' },
    ],
  )
})

test('no fault repeats the identity number', () => {
  const converted = oktEvent.convert({ personIdentifier: `${person}1`, oktMessages: [{ startDate: person }] }, context)
  assert.ok(isProblem(converted))
  assert.ok(!JSON.stringify(converted).includes(person))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Consent } from '@medplum/fhirtypes'
import { isProblem } from '../../problem/problem.ts'
import { logicalId, type PatientKey, type RecordId, useIdKey } from '../../store/ids.ts'
import { asResource } from '../../testing/answers.ts'
import { changed, type SentBody } from '../../testing/sent.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import type { NewChoice, StoredChoice } from './choice.ts'
import { consentOf } from './consent.ts'
import { readConsent } from './read-consent.ts'

useIdKey({ key: Buffer.alloc(16), since: 0n })
const now = new Date('2026-01-15T10:00:00Z')
const patient = '8134276512345678901' as PatientKey
const record = '42' as RecordId
const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: makeIdentityNumber({ birthDate: '1950-05-17', series: 0 }) }

/** A restriction of everything. */
const stored: StoredChoice = {
  patient,
  id: '7' as RecordId,
  kind: 'restriction',
  service: null,
  controller: null,
  receiver: null,
  practitioner: null,
  record: null,
  from: new Date('2026-01-15T09:59:00Z'),
  until: null,
  made: now,
  madeAs: 'self',
  maker: '1' as PatientKey,
  madeBy: 'Kari Nordmann',
  note: null,
  ended: null,
  endedAs: null,
  recordPath: null,
}

function written(choice: Partial<StoredChoice> = {}): Consent {
  const consent = consentOf({ ...stored, ...choice }, { identifier, now, baseUrl: 'https://example.no' })
  return asResource(JSON.parse(JSON.stringify(consent)), 'Consent')
}

// biome-ignore format: a table, one row to a line
const choices: [what: string, choice: Partial<StoredChoice>, read: Partial<NewChoice>][] = [
  ['a restriction of all', {}, {}],
  ['an opt-out', { kind: 'opt-out', service: 'news2' }, { service: 'news2' }],
  ['a restriction of one controller to one receiver', { controller: '900000001', receiver: '900000002' }, { controller: '900000001', receiver: '900000002' }],
  ['a block in one organisation', { kind: 'block', practitioner: '990000001', receiver: '900000002' }, { practitioner: '990000001', receiver: '900000002' }],
  ['a consent with an end', { kind: 'consent', until: new Date('2026-03-01T23:00:00Z') }, { until: new Date('2026-03-01T23:00:00Z') }],
  ['a consent that begins later', { kind: 'consent', from: new Date('2026-02-01T00:00:00Z') }, { from: new Date('2026-02-01T00:00:00Z') }],
  ['a restriction of one record', { record, recordPath: 'news2/Observation' }, { record: { patient, id: record } }],
  ['a note with markup', { note: '<b onload="x">\'; drop table record; --' }, { note: '<b onload="x">\'; drop table record; --' }],
]
for (const [what, choice, read] of choices) {
  test(`${what} reads back as it was written`, () => {
    const result = readConsent(written(choice))
    assert.ok(!isProblem(result), JSON.stringify(result))
    const parts: NewChoice = { kind: choice.kind ?? 'restriction', from: choice.from ?? now, ...read }
    assert.equal(result.identityNumber, identifier.value)
    assert.deepEqual(JSON.parse(JSON.stringify(result.choice)), JSON.parse(JSON.stringify(parts)))
  })
}

test('a Consent shows who made it, when, and what; and is inactive when it has ended or run out', () => {
  assert.deepEqual(written({ kind: 'block', practitioner: '990000001', madeAs: 'representative' }), {
    resourceType: 'Consent',
    id: logicalId(patient, '7' as RecordId),
    meta: { versionId: '1', lastUpdated: '2026-01-15T10:00:00.000Z' },
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [
      { coding: [{ system: 'http://loinc.org', code: '59284-0' }] },
      { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/patient-choice', code: 'block' }] },
    ],
    patient: { identifier },
    dateTime: '2026-01-15T10:00:00.000Z',
    performer: [{ type: 'RelatedPerson', display: 'Kari Nordmann' }],
    policyRule: { coding: [{ system: 'http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', code: 'PBRL5-3' }] },
    provision: {
      type: 'deny',
      period: { start: '2026-01-15T10:00:00.000Z' },
      actor: [
        {
          role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] },
          reference: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000001' } },
        },
      ],
    },
  })
  assert.equal(written({ ended: now }).status, 'inactive')
  assert.equal(written({ until: now }).status, 'inactive')
  assert.deepEqual(written({ madeAs: 'staff', madeBy: null }).performer, [{ type: 'Practitioner' }])
})

test('without a kind, a permit is a consent, a deny of a practitioner a block, and any other a restriction', () => {
  const kindOf = (choice: Partial<StoredChoice>) => {
    const { category, ...consent } = written(choice)
    const result = readConsent({ ...consent, category: [category[0]] })
    return isProblem(result) ? result.problem : result.choice.kind
  }
  assert.equal(kindOf({ kind: 'consent' }), 'consent')
  assert.equal(kindOf({ kind: 'block', practitioner: '990000001' }), 'block')
  assert.equal(kindOf({ receiver: '900000002' }), 'restriction')
})

const recipient = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] }
const hpr = { identifier: { system: '2.16.578.1.12.4.1.4.4', value: '990000001' } }

// biome-ignore format: a table, one row to a line
const faults: [what: string, change: SentBody, elements: string[]][] = [
  ['another status',                  { status: 'proposed' },                                        ['Consent.status']],
  ['no status',                       { status: undefined },                                         ['Consent.status']],
  ['no provision',                    { provision: undefined },                                      ['Consent.provision']],
  ['no type of provision',            { 'provision.type': undefined },                               ['Consent.provision.type']],
  ['a type of another kind',          { 'provision.type': 'permit' },                                ['Consent.provision.type']],
  ['another scope',                   { 'scope.coding.0.code': 'research' },                         ['Consent.scope']],
  ['another category',                { 'category.0.coding.0.code': '1' },                           ['Consent.category']],
  ['an unknown kind',                 { 'category.1.coding.0.code': 'toString' },                    ['Consent.category']],
  ['two kinds',                       { 'category.2': written().category[1] },                       ['Consent.category']],
  ['another law',                     { 'policyRule.coding.0.code': 'X' },                           ['Consent.policyRule']],
  ['a patient by reference',          { patient: { reference: 'Patient/1' } },                       ['Consent.patient.identifier']],
  ['a patient by HPR number',         { patient: hpr },                                              ['Consent.patient.identifier.system']],
  ['a patient that is a text',        { patient: 'Kari' },                                           ['Consent.patient']],
  ['an exception within',             { 'provision.provision': [{ type: 'permit' }] },               ['Consent.provision.provision']],
  ['a purpose',                       { 'provision.purpose': [{ code: 'TREAT' }] },                  ['Consent.provision.purpose']],
  ['an action',                       { 'provision.action': [] },                                    ['Consent.provision.action']],
  ['a modifier',                      { modifierExtension: [] },                                     ['Consent.modifierExtension']],
  ['an unknown extension',            { extension: [{ url: 'http://example.no', valueString: 'x' }] }, ['Consent.extension[0].url']],
  ['two unknown parts at once',       { sourceAttachment: {}, verification: [] },                    ['Consent.sourceAttachment', 'Consent.verification']],
  ['an actor without a number',       { 'provision.actor': [{ role: recipient, reference: {} }] },   ['Consent.provision.actor[0]']],
  ['an actor of another role',        { 'provision.actor': [{ role: { coding: [] }, reference: hpr }] }, ['Consent.provision.actor[0]']],
  ['two practitioners',               { 'provision.actor': [{ role: recipient, reference: hpr }, { role: recipient, reference: hpr }] }, ['Consent.provision.actor[1]']],
  ['a patient as actor',              { 'provision.actor': [{ role: recipient, reference: { identifier } }] }, ['Consent.provision.actor[0]']],
  ['a resource type as class',        { 'provision.class': [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] }, ['Consent.provision.class[0]']],
  ['two services',                    { 'provision.class': [{}, {}] },                               ['Consent.provision.class']],
  ['a record that is none of ours',   { 'provision.data': [{ meaning: 'instance', reference: { reference: 'Observation/1' } }] }, ['Consent.provision.data[0].reference']],
  ['records related to one',          { 'provision.data': [{ meaning: 'related', reference: {} }] }, ['Consent.provision.data[0].meaning']],
  ['a day that no calendar has',      { 'provision.period': { start: '2026-02-30' } },               ['Consent.provision.period.start']],
  ['several at once',                 { scope: {}, 'provision.period': { end: 'soon' } },            ['Consent.scope', 'Consent.provision.period.end']],
]
for (const [what, change, elements] of faults) {
  test(`${what} is refused, with its place`, () => {
    const result = readConsent(changed(written(), change))
    assert.ok(isProblem(result))
    assert.deepEqual(
      result.issues.map(({ expression }) => expression),
      elements,
    )
    assert.ok(!JSON.stringify(result).includes(identifier.value))
  })
}

test('who made it and when is not read from what is sent', () => {
  const result = readConsent({
    ...written(),
    dateTime: 'never',
    performer: [{ display: 'Somebody else' }],
    text: { div: '<div>' },
    meta: 1,
  })
  assert.ok(!isProblem(result))
})

test('the last day of a period is within it, in Norwegian time', () => {
  const result = readConsent(changed(written(), { 'provision.period': { start: '2026-02-01', end: '2026-02-28' } }))
  assert.ok(!isProblem(result))
  assert.deepEqual([result.choice.from, result.choice.until], [new Date('2026-01-31T23:00:00Z'), new Date('2026-02-28T23:00:00Z')])
})

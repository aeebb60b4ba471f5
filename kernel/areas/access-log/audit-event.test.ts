import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logicalId, logLineId, type PatientKey, type RecordId, useIdKey } from '../../store/ids.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { auditEvent } from './audit-event.ts'
import type { LookUp } from './look-ups.ts'

useIdKey({ key: Buffer.alloc(16), since: 0n })
const patient = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: makeIdentityNumber({ birthDate: '1950-05-17', series: 8 }) }

function row(more: Partial<LookUp> = {}): LookUp {
  return {
    segment: '917000000000000001',
    seq: '17',
    eventId: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    episode: null,
    at: new Date('2026-01-15T10:00:00.123Z'),
    event: 'search-type',
    outcome: 'ok',
    problem: null,
    service: 'news2',
    type: 'Observation',
    resources: 3,
    withheld: false,
    automatic: false,
    openedBy: null,
    openedChoices: null,
    choice: null,
    unseen: null,
    name: 'Nora Nurse',
    byPerson: true,
    role: 'SP',
    hprNumber: '990000001',
    organization: '900000001',
    organizationName: 'Bergen kommune',
    supplier: null,
    pointOfCare: '900000011',
    pointOfCareName: 'Bergen legevakt',
    departmentSystem: 'urn:oid:2.16.578.1.12.4.1.4.102',
    department: '705592',
    departmentName: 'Mottak',
    purpose: 'TREAT',
    purposeDetailsSystem: 'https://terminology.dips.com/decisiontemplate',
    purposeDetails: 'POLBESOK',
    purposeDetailsText: 'Poliklinisk besøk',
    healthcareServiceSystem: 'urn:oid:2.16.578.1.12.4.1.1.8663',
    healthcareService: 'KX17',
    healthcareServiceText: 'Legevakt',
    basis: null,
    reason: null,
    decisionRef: 'decision-1',
    decisionDescription: 'Innlagt pasient',
    userSelected: false,
    toa: new Date('2026-01-15T09:59:00.900Z'),
    patientPointOfCare: '900000012',
    patientDepartment: '109765',
    ...more,
  }
}

const empty: Partial<LookUp> = {
  role: null,
  hprNumber: null,
  pointOfCare: null,
  pointOfCareName: null,
  departmentSystem: null,
  department: null,
  departmentName: null,
  purpose: null,
  purposeDetailsSystem: null,
  purposeDetails: null,
  purposeDetailsText: null,
  healthcareServiceSystem: null,
  healthcareService: null,
  healthcareServiceText: null,
  decisionRef: null,
  decisionDescription: null,
  userSelected: null,
  toa: null,
  patientPointOfCare: null,
  patientDepartment: null,
}

const shown = { patient, baseUrl: 'https://helsevev.example', adapters: ['$receive-report'] }

test('a look-up with a whole attestation follows the Norwegian profile', () => {
  assert.deepEqual(auditEvent(row(), shown), {
    resourceType: 'AuditEvent',
    id: logLineId(row()),
    meta: { profile: ['http://hl7.no/fhir/StructureDefinition/no-domain-Trustframework-Auditevent'] },
    contained: [
      {
        resourceType: 'Organization',
        id: 'legal-entity',
        identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: '900000001' }],
        name: 'Bergen kommune',
      },
      {
        resourceType: 'Practitioner',
        id: 'practitioner',
        identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000001' }],
        name: [{ text: 'Nora Nurse' }],
        qualification: [{ code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9060', code: 'SP' }] } }],
      },
      {
        resourceType: 'Organization',
        id: 'department',
        identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.102', value: '705592' }],
        name: 'Mottak',
        partOf: { reference: '#legal-entity' },
      },
      {
        resourceType: 'Organization',
        id: 'point-of-care-organization',
        identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: '900000011' }],
        name: 'Bergen legevakt',
      },
      { resourceType: 'Location', id: 'point-of-care', managingOrganization: { reference: '#point-of-care-organization' } },
      {
        resourceType: 'PractitionerRole',
        id: 'role',
        active: true,
        practitioner: { reference: '#practitioner' },
        organization: { reference: '#department' },
        location: [{ reference: '#point-of-care' }],
      },
      { resourceType: 'Patient', id: 'patient', identifier: [patient] },
      {
        resourceType: 'Organization',
        id: 'patient-point-of-care-organization',
        identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: '900000012' }],
      },
      {
        resourceType: 'Location',
        id: 'patient-point-of-care',
        managingOrganization: { reference: '#patient-point-of-care-organization' },
      },
      { resourceType: 'Organization', id: 'patient-department', identifier: [{ value: '109765' }] },
      {
        resourceType: 'Encounter',
        id: 'encounter',
        status: 'unknown',
        class: { code: 'unknown' },
        serviceType: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.8663', code: 'KX17', display: 'Legevakt' }] },
        location: [{ location: { reference: '#patient-point-of-care' } }],
        serviceProvider: { reference: '#patient-department' },
      },
    ],
    extension: [
      { url: 'http://hl7.no/fhir/StructureDefinition/auditevent-patient-extension', valueReference: { reference: '#patient' } },
      { url: 'http://hl7.no/fhir/StructureDefinition/auditevent-encounter-extension', valueReference: { reference: '#encounter' } },
      {
        url: 'http://hl7.no/fhir/StructureDefinition/auditevent-carerelation-metadata-extension',
        extension: [
          { url: 'decision-ref-id', valueString: 'decision-1' },
          { url: 'decision-ref-description', valueString: 'Innlagt pasient' },
          { url: 'decision-ref-user-selected', valueBoolean: false },
          { url: 'toa', valueUnsignedInt: 1768471140 },
        ],
      },
    ],
    type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110110', display: 'Patient Record' },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'search-type' }],
    action: 'R',
    recorded: '2026-01-15T10:00:00.123Z',
    outcome: '0',
    purposeOfEvent: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT', display: 'treatment' }] },
      { coding: [{ system: 'https://terminology.dips.com/decisiontemplate', code: 'POLBESOK', display: 'Poliklinisk besøk' }] },
    ],
    agent: [{ who: { reference: '#role' }, name: 'Nora Nurse', requestor: true }],
    source: {
      site: 'helsevev.example',
      observer: { display: 'Helsevev' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }],
    },
    entity: [
      {
        what: { type: 'Bundle', display: 'news2 Observation' },
        type: { system: 'http://hl7.org/fhir/resource-types', code: 'Bundle' },
        name: 'Observation',
        detail: [
          { type: 'service', valueString: 'news2' },
          { type: 'resources', valueString: '3' },
        ],
      },
    ],
  })
})

const events: [string, string, string][] = [
  ['read', 'R', 'read'],
  ['search-type', 'R', 'search-type'],
  ['create', 'C', 'create'],
  ['update', 'U', 'update'],
  ['delete', 'D', 'delete'],
  ['transaction', 'C', 'transaction'],
  ['batch', 'E', 'batch'],
  ['$status', 'R', 'operation'],
  ['choice-made', 'C', 'choice-made'],
  ['choice-ended', 'U', 'choice-ended'],
  ['failed', 'E', 'failed'],
]
for (const [event, action, subtype] of events) {
  test(`${event} has action ${action} and subtype ${subtype}`, () => {
    const result = auditEvent(row({ event }), shown)
    assert.deepEqual([result.action, result.subtype?.[0]?.code], [action, subtype])
  })
}

for (const [outcome, code] of [
  ['ok', '0'],
  ['refused', '4'],
  ['failed', '8'],
] as const) {
  test(`what was ${outcome} has outcome ${code}`, () => {
    const result = auditEvent(row({ outcome, problem: outcome === 'ok' ? null : 'no-agreement' }), shown)
    assert.deepEqual([result.outcome, result.outcomeDesc], [code, outcome === 'ok' ? undefined : 'no-agreement'])
  })
}

test('without a department the role is at the legal entity', () => {
  const result = auditEvent(row({ ...empty, purpose: 'TREAT', role: 'SP', hprNumber: '990000001' }), shown)
  const role = result.contained?.find(({ resourceType }) => resourceType === 'PractitionerRole')
  assert.deepEqual(role, {
    resourceType: 'PractitionerRole',
    id: 'role',
    active: true,
    practitioner: { reference: '#practitioner' },
    organization: { reference: '#legal-entity' },
  })
})

test('a system is shown as its organisation', () => {
  const result = auditEvent(row({ ...empty, name: 'EHR', byPerson: false, event: 'create' }), shown)
  assert.deepEqual(result.agent, [{ who: { reference: '#legal-entity' }, name: 'EHR', requestor: true }])
  assert.equal(result.meta, undefined)
})

for (const [purpose, type] of [
  ['PATRQT', 'Patient'],
  ['FAMRQT', 'RelatedPerson'],
  ['PWATRNY', 'RelatedPerson'],
] as const) {
  test(`a citizen with purpose ${purpose} is shown by name, as ${type}`, () => {
    const result = auditEvent(row({ ...empty, name: 'Kari', purpose, basis: 'self' }), shown)
    assert.deepEqual(result.agent, [{ who: { type, display: 'Kari' }, name: 'Kari', requestor: true }])
    assert.deepEqual(result.contained, [{ resourceType: 'Patient', id: 'patient', identifier: [patient] }])
  })
}

test('a row without an established person or patient names neither', () => {
  const result = auditEvent(
    row({ ...empty, name: null, byPerson: false, organization: null, organizationName: null, service: null, type: null, resources: 0 }),
    { ...shown, patient: undefined },
  )
  assert.deepEqual(result.agent, [{ requestor: true }])
  assert.equal(result.contained, undefined)
  assert.equal(result.extension, undefined)
  assert.equal(result.entity?.[0]?.what?.display, 'nothing')
})

test('a decision without a description says so, and has no words that nobody attested', () => {
  const [, description] = auditEvent(row({ decisionDescription: null }), shown).extension?.at(2)?.extension ?? []
  assert.deepEqual(description, {
    url: 'decision-ref-description',
    _valueString: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'not-asked' }] },
  })
})

for (const missing of [{ toa: null }, { decisionRef: null }, { userSelected: null }]) {
  test(`without ${Object.keys(missing)[0]} the care relation is left out whole`, () => {
    const urls = auditEvent(row(missing), shown).extension?.map(({ url }) => url.split('/').at(-1))
    assert.deepEqual(urls, ['auditevent-patient-extension', 'auditevent-encounter-extension'])
  })
}

test('an event carries the opening that it is part of, in letters', () => {
  const extension = auditEvent(row({ episode: '4611686018427387905' }), shown).extension?.at(-1)
  assert.deepEqual(extension, { url: 'http://helsevev.no/fhir/StructureDefinition/episode', valueString: 'kggggggggggggggh' })
})

test('emergency access shows the reason, the ground, and that something was withheld', () => {
  const result = auditEvent(row({ purpose: 'BTG', basis: 'emergency', reason: 'Bevisstløs', withheld: true }), shown)
  assert.equal(result.purposeOfEvent?.[0]?.text, 'Bevisstløs')
  assert.deepEqual(result.extension?.slice(3), [
    { url: 'http://helsevev.no/fhir/StructureDefinition/access-basis', valueCode: 'emergency' },
    { url: 'http://helsevev.no/fhir/StructureDefinition/something-withheld', valueBoolean: true },
  ])
})

test('a system that delivers has sent, and seen nothing', () => {
  const system = { byPerson: false, name: 'EHR', ...empty }
  for (const event of ['create', 'transaction', 'bundle', '$receive-report']) {
    const { type, action } = auditEvent(row({ ...system, event }), shown)
    assert.deepEqual([type?.code, action], ['110107', 'C'])
  }
  const fetched = auditEvent(row({ ...system, event: 'search-type' }), shown)
  assert.deepEqual([fetched.type?.code, fetched.action], ['110110', 'R'])
  const byHand = auditEvent(row({ event: 'create' }), shown)
  assert.deepEqual([byHand.type?.code, byHand.action], ['110110', 'C'])
})

test('what was opened is said only when something was, with the choices of the patient', () => {
  const said = (more: Partial<LookUp>) => {
    const { extension, entity } = auditEvent(row({ purpose: 'BTG', basis: 'emergency', ...more }), shown)
    return [
      extension?.find(({ url }) => url.endsWith('/restrictions-opened-by'))?.valueCode,
      entity?.slice(1).map(({ what }) => what?.reference),
    ]
  }
  assert.deepEqual(said({}), [undefined, []])
  const openedChoices = [{ patient: '16', id: '17' }] as unknown as LookUp['openedChoices']
  assert.deepEqual(said({ openedBy: 'emergency', openedChoices }), [
    'emergency',
    [`Consent/${logicalId('16' as PatientKey, '17' as RecordId)}`],
  ])
})

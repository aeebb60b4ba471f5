/** The quick answer accepts what follows FHIR exactly, and never what the engine or the required codes refuse. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexStructureDefinitionBundle } from '@medplum/core'
import type { Resource } from '@medplum/fhirtypes'
import { asResource } from '../../testing/answers.ts'
import { holderAt } from '../../testing/sent.ts'
import { readDefinitions } from './definitions.ts'
import { createPlainCheck } from './plain.ts'
import { checkRequiredCodes } from './required-codes.ts'
import { checkStructure } from './validator.ts'

const subject = { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '05735512345' } }
const concept = (code: string) => ({ coding: [{ system: 'http://loinc.org', code, display: 'Name', userSelected: true }], text: 'Text' })
const quantity = { value: 5.5, comparator: '<', unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' }
const status = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] })

const plain: readonly object[] = [
  {
    resourceType: 'Observation',
    id: 'a-1',
    meta: { profile: ['http://helsevev.no/p'], tag: [{ system: 'urn:x', code: 'y' }] },
    extension: [
      { url: 'http://x.no/a', extension: [{ url: 'b', valueBoolean: true }] },
      { url: 'http://x.no/c', valueQuantity: quantity },
    ],
    contained: [
      { resourceType: 'Device', id: 'd', type: concept('1') },
      { resourceType: 'PractitionerRole', id: 'r', organization: { display: 'Legesenteret' } },
    ],
    identifier: [{ use: 'official', system: 'https://x.no', value: '1', period: { start: '2026-01-01' } }],
    status: 'final',
    category: [concept('vital-signs')],
    code: concept('8867-4'),
    subject,
    effectiveDateTime: '2026-01-12T09:00:00+01:00',
    issued: '2026-01-12T09:00:00.123Z',
    performer: [{ reference: '#r' }, { reference: 'Organization/1' }],
    valueQuantity: quantity,
    interpretation: [concept('H')],
    note: [{ text: 'Fastende' }],
    device: { reference: '#d' },
    referenceRange: [{ low: { value: 3 }, high: { value: 6, unit: 'mmol/L' }, text: '3 - 6' }],
    hasMember: [{ reference: 'Observation/2' }],
  },
  {
    resourceType: 'Observation',
    status: 'amended',
    code: concept('85354-9'),
    subject,
    effectivePeriod: { start: '2026-01', end: '2026-02' },
    component: [
      { code: concept('1'), valueInteger: 3, referenceRange: [{ text: 'x' }] },
      { code: concept('2'), dataAbsentReason: concept('unknown') },
    ],
  },
  {
    resourceType: 'Condition',
    clinicalStatus: status('condition-clinical', 'active'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    code: concept('1'),
    subject,
    onsetDateTime: '2020',
    stage: [{ summary: concept('2') }],
    evidence: [{ code: [concept('7')] }],
  },
  {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    category: ['food', 'medication'],
    criticality: 'high',
    code: concept('1'),
    patient: subject,
    reaction: [{ manifestation: [concept('4')], severity: 'severe' }],
  },
  {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'Puls' },
    subject,
    target: [{ measure: concept('1'), detailRange: { low: { value: 50 } } }],
  },
  {
    resourceType: 'Composition',
    status: 'final',
    type: concept('1'),
    subject,
    date: '2026-01-12',
    author: [{ display: 'Responssenteret' }],
    title: 'Oppfølging',
    section: [{ title: 'A', entry: [{ reference: 'DetectedIssue/1' }] }],
  },
]

const definitions = readDefinitions(['Observation', 'Condition', 'AllergyIntolerance', 'Goal', 'Composition'])
indexStructureDefinitionBundle([...definitions.structures.values()])
const isPlain = createPlainCheck(definitions)
/** Whether the engine refuses the resource. It throws when the resource does not even have the shape of FHIR. */
const isRefused = (resource: Resource): boolean => {
  try {
    const faults = [...checkStructure(resource), ...checkRequiredCodes(resource, definitions)]
    return faults.some(({ severity }) => severity === 'error')
  } catch (error) {
    assert.ok(error instanceof Error)
    return true
  }
}

/** Copies of the resource, each with one place changed in one way. */
function* mutants(resource: object): Generator<[what: string, resource: Resource]> {
  const values = [
    null,
    '',
    ' ',
    'x y\u0001',
    'entered-in-error',
    0,
    -1,
    1.5,
    1e300,
    true,
    [],
    {},
    [null],
    [{}],
    { x: 1 },
    '2026-02-30',
    '2026-02-30T10:00:00Z',
    '#nobody',
  ]
  const places = (value: unknown, path: string[]): string[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) => [[...path, key], ...places(child, [...path, key])])
      : []
  for (const path of places(resource, [])) {
    const key = path.at(-1) ?? ''
    const changed = (change: (holder: Record<string, unknown>) => void): Resource => {
      const copy = structuredClone(resource)
      change(holderAt(copy, path.slice(0, -1)))
      return copy as Resource
    }
    const name = path.join('.')
    yield [`${name} away`, changed((holder) => (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]))]
    for (const value of values) yield [`${name} = ${JSON.stringify(value)}`, changed((holder) => void (holder[key] = value))]
    yield [`${name} twice`, changed((holder) => void (holder[key] = [holder[key], holder[key]]))]
    yield [`${name} one`, changed((holder) => void (holder[key] = Array.isArray(holder[key]) ? holder[key][0] : [holder[key]]))]
    for (const beside of [
      `_${key}`,
      'unknown',
      'contained',
      'resourceType',
      'valueString',
      'valueQuantity',
      'detailQuantity',
      'abatementString',
      'orderDetail',
      'dataAbsentReason',
      'emptyReason',
      'div',
    ]) {
      yield [
        `${name} beside ${beside}`,
        changed((holder) => void (Array.isArray(holder) || (holder[beside] = beside === 'valueQuantity' ? quantity : 'x'))),
      ]
    }
  }
}

test('what follows FHIR to the letter is plain', () => {
  for (const [at, resource] of plain.entries()) {
    assert.equal(isRefused(resource as Resource), false, `example ${at} is wrong itself`)
    assert.equal(isPlain(resource as Resource), true, `example ${at}`)
  }
})

test('nothing is plain that is refused, whatever is changed in it', () => {
  let refused = 0
  for (const resource of plain) {
    for (const [what, mutant] of mutants(resource)) {
      if (!isRefused(mutant)) continue
      refused += 1
      assert.equal(isPlain(mutant), false, `${mutant.resourceType}: ${what}`)
    }
  }
  assert.ok(refused > 1000, `only ${refused} changes were refused`)
})

test('of a type without definition, of null and of primitives with extensions there is no quick answer', () => {
  assert.equal(isPlain(asResource({ resourceType: 'Nothing' })), false)
  assert.equal(isPlain(asResource({ ...plain[3], _criticality: { extension: [{ url: 'x', valueString: 'y' }] } })), false)
  assert.equal(isPlain(asResource({ ...plain[3], criticality: undefined })), false)
})

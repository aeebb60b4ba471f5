/** Each kind of rule of a profile, on both sides: what is refused, and how the rule is published. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '@medplum/fhirtypes'
import { codesFromData } from '../../codes/data.ts'
import type { Issue } from '../../problem/problem.ts'
import { changed, type SentBody } from '../../testing/sent.ts'
import type { ElementRule, Profile } from './profile.ts'
import { profileCheck } from './profile-rules.ts'
import { structureDefinition } from './structure-definition.ts'

const LOINC = 'http://loinc.org'
const concept = (code: string) => ({ coding: [{ system: LOINC, code }] })
const part = (code: string) => ({ code: concept(code), valueInteger: 1 })
const base: SentBody = {
  resourceType: 'Observation',
  status: 'final',
  code: concept('85354-9'),
  specimen: { reference: 'Specimen/1' },
  valueInteger: 3,
  component: [part('8480-6'), part('8462-4')],
}
const profileOf = (...elements: ElementRule[]): Profile => ({ url: 'http://x.no/p', name: 'p', title: 'P', type: 'Observation', elements })
const systolic = { name: 'systolic', element: 'code', pattern: concept('8480-6') }

// biome-ignore format: a table, one row to a line
const rows: readonly [rule: ElementRule, change: SentBody, faults: readonly string[]][] = [
  [{ path: 'Observation.issued', min: 1 }, {}, ['profile-min Observation.issued']],
  [{ path: 'Observation.component.valueInteger', min: 1 }, {}, []],
  [{ path: 'Observation.component', max: '1' }, {}, ['profile-max Observation.component']],
  [{ path: 'Observation.specimen', max: '0' }, {}, ['profile-max Observation.specimen']],
  [{ path: 'Observation.value[x]', types: ['integer', 'dateTime'] }, {}, []],
  [{ path: 'Observation.value[x]', types: ['integer', 'dateTime'] }, { valueInteger: undefined, valueDateTime: '2026' }, []],
  [{ path: 'Observation.value[x]', types: ['Quantity'] }, {}, ['profile-type Observation.valueInteger']],
  [{ path: 'Observation.status', fixed: 'final' }, {}, []],
  [{ path: 'Observation.status', fixed: 'amended' }, {}, ['profile-fixed Observation.status']],
  [{ path: 'Observation.code', pattern: concept('85354-9') }, { 'code.coding': [{ code: 'x' }, { system: LOINC, code: '85354-9', display: 'y' }] }, []],
  [{ path: 'Observation.code', pattern: concept('8867-4') }, {}, ['profile-pattern Observation.code']],
  [{ path: 'Observation.code', codes: [{ system: LOINC, codes: ['85354-9'] }] }, {}, []],
  [{ path: 'Observation.code', codes: [{ system: LOINC, codes: ['8867-4'] }] }, {}, ['profile-code Observation.code']],
  [{ path: 'Observation.code', codes: [{ system: LOINC, codes: [] }] }, { 'code.coding': [null, 7, { system: {}, code: [] }] }, ['profile-code Observation.code']],
  [{ path: 'Observation.specimen', targets: ['Specimen'] }, {}, []],
  [{ path: 'Observation.specimen', targets: ['Group'] }, {}, ['profile-target Observation.specimen']],
  [{ path: 'Observation.specimen', targets: ['Group'] }, { specimen: { display: 'x' } }, []],
  [{ path: 'Observation.component', slices: [{ ...systolic, min: 1, max: '1' }] }, {}, []],
  [{ path: 'Observation.component', slices: [{ ...systolic, min: 1 }] }, { component: [part('8462-4')] }, ['profile-slice Observation.component']],
  [{ path: 'Observation.component', slices: [{ ...systolic, max: '1' }] }, { component: [part('8480-6'), part('8480-6')] }, ['profile-slice Observation.component']],
  [{ path: 'Observation.component', slices: [{ ...systolic, max: '1' }] }, { component: [null, 'x', {}] }, []],
]

for (const [rule, change, faults] of rows)
  test(`${JSON.stringify(rule)} of ${JSON.stringify(change)}: ${faults.join(', ') || 'nothing'}`, () => {
    const issues: Issue[] = []
    profileCheck(profileOf(rule), codesFromData())(changed(base, change) as unknown as Resource, issues)
    assert.deepEqual(
      issues.map(({ code, expression }) => `${code} ${expression}`),
      faults,
    )
  })

test('the rules are published in the words of ElementDefinition', () => {
  const { differential, snapshot } = structureDefinition(
    profileOf(
      { path: 'Observation.status', fixed: 'final' },
      { path: 'Observation.code', pattern: concept('85354-9') },
      { path: 'Observation.specimen', targets: ['Specimen'] },
      { path: 'Observation.component', slices: [{ ...systolic, max: '1' }] },
    ),
  )
  const [, status, code, specimen, component, slice, sliceCode] = differential?.element ?? []
  assert.equal(status?.fixedCode, 'final')
  assert.deepEqual(code?.patternCodeableConcept, concept('85354-9'))
  assert.deepEqual(specimen?.type, [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Specimen'] }])
  assert.deepEqual(component?.slicing, { discriminator: [{ type: 'pattern', path: 'code' }], rules: 'open' })
  assert.deepEqual([slice?.id, slice?.sliceName, slice?.max], ['Observation.component:systolic', 'systolic', '1'])
  assert.deepEqual(sliceCode?.patternCodeableConcept, concept('8480-6'))
  const ids = snapshot?.element.map(({ id }) => id) ?? []
  assert.equal(ids.indexOf('Observation.component:systolic'), ids.indexOf('Observation.component.referenceRange') + 1)
})

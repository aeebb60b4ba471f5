/** What the panels get: doses by medicine, what was withdrawn, mixtures, and what is left out for a protected address. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import type { Bundle, MedicationAdministration, MedicationRequest, Resource } from '@medplum/fhirtypes'
import { snapshot, timeline } from './lines.ts'
import { dataOf, loader } from './load.ts'
import { hospitalMedicinesTexts } from './texts.ts'
import { doseWords, ingredientWords, timeWords } from './words.ts'

const LMDI = 'http://hl7.no/fhir/ig/lmdi/StructureDefinition'
const controllers = [{ organization: '1', name: 'Helse Vest RHF', phone: '55000000' }]
const bundle = (...resources: Resource[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})
const given = (id: string, time: string, more: Partial<MedicationAdministration> = {}): MedicationAdministration => ({
  resourceType: 'MedicationAdministration',
  id,
  extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: '1' } }],
  contained: [
    { resourceType: 'Medication', id: 'm', code: { coding: [{ display: 'Paracet tab 500 mg' }] } },
    { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'IMP' }, serviceProvider: { reference: '#o' } },
    { resourceType: 'Organization', id: 'o', name: 'Sengepost 3, Bergen' },
  ],
  status: 'completed',
  medicationReference: { reference: '#m' },
  context: { reference: '#e' },
  subject: {},
  effectiveDateTime: time,
  dosage: { dose: { value: 1.5, unit: 'g' }, route: { text: 'gjennom munnen' } },
  ...more,
})
const order: MedicationRequest = {
  resourceType: 'MedicationRequest',
  id: 'r',
  status: 'active',
  intent: 'order',
  subject: {},
  extension: [
    { url: `${LMDI}/lmdi-del-av-behandlingsregime`, valueString: 'FOLFOX6' },
    { url: `${LMDI}/lmdi-klinisk-studie`, valueBoolean: true },
  ],
}
const mixture = given('mix', '2026-01-13T08:00:00+01:00', {
  contained: [
    {
      resourceType: 'Medication',
      id: 'm',
      ingredient: [
        {
          itemCodeableConcept: { text: 'Ketamin' },
          strength: { numerator: { value: 2, code: 'mg' }, denominator: { value: 1, code: 'mL' } },
        },
        { itemCodeableConcept: { text: 'Haldol' } },
      ],
    },
  ],
})
delete mixture.effectiveDateTime
mixture.effectivePeriod = { start: '2026-01-13T08:00:00+01:00', end: '2026-01-13T20:30:00+01:00' }
const self = { category: { coding: [{ code: 'community' }] }, request: { reference: 'MedicationRequest/r' } }
const data = dataOf(
  bundle(
    given('first', '2026-01-14T08:00:00+01:00'),
    given('error', '2026-01-14T12:00:00+01:00', { status: 'entered-in-error' }),
    given('last', '2026-01-14T20:00:00+01:00'),
    given('self', '2026-01-12T08:00:00+01:00', self),
    mixture,
  ),
  bundle(order),
  controllers,
)

test('doses stand by medicine, the newest first; a regimen is a medicine of its own', () => {
  assert.deepEqual(
    data.medicines.map(({ name, regimen, isTrial, doses }) => [name, regimen, isTrial, doses.map(({ id }) => id)]),
    [
      ['Paracet tab 500 mg', undefined, false, ['last', 'error', 'first']],
      ['Ketamin + Haldol', undefined, false, ['mix']],
      ['Paracet tab 500 mg', 'FOLFOX6', true, ['self']],
    ],
  )
})

const words = await wordsFrom('hospital-medicines', hospitalMedicinesTexts, 'nb')

test('a dose is read with its number, way, and who took it; what was entered in error says so first', () => {
  const [paracet, , regimen] = data.medicines
  assert.deepEqual(
    [paracet?.doses[1], regimen?.doses[0]].map((dose) => dose && doseWords(dose, words)),
    ['Feilregistrert, ble ikke gitt, 1,5 g, gjennom munnen', '1,5 g, gjennom munnen, tatt av pasienten selv'],
  )
})

test('an infusion has its end, with the day once', () => {
  const [infusion] = data.medicines[1]?.doses ?? []
  assert.equal(infusion && timeWords(infusion, 'nb'), '13. jan. 2026 kl. 08:00–20:30')
  assert.equal(
    timeWords({ time: '2026-01-13T20:00:00+01:00', until: '2026-01-14T08:00:00+01:00' }, 'nb'),
    '13. jan. 2026 kl. 20:00–14. jan. 2026 kl. 08:00',
  )
})

test('the strength of an ingredient is by unit', () => {
  const strength: [{ value: string; unit: string }, { value: string; unit: string }] = [
    { value: '0.5', unit: 'mg' },
    { value: '1', unit: 'mL' },
  ]
  assert.equal(ingredientWords({ name: 'Haldol', strength }, { language: 'nb' }), 'Haldol: 0,5 mg/mL')
})

test('the timeline has every dose; a moment has what was given in the day before, and nothing that was withdrawn', () => {
  assert.equal(timeline(data, words).length, 5)
  const keys = (at: string) => snapshot(data, new Date(at), words).lines.map(({ key }) => key)
  assert.deepEqual(keys('2026-01-14T13:00:00+01:00'), ['first'])
  assert.deepEqual(keys('2026-01-15T19:59:00+01:00'), ['last'])
  assert.deepEqual(keys('2026-01-15T20:00:00+01:00'), [])
  assert.deepEqual(keys('2026-01-11T00:00:00+01:00'), [])
})

test('for a protected address no ward, organisation or telephone leaves the server', () => {
  const text = JSON.stringify(loader.withoutPlaces?.(data))
  for (const hidden of ['Sengepost', 'Helse Vest', '55000000']) {
    assert.ok(JSON.stringify(data).includes(hidden) && !text.includes(hidden), hidden)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeableConcept } from '@medplum/fhirtypes'
import { statesNothingKnown } from './nothing-known.ts'

const sct = (code: string, display?: string): CodeableConcept => ({
  coding: [{ system: 'http://snomed.info/sct', code, ...(display ? { display } : {}) }],
})

const rows: [concept: CodeableConcept, isNegated: boolean][] = [
  [sct('716186003'), true],
  [sct('409137002'), true],
  [sct('429625007'), true],
  [{ coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-known-allergies' }] }, true],
  [{ text: 'Ingen kjente allergier' }, true],
  [{ text: 'No known drug allergy' }, true],
  [{ text: 'Ikkje kjend overfølsemd' }, true],
  [sct('1', 'Ingen kjent allergi'), true],
  [sct('716184000'), true],
  [sct('1631000175102'), true],
  [{ text: 'Ingen\u00a0kjente\u200b allergier' }, true],
  [{ text: 'Pasienten har ingen kjente allergier' }, true],
  [{ text: 'Ingen allergi' }, true],
  [{ text: 'Ingen legemiddelallergier.' }, true],
  [{ text: 'Ikke allergisk' }, true],
  [{ text: 'No drug or food allergies' }, true],
  [{ text: 'No food allergies' }, true],
  [{ text: 'Allergi: ingen' }, true],
  [{ text: 'Allergier: Ingen kjente' }, true],
  [{ text: 'Allergi negativ' }, true],
  [{ text: 'NKDA' }, true],
  [{ text: 'nka.' }, true],
  [{ text: 'Ikke allergisk astma' }, false],
  [{ text: 'Allergi mot nikkel' }, false],
  [{ text: 'Ingen blodprodukter (allergi)' }, false],
  [{ text: 'Penicillinallergi, ingen kjente kryssreaksjoner' }, false],
  [sct('372687004', 'Amoksicillin'), false],
  [{ text: 'Ingen blodoverføring' }, false],
  [{ text: 'Noradrenalin' }, false],
  [{ text: 'Kjent vanskelig intubasjon' }, false],
]

test('a statement that nothing is known is recognised by its code and its words, and no other', () => {
  const codes = { canonical: (system: string) => system } as Parameters<typeof statesNothingKnown>[1]
  for (const [concept, isNegated] of rows) assert.equal(statesNothingKnown(concept, codes), isNegated, JSON.stringify(concept))
})

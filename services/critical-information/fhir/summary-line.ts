/**
 * An entry as one line of a patient summary: what it is, how grave, which reactions, and how sure it is. The words are codes of FHIR: a
 * page in another language has its own for them.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { AllergyIntolerance, CodeableConcept } from '@medplum/fhirtypes'
import { type Entry, labelOf, verificationOf } from './entry.ts'

export function summaryLineOf(entry: Entry, codes: Codes): string {
  const verification = verificationOf(entry)
  const marks = [
    ...(entry.resourceType === 'AllergyIntolerance' ? ofAllergy(entry, codes) : []),
    ...(verification === undefined || verification === 'confirmed' ? [] : [`certainty: ${verification}`]),
  ]
  return [labelOf(entry), ...marks].join('; ')
}

function ofAllergy({ criticality, reaction = [] }: AllergyIntolerance, codes: Codes): string[] {
  const reactions = reaction.flatMap(({ manifestation = [], severity }) => {
    const words = manifestation.flatMap((one) => wordsOf(one, codes) ?? []).join(', ')
    return words ? [`reaction: ${words}${severity ? ` (${severity})` : ''}`] : []
  })
  return [...(criticality ? [`criticality: ${criticality}`] : []), ...reactions]
}

function wordsOf({ text, coding = [] }: CodeableConcept, codes: Codes): string | undefined {
  const known = coding.flatMap(({ system, code }) => (system && code ? (codes.display(codes.canonical(system), code) ?? []) : []))
  return text ?? coding.find(({ display }) => display)?.display ?? known[0] ?? coding[0]?.code
}

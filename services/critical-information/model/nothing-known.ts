/**
 * Statements that nothing is known, which are no critical entries: codes of SNOMED CT and of IPS (absent-unknown-uv-ips 1.1), and the same
 * in words. Next to an entry they would contradict it, and alone they would raise the alert that they deny.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept } from '@medplum/fhirtypes'

const SNOMED_CT = 'http://snomed.info/sct'
const ABSENT = /^https?:\/\/hl7\.org\/fhir\/uv\/ips\/CodeSystem\/absent-unknown-uv-ips$/

/** No known allergy, drug allergy, food allergy, environmental allergy and insect allergy; no significant history, no current problems. */
const negated: ReadonlySet<string> = new Set(['716186003', '409137002', '429625007', '428607008', '1003774007', '428197003', '160245001'])

const WORDS = /^(?:no(?:ne)?|ingen|ikke|ikkje|negativ)\s+(?:known|kjente?|kjende|kjend|påviste?)\b/iu

export function statesNothingKnown({ coding = [], text }: CodeableConcept, codes: Codes): boolean {
  const isNegated = coding.some(({ system = '', code = '', display }) => {
    if (ABSENT.test(system)) return true
    return (codes.canonical(system) === SNOMED_CT && negated.has(code)) || isInWords(display)
  })
  return isNegated || isInWords(text)
}

function isInWords(text: string | undefined): boolean {
  return text !== undefined && WORDS.test(text.trim().slice(0, 200))
}

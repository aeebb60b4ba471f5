/**
 * Statements that nothing is known, which are no critical entries: codes of SNOMED CT and of IPS (absent-unknown-uv-ips 1.1), and the same
 * in words. Next to an entry they would contradict it, and alone they would raise the alert that they deny.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept } from '@medplum/fhirtypes'

const SNOMED_CT = 'http://snomed.info/sct'
const ABSENT = /^https?:\/\/hl7\.org\/fhir\/uv\/ips\/CodeSystem\/absent-unknown-uv-ips$/

/**
 * No known allergy, drug allergy, food allergy, environmental allergy, latex allergy (of the international and the US edition) and insect
 * allergy; no current problems; patient not asked.
 */
// biome-ignore format: a list, as it is read
const negated: ReadonlySet<string> = new Set([
  '716186003', '409137002', '429625007', '428607008', '1003774007', '716184000', '428197003', '160245001', '1631000175102',
])

/** In words: nothing known, no allergy, the same after a name of allergies, and in the letters of a record. */
const WORDS: readonly RegExp[] = [
  /^(?:no(?:ne)?|nil|ingen|ikke|ikkje|negativ) (?:known|kjente?|kjende|kjend|påviste?)(?![\p{L}\p{M}])/iu,
  /^(?:no|ingen|ikke|ikkje) (?:[\p{L}-]{1,30} ){0,4}[\p{L}]{0,30}(?:allerg|overføls|intoleran)[\p{L}]{0,20}[.!]?$/iu,
  /^[\p{L}]{0,30}allerg[\p{L}]{0,20} ?[:–-]? ?(?:ingen|none|nei|no|neg|negativ|ikke|ikkje)(?:[ .][\p{L} ]{0,30})?[.]?$/iu,
  /^nk[dfl]?a\.?$/iu,
]
/** Who has it, where a sentence says so. */
const WHO = /^(?:pasienten |patient |pas\. )?(?:har |has )?/iu

export function statesNothingKnown({ coding = [], text }: CodeableConcept, codes: Codes): boolean {
  const isNegated = coding.some(({ system = '', code = '', display }) => {
    if (ABSENT.test(system)) return true
    return (codes.canonical(system) === SNOMED_CT && negated.has(code)) || isInWords(display)
  })
  return isNegated || isInWords(text)
}

function isInWords(text: string | undefined): boolean {
  const plain = text
    ?.slice(0, 400)
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 200)
  return plain !== undefined && WORDS.some((words) => words.test(plain.replace(WHO, '')))
}

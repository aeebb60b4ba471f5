/** Reads the two parameters that are not numbers: consciousness (ACVPU), and whether the patient breathes air or oxygen. */
import { hasCode } from '@helsevev/clinical/codes'
import { UCUM } from '@helsevev/clinical/systems'
import { type Breathing, breathing, type Consciousness, consciousnessAnswers, inhaledOxygenShare } from '@helsevev/clinical/vital-signs'
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept, Quantity } from '@medplum/fhirtypes'
import { readConsciousness } from '../model/words.ts'
import { answerNo, inhaledOxygen } from './codes.ts'
import { absent, type ReadValue, type Valued } from './quantity.ts'
import { breach } from './rules.ts'

/**
 * Codes decide. A local code whose words are exactly an ACVPU answer counts, with a flag: local lists number the answers freely, so the
 * number means nothing. Two different answers, or none that is recognised, count as no answer.
 */
export function readConsciousnessAnswer(element: Valued, expression: string, codes: Codes): ReadValue<Consciousness> {
  const concept = element.valueCodeableConcept
  const at = `${expression}.valueCodeableConcept`
  if (!concept) return { issues: absent(element, expression, 'A CodeableConcept for consciousness is expected') }
  const answers = Object.entries(consciousnessAnswers) as [Consciousness, (typeof consciousnessAnswers)['A']][]
  const coded = answers.filter(([, wanted]) => hasCode(concept, wanted, codes)).map(([answer]) => answer)
  if (coded.length > 1) return { issues: [breach('consciousness-code-unknown', at, 'The codes sent are different answers')] }
  if (coded[0]) return { value: coded[0], issues: [] }
  const worded = new Set(wordsOf(concept).flatMap((words) => readConsciousness(words) ?? []))
  const [answer] = worded
  if (!answer || worded.size > 1) return { issues: [breach('consciousness-code-unknown', at)] }
  return { value: answer, issues: [breach('consciousness-by-display', at)] }
}

export function readBreathingAnswer(element: Valued, expression: string, codes: Codes): ReadValue<Breathing> {
  if (element.dataAbsentReason) return { issues: [] }
  const found = breathingByAmount(element, codes) ?? breathingByAnswer(element, codes)
  return found ? { value: found, issues: [] } : { issues: [breach('breathing-unknown', expression)] }
}

const AIR_SHARE = 21

function breathingByAmount(element: Valued, codes: Codes): Breathing | undefined {
  const { value, comparator, ...unit } = element.valueQuantity ?? {}
  if (value === undefined || comparator || value < 0) return undefined
  const share = hasCode(element.code, inhaledOxygenShare, codes) || isPercent(unit)
  if (!share) return value > 0 ? 'oxygen' : 'air'
  const percent = isPercent(unit) || value > 1 ? value : value * 100
  if (percent < AIR_SHARE || percent > 100) return undefined
  return percent > AIR_SHARE ? 'oxygen' : 'air'
}

function isPercent({ system, code, unit }: Quantity): boolean {
  return code === '%' && (system === undefined || system === UCUM) ? true : unit === '%'
}

/** The code of the observation is the statement itself, unless its value negates it or is the statement. */
function breathingByAnswer(element: Valued, codes: Codes): Breathing | undefined {
  const stated = statedBreathing(element.valueCodeableConcept, codes)
  if (stated) return stated
  if (hasCode(element.code, inhaledOxygen, codes)) return undefined
  const subject = statedBreathing(element.code, codes)
  const denied = element.valueBoolean === false || hasCode(element.valueCodeableConcept, answerNo, codes)
  if (!denied) return subject
  return subject === 'oxygen' ? 'air' : undefined
}

function statedBreathing(concept: CodeableConcept | undefined, codes: Codes): Breathing | undefined {
  const found = (['air', 'oxygen'] as const).filter((one) => hasCode(concept, breathing[one], codes))
  return found.length === 1 ? found[0] : undefined
}

function wordsOf(concept: CodeableConcept): string[] {
  return [concept.text, ...(concept.coding ?? []).map(({ display }) => display)].flatMap((words) => words ?? [])
}

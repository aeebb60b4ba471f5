import { purposes } from '../../identity/purpose.ts'
import { textRule } from './act.ts'
import type { Rule } from './refusal.ts'

/** What the parties agree on. A period includes its start and excludes its end. */
export interface Terms {
  purposes: readonly string[]
  /** The extra-sensitive codes that the agreement opens. */
  sensitiveCodes: readonly string[]
  /** The sub-units of a private provider that may receive; empty means all of it. */
  units: readonly string[]
  /** The municipal services of a private provider's contract, by code of the list that the service names. */
  serviceCodes: readonly string[]
  legalBasis: string
  validFrom: Date
  validUntil: Date | null
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Every rule that the terms break. */
export function termRules(
  { purposes: named, sensitiveCodes, legalBasis, validFrom, validUntil }: Omit<Terms, 'units' | 'serviceCodes'>,
  now: Date,
): Rule[] {
  const broken: Rule[] = []
  if (named.length === 0 || named.some((purpose) => !purposes.some((known) => known === purpose))) broken.push('purposes-invalid')
  if (sensitiveCodes.some((code) => !CODE.test(code))) broken.push('code-invalid')
  const legal = textRule(legalBasis, 'legal-basis-missing', 1, 500)
  if (legal) broken.push(legal)
  if (validUntil && validUntil <= validFrom) broken.push('period-invalid')
  else if (validUntil && validUntil <= now) broken.push('period-over')
  return broken
}

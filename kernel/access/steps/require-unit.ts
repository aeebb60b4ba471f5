import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * A list is of one unit of the organisation that asks or sends, and a person sees that of the unit she attests as point of care and no
 * other (ATT-19). A unit that is nobody's and one of another organisation are answered alike.
 */
export const requireUnit: Step = ({ caller, unit, attestation, kind }, { knownUnits }) => {
  const isOwn = unit !== undefined && (unit === caller.organization || knownUnits.includes(unit))
  const isHers = kind === 'worklist-write' || attestation?.practitioner.pointOfCare?.id === unit
  return isOwn && isHers ? undefined : problem('not-your-unit')
}

import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * A list belongs to one unit of the organisation that reads or sends it. A person sees only the list of the unit that is the point of care
 * in the attestation (ATT-19). A unit that does not exist and a unit of another organisation are answered alike.
 */
export const requireUnit: Step = ({ caller, unit, attestation, kind }, { knownUnits }) => {
  const isOwn = unit !== undefined && (unit === caller.organization || knownUnits.includes(unit))
  const isHers = kind === 'worklist-write' || attestation?.practitioner.pointOfCare?.id === unit
  return isOwn && isHers ? undefined : problem('not-your-unit')
}

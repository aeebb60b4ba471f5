import { problem } from '../../problem/problem.ts'
import type { Step } from '../pipeline.ts'

/**
 * A person who looks somebody up says what for (trust framework, ATT-38 to 41). A system reading back its own organisation's
 * records has no purpose to state.
 */
export const requirePurpose: Step = ({ caller, purpose }) => {
  if (purpose || caller.kind === 'system') return undefined
  return problem('purpose-required')
}

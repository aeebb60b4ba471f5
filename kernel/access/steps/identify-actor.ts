import { problem } from '../../problem/problem.ts'
import type { Step } from '../pipeline.ts'

/**
 * The actor is known: an organisation always; and to look anybody up, a signed-in health professional. A system may read back
 * what its own organisation wrote, and write; it does not ask who somebody is. (helsepersonelloven §§ 25, 45; security level was checked with the token.)
 */
export const identifyActor: Step = ({ caller, kind }) => {
  if (!caller.organization) return problem('organisation-missing')
  if (kind === 'write' || (caller.kind === 'system' && kind !== 'identify')) return undefined
  if (!caller.pid) return problem('person-login-required')
  if (!caller.hprNumber) return problem('health-personnel-required')
  return undefined
}

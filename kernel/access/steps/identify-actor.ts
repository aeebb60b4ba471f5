import { problem } from '../../problem/problem.ts'
import type { RequestKind } from '../request.ts'
import type { Step } from '../step.ts'

/**
 * The actor is known: always an organisation; for a look-up, and for a write by a person, also a signed-in health professional or a case
 * officer with services opened to the role; for one's own information a citizen. A system may write, and read back what its own
 * organisation wrote; it may neither look up who a person is nor read the list that it sends itself. The security level was checked with
 * the token.
 */
export const identifyActor: Step = ({ caller, kind }, { caseOfficer }) => {
  if (!caller.organization) return problem('organisation-missing')
  if ((caller.kind === 'citizen') !== (kind === 'citizen')) return problem('access-denied', wrongDoor[caller.kind])
  if (kind === 'worklist-write' && caller.kind === 'person') return problem('access-denied', onlyTheUnitsSystem)
  if (caller.kind === 'system' && kind !== 'identify' && kind !== 'worklist') return undefined
  if (kind === 'control') return problem('access-denied', onlySystems)
  if (!caller.pid || caller.kind === 'system') return problem('person-login-required')
  if (kind !== 'citizen' && !caller.hprNumber && !(caseOfficer && CASE_OFFICER_KINDS.includes(kind)))
    return problem('health-personnel-required', caseOfficer && noLists)
  return undefined
}

/** Case officers see neither lists nor worklists: they ask about one person, whose case they have. */
const CASE_OFFICER_KINDS: readonly RequestKind[] = ['read', 'search', 'write', 'identify']

/** Which persons at a controller may see its log is not known here. The controller's own system for control of the log knows, and asks. */
const onlySystems =
  'The log of a data controller is given to its own system, with a token of client credentials, and not to a person who is signed in.'
const noLists = 'Lists and worklists are for health personnel. A case officer asks about one patient, by identity number.'
const onlyTheUnitsSystem =
  'The list of a unit is sent by the system of its organisation, with a token of client credentials, and not by a person who is signed in.'
const staff = 'This is for citizens, about themselves and the persons they act for: it needs a token with a scope that ends in /citizen.'
const wrongDoor = {
  citizen: 'A citizen sees what is registered about oneself, and cannot change it here.',
  person: staff,
  system: staff,
}

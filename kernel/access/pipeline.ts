/**
 * The decision, on one screen. Steps run downward and each may refuse; columns say which kinds of request a step applies to.
 * A step sees the request and the facts and touches nothing; what no step has allowed is denied (pasientjournalloven §§ 19, 22).
 *
 *   read    one resource by id            search     _search and operations
 *   write   create, update, delete        identify   who is this number: name and birth date
 */
import { type Problem, problem } from '../problem/problem.ts'
import type { Decision } from './decision.ts'
import type { AccessRequest, Facts, RequestKind } from './request.ts'
import { decideIdentity } from './steps/decide-identity.ts'
import { decideReading } from './steps/decide-reading.ts'
import { decideWriting } from './steps/decide-writing.ts'
import { findPatient } from './steps/find-patient.ts'
import { identifyActor } from './steps/identify-actor.ts'
import { requireAgreement } from './steps/require-agreement.ts'
import { requireMembership } from './steps/require-membership.ts'
import { requireProducer } from './steps/require-producer.ts'
import { requirePurpose } from './steps/require-purpose.ts'
import { requireScope } from './steps/require-scope.ts'

/** Refuses with a Problem, decides with a Decision, or leaves the matter to the next step. */
export type Step = (request: AccessRequest, facts: Facts) => Problem | Decision | undefined

export const pipeline: readonly { step: Step; appliesTo: readonly RequestKind[] }[] = [
  { step: identifyActor, /*     */ appliesTo: ['read', 'search', 'write', 'identify'] },
  { step: requireMembership, /* */ appliesTo: ['read', 'search', 'write', 'identify'] },
  { step: requireScope, /*      */ appliesTo: ['read', 'search', 'write', 'identify'] },
  { step: requirePurpose, /*    */ appliesTo: ['read', 'search', /*    */ 'identify'] },
  { step: requireAgreement, /*  */ appliesTo: ['read', 'search' /*                */] },
  { step: requireProducer, /*   */ appliesTo: [/*             */ 'write' /*       */] },
  { step: findPatient, /*       */ appliesTo: ['read', 'search', 'write', 'identify'] },
  { step: decideReading, /*     */ appliesTo: ['read', 'search' /*                */] },
  { step: decideWriting, /*     */ appliesTo: [/*             */ 'write' /*       */] },
  { step: decideIdentity, /*    */ appliesTo: [/*                      */ 'identify'] },
]

export function decide(request: AccessRequest, facts: Facts): Decision | Problem {
  for (const { step, appliesTo } of pipeline) {
    if (!appliesTo.includes(request.kind)) continue
    const outcome = step(request, facts)
    if (outcome !== undefined) return outcome
  }
  return problem('access-denied')
}

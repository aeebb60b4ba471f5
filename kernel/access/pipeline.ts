/**
 * The decision, on one screen. The steps run from the top and each may refuse. The columns name the kinds of request that a step applies to
 * and the rules that it enforces. A step sees the request and the facts and changes nothing; a request that no step allows is denied
 * (pasientjournalloven §§ 19, 22). Clauses: kernel/access/law.ts. In words: docs/access.md.
 *
 *   read     one resource by id           search   _search and operations        list     whether several patients have anything
 *   write    create, update, delete       identify who has this number           citizen  oneself, or as representative
 *   control  a controller's own log              worklist  the patients of one's unit now    worklist-write  a unit's system sends its list
 */

import { type Problem, problem } from '../problem/problem.ts'
import type { Decision } from './decision.ts'
import { type Clause, clauses } from './law.ts'
import type { AccessRequest, Facts, RequestKind } from './request.ts'
import type { Step } from './step.ts'
import { bindAttestation } from './steps/bind-attestation.ts'
import { checkAttestation } from './steps/check-attestation.ts'
import { checkPractitioner } from './steps/check-practitioner.ts'
import { decideCitizen } from './steps/decide-citizen.ts'
import { decideControl } from './steps/decide-control.ts'
import { decideIdentity } from './steps/decide-identity.ts'
import { decideReading } from './steps/decide-reading.ts'
import { decideWorklist } from './steps/decide-worklist.ts'
import { decideWriting } from './steps/decide-writing.ts'
import { findPatient } from './steps/find-patient.ts'
import { identifyActor } from './steps/identify-actor.ts'
import { refuseBlocked } from './steps/refuse-blocked.ts'
import { refuseCloseRelation } from './steps/refuse-close-relation.ts'
import { refuseOverride } from './steps/refuse-override.ts'
import { requireAgreement } from './steps/require-agreement.ts'
import { requireDelegation } from './steps/require-delegation.ts'
import { requireListed } from './steps/require-listed.ts'
import { requireMembership } from './steps/require-membership.ts'
import { requireProducer } from './steps/require-producer.ts'
import { requireReason } from './steps/require-reason.ts'
import { requireRole } from './steps/require-role.ts'
import { requireScope } from './steps/require-scope.ts'
import { requireUnit } from './steps/require-unit.ts'

// biome-ignore format: a table, one row to a line
export const pipeline: readonly { step: Step; appliesTo: readonly RequestKind[]; law: readonly Clause[] }[] = [
  { step: identifyActor,     appliesTo: ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'], law: ['hpl-25', 'hpl-45', 'att-9'] },
  { step: requireMembership, appliesTo: ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'], law: ['att-12', 'pjl-22'] },
  { step: requireDelegation, appliesTo: ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'], law: ['gdpr-28'] },
  { step: requireScope,      appliesTo: ['read', 'search', 'list', 'write', 'identify', 'citizen', 'control', 'worklist', 'worklist-write'], law: ['pjl-22'] },
  { step: checkAttestation,  appliesTo: ['read', 'search', 'list', 'write', 'identify',                       'worklist'                  ], law: ['att-4', 'att-38', 'att-46', 'att-58'] },
  { step: checkPractitioner, appliesTo: ['read', 'search', 'list', 'write', 'identify',                       'worklist'                  ], law: ['att-11', 'att-13', 'att-19', 'att-32', 'hpl-48'] },
  { step: requireReason,     appliesTo: ['read', 'search',         'write', 'identify'                                                    ], law: ['att-41', 'hpl-23-4', 'pbrl-5-3'] },
  { step: refuseOverride,    appliesTo: [                  'list',                                            'worklist'                  ], law: ['att-6', 'att-41'] },
  { step: requireRole,       appliesTo: ['read', 'search', 'list', 'write',                                   'worklist'                  ], law: ['pjl-19', 'hpl-45'] },
  { step: requireUnit,       appliesTo: [                                                                     'worklist', 'worklist-write'], law: ['att-19', 'pjl-22'] },
  { step: requireAgreement,  appliesTo: ['read', 'search', 'list'                                                                         ], law: ['pjl-19', 'gdpr-28'] },
  { step: requireProducer,   appliesTo: [                          'write'                                                                ], law: ['pjl-19'] },
  { step: bindAttestation,   appliesTo: ['read', 'search', 'list', 'write', 'identify',                       'worklist'                  ], law: ['att-4', 'att-6', 'att-58'] },
  { step: requireListed,     appliesTo: [                  'list'                                                                         ], law: ['att-6', 'hpl-21a'] },
  { step: findPatient,       appliesTo: ['read', 'search', 'list', 'write', 'identify', 'citizen'                                         ], law: ['pjl-16'] },
  { step: refuseBlocked,     appliesTo: ['read', 'search',                  'identify'                                                    ], law: ['pbrl-5-3', 'pjl-17'] },
  { step: refuseCloseRelation, appliesTo: ['read', 'search', 'list'                                                                       ], law: ['hpl-21a', 'pjl-16', 'pjl-19'] },
  { step: decideReading,     appliesTo: ['read', 'search', 'list'                                                                         ], law: ['hpl-25', 'hpl-45', 'pbrl-5-3', 'pjl-17'] },
  { step: decideWriting,     appliesTo: [                          'write'                                                                ], law: ['hpl-39'] },
  { step: decideIdentity,    appliesTo: [                                   'identify'                                                    ], law: ['hpl-21a'] },
  { step: decideCitizen,     appliesTo: [                                               'citizen'                                         ], law: ['pjl-18', 'pbrl-5-1', 'pbrl-3-4', 'pbrl-4-4'] },
  { step: decideControl,     appliesTo: [                                                          'control'                              ], law: ['pjl-22', 'gdpr-32'] },
  { step: decideWorklist,    appliesTo: [                                                                     'worklist', 'worklist-write'], law: ['hpl-25', 'pjl-19'] },
]

export function decide(request: AccessRequest, facts: Facts): Decision | Problem {
  for (const { step, appliesTo } of pipeline) {
    if (!appliesTo.includes(request.kind)) continue
    const outcome = step(request, facts)
    if (outcome !== undefined) return outcome
  }
  return problem('access-denied')
}

export interface Verdict {
  step: string
  verdict: 'passes' | 'refuses' | 'decides' | 'does not apply'
  problem?: Problem
  /** The clauses of the step, in words. */
  legal: string[]
}

/** The verdict of each step, as an explanation. Steps after the one that refused or decided did not run and are left out. */
export function explain(request: AccessRequest, facts: Facts): Verdict[] {
  const verdicts: Verdict[] = []
  for (const { step, appliesTo, law } of pipeline) {
    const rule = {
      step: step.name,
      legal: law.map((clause) => `${clauses[clause].law} ${clauses[clause].clause}: ${clauses[clause].about}`),
    }
    if (!appliesTo.includes(request.kind)) {
      verdicts.push({ ...rule, verdict: 'does not apply' })
      continue
    }
    const outcome = step(request, facts)
    if (outcome === undefined) verdicts.push({ ...rule, verdict: 'passes' })
    else if ('problem' in outcome) return [...verdicts, { ...rule, verdict: 'refuses', problem: outcome }]
    else return [...verdicts, { ...rule, verdict: 'decides' }]
  }
  return verdicts
}

/**
 * A member of staff who looks up herself, her child or another close relation. There is seldom a reason in health care (helsepersonelloven
 * § 21 a, pasientjournalloven § 16), and the ways of citizens are open: so it is refused. A data controller may open its records to such
 * look-ups, as it decides how they are made available (§ 19), and then they show no more than the person would see as a citizen.
 * docs/decisions/0044-close-relations.md
 */
import { type Problem, problem } from '../problem/problem.ts'
import type { Decision } from './decision.ts'
import type { AccessRequest, Facts } from './request.ts'
import { decideCitizen } from './steps/decide-citizen.ts'
import { hiddenAsAWhole } from './withholding.ts'

const instead = {
  self: 'Nobody looks up oneself in the staff role here. See your own information as a citizen: on Helsenorge, or in the citizen portal.',
  relative:
    'Nobody looks up a close relation in the staff role here. Let a colleague look, and see as a citizen what you may see of that person.',
} as const

/** The same sentence whether no controller has opened it, or it shows nothing to a citizen either. */
export function refusedRelation({ closeRelation }: Pick<Facts, 'closeRelation'>): Problem | undefined {
  return closeRelation && problem('close-relation', instead[closeRelation.kind])
}

/** The decision for staff, narrowed to what the same person would see as a citizen, at the controllers that have opened this. */
export function narrowedToCitizen(decision: Decision, request: AccessRequest, facts: Facts): Decision | Problem {
  const { closeRelation } = facts
  if (!closeRelation || request.caller.kind !== 'person') return decision
  const asCitizen = decideCitizen(request, facts)
  const controllers = decision.controllers.filter((one) => closeRelation.openedBy.includes(one))
  if (!asCitizen || 'problem' in asCitizen || controllers.length === 0) return refusedRelation(facts) ?? decision
  const told = closeRelation.kind === 'self'
  const withholdings = [...decision.withholdings.map((one) => ({ ...one, told: one.told && told })), ...asCitizen.withholdings]
  return {
    ...decision,
    controllers,
    openedSensitiveCodes: asCitizen.openedSensitiveCodes ?? decision.openedSensitiveCodes,
    withholdings,
    hiddenReleaseCodes: [...new Set([...decision.hiddenReleaseCodes, ...asCitizen.hiddenReleaseCodes])],
    hiddenTokens: asCitizen.hiddenTokens ?? [],
    blockedAgainstStaff: decision.blockedAgainstStaff && told,
    releasedOnly: true,
    isStaff: true,
    mayBeUnreleased: asCitizen.mayBeUnreleased ?? false,
    relativesWithoutPlaces: asCitizen.relativesWithoutPlaces === true,
    visibleContributors: decision.visibleContributors.filter(
      (one) => controllers.includes(one) && asCitizen.visibleContributors.includes(one) && !hiddenAsAWhole(withholdings, one),
    ),
    withheld: told && decision.withheld,
  }
}

import { BLOCKED_AGAINST_STAFF } from '../../codes/release-codes.ts'
import { problem } from '../../problem/problem.ts'
import { aboutAnother } from '../about-another.ts'
import type { Basis, Decision } from '../decision.ts'
import { hiddenFromCitizen } from '../release.ts'
import { representationOf } from '../representation.ts'
import type { Step } from '../step.ts'
import { choicesThatHide, hiddenAsAWhole } from '../withholding.ts'

const readers: Partial<Record<Basis, 'patient' | 'youth'>> = { self: 'patient', youth: 'youth' }

/**
 * Opens what is registered about oneself or about a person one acts for, from every controller, as far as it is released. Only the patient,
 * and no representative, sees records with extra-sensitive codes and records that the patient has restricted.
 */
export const decideCitizen: Step = (request, facts) => {
  const { caller, area, now } = request
  const { patient, citizen } = facts
  if (!patient || !citizen || !caller.organization) return undefined
  const isSelf = citizen.key !== undefined && (citizen.key === patient.key || patient.linked.includes(citizen.key))
  const acts = representationOf(area.representation, patient, citizen, isSelf, now)
  if ('refused' in acts) return isSelf ? problem(acts.refused, acts.why) : aboutAnother(request)
  const withholdings = choicesThatHide(facts.choices, {
    reader: readers[acts.basis] ?? 'representative',
    service: area.id,
    organization: caller.organization,
    practitioners: [],
    override: undefined,
    now,
  }).withholdings
  const contributors = isSelf ? [...facts.contributors, ...(facts.silentContributors ?? [])] : facts.contributors
  const hiddenReleaseCodes = hiddenFromCitizen(acts.basis)
  const hiding = hiddenReleaseCodes.filter((code) => code !== BLOCKED_AGAINST_STAFF)
  const hiddenTokens = (citizen.hiding ?? []).flatMap(({ token, codes }) => (codes.some((code) => hiding.includes(code)) ? [token] : []))
  const decision: Decision = {
    kind: request.kind,
    service: area.id,
    organization: caller.organization,
    purpose: acts.purpose,
    patient,
    ownRecords: false,
    controllers: contributors,
    openedSensitiveCodes: isSelf ? undefined : [],
    withholdings,
    choiceChanges: facts.choiceChanges,
    hiddenReleaseCodes,
    blockedAgainstStaff: false,
    at: now,
    releasedOnly: true,
    hiddenTokens,
    mayBeUnreleased: (citizen.mayBeUnreleased ?? false) || hiddenTokens.length > 0,
    relativesWithoutPlaces: acts.basis !== 'self',
    anyContributor: contributors.length > 0,
    visibleContributors: contributors.filter((controller) => !hiddenAsAWhole(withholdings, controller)),
    withheld: false,
    ownOnly: undefined,
    basis: acts.basis,
    lifted: undefined,
    openedRestrictions: [],
    openedSource: false,
    legalReferences: area.legalBasis,
  }
  return decision
}

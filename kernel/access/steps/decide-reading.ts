import { BLOCKED_AGAINST_STAFF } from '../../codes/release-codes.ts'
import type { Purpose } from '../../identity/purpose.ts'
import { narrowedToCitizen } from '../close-relation.ts'
import { contractedOf } from '../contracts.ts'
import type { Basis, Decision } from '../decision.ts'
import { inForce } from '../in-force.ts'
import { isOpenToCaseOfficers, ownOnlyOf } from '../own-only.ts'
import type { AccessRequest, Facts } from '../request.ts'
import type { Step } from '../step.ts'
import { unitsOf } from '../units.ts'
import { choicesThatHide, heardOf, hiddenAsAWhole, type Override, readersNumbers } from '../withholding.ts'

const basisOf: Record<Purpose, Basis> = {
  TREAT: 'treatment',
  // The emergency chain follows the ordinary rules; only BTG overrides (ATT-39, ATT-41).
  ETREAT: 'emergency-treatment',
  COC: 'coordination',
  BTG: 'emergency',
}

/**
 * Opens the organisation's own records and those that an agreement in force opens, except what the patient's choices hide. A system sees
 * all records of its own organisation and no others: they came from it. Only a reader who may read some of the others hears of others.
 */
export const decideReading: Step = (request, facts) => {
  const { caller, area, attestation, now } = request
  if (!facts.patient || !caller.organization) return undefined
  const isSystem = caller.kind === 'system'
  // The attestation of a system is not checked.
  const purpose = isSystem ? undefined : attestation?.careRelation.purpose
  const agreements =
    !purpose || !facts.consumes
      ? []
      : facts.agreements.filter((agreement) => inForce(agreement, { purpose, now, units: unitsOf(request, facts) }))
  const shared = [...new Set([...(facts.produces ? [caller.organization] : []), ...agreements.map(({ controller }) => controller)])]
  // A case officer sees what its controller has opened to case officers, in addition to what opens it to the organisation.
  const caseOfficer = isSystem ? undefined : facts.caseOfficer
  const controllers = caseOfficer ? shared.filter((controller) => isOpenToCaseOfficers(caseOfficer, controller, purpose ?? '')) : shared
  const contracted = contractedOf(area, caller.organization, agreements).filter(({ controller }) => controllers.includes(controller))
  // Whether such a controller holds other records than those of the contract is shown to nobody.
  const isWhole = (controller: string) => !contracted.some((one) => one.controller === controller)
  const override = isSystem ? undefined : overrideOf(request)
  const { withholdings, opened } = isSystem
    ? { withholdings: [], opened: [] }
    : choicesThatHide(facts.choices, {
        reader: 'staff',
        service: area.id,
        organization: caller.organization,
        practitioners: readersNumbers(request, facts),
        override,
        now,
      })
  // What the source has blocked against staff (NORS) is opened by an emergency alone: nobody can consent on behalf of the source.
  const blocked = !isSystem && (facts.blockedAgainstStaff ?? false)
  const consented = opened.some(({ by }) => by === 'registered-consent')
  const lifted = opened.some(({ by }) => by !== 'registered-consent')
    ? override
    : override === 'emergency' && blocked
      ? 'emergency'
      : undefined
  const ownOnly = ownOnlyOf(request, facts)
  const heard = heardOf(facts.contributors, withholdings).filter((controller) => !ownOnly || controller === caller.organization)
  const reported = heard.filter((controller) => controllers.includes(controller))
  const decision: Decision = {
    kind: request.kind,
    service: area.id,
    organization: caller.organization,
    purpose,
    patient: facts.patient,
    ownRecords: purpose === undefined,
    controllers,
    openedSensitiveCodes: openedSensitiveCodes(caller.organization, agreements),
    contracted,
    withholdings,
    choiceChanges: facts.choiceChanges,
    hiddenReleaseCodes: isSystem || override === 'emergency' ? [] : [BLOCKED_AGAINST_STAFF],
    blockedAgainstStaff: blocked && override !== 'emergency',
    at: now,
    releasedOnly: false,
    anyContributor: heard.some(isWhole),
    ownOnly,
    visibleContributors: reported.filter((controller) => !hiddenAsAWhole(withholdings, controller)),
    withheld: !ownOnly && reported.length < heard.length,
    basis: purpose ? groundOf(purpose, lifted, consented) : 'own-data',
    lifted,
    openedRestrictions: opened,
    openedSource: blocked && override === 'emergency',
    legalReferences: area.legalBasis,
  }
  return narrowedToCitizen(decision, request, facts)
}

/** What opened a restriction is the ground of the look-up; a consent that the patient registered goes with ordinary care. */
function groundOf(purpose: Purpose, lifted: Override, consented: boolean): Basis {
  if (lifted === 'consent') return 'consent'
  return consented && lifted === undefined && purpose !== 'BTG' ? 'registered-consent' : basisOf[purpose]
}

function overrideOf({ attestation, consentDeclared }: AccessRequest): Override {
  if (attestation?.careRelation.purpose === 'BTG') return 'emergency'
  return consentDeclared ? 'consent' : undefined
}

function openedSensitiveCodes(own: string, agreements: Facts['agreements']): string[] {
  return agreements
    .filter(({ controller }) => controller !== own)
    .flatMap(({ controller, sensitiveCodes }) => sensitiveCodes.map((code) => `${controller}|${code}`))
}

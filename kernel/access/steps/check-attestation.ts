import { ATTESTATION_MINUTES, type Attestation } from '../../identity/attestation.ts'
import { type Problem, problem, problemWith } from '../../problem/problem.ts'
import type { RequestKind } from '../request.ts'
import type { Step } from '../step.ts'

/** The greatest difference between clocks, in seconds. */
const SKEW = 5

/**
 * The attestation is there, has all required elements, and is recent. Required are the elements that Pasientens journaldokumenter demands,
 * and one patient; an attestation for a list need not name any (ATT-6). A system that reads back the records of its own organisation
 * attests nothing.
 */
export const checkAttestation: Step = ({ caller, kind, attestation, now }, { caseOfficer }) => {
  if (caller.kind === 'system') return undefined
  if (!attestation) return problem('attestation-missing')
  const incomplete = checkComplete(attestation, kind, caseOfficer !== undefined)
  if (incomplete) return incomplete
  const age = now.getTime() / 1000 - (attestation.toa ?? 0)
  if (age > ATTESTATION_MINUTES * 60) return problem('attestation-has-expired')
  if (age < -SKEW) return problem('attestation-from-the-future')
  return undefined
}

function checkComplete(
  { toa, practitioner, careRelation, patient }: Attestation,
  kind: RequestKind,
  isCaseOfficer: boolean,
): Problem | undefined {
  const absent = Object.entries({
    toa,
    'practitioner.identifier': practitioner.identifier,
    // The framework asks for an authorisation of those who hold one (ATT-32). A case officer holds none.
    ...(isCaseOfficer ? {} : { 'practitioner.authorization': practitioner.authorization }),
    'practitioner.legal_entity': practitioner.legalEntity,
    'practitioner.point_of_care': practitioner.pointOfCare,
    'care_relationship.healthcare_service': careRelation.healthcareService ?? careRelation.purposeOfUseDetails,
    'care_relationship.purpose_of_use': careRelation.purposeOfUse,
    'care_relationship.decision_ref': careRelation.decisionRef,
    ...(careRelation.decisionRef ? { 'care_relationship.decision_ref.user_selected': careRelation.decisionRef.userSelected } : {}),
    ...(kind === 'list' || kind === 'worklist' ? {} : { patients: patient }),
  }).filter(([, value]) => value === undefined)
  if (absent.length > 0)
    return problemWith(
      'attestation-incomplete',
      absent.map(([element]) => ({
        severity: 'error',
        type: 'required',
        code: 'attestation-incomplete',
        text: remedies[element] ?? `The attestation lacks ${element}, which the trust framework requires.`,
        expression: `attestation.${element}`,
      })),
    )
  return careRelation.purpose
    ? undefined
    : problem('purpose-unknown', undefined, { expression: 'attestation.care_relationship.purpose_of_use' })
}

const remedies: Record<string, string> = {
  'care_relationship.healthcare_service':
    'The attestation names neither healthcare_service nor purpose_of_use_details: give one of them, or both (ATT-34, ATT-42).',
  'care_relationship.decision_ref.user_selected':
    'The attestation does not say whether the practitioner gave herself access: send user_selected, true or false. Nothing is filled in.',
  patients: 'The attestation names no patient: give exactly one patient in patients, in the header of the call (ATT-4).',
  'practitioner.authorization':
    'The attestation names no authorization: give the code of list 9060 that the practitioner acts under (ATT-32).',
}

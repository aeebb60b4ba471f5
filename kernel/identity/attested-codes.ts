/** Whether the codes that an attestation states are codes of the lists that the trust framework names. docs/api/attestation.md */
import type { Codes } from '../codes/codes.ts'
import { type Issue, isProblem, type Problem, problemWith, type Result } from '../problem/problem.ts'
import type { Attestation, Coded } from './attestation.ts'

const VOLVEN = 'urn:oid:2.16.578.1.12.4.1.1'

/** The lists of `care_relationship.healthcare_service`, in Volven: Tillitsrammeverk 1.1, attribute healthcare_service. 8627 is retired. */
const serviceLists = [8655, 8627, 8451, 8668, 8663, 8662, 8664, 8666, 7750, 8254].map((list) => `${VOLVEN}.${list}`)

/**
 * The attestation, or `attestation-invalid` when its healthcare service comes from another list or is no code of its list. Every code of a
 * list that is not loaded is taken. A code without a system is looked for in every list.
 */
export function withKnownCodes(attestation: Result<Attestation> | undefined, codes: Codes): Result<Attestation> | undefined {
  if (attestation === undefined || isProblem(attestation)) return attestation
  const service = attestation.careRelation.healthcareService
  const fault = service && faultOf(service, codes)
  return fault ? refused(fault.member, fault.rule) : attestation
}

function faultOf({ system, code }: Coded, codes: Codes): { member: string; rule: string } | undefined {
  const list = system === undefined ? undefined : codes.canonical(system)
  if (list !== undefined && !serviceLists.includes(list))
    return {
      member: 'system',
      rule: `is one of the lists ${serviceLists.map((one) => one.slice(VOLVEN.length + 1)).join(', ')} of ${VOLVEN}`,
    }
  const lists = list === undefined ? serviceLists : [list]
  if (lists.some((one) => codes.display(one, code) !== undefined) || (list !== undefined && !codes.known(list))) return undefined
  return { member: 'code', rule: `is a code of ${list === undefined ? 'a list of health services' : `list ${list.split('.').at(-1)}`}` }
}

function refused(member: string, rule: string): Problem {
  const path = `attestation.care_relationship.healthcare_service.${member}`
  const issue: Issue = { severity: 'error', type: 'code-invalid', code: 'attestation-invalid', text: `${path} ${rule}.`, expression: path }
  return problemWith('attestation-invalid', [issue])
}

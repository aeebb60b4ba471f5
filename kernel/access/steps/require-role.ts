import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * The authorisation opens this service for this purpose, also within one legal entity: what the service declares, and what the
 * practitioner's own organisation has narrowed it to (pasientjournalloven § 19). A case officer, who has no authorisation, may read what a
 * controller has opened to case officers of the organisation, and write what the own organisation has opened to its own.
 */
export const requireRole: Step = ({ caller, kind, area, attestation, consentDeclared }, { roleRules, caseOfficer }) => {
  if (caller.kind === 'system' || !attestation) return undefined
  if (caseOfficer) {
    const controllers = caseOfficer.openings.filter(({ purposes }) => purposes.includes(attestation.careRelation.purpose ?? ''))
    const open = controllers.some(({ controller }) => kind !== 'write' || controller === caller.organization)
    return open && !consentDeclared ? undefined : problem('role-not-open', closedToCaseOfficers(area.names.en))
  }
  const role = attestation.practitioner.authorization?.code ?? ''
  const purpose = attestation.careRelation.purpose
  const declared = Object.hasOwn(area.readers, role) ? (area.readers[role] ?? []) : []
  const own = roleRules.length === 0 || roleRules.some((rule) => rule.role === role && rule.purposes.includes(purpose ?? ''))
  if (purpose && declared.includes(purpose) && own) return undefined
  return problem(
    'role-not-open',
    `${area.names.en} is not open to the authorisation ${JSON.stringify(role.slice(0, 16))} for the purpose ${purpose}. ${
      own ? 'It is open as GET /fhir/metadata says.' : 'Your own organisation has laid this down.'
    }`,
    { expression: 'attestation.practitioner.authorization' },
  )
}

const closedToCaseOfficers = (service: string) =>
  `${service} is open to case officers for coordination (COC), without declared consent, from controllers that have opened it. ` +
  'An owner at the controller opens it (docs/run/case-officers.md).'

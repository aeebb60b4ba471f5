import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * The authorisation opens this service for this purpose, also within one legal entity: what the service declares, and what the
 * practitioner's own organisation has narrowed it to (pasientjournalloven § 19).
 */
export const requireRole: Step = ({ caller, area, attestation }, { roleRules }) => {
  if (caller.kind === 'system' || !attestation) return undefined
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

/**
 * What the staff of an organisation would read of a patient in ordinary care, for its system that writes what all share: a system attests
 * nothing, and what it sends as the whole of the shared set replaces no more than its organisation may read.
 * docs/decisions/0089-one-list-whichever-system-sends.md
 */
import type { Attestation } from '../identity/attestation.ts'
import type { Decision } from './decision.ts'
import type { AccessRequest, Facts } from './request.ts'
import { decideReading } from './steps/decide-reading.ts'

/** A block names a person, and so none here; restrictions, an opt-out and the limits of agreements count. */
export function readingOfStaff(request: AccessRequest, facts: Facts): Decision | undefined {
  const caller = { ...request.caller, kind: 'person' as const, hprNumber: undefined }
  const attestation = { practitioner: {}, careRelation: { purpose: 'TREAT' } } as unknown as Attestation
  const { hprNumbers: _numbers, caseOfficer: _officer, closeRelation: _relation, ...known } = facts
  const outcome = decideReading({ ...request, kind: 'read', caller, attestation }, known)
  return !outcome || 'problem' in outcome ? undefined : outcome
}

import type { AccessRequest } from './request.ts'

/** The units that ask, of the caller's organisation: the sub-unit of the token and the point of care of the attestation. */
export function unitsOf({ caller, attestation }: AccessRequest): string[] {
  return [caller.organizationChild, attestation?.practitioner.pointOfCare?.id].filter((unit) => unit !== undefined)
}

import type { AccessRequest, Facts } from './request.ts'

/**
 * The units that ask: the sub-unit of the token and the point of care of the attestation. A unit that the register does not have as part of
 * the caller's organisation is none: neither a token nor an attestation makes one.
 */
export function unitsOf({ caller, attestation }: AccessRequest, { knownUnits }: Pick<Facts, 'knownUnits'>): string[] {
  return [caller.organizationChild, attestation?.practitioner.pointOfCare?.id].filter(
    (unit) => unit !== undefined && (unit === caller.organization || knownUnits.includes(unit)),
  ) as string[]
}

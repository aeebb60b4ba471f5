/**
 * Whether one sharing agreement opens its service to the organisation, for this purpose, now; and if not, why. Pure: the facts are read
 * elsewhere.
 */
import type { Agreement } from './request.ts'

export type AgreementStatus =
  | 'in-force'
  | 'pending'
  | 'ended'
  | 'not-begun'
  | 'expired'
  | 'closed'
  | 'other-purpose'
  | 'other-unit'
  | 'not-delivering'

export interface AgreementQuery {
  /** HL7 v3 PurposeOfUse. */
  purpose: string
  now: Date
  /** The units that ask: the sub-unit of the token and the point of care of the attestation. */
  units: readonly string[]
}

/**
 * Periods are [from, until): an agreement that ends at 12:00 does not hold at 12:00. Here, emergency access (BTG) is a purpose like the
 * others.
 */
export function statusOf(agreement: Agreement, { purpose, now, units }: AgreementQuery): AgreementStatus {
  const at = now.getTime()
  if (agreement.ended !== null && agreement.ended <= at) return 'ended'
  if (!signed(agreement.controllerSigned, at) || !signed(agreement.receiverSigned, at)) return 'pending'
  if (at < agreement.validFrom) return 'not-begun'
  if (agreement.validUntil !== null && agreement.validUntil <= at) return 'expired'
  if (agreement.closed) return 'closed'
  if (!agreement.purposes.includes(purpose)) return 'other-purpose'
  return agreement.receiverType === 'private-provider' ? providerStatus(agreement, units) : 'in-force'
}

export function inForce(agreement: Agreement, asked: AgreementQuery): boolean {
  return statusOf(agreement, asked) === 'in-force'
}

function signed(time: number | null, at: number): boolean {
  return time !== null && time <= at
}

/**
 * R5: a private provider sees the patients that it delivers services to, from the units of its contract. A delivery without a unit counts
 * for every unit.
 */
function providerStatus({ units: named, delivers }: Agreement, asked: readonly string[]): AgreementStatus {
  const asking = named.length === 0 ? asked : asked.filter((unit) => named.includes(unit))
  if (named.length > 0 && asking.length === 0) return 'other-unit'
  return delivers.some((unit) => unit === '' || asking.includes(unit)) ? 'in-force' : 'not-delivering'
}

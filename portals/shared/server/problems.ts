/** Turns what went wrong behind a portal into the problem that its page gets. */
import type { CommonProblem } from '../contract.ts'
import { ApiError } from './api.ts'
import { EhrMustRenewError, IssuerUnavailableError, OrganizationRefusedError, SignedOutError } from './issuer-errors.ts'

export function problemOf(error: unknown): CommonProblem {
  if (error instanceof EhrMustRenewError) return { code: 'ehr-must-renew' }
  if (error instanceof SignedOutError) return { code: 'signed-out' }
  if (error instanceof OrganizationRefusedError) return { code: 'refused', reason: 'organisation-refused' }
  if (error instanceof IssuerUnavailableError) return { code: 'unavailable' }
  if (error instanceof ApiError) {
    if (error.kind === 'refused') return error.reason ? { code: 'refused', reason: error.reason } : { code: 'refused' }
    if (error.kind === 'person-unknown') return { code: 'person-unknown' }
    // An id from the browser that names nothing is a fault of the request, and no news for the operator.
    if (error.status === 404 || error.status === 410) return { code: 'invalid-request' }
    return { code: error.kind === 'unavailable' ? 'unavailable' : 'failed' }
  }
  // fetch fails with a TypeError when nothing answers, and with a TimeoutError when it is slow.
  if (error instanceof TypeError && error.message === 'fetch failed') return { code: 'unavailable' }
  const name = error instanceof Error ? error.name : ''
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.name : ''
  if (name === 'TimeoutError' || name === 'AbortError' || cause === 'TimeoutError') return { code: 'unavailable' }
  return { code: 'failed' }
}

/** The cause, by name and code only. */
export function causeName(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return undefined
  const { error: oauthError } = cause as { error?: unknown }
  return typeof oauthError === 'string' ? `${cause.name}: ${oauthError}` : cause.name
}

/** The API guard: it identifies the caller by token and proof. The pipeline decides what the caller may do. */
import { isProblem, problem, type Result } from '../problem/problem.ts'
import { ALGORITHMS, type VerifyToken } from './access-token.ts'
import type { Caller } from './caller.ts'
import type { VerifyProof } from './dpop.ts'

export interface GuardedRequest {
  method: string
  /** The address without query. */
  url: string
  authorization: string | undefined
  dpop: string | string[] | undefined
  /** The text of the header Attestation, which the proof must sign. */
  attestation: string | undefined
}

export type Guard = (request: GuardedRequest) => Promise<Result<Caller>>

export function createGuard(verifyToken: VerifyToken, verifyProof: VerifyProof): Guard {
  return async ({ method, url, authorization, dpop, attestation }) => {
    const algs = `algs="${ALGORITHMS.join(' ')}"`
    if (!authorization) return problem('no-token', undefined, { headers: { 'WWW-Authenticate': `DPoP ${algs}` } })
    const [scheme, token, ...more] = authorization.split(' ')
    if (scheme?.toLowerCase() !== 'dpop' || !token || more.length > 0) {
      return problem('invalid-token', 'Tokens are accepted only with the scheme DPoP and a proof, never as Bearer.', {
        headers: { 'WWW-Authenticate': `DPoP error="invalid_token", ${algs}` },
      })
    }
    const verified = await verifyToken(token)
    if (isProblem(verified)) return verified
    const proof = typeof dpop === 'string' ? dpop : ''
    const refusal = await verifyProof({ proof, method, url, thumbprint: verified.thumbprint, tokenHash: verified.hash, attestation })
    if (!refusal) return verified.caller
    const { client, organization, supplier } = verified.caller
    return { ...refusal, sender: { client, organization, supplier } }
  }
}

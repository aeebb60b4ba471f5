/** Verifies DPoP proofs at an API: RFC 9449 section 4.3, in the order of HelseID's own samples. */
import { calculateJwkThumbprint, decodeProtectedHeader, errors, importJWK, type JWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { isProblem, type Problem, problem } from '../problem/problem.ts'
import { ALGORITHMS } from './access-token.ts'
import type { ReplayCache } from './replay-cache.ts'

/** Seconds a proof is good for, and seconds its clock may be ahead of ours. */
const MAX_AGE = 10
const SKEW = 5
/** Public keys kept in their imported form. */
const KEPT_SIGNERS = 10_000

const payload = z.object({ jti: z.string().min(1).max(256), htm: z.string(), htu: z.string(), iat: z.number(), ath: z.string() })

export interface ProofRequest {
  proof: string
  method: string
  /** Address of the request without query: `https://host/path`. */
  url: string
  /** cnf.jkt and hash of the access token. */
  thumbprint: string
  tokenHash: string
}

export type VerifyProof = (request: ProofRequest) => Promise<Problem | undefined>

export function createProofVerifier(options: { replay: ReplayCache; clock: () => Date }): VerifyProof {
  const kept = new Map<string, Signer>()

  /** What the header says, looked at once for each client and key: it is the same text in every proof. */
  async function signerOf(proof: string): Promise<Signer | Problem> {
    const text = proof.slice(0, proof.indexOf('.'))
    const signer = kept.get(text) ?? (await readSigner(proof))
    if (isProblem(signer)) return signer
    kept.set(text, signer)
    if (kept.size > KEPT_SIGNERS) kept.delete(kept.keys().next().value ?? '')
    return signer
  }

  return async ({ proof, method, url, thumbprint, tokenHash }) => {
    try {
      const signer = await signerOf(proof)
      if (isProblem(signer)) return signer
      if (signer.thumbprint !== thumbprint) return invalidProof('jwk is not the key that the token is bound to')
      const verified = await jwtVerify(proof, signer.key, { algorithms: ALGORITHMS, currentDate: options.clock(), clockTolerance: SKEW })
      const claims = payload.safeParse(verified.payload)
      if (!claims.success) return invalidProof(`${claims.error.issues[0]?.path.join('.') || 'a claim'} is missing or malformed`)
      const { ath, htm, htu, iat, jti } = claims.data
      if (ath !== tokenHash) return invalidProof('ath is not the hash of this token')
      if (htm !== method) return invalidProof('htm is not the method of this request')
      if (!sameAddress(htu, url)) return invalidProof('htu is not the address of this request')
      const age = options.clock().getTime() / 1000 - iat
      if (age > MAX_AGE + SKEW || age < -SKEW) return invalidProof(`iat is not within ${MAX_AGE} seconds. Check the clock (ntp.nhn.no)`)
      if (!(await options.replay.first({ jti, thumbprint, iat })))
        return invalidProof('the proof has been used before. Make a new one for each request')
      return undefined
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return invalidProof('the signature is wrong')
      throw error
    }
  }
}

interface Signer {
  key: Awaited<ReturnType<typeof importJWK>>
  thumbprint: string
}

async function readSigner(proof: string): Promise<Signer | Problem> {
  const header = readHeader(proof)
  if (!header) return invalidProof('There is exactly one DPoP header, and it is a JWT')
  const { typ, alg, jwk } = header
  if (typ !== 'dpop+jwt') return invalidProof('typ is not dpop+jwt')
  if (!alg || !ALGORITHMS.includes(alg)) return invalidProof('alg is not one that HelseID uses')
  if (!jwk) return invalidProof('jwk is missing')
  if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((member) => member in jwk)) return invalidProof('jwk holds a private key')
  return { key: await importJWK(jwk, alg), thumbprint: await calculateJwkThumbprint(jwk) }
}

function readHeader(proof: string): { typ?: string; alg?: string; jwk?: JWK } | undefined {
  try {
    return decodeProtectedHeader(proof) as { typ?: string; alg?: string; jwk?: JWK }
  } catch {
    return undefined
  }
}

function sameAddress(htu: string, url: string): boolean {
  if (htu === url) return true
  const sent = URL.parse(htu)
  const expected = URL.parse(url)
  return sent !== null && expected !== null && sent.origin === expected.origin && sent.pathname === expected.pathname
}

function invalidProof(reason: string): Problem {
  return problem('invalid-dpop-proof', `The DPoP proof is not valid for this request: ${reason}.`, {
    headers: { 'WWW-Authenticate': `DPoP error="invalid_dpop_proof", error_description="${reason}", algs="${ALGORITHMS.join(' ')}"` },
  })
}

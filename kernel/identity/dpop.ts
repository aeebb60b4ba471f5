/** Verifies DPoP proofs at an API by RFC 9449 section 4.3, in the order of the samples of HelseID. */
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { isProblem, type Problem, problem } from '../problem/problem.ts'
import { parsePlainJson } from '../values/json.ts'
import { ALGORITHMS } from './access-token.ts'
import { ATTESTATION_HASH_CLAIM } from './attestation.ts'
import { type SignatureKey, signatureKey, signedPayload } from './jws-signature.ts'
import type { ReplayCache } from './replay-cache.ts'

/** The number of seconds that a proof is valid, and that its clock may be ahead of ours. */
const MAX_AGE = 10
const SKEW = 5
/** The greatest number of characters in a proof: an RSA key of 4096 bits and its signature fit twice. */
const LONGEST_PROOF = 4096
/** The number of public keys that are kept in their imported form. */
const KEPT_SIGNERS = 10_000

const payload = z.object({
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  ath: z.string(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
  [ATTESTATION_HASH_CLAIM]: z.string().optional(),
})

interface ProofRequest {
  proof: string
  method: string
  /** The address of the request without query: `https://host/path`. */
  url: string
  /** cnf.jkt and the hash of the access token. */
  thumbprint: string
  tokenHash: string
  /** The text of the header Attestation. */
  attestation: string | undefined
}

export type VerifyProof = (request: ProofRequest) => Promise<Problem | undefined>

export function createProofVerifier(options: { replay: ReplayCache; clock: () => Date }): VerifyProof {
  // Only keys of clients that have shown that they hold the key are kept, so that others cannot fill the memory.
  const kept = new LRUCache<string, Signer>({ max: KEPT_SIGNERS })
  return async ({ proof, method, url, thumbprint, tokenHash, attestation }) => {
    // The header is the same text in every proof of a client with the same key, and is read once.
    const header = proof.slice(0, proof.indexOf('.'))
    const signer = kept.get(header) ?? (await readSigner(proof))
    if (isProblem(signer)) return signer
    if (signer.thumbprint !== thumbprint) return invalidProof('jwk is not the key that the token is bound to')
    const text = await signedPayload(proof, signer.key)
    if (text === undefined) return invalidProof('the signature is wrong')
    if (!kept.has(header)) kept.set(header, signer)
    const claims = payload.safeParse(parsePlainJson(text))
    if (!claims.success) return invalidProof(`${claims.error.issues[0]?.path.join('.') || 'a claim'} is missing or malformed`)
    const { ath, htm, htu, iat, jti, exp = Number.POSITIVE_INFINITY, nbf = 0 } = claims.data
    if (ath !== tokenHash) return invalidProof('ath is not the hash of this token')
    if (htm !== method) return invalidProof('htm is not the method of this request')
    if (!sameAddress(htu, url)) return invalidProof('htu is not the address of this request')
    const now = options.clock().getTime() / 1000
    const age = now - iat
    if (age > MAX_AGE + SKEW || age < -SKEW) return invalidProof(`iat is not within ${MAX_AGE} seconds. Check the clock (ntp.nhn.no)`)
    if (now >= exp + SKEW || now < nbf - SKEW) return invalidProof('by its own exp or nbf it does not hold now')
    if (claims.data[ATTESTATION_HASH_CLAIM] !== hashOf(attestation)) return attestationNotSigned()
    if (!(await options.replay.first({ jti, thumbprint, iat })))
      return invalidProof('the proof has been used before. Make a new one for each request')
    return undefined
  }
}

interface Signer {
  key: SignatureKey
  thumbprint: string
}

async function readSigner(proof: string): Promise<Signer | Problem> {
  const header = proof.length <= LONGEST_PROOF ? readHeader(proof) : undefined
  if (!header) return invalidProof('There is exactly one DPoP header, and it is a JWT')
  const { typ, alg, jwk, crit } = header
  if (typ !== 'dpop+jwt') return invalidProof('typ is not dpop+jwt')
  if (!alg || !ALGORITHMS.includes(alg)) return invalidProof('alg is not one that HelseID uses')
  if (typeof jwk !== 'object' || jwk === null) return invalidProof('jwk is missing')
  if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((member) => member in jwk)) return invalidProof('jwk holds a private key')
  if (crit !== undefined) return invalidProof('crit names what is not known here')
  const key = signatureKey(jwk, alg)
  if (!key) return invalidProof('jwk is no key for alg')
  return { key, thumbprint: await calculateJwkThumbprint(jwk) }
}

function readHeader(proof: string): ReturnType<typeof decodeProtectedHeader> | undefined {
  try {
    return decodeProtectedHeader(proof)
  } catch {
    return undefined
  }
}

/** The hash of an attestation, as `ath` is for a token: it can neither be changed, nor moved to another call, nor removed from one. */
function hashOf(attestation: string | undefined): string | undefined {
  return attestation === undefined ? undefined : createHash('sha256').update(attestation, 'latin1').digest('base64url')
}

function sameAddress(htu: string, url: string): boolean {
  if (htu === url) return true
  const sent = URL.parse(htu)
  const expected = URL.parse(url)
  return sent !== null && expected !== null && sent.origin === expected.origin && sent.pathname === expected.pathname
}

function attestationNotSigned(): Problem {
  const about = `error="invalid_dpop_proof", error_description="${ATTESTATION_HASH_CLAIM} is not the hash of the header Attestation"`
  return problem('attestation-not-signed', undefined, {
    headers: { 'WWW-Authenticate': `DPoP ${about}, algs="${ALGORITHMS.join(' ')}"` },
  })
}

function invalidProof(reason: string): Problem {
  return problem('invalid-dpop-proof', `The DPoP proof is not valid for this request: ${reason}.`, {
    headers: { 'WWW-Authenticate': `DPoP error="invalid_dpop_proof", error_description="${reason}", algs="${ALGORITHMS.join(' ')}"` },
  })
}

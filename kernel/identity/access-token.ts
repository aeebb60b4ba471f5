/** Verifies HelseID access tokens (steps 1 to 3 of what an API must do), and reads the caller from the claims. */
import { hash as digestOf } from 'node:crypto'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import { ATTESTATION_TYPE } from './attestation.ts'
import type { Caller } from './caller.ts'

/** The algorithms that HelseID uses; no symmetric algorithm, and not `none`. */
export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']

interface VerifiedToken {
  caller: Caller
  /** The thumbprint of the key that proofs must be signed with (cnf.jkt). */
  thumbprint: string
  /** The base64url SHA-256 of the token text: `ath` of a proof. */
  hash: string
  /** Seconds since 1970. */
  expires: number
}

export type VerifyToken = (token: string) => Promise<Result<VerifiedToken>>

/** The tolerated difference between clocks, in seconds. */
const LEEWAY = 5
/** The number of verified tokens that are kept, so that a token that is used again costs a look-up and not a signature. */
const KEPT = 10_000
const METADATA_SECONDS = 24 * 60 * 60

const PARENT = 'helseid://claims/client/claims/orgnr_parent'
const SUPPLIER = 'helseid://claims/client/claims/orgnr_supplier'

const claims = z.object({
  client_id: z.string().min(1),
  exp: z.number(),
  iat: z.number(),
  scope: z.union([z.array(z.string()), z.string().transform((text) => text.split(' '))]).default([]),
  cnf: z.object({ jkt: z.string().min(1) }).optional(),
  act: z.object({ iss: z.string().optional(), client_id: z.string().optional() }).optional(),
  name: z.string().optional(),
  sid: z.string().optional(),
  idp: z.string().optional(),
  'helseid://claims/identity/pid': z.string().optional(),
  'helseid://claims/identity/security_level': z.string().optional(),
  'helseid://claims/hpr/hpr_number': z.string().optional(),
  [PARENT]: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  'helseid://claims/client/claims/orgnr_child': z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  [SUPPLIER]: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  'helseid://claims/client/client_tenancy': z.string().optional(),
  'helseid://claims/client/claims/client_tenancy': z.string().optional(),
  'helseid://claims/client/client_name': z.string().optional(),
  [ATTESTATION_TYPE]: z.unknown().optional(),
  assertion_details: z.unknown().optional(),
  authorization_details: z.unknown().optional(),
})

/** `audience` is the short name of this API. Metadata and keys are fetched from the issuer and cached (FK2). */
export function createTokenVerifier(options: { issuer: string; audience: string; clock: () => Date }): VerifyToken {
  const keys = issuerKeys(options)
  const kept = new LRUCache<string, VerifiedToken>({ max: KEPT })
  return async (token) => {
    const hash = digestOf('sha256', token, 'base64url')
    const known = kept.get(hash)
    if (known && known.expires + LEEWAY > options.clock().getTime() / 1000) return known
    const verified = await verify(token, hash, await keys(), options)
    if ('problem' in verified) return verified
    kept.set(hash, verified)
    return verified
  }
}

async function verify(
  token: string,
  hash: string,
  key: Result<JWTVerifyGetKey>,
  options: { issuer: string; audience: string; clock: () => Date },
): Promise<Result<VerifiedToken>> {
  if (typeof key !== 'function') return key
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: ALGORITHMS,
      clockTolerance: LEEWAY,
      currentDate: options.clock(),
      requiredClaims: ['exp', 'iat', 'client_id'],
    })
    const type = protectedHeader.typ?.toLowerCase()
    if (type !== 'at+jwt' && type !== 'application/at+jwt' && type !== 'jwt')
      return sentBy(payload, invalidToken('Its header typ is not at+jwt.'))
    const read = verifiedToken(payload, hash)
    return 'problem' in read ? sentBy(payload, read) : read
  } catch (error) {
    if (
      error instanceof errors.JWKSTimeout ||
      error instanceof TypeError ||
      (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
    )
      return issuerUnavailable()
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
      return sentBy(error.payload, invalidToken(reasonOf(error)))
    if (error instanceof errors.JOSEError) return invalidToken(reasonOf(error))
    throw error
  }
}

/**
 * The caller in the claims of a token. A token from token exchange (RFC 8693) names the actor in `act`: the client that it was issued to,
 * which holds the key. Person and organisation are those of the token that was exchanged.
 */
function verifiedToken(payload: JWTPayload, hash: string): Result<VerifiedToken> {
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return invalidToken(`Its claim ${parsed.error.issues[0]?.path.join('.')} is not as HelseID has it.`)
  const claim = parsed.data
  if (!claim.cnf) return invalidToken('It is not bound to a key (cnf.jkt is missing). Ask HelseID for a DPoP token.')
  if (claim.act && claim.act.client_id !== claim.client_id)
    return invalidToken('Its actor (act.client_id) is not the client that it was issued to.')
  if (claim.act?.iss !== undefined && claim.act.iss !== payload.iss) return invalidToken('Its actor is of another issuer.')
  const kind = kindOf(claim)
  if (isProblem(kind)) return kind
  const caller: Caller = {
    kind,
    pid: claim['helseid://claims/identity/pid'],
    name: claim.name ?? claim['helseid://claims/client/client_name'] ?? claim.client_id,
    hprNumber: claim['helseid://claims/hpr/hpr_number'],
    organization: claim[PARENT],
    organizationChild: claim['helseid://claims/client/claims/orgnr_child'],
    supplier: claim[SUPPLIER],
    multiTenant:
      (claim['helseid://claims/client/client_tenancy'] ?? claim['helseid://claims/client/claims/client_tenancy']) === 'multi-tenant',
    client: claim.client_id,
    scopes: claim.scope,
    attestation: attestationOf(claim),
    issuedAt: claim.iat,
  }
  return { caller, thumbprint: claim.cnf.jkt, hash, expires: claim.exp }
}

/** A refusal with the client that the token was issued to: its signature holds, since claims are read after that. */
function sentBy(payload: JWTPayload, refusal: Problem): Problem {
  const parsed = claims.pick({ client_id: true, [PARENT]: true, [SUPPLIER]: true }).safeParse(payload)
  if (!parsed.success || payload.iss === undefined) return refusal
  const { client_id: client, [PARENT]: organization, [SUPPLIER]: supplier } = parsed.data
  return { ...refusal, sender: { client, organization, supplier } }
}

/** The kind of caller. A person must be signed in at security level 4, as a citizen as well as in health care. */
function kindOf(claim: z.infer<typeof claims>): Result<Caller['kind']> {
  const pid = claim['helseid://claims/identity/pid']
  const signedIn = [pid, claim.sid, claim.idp].some((value) => value !== undefined)
  const citizen = claim.scope.some((scope) => scope.endsWith('/citizen'))
  if (citizen && claim.scope.some((scope) => /\/(?:read|write)$/.test(scope))) return problem('invalid-token-scopes')
  if (citizen && pid === undefined) return problem('person-login-required')
  if ((citizen || signedIn) && claim['helseid://claims/identity/security_level'] !== '4') return problem('person-login-required')
  if (citizen) return 'citizen'
  return signedIn ? 'person' : 'system'
}

/** The attestation in the token: a claim of its own, or an element of the requested details. HelseID has not published which. */
function attestationOf(claim: z.infer<typeof claims>): unknown {
  const details = [claim.authorization_details, claim.assertion_details].flat()
  return claim[ATTESTATION_TYPE] ?? details.find((detail) => z.object({ type: z.literal(ATTESTATION_TYPE) }).safeParse(detail).success)
}

/** The keys of the issuer. Discovery is done once a day; the keys are fetched again once for an unknown kid. */
function issuerKeys({ issuer, clock }: { issuer: string; clock: () => Date }): () => Promise<Result<JWTVerifyGetKey>> {
  let found: { keys: JWTVerifyGetKey; until: number } | undefined
  return async () => {
    if (found && found.until > clock().getTime()) return found.keys
    const metadata = await discover(issuer)
    if (!metadata) return found?.keys ?? issuerUnavailable()
    found = {
      keys: createRemoteJWKSet(new URL(metadata.jwks_uri), { cooldownDuration: 5000 }),
      until: clock().getTime() + METADATA_SECONDS * 1000,
    }
    return found.keys
  }
}

const metadataShape = z.object({ issuer: z.string(), jwks_uri: z.url() })

async function discover(issuer: string): Promise<z.infer<typeof metadataShape> | undefined> {
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5000) })
    const metadata = metadataShape.safeParse(await response.json())
    return metadata.success && metadata.data.issuer === issuer ? metadata.data : undefined
  } catch {
    return undefined
  }
}

function reasonOf(error: InstanceType<typeof errors.JOSEError>): string {
  if (error instanceof errors.JWTExpired) return 'It has expired. Ask HelseID for a new one.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'It is for another API: aud does not hold the name of this one.'
    if (error.claim === 'iss') return 'It is from another issuer.'
    return `Its claim ${error.claim} is missing or wrong.`
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'Its signature is not by a key of the issuer.'
  return 'It is not a JWT signed with an algorithm that HelseID uses.'
}

function invalidToken(reason: string): Problem {
  return problem('invalid-token', `The access token is not valid here. ${reason}`, {
    headers: { 'WWW-Authenticate': `DPoP error="invalid_token", error_description="${reason}", algs="${ALGORITHMS.join(' ')}"` },
  })
}

function issuerUnavailable(): Problem {
  return problem('unavailable', 'The identity provider cannot be reached, so that the token cannot be checked. Try again in a moment.')
}

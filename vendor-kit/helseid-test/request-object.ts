/** The signed request object of a pushed authorization request (RFC 9101), which stands in the place of the form's parameters. */
import { createPublicKey } from 'node:crypto'
import { decodeProtectedHeader, type JWK, type JWTPayload, jwtVerify } from 'jose'
import * as errors from 'oidc-provider/lib/helpers/errors.js'
import { CLOCK_TOLERANCE, SIGNING_ALGORITHMS } from './signing.ts'
import type { TestClient } from './world.ts'

const PROTOCOL_CLAIMS = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id'])
const CLIENT_AUTHENTICATION = new Set(['client_id', 'client_assertion', 'client_assertion_type'])

type Parameters = Record<string, unknown>

interface Trust {
  issuer: string
  /** Registered keys of the client. */
  keys: readonly JWK[]
}

/** Replaces the form's parameters by those of the signed request object (RFC 9101 section 6.3: nothing outside it counts). */
export async function unwrapRequestObject(client: TestClient, body: Parameters, trust: Trust): Promise<void> {
  const payload = await verifyRequestObject(client, String(body.request), trust)
  if (payload.client_id !== client.clientId)
    throw new errors.InvalidRequestObject('client_id in the request object must be the client itself')
  for (const name of Object.keys(body)) if (!CLIENT_AUTHENTICATION.has(name)) delete body[name]
  for (const [name, value] of Object.entries(payload)) {
    if (PROTOCOL_CLAIMS.has(name)) continue
    const asForm = typeof value === 'string' || Array.isArray(value) || name === 'authorization_details'
    body[name] = asForm ? value : JSON.stringify(value)
  }
}

async function verifyRequestObject(client: TestClient, jwt: string, { issuer, keys }: Trust): Promise<JWTPayload> {
  let reason = 'no key is registered'
  for (const jwk of keys) {
    try {
      const { kid } = decodeProtectedHeader(jwt)
      if (kid !== undefined && jwk.kid !== undefined && kid !== jwk.kid) continue
      const verified = await jwtVerify(jwt, createPublicKey({ key: jwk, format: 'jwk' }), {
        issuer: client.clientId,
        audience: issuer,
        algorithms: [...SIGNING_ALGORITHMS],
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['exp'],
      })
      return verified.payload
    } catch (error) {
      reason = (error as Error).message
    }
  }
  throw new errors.InvalidRequestObject(`the request object is not accepted: ${reason}`)
}

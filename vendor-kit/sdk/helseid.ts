/** Tokens from HelseID: private_key_jwt, DPoP with nonce, the organisation in the client assertion. */
import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import { type Attestation, detailsOfAttestation } from './attestation.ts'
import { createDpopKey, type DpopKey } from './dpop.ts'

export interface HelseIdOptions {
  issuer: string
  clientId: string
  /** The key whose public part is registered for the client. */
  privateJwk: JWK
  /** Default: a new one. */
  dpopKey?: DpopKey
}

/**
 * Who the client acts for. A multi-tenant client gives the parent, and perhaps a sub-unit; a single-tenant client a sub-unit or nothing.
 */
export interface Organization {
  parent?: string
  child?: string
}

export interface Token {
  accessToken: string
  expiresAt: Date
  dpopKey: DpopKey
  /** The DPoP proof of one request with this token; a new one for each request. It signs `attestation`, the text of that header. */
  proof(method: string, url: string, nonce?: string, attestation?: string): Promise<string>
}

export interface HelseId {
  /** A token for a system. The same token is given until ten seconds before it expires. Throws HelseIdError. */
  clientCredentials(request: { scope: string | string[]; organization?: Organization }): Promise<Token>
}

/** What HelseID answered instead of a token; `description` says what to mend, often with a HID number. */
export class HelseIdError extends Error {
  readonly status: number
  readonly error: string
  readonly description: string

  constructor(status: number, error: string, description: string) {
    super(`${error}: ${description}`)
    this.status = status
    this.error = error
    this.description = description
  }
}

/** HelseID asks that metadata be kept for about a day (profile rule FK2). */
const METADATA_LIFETIME = 24 * 60 * 60 * 1000

/** Milliseconds before expiry from which a token is no longer given out. */
const MARGIN = 10_000

const TIMEOUT = 10_000

export function createHelseId(options: HelseIdOptions): HelseId {
  const connection = connect(options)
  const kept = new Map<string, Promise<Token>>()

  async function stillGood(token: Promise<Token> | undefined): Promise<Token | undefined> {
    const known = await token?.catch(() => undefined)
    return known && known.expiresAt.getTime() - Date.now() > MARGIN ? known : undefined
  }

  return {
    async clientCredentials({ scope, organization }) {
      const scopes = typeof scope === 'string' ? scope : scope.join(' ')
      const key = JSON.stringify([scopes, organization?.parent, organization?.child])
      const before = kept.get(key)
      const good = await stillGood(before)
      if (good) return good
      // Requests that come while one is under way wait for that one.
      const underWay = kept.get(key)
      if (underWay && underWay !== before) return underWay
      const asked = connection.token({ grant_type: 'client_credentials', scope: scopes }, { organization })
      kept.set(key, asked)
      return asked
    },
  }
}

export interface Connection {
  metadata(): Promise<Record<string, string>>
  /** POST to an endpoint of the issuer, authenticated; again with the nonce when the server asks for one. */
  post(endpoint: string, form: Record<string, string>, stated?: Stated): Promise<Record<string, unknown>>
  /** POST to the token endpoint. */
  token(form: Record<string, string>, stated?: Stated): Promise<Token & { answer: Record<string, unknown> }>
}

/** What the client assertion says in its details. */
interface Stated {
  organization?: Organization | undefined
  attestation?: Attestation | undefined
}

/** The part that signing in a person and asking as a system have in common. */
export function connect({ issuer, clientId, privateJwk, dpopKey: given }: HelseIdOptions): Connection {
  const alg = privateJwk.alg ?? ALGORITHMS[privateJwk.crv ?? privateJwk.kty ?? '']
  if (!alg) throw new Error('privateJwk: use an RSA key, or an elliptic-curve key on P-256, P-384 or P-521')
  let dpopKey: Promise<DpopKey> | undefined
  let metadata: { read: number; content: Promise<Record<string, string>> } | undefined
  let nonce: string | undefined

  const connection: Connection = {
    metadata() {
      if (!metadata || Date.now() - metadata.read > METADATA_LIFETIME) {
        const content = readMetadata(issuer)
        metadata = { read: Date.now(), content }
        content.catch(() => {
          metadata = undefined
        })
      }
      return metadata.content
    },

    async post(endpoint, form, stated) {
      const url = (await connection.metadata())[endpoint]
      if (!url) throw new Error(`${issuer} publishes no ${endpoint}`)
      dpopKey ??= given ? Promise.resolve(given) : createDpopKey()
      const key = await dpopKey
      let answer = await send()
      // A client assertion counts once, so the second try signs a new one.
      if (answer.body.error === 'use_dpop_nonce') answer = await send()
      if (answer.ok) return answer.body
      throw new HelseIdError(answer.status, String(answer.body.error ?? 'unexpected_answer'), String(answer.body.error_description ?? ''))

      async function send() {
        const response = await fetch(url as string, {
          method: 'POST',
          headers: { accept: 'application/json', dpop: await key.proof('POST', url as string, { nonce }) },
          body: new URLSearchParams({
            client_id: clientId,
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: await assertion(stated),
            ...form,
          }),
          signal: AbortSignal.timeout(TIMEOUT),
        })
        nonce = response.headers.get('dpop-nonce') ?? nonce
        return { ok: response.ok, status: response.status, body: await readJson(response) }
      }
    },

    async token(form, stated) {
      const asked = Date.now()
      const answer = await connection.post('token_endpoint', form, stated)
      const accessToken = String(answer.access_token)
      const key = await (dpopKey as Promise<DpopKey>)
      return {
        answer,
        accessToken,
        expiresAt: new Date(asked + Number(answer.expires_in) * 1000),
        dpopKey: key,
        proof: (method, url, apiNonce, attestation) => key.proof(method, url, { accessToken, nonce: apiNonce, attestation }),
      }
    },
  }
  return connection

  async function assertion(stated: Stated | undefined): Promise<string> {
    const details = assertionDetails(stated)
    return new SignJWT({ ...(details ? { assertion_details: details } : {}) })
      .setProtectedHeader({ alg: alg as string, typ: 'client-authentication+jwt', ...(privateJwk.kid ? { kid: privateJwk.kid } : {}) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(issuer)
      .setJti(randomUUID())
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('30s')
      .sign(await importJWK(privateJwk, alg))
  }
}

const ALGORITHMS: Record<string, string> = { RSA: 'PS256', 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }

/** HelseID takes one alone, or a list. */
function assertionDetails({ organization, attestation }: Stated = {}): unknown {
  const details = [organization && detailsOfOrganization(organization), attestation && detailsOfAttestation(attestation)].filter(Boolean)
  return details.length > 1 ? details : details[0]
}

/** HelseID's structure for an organisation; the multi-tenant form when a parent is given, else the single-tenant form. */
function detailsOfOrganization({ parent, child }: Organization) {
  if (!parent && !child) return undefined
  const identifier = parent
    ? { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${parent}:${child ?? ''}` }
    : { system: 'urn:oid:2.16.578.1.12.4.1.4.101', type: 'ENH', value: child }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}

async function readMetadata(issuer: string): Promise<Record<string, string>> {
  const url = `${issuer}/.well-known/openid-configuration`
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) })
  const metadata = (await readJson(response)) as Record<string, string>
  if (!response.ok || metadata.issuer !== issuer) throw new Error(`${url} answered ${response.status} and not the metadata of ${issuer}`)
  return metadata
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text()
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw new HelseIdError(response.status, 'unexpected_answer', `${response.url} did not answer JSON`)
  }
}

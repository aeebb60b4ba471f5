/**
 * A record system as a SMART App Launch 2 server: discovery, token, and the two resources that the portal reads, from server to server. The
 * systems are configured; no address that a browser brings is ever called.
 */
import { identifierSystems } from '@helsevev/clinical/systems'
import { z } from 'zod'

/** One of `HELSEVEV_SMART_EHRS`. */
export interface SmartEhr {
  /** Address of its FHIR API, without a slash at the end. */
  iss: string
  /** The portal's client id there: a public client, with PKCE. */
  clientId: string
  /** Number of the organisation that uses it. */
  organization: string
  name: string
}

/** Known by its code alone: an answer of a record system may contain anything. */
export class SmartError extends Error {
  readonly unavailable: boolean
  constructor(what: string, { unavailable = false, cause }: { unavailable?: boolean; cause?: unknown } = {}) {
    super(what, { cause })
    this.unavailable = unavailable
  }
}

const timeoutMs = 8000
const longest = 1_000_000

const configuration = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  code_challenge_methods_supported: z.array(z.string()).refine((methods) => methods.includes('S256')),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
})
export type SmartConfiguration = z.infer<typeof configuration>

const tokens = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  // A FHIR id, so that it cannot lead to another address.
  patient: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
  id_token: z.string().min(1),
})

const resource = z.object({
  resourceType: z.string(),
  identifier: z.array(z.object({ system: z.string().optional(), value: z.string().optional() })).default([]),
})

/** @throws SmartError */
export async function configurationOf({ iss }: SmartEhr): Promise<SmartConfiguration> {
  const found = configuration.safeParse(await ask(`${iss}/.well-known/smart-configuration`))
  if (!found.success) throw new SmartError('the record system does not describe itself as SMART App Launch 2 with S256')
  // As safe as the configured address: https stays https.
  const { authorization_endpoint, token_endpoint } = found.data
  if (iss.startsWith('https:') && ![authorization_endpoint, token_endpoint].every((address) => address.startsWith('https:')))
    throw new SmartError('an endpoint of the record system is not https')
  return found.data
}

export interface Context {
  /** National identity number, or a number used in place of one, of the patient who is open there. */
  identityNumber: string
  /** The user's number in the register of health personnel. */
  hprNumber: string
}

const identitySystems = ['1', '2', '3'].map((kind) => `urn:oid:2.16.578.1.12.4.1.4.${kind}`)

/** The patient who is open there, and the user who opened. @throws SmartError */
export async function contextOf(
  ehr: SmartEhr,
  { token_endpoint, issuer = ehr.iss }: SmartConfiguration,
  grant: { code: string; codeVerifier: string; redirectUri: string; nonce: string },
): Promise<Context> {
  const { code, codeVerifier, redirectUri, nonce } = grant
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: ehr.clientId, code_verifier: codeVerifier }
  const answer = tokens.safeParse(await ask(token_endpoint, { method: 'POST', body: new URLSearchParams(form) }))
  if (!answer.success) throw new SmartError('the record system named no patient or no user')
  const { access_token, patient, id_token } = answer.data
  const user = practitionerIn(id_token, { issuer, nonce, ehr })
  const authorization = { authorization: `Bearer ${access_token}` }
  const [who, whom] = await Promise.all(
    [`Practitioner/${user}`, `Patient/${patient}`].map(async (path) => await ask(`${ehr.iss}/${path}`, { headers: authorization })),
  )
  return {
    hprNumber: identifierIn(who, 'Practitioner', [identifierSystems.HPR]),
    identityNumber: identifierIn(whom, 'Patient', identitySystems),
  }
}

/**
 * The token came from the token endpoint itself, so TLS replaces the check of the signature (OpenID Connect Core section 3.1.3.7, point 6).
 */
function practitionerIn(idToken: string, { issuer, nonce, ehr }: { issuer: string; nonce: string; ehr: SmartEhr }): string {
  const claims = readToken(idToken)
  const audience = [claims['aud']].flat()
  if (
    claims['iss'] !== issuer ||
    !audience.includes(ehr.clientId) ||
    claims['nonce'] !== nonce ||
    Number(claims['exp']) * 1000 < Date.now()
  )
    throw new SmartError('the ID token of the record system is not for this sign-in')
  const said = String(claims['fhirUser'] ?? claims['profile'] ?? '')
  const local = said.startsWith(`${ehr.iss}/`) ? said.slice(ehr.iss.length + 1) : said
  const id = /^Practitioner\/([A-Za-z0-9.-]{1,64})$/.exec(local)?.[1]
  if (!id) throw new SmartError('the user of the record system is no Practitioner there')
  return id
}

function readToken(token: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  } catch (cause) {
    throw new SmartError('the ID token of the record system cannot be read', { cause })
  }
}

function identifierIn(answer: unknown, type: string, systems: readonly string[]): string {
  const read = resource.safeParse(answer)
  const found = read.success && read.data.resourceType === type ? read.data.identifier : []
  const values = found.flatMap(({ system = '', value }) => (systems.includes(system) && value ? [value] : []))
  const [value] = values
  if (!value || values.length > 1) throw new SmartError(`the ${type} of the record system has not one number that is known here`)
  return value
}

/** Follows no redirect: a record system may not send the portal to another address. */
async function ask(
  address: string,
  more: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {},
): Promise<unknown> {
  try {
    const response = await fetch(address, {
      ...more,
      redirect: 'error',
      headers: { accept: 'application/json, application/fhir+json', ...more.headers },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    if (!response.ok) throw new SmartError(`the record system answered ${response.status}`, { unavailable: response.status >= 500 })
    if (text.length > longest) throw new SmartError('the record system answered with too much')
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SmartError) throw cause
    if (cause instanceof SyntaxError) throw new SmartError('the record system did not answer JSON', { cause })
    throw new SmartError('the record system could not be reached', { unavailable: true, cause })
  }
}

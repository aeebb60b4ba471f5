/**
 * A test record system: a SMART App Launch 2 server with made-up users and patients, and a page that opens Helsevev with one of them. For
 * test only: it asks for no proof of who its user is. Everything is kept in memory.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { patientsPage } from './pages.ts'

interface EhrUser {
  id: string
  name: string
  hprNumber: string
}

interface EhrPatient {
  id: string
  name: string
  /** As FHIR has it: `urn:oid:…` and number. */
  identifier: { system: string; value: string }
}

export interface EhrTestOptions {
  /** Origin that it is reached under; its FHIR API is `{origin}/ehr-test/fhir`. */
  origin: () => string
  users: readonly EhrUser[]
  patients: readonly EhrPatient[]
}

export const EHR_PATH = '/ehr-test'
/** The client id of the portal at this record system. */
export const EHR_CLIENT = 'helsevev-smart'

const MINUTE = 60_000

interface Context {
  user: string
  patient: string
}

interface AuthorizationRequest {
  redirectUri: string
  state: string
  nonce: string
  challenge: string
}

/** Kept for a while, and given once unless `keep`. */
function box<Value>(milliseconds: number) {
  const values = new Map<string, { value: Value; until: number }>()
  const find = (id: string) => {
    const found = values.get(id)
    return found && found.until > Date.now() ? found.value : undefined
  }
  return {
    put(value: Value): string {
      for (const [id, { until }] of values) if (until <= Date.now()) values.delete(id)
      const id = randomBytes(24).toString('base64url')
      values.set(id, { value, until: Date.now() + milliseconds })
      return id
    },
    find,
    take(id: string): Value | undefined {
      const value = find(id)
      values.delete(id)
      return value
    },
  }
}

/** The plugin; registers its own path. */
export function ehrTest(options: EhrTestOptions): FastifyPluginAsync {
  return async (app) => app.register(async (inside) => mount(inside, options), { prefix: EHR_PATH })
}

async function mount(app: FastifyInstance, { origin, users, patients }: EhrTestOptions): Promise<void> {
  const keys = await generateKeyPair('ES256')
  const launches = box<Context>(5 * MINUTE)
  const choosing = box<AuthorizationRequest>(10 * MINUTE)
  const codes = box<{ asked: AuthorizationRequest; context: Context }>(MINUTE)
  const tokens = box<Context>(5 * MINUTE)
  const here = () => `${origin()}${EHR_PATH}`
  const iss = () => `${here()}/fhir`
  const text = (value: unknown) => (typeof value === 'string' ? value : '')

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 8192 }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))

  const page = (reply: FastifyReply, action: string, kept: Record<string, string> = {}) => {
    const { headers, body } = patientsPage({ users, patients, action: `${EHR_PATH}${action}`, kept })
    return reply.headers(headers).send(body)
  }
  const chosen = (request: FastifyRequest): Context | undefined => {
    const { user, patient } = request.body as Record<string, unknown>
    const known = users.some(({ id }) => id === user) && patients.some(({ id }) => id === patient)
    return known ? { user: text(user), patient: text(patient) } : undefined
  }

  app.get('/', async (_request, reply) => page(reply, '/open'))

  app.post('/open', async (request, reply) => {
    const context = chosen(request)
    if (!context) return refuse(reply, 400, 'invalid_request')
    const query = new URLSearchParams({ iss: iss(), launch: launches.put(context) })
    return reply.redirect(`${origin()}/clinician/smart/launch?${query}`, 303)
  })

  app.get('/fhir/.well-known/smart-configuration', async () => smartConfiguration(here()))
  app.get('/jwks', async () => ({ keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'ES256', use: 'sig' }] }))

  app.get('/authorize', async (request, reply) => {
    const query = request.query as Record<string, unknown>
    const redirectUri = `${origin()}/clinician/smart/callback`
    // Before anything is sent there (RFC 6749 section 4.1.2.1).
    if (query['client_id'] !== EHR_CLIENT || query['redirect_uri'] !== redirectUri) return refuse(reply, 400, 'invalid_client')
    const asked = { redirectUri, state: text(query['state']), nonce: text(query['nonce']), challenge: text(query['code_challenge']) }
    const proper = query['response_type'] === 'code' && query['aud'] === iss() && query['code_challenge_method'] === 'S256'
    if (!proper || !asked.challenge || !asked.state) return refuse(reply, 400, 'invalid_request')
    if (text(query['scope']).split(' ').includes('launch/patient')) return page(reply, '/choose', { asked: choosing.put(asked) })
    const context = launches.take(text(query['launch']))
    return context ? answer(reply, asked, context) : refuse(reply, 400, 'invalid_request')
  })

  app.post('/choose', async (request, reply) => {
    const context = chosen(request)
    const asked = choosing.take(text((request.body as Record<string, unknown>)['asked']))
    return context && asked ? answer(reply, asked, context) : refuse(reply, 400, 'invalid_request')
  })

  function answer(reply: FastifyReply, asked: AuthorizationRequest, context: Context): FastifyReply {
    const query = new URLSearchParams({ code: codes.put({ asked, context }), state: asked.state, iss: iss() })
    return reply.redirect(`${asked.redirectUri}?${query}`, 303)
  }

  app.post('/token', async (request, reply) => {
    const form = request.body as Record<string, unknown>
    const found = codes.take(text(form['code']))
    const challenge = createHash('sha256').update(text(form['code_verifier'])).digest('base64url')
    const fits =
      found?.asked.challenge === challenge && found.asked.redirectUri === form['redirect_uri'] && form['client_id'] === EHR_CLIENT
    if (!found || !fits) return refuse(reply, 400, 'invalid_grant')
    const { asked, context } = found
    const idToken = await idTokenOf(context.user, asked.nonce, { iss: iss(), key: keys.privateKey })
    const scope = 'openid fhirUser launch'
    return { access_token: tokens.put(context), token_type: 'Bearer', expires_in: 300, scope, patient: context.patient, id_token: idToken }
  })

  offerFhir(app, { users, patients }, (token) => tokens.find(token))
}

function idTokenOf(user: string, nonce: string, { iss, key }: { iss: string; key: CryptoKey }): Promise<string> {
  return new SignJWT({ nonce, fhirUser: `Practitioner/${user}` })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(iss)
    .setSubject(user)
    .setAudience(EHR_CLIENT)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(key)
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error })
}

/** The metadata of SMART App Launch 2 for the server at that address. */
function smartConfiguration(here: string): object {
  return {
    issuer: `${here}/fhir`,
    jwks_uri: `${here}/jwks`,
    authorization_endpoint: `${here}/authorize`,
    token_endpoint: `${here}/token`,
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: ['authorization_code'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'fhirUser', 'launch', 'launch/patient'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'client-public',
      'sso-openid-connect',
      'context-ehr-patient',
      'context-standalone-patient',
    ],
  }
}

/** The FHIR API: the patient and the user of the token, and nobody else. */
function offerFhir(
  app: FastifyInstance,
  { users, patients }: Pick<EhrTestOptions, 'users' | 'patients'>,
  contextOf: (token: string) => Context | undefined,
): void {
  function allowed(request: FastifyRequest): Context | undefined {
    return contextOf(request.headers.authorization?.replace(/^Bearer /, '') ?? '')
  }
  app.get('/fhir/Patient/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    const patient = patients.find((one) => one.id === id && allowed(request)?.patient === id)
    if (!patient) return refuse(reply, 403, 'insufficient_scope')
    return { resourceType: 'Patient', id, identifier: [patient.identifier], name: [{ text: patient.name }] }
  })
  app.get('/fhir/Practitioner/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    const user = users.find((one) => one.id === id && allowed(request)?.user === id)
    if (!user) return refuse(reply, 403, 'insufficient_scope')
    const identifier = [{ system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: user.hprNumber }]
    return { resourceType: 'Practitioner', id, identifier, name: [{ text: user.name }] }
  })
}

/**
 * The clinician portal as a SMART app (SMART App Launch 2.2): opened from a record system with the patient who is open there, or from the
 * portal with a patient chosen there. The record system names the patient and its user; HelseID names the person who signs in, and this
 * must be that user. The person need not sign in again if the browser has a session at HelseID.
 */
import { createHash, randomBytes } from 'node:crypto'
import { causeName, type Desk, type SignIn, SignInError } from '@helsevev/portal/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { LaunchFault } from '../contract.ts'
import { comesAsPage, launchFailed } from './launch.ts'
import type { Content } from './sessions.ts'
import { configurationOf, contextOf, type SmartConfiguration, type SmartEhr, SmartError } from './smart-ehr.ts'

/** What a record system has stated, until HelseID has stated who the person is. */
export const smartHandedOver = z.object({ organization: z.string(), hprNumber: z.string(), identityNumber: z.string() })
export type SmartHandedOver = z.infer<typeof smartHandedOver>

/** What is remembered while the browser is at the record system. */
interface Left {
  iss: string
  configuration: SmartConfiguration
  state: string
  nonce: string
  codeVerifier: string
}

const random = () => randomBytes(32).toString('base64url')

interface Surroundings {
  ehrs: () => readonly SmartEhr[]
  /** The address where people reach the portal's server. */
  address: () => string
}

export function smartRoutes(app: FastifyInstance, desk: Desk<Content>, signIn: SignIn, { ehrs, address }: Surroundings): void {
  const ways = desk.ways<Left>('smart')
  const redirectUri = () => `${address()}/clinician/smart/callback`

  app.get('/smart/launch', async (request, reply) => {
    const { iss, launch } = request.query as Record<string, unknown>
    const ehr = ehrs().find((known) => known.iss === (typeof iss === 'string' ? iss.replace(/\/$/, '') : undefined))
    if (!ehr || typeof launch !== 'string' || !launch || launch.length > 2000) return launchFailed(reply, 'unknown-system')
    return await leave(request, reply, ehr, { scope: 'launch openid fhirUser', launch })
  })

  app.get('/smart/standalone', async (request, reply) => {
    const ehr = ehrs()[Number((request.query as Record<string, unknown>)['ehr'])]
    if (!ehr) return launchFailed(reply, 'unknown-system')
    return await leave(request, reply, ehr, { scope: 'launch/patient openid fhirUser' })
  })

  app.get('/smart/callback', async (request, reply) => {
    const left = await ways.back(request, reply)
    const ehr = ehrs().find(({ iss }) => iss === left?.iss)
    const { code, state, iss, error } = request.query as Record<string, unknown>
    if (!left || !ehr || state !== left.state) return launchFailed(reply, 'expired')
    const { issuer = ehr.iss, authorization_response_iss_parameter_supported: saysIssuer } = left.configuration
    // RFC 9207: an answer from another record system than the one that was asked.
    if (iss === undefined ? saysIssuer : iss !== issuer) return launchFailed(reply, 'failed')
    if (error !== undefined || typeof code !== 'string') return launchFailed(reply, 'refused')
    try {
      const grant = { code, codeVerifier: left.codeVerifier, redirectUri: redirectUri(), nonce: left.nonce }
      const told: SmartHandedOver = { organization: ehr.organization, ...(await contextOf(ehr, left.configuration, grant)) }
      return await signIn.start(request, reply, { after: told, silent: true })
    } catch (cause) {
      return failed(request, reply, cause)
    }
  })

  async function leave(
    request: FastifyRequest,
    reply: FastifyReply,
    ehr: SmartEhr,
    { scope, launch }: { scope: string; launch?: string },
  ): Promise<FastifyReply> {
    if (!comesAsPage(request)) return launchFailed(reply, 'failed')
    try {
      const configuration = await configurationOf(ehr)
      const left: Left = { iss: ehr.iss, configuration, state: random(), nonce: random(), codeVerifier: random() }
      await ways.leave(reply, left)
      const to = new URL(configuration.authorization_endpoint)
      const asked = {
        response_type: 'code',
        client_id: ehr.clientId,
        redirect_uri: redirectUri(),
        scope,
        state: left.state,
        nonce: left.nonce,
        aud: ehr.iss,
        code_challenge: createHash('sha256').update(left.codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(launch ? { launch } : {}),
      }
      for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value)
      return reply.redirect(to.href, 303)
    } catch (cause) {
      return failed(request, reply, cause)
    }
  }
}

function failed(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'A patient could not be opened from a record system.')
  const fault: LaunchFault = error instanceof SmartError ? (error.unavailable ? 'unavailable' : 'refused') : 'failed'
  return launchFailed(reply, fault)
}

/** The person who signed in must be the user of the record system, at an organisation that uses it. @throws SignInError */
export function holdToUser(told: SmartHandedOver, content: Content): Content {
  const organizations = content.organizations.filter(({ number }) => number === told.organization)
  if (content.person.hprNumber !== told.hprNumber || organizations.length === 0) throw new SignInError('another-user')
  return { ...content, organizations, organization: told.organization, place: told.organization }
}

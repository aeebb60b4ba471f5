/**
 * Where the browser arrives from a record system: it brings the code of the handover and the verifier, and leaves with a session and the
 * patient open. A form (POST) is preferred, because it leaves nothing in an address; the log-in client of kjernejournal puts both in the
 * query.
 */
import type { Desk, Found } from '@helsevev/portal/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type LaunchFault, launchedMark, type PortalProblem } from '../contract.ts'
import { pages } from '../routes.ts'
import type { Accesses } from './access.ts'
import type { HandedOver } from './handover-claims.ts'
import { openPatients } from './open-patients.ts'
import type { Content } from './sessions.ts'

const launchForm = z.object({
  code: z.string().min(1).max(200),
  // RFC 7636 section 4.1.
  ehr_code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
})

/** The fault that the page explains, for each problem that kept the patient from being opened. */
const faultOfProblem: Partial<Record<PortalProblem['code'], LaunchFault>> = {
  'person-unknown': 'person-unknown',
  'identity-number-invalid': 'person-unknown',
  refused: 'refused',
  'no-organization': 'refused',
  unavailable: 'unavailable',
  'ehr-must-renew': 'expired',
}

export function launchRoutes(app: FastifyInstance, desk: Desk<Content>, access: Accesses): void {
  async function launch(request: FastifyRequest, reply: FastifyReply, brought: unknown): Promise<FastifyReply> {
    if (!comesAsPage(request)) return launchFailed(reply, 'failed')
    const form = launchForm.safeParse(brought)
    const handed = form.success ? await desk.handovers.redeem<HandedOver>(form.data.code, form.data.ehr_code_verifier) : undefined
    if (!handed) return launchFailed(reply, 'expired')
    const { person: _, ...content } = handed.told.content
    const person = handed.told.content.person
    const found = await desk.begin(request, reply, { person, dpopKey: handed.dpopKey, ehrSession: handed.ehrSession, ...content })
    return reply.redirect(await openAtLaunch(desk, access, found, request, handed.told), 303)
  }

  app.get('/launch', async (request, reply) => await launch(request, reply, request.query))
  app.register(async (inside) => {
    // Forms are accepted here alone: everywhere else, a form is what other sites can send.
    inside.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4096 }, (_request, text, done) =>
      done(null, Object.fromEntries(new URLSearchParams(text as string))),
    )
    inside.post('/launch', async (request, reply) => await launch(request, reply, request.body))
  })
}

/**
 * Whether the browser navigates here. A page of another site may send the browser here, but may not call this address in the background, as
 * with a picture or a script.
 */
export function comesAsPage({ headers }: FastifyRequest): boolean {
  const [mode, destination] = [headers['sec-fetch-mode'], headers['sec-fetch-dest']]
  return (mode === undefined || mode === 'navigate') && (destination === undefined || destination === 'document')
}

export function launchFailed(reply: FastifyReply, fault: LaunchFault): FastifyReply {
  return reply.redirect(failedAt(fault), 303)
}

const failedAt = (fault: LaunchFault) => `/clinician${pages.launchFailed}?reason=${fault}`

/** Opens the patient in a session that has just begun. Returns where the browser is sent. */
export async function openAtLaunch(
  desk: Desk<Content>,
  access: Accesses,
  found: Found<Content>,
  request: FastifyRequest,
  { identityNumber, purpose }: Pick<HandedOver, 'identityNumber' | 'purpose'>,
): Promise<string> {
  const asking = { ...found, api: desk.apiFor(found), request }
  const patient = await openPatients(desk.sessions, access).open(asking, identityNumber, purpose)
  return 'code' in patient ? failedAt(faultOfProblem[patient.code] ?? 'failed') : `/clinician${pages.patient}${launchedMark}`
}

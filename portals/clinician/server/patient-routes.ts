/** What the patient's page asks: open, who is it, look under another access, panels, close. The identity number stays on this side. */
import { randomUUID } from 'node:crypto'
import { classify, kindOfSystem } from '@helsevev/kernel/identity/identity-number'
import type { PanelLoader } from '@helsevev/ui/panel.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type AccessKind,
  accessHeader,
  elevations,
  type OpenPatientView,
  openingHeader,
  type PanelAnswer,
  type PortalProblem,
  purposes,
} from '../contract.ts'
import { digitsOf, faultOf } from '../identity-number.ts'
import { reasonIn } from '../reason.ts'
import type { Accesses } from './access.ts'
import { type PostForm, patientApi } from './patient-api.ts'
import { causeName, problemOf, refuse } from './problems.ts'
import { fetchedFromElsewhere } from './protection.ts'
import type { OpenPatient, Session, Sessions } from './sessions.ts'

const patientBody = z.object({ identityNumber: z.string().max(40), purpose: z.enum(purposes) })
const accessBody = z.object({ kind: z.enum(elevations), reason: z.string().max(2000).optional() })

interface Found {
  id: string
  session: Session
}

interface Surroundings {
  panels: readonly PanelLoader<unknown>[]
  people: Sessions<Session>
  access: Accesses
  now: () => Date
  sessionOf(request: FastifyRequest): Promise<Found | undefined>
  /** The session, when the request may change something. */
  changing(request: FastifyRequest): Promise<Found | PortalProblem>
  /** To the API, with the person's token. */
  post(found: Found): PostForm
}

export interface PatientRoutes {
  /**
   * The open patient, under the access that holds now: elevated access that is over has given way to ordinary, and an attestation that grows
   * old has been made anew.
   */
  current(found: Found): Promise<OpenPatient | PortalProblem | undefined>
}

export function patientRoutes(
  app: FastifyInstance,
  { panels, people, access, now, sessionOf, changing, post }: Surroundings,
): PatientRoutes {
  app.post('/api/patient', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    if (!found.session.organization || !found.session.place) return refuse(reply, { code: 'no-organization' })
    const body = patientBody.safeParse(request.body)
    if (!body.success) return refuse(reply, { code: 'invalid-request' })
    const fault = faultOf(body.data.identityNumber)
    if (fault) return refuse(reply, { code: 'identity-number-invalid', fault })
    const identityNumber = digitsOf(body.data.identityNumber)
    const identitySystem = classify(identityNumber)?.system ?? ''
    const asked = { opening: randomUUID(), identityNumber, identitySystem, purpose: body.data.purpose }
    const decided = await access.decide(found.session, asked, 'ordinary')
    if ('code' in decided) return refuse(reply, decided)
    const patient = await identified(request, found, { ...asked, access: decided })
    if ('code' in patient) return refuse(reply, patient)
    await people.change(found.id, (session) => ({ ...session, patient }))
    return { patient: viewOf(patient, now()), panels: panels.map(({ service }) => service) }
  })

  app.post('/api/patient/person', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const open = await current(found)
    if (!open) return refuse(reply, { code: 'no-patient' })
    const patient = 'code' in open ? open : await identified(request, found, open)
    if ('code' in patient) return refuse(reply, patient)
    const { person } = patient
    await change(found.id, patient.opening, (content) => ({ ...content, ...(person ? { person } : {}) }))
    return { patient: viewOf(patient, now()) }
  })

  app.post('/api/patient/access', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const body = accessBody.safeParse(request.body)
    if (!body.success) return refuse(reply, { code: 'invalid-request' })
    const { kind } = body.data
    const reason = kind === 'emergency' ? reasonIn(body.data.reason ?? '') : undefined
    if (kind === 'emergency' && reason === undefined) return refuse(reply, { code: 'reason-too-short' })
    const patient = await lookAnew(request, found, kind, reason)
    return 'code' in patient ? refuse(reply, patient) : { patient: viewOf(patient, now()) }
  })

  app.delete('/api/patient/access', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    const patient = await lookAnew(request, found, 'ordinary')
    return 'code' in patient ? refuse(reply, patient) : { patient: viewOf(patient, now()) }
  })

  app.delete('/api/patient', async (request, reply) => {
    const found = await changing(request)
    if ('code' in found) return refuse(reply, found)
    await people.change(found.id, ({ patient: _, ...rest }) => rest)
    return reply.code(204).send()
  })

  app.get('/api/panels/:service', async (request, reply) => {
    const found = fetchedFromElsewhere(request) ? undefined : await sessionOf(request)
    if (!found) return refuse(reply, { code: 'signed-out' })
    const panel = panels.find(({ service }) => service === (request.params as { service: string }).service)
    if (!panel) return refuse(reply, { code: 'invalid-request' })
    const patient = await current(found)
    if (!patient) return refuse(reply, { code: 'no-patient' })
    if ('code' in patient) return refuse(reply, patient)
    if (request.headers[openingHeader] !== patient.opening) return refuse(reply, { code: 'patient-changed' })
    if (request.headers[accessHeader] !== patient.access.id) return refuse(reply, { code: 'access-changed' })
    try {
      const { withheld = [], ...shown } = await panel.load(patientApi(patient, post(found)))
      return { access: patient.access.id, fetched: now().toISOString(), ...shown, withheld } satisfies PanelAnswer
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'person-unknown') await closeIfOpen(found.id, patient.opening)
      if (problem.code === 'signed-out') await people.destroy(found.id)
      if (problem.code === 'failed' || problem.code === 'unavailable') {
        request.log.warn(
          { service: panel.service, errorName: (error as Error).name, cause: causeName(error) },
          'A panel could not be loaded.',
        )
      }
      return refuse(reply, problem)
    }
  })

  /** The same patient under another access, from a decision made now. The window that asks must show that patient. */
  async function lookAnew(
    request: FastifyRequest,
    { id, session }: Found,
    kind: AccessKind,
    reason?: string,
  ): Promise<OpenPatient | PortalProblem> {
    if (!session.patient) return { code: 'no-patient' }
    if (request.headers[openingHeader] !== session.patient.opening) return { code: 'patient-changed' }
    const decided = await access.decide(session, session.patient, kind, reason)
    if ('code' in decided) return decided
    const patient = await change(id, session.patient.opening, (open) => ({ ...open, access: decided }))
    return patient ?? { code: 'patient-changed' }
  }

  async function current({ id, session }: Found): Promise<OpenPatient | PortalProblem | undefined> {
    const { patient } = session
    if (!patient || !access.isOver(patient.access)) return patient
    const decided = await access.decide(session, patient, 'ordinary')
    if ('code' in decided) return decided
    // An attestation made anew opens what the one before did: to the page it is the same access.
    const next = patient.access.kind === 'ordinary' ? { ...decided, id: patient.access.id } : decided
    const { decision } = patient.access
    // Panels ask side by side: the first decision made counts for all of them.
    return await change(id, patient.opening, (open) => (open.access.decision === decision ? { ...open, access: next } : open))
  }

  /** Undefined when that patient is no longer open. */
  async function change(id: string, opening: string, to: (patient: OpenPatient) => OpenPatient): Promise<OpenPatient | undefined> {
    const session = await people.change(id, (content) =>
      content.patient?.opening === opening ? { ...content, patient: to(content.patient) } : content,
    )
    return session?.patient?.opening === opening ? session.patient : undefined
  }

  /**
   * With who it is, asked of the register once for each opening and kept while the patient is open. A register that does not answer, or
   * refuses, keeps nobody from the patient: the page says that the name is missing. A number nobody has is not opened.
   */
  async function identified(request: FastifyRequest, found: Found, patient: OpenPatient): Promise<OpenPatient | PortalProblem> {
    try {
      const person = await patientApi(patient, post(found)).identify()
      return { ...patient, person }
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'signed-out') await people.destroy(found.id)
      if (problem.code === 'signed-out' || problem.code === 'person-unknown') return problem
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'The person register did not say who a patient is.')
      return patient
    }
  }

  async function closeIfOpen(id: string, opening: string): Promise<void> {
    await people.change(id, (session) => {
      if (session.patient?.opening !== opening) return session
      const { patient: _, ...rest } = session
      return rest
    })
  }

  return { current }
}

export function viewOf({ opening, identityNumber, identitySystem, purpose, access, person }: OpenPatient, now: Date): OpenPatientView {
  const { id, kind, ends, reason } = access
  return {
    opening,
    access: {
      id,
      kind,
      ...(ends ? { ends: new Date(ends).toISOString(), secondsLeft: Math.ceil((ends - now.getTime()) / 1000) } : {}),
      ...(reason ? { reason } : {}),
    },
    numberEnding: identityNumber.slice(-2),
    numberKind: kindOfSystem(identitySystem) ?? 'FNR',
    purpose,
    ...(person ? { person } : {}),
  }
}

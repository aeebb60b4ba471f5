/** The patient who is open in a session: who it is, under which access now, and every change of it, under the lock of the session. */
import { randomUUID } from 'node:crypto'
import { classify } from '@helsevev/kernel/values/identity-number'
import { causeName, type Desk, type Found, type PortalRequest, problemOf, SignedOutError } from '@helsevev/portal/server'
import { type AccessKind, accessHeader, openingHeader, type PortalProblem, type Purpose } from '../contract.ts'
import { digitsOf, faultOf } from '../identity-number.ts'
import { type Accesses, placeIn } from './access.ts'
import { patientApi } from './patient-api.ts'
import type { Content, OpenPatient, RecentPatient } from './sessions.ts'

/** The origin of a request: the session, and the API on its behalf. */
type OpenPatientRequest = Pick<PortalRequest<Content>, 'id' | 'session' | 'api' | 'request'>

/** A number, a row of the unit's list, or somebody who was open before. */
type Who = string | { row: string } | { recent: string }

/** The opening and the access that a window shows. */
export type ShownHeaders = Readonly<Record<typeof openingHeader | typeof accessHeader, string | undefined>>

export interface OpenPatients {
  /**
   * Decides to look at the person who has the number, who is in that row of the unit's list, or who was open before; asks the register
   * who it is; and keeps the patient open. Another patient who was open is closed.
   */
  open(asking: OpenPatientRequest, who: Who, purpose: Purpose): Promise<OpenPatient | PortalProblem>
  /**
   * The patient with name and other facts, which the register is asked for once for each opening and which are kept while the patient is
   * open. A register that does not answer, or refuses, keeps nobody from the patient: the page shows that the name is missing. A number
   * that nobody has is not opened.
   */
  identified(asking: Pick<OpenPatientRequest, 'api' | 'request'>, patient: OpenPatient): Promise<OpenPatient | PortalProblem>
  /**
   * The open patient, under the access that is valid now: elevated access that is over has been replaced by ordinary, and an attestation
   * that was getting old by a new one.
   */
  current(found: Found<Content>): Promise<OpenPatient | PortalProblem | undefined>
  /** The same, where the window that asks shows that patient under that access. */
  shown(found: Found<Content>, headers: ShownHeaders): Promise<OpenPatient | PortalProblem>
  /** The same patient under another access, from a decision made now. The window that asks must show that patient. */
  lookAnew(found: Found<Content>, shownOpening: unknown, kind: AccessKind, reason?: string): Promise<OpenPatient | PortalProblem>
  /** Undefined when that patient is no longer open. */
  change(id: string, opening: string, to: (patient: OpenPatient) => OpenPatient): Promise<OpenPatient | undefined>
  /** Closes that patient, if still open. */
  close(id: string, opening: string): Promise<void>
}

export function openPatients(sessions: Desk<Content>['sessions'], access: Accesses): OpenPatients {
  const change: OpenPatients['change'] = async (id, opening, to) => {
    const session = await sessions.change(id, (content) =>
      content.patient?.opening === opening ? { ...content, patient: to(content.patient) } : content,
    )
    return session?.patient?.opening === opening ? session.patient : undefined
  }

  const identified: OpenPatients['identified'] = async ({ api, request }, patient) => {
    try {
      return { ...patient, person: await patientApi(patient, api).identify() }
    } catch (error) {
      if (error instanceof SignedOutError) throw error
      const problem = problemOf(error)
      if (problem.code === 'person-unknown' || problem.code === 'ehr-must-renew') return problem
      request.log.warn({ errorName: (error as Error).name, cause: causeName(error) }, 'The person register did not say who a patient is.')
      return patient
    }
  }

  const current: OpenPatients['current'] = async ({ id, session }) => {
    const { patient } = session
    if (!patient || !access.isOver(patient.access)) return patient
    const decided = await access.decide(session, patient, 'ordinary')
    if ('code' in decided) return decided
    // A new attestation opens what the one before did: for the page it is the same access.
    const next = patient.access.kind === 'ordinary' ? { ...decided, id: patient.access.id } : decided
    const { decision } = patient.access
    // Panels ask in parallel: the first decision made counts for all of them.
    return await change(id, patient.opening, (open) => (open.access.decision === decision ? { ...open, access: next } : open))
  }

  return {
    change,
    identified,
    current,

    async shown(found, headers) {
      const patient = await current(found)
      if (!patient) return { code: 'no-patient' }
      if ('code' in patient) return patient
      if (headers[openingHeader] !== patient.opening) return { code: 'patient-changed' }
      return headers[accessHeader] === patient.access.id ? patient : { code: 'access-changed' }
    },

    async open(asking, who, purpose) {
      const { id, session } = asking
      if (!session.organization || !session.place) return { code: 'no-organization' }
      const asks = typeof who === 'string' ? typed(who) : 'row' in who ? onTheList(session, who.row) : openBefore(session, who.recent)
      if ('code' in asks) return asks
      const opening = { opening: randomUUID(), ...asks, purpose }
      const decided = await access.decide(session, opening, 'ordinary')
      if ('code' in decided) return decided
      const patient = await identified(asking, { ...opening, access: decided })
      if ('code' in patient) return patient
      await sessions.change(id, (content) => ({ ...content, patient, purpose, recent: withPatient(content.recent, patient) }))
      return patient
    },

    async lookAnew({ id, session }, shownOpening, kind, reason) {
      if (!session.patient) return { code: 'no-patient' }
      if (shownOpening !== session.patient.opening) return { code: 'patient-changed' }
      const decided = await access.decide(session, session.patient, kind, reason)
      if ('code' in decided) return decided
      const patient = await change(id, session.patient.opening, (open) => ({ ...open, access: decided }))
      return patient ?? { code: 'patient-changed' }
    },

    async close(id, opening) {
      await sessions.change(id, (session) => {
        if (session.patient?.opening !== opening) return session
        const { patient: _, ...rest } = session
        return rest
      })
    },
  }
}

type Asks = Pick<OpenPatient, 'identityNumber' | 'identitySystem' | 'pointOfCare'> | PortalProblem

function typed(text: string): Asks {
  const fault = faultOf(text)
  if (fault) return { code: 'identity-number-invalid', fault }
  const identityNumber = digitsOf(text)
  return { identityNumber, identitySystem: classify(identityNumber)?.system ?? '' }
}

/** A patient on the list of the unit is in contact with that unit, and the attestation states it (ATT-51). */
function onTheList({ organizations, organization, place, rows = {} }: Content, row: string): Asks {
  const listed = Object.hasOwn(rows, row) ? rows[row] : undefined
  const pointOfCare = placeIn(
    organizations.find(({ number }) => number === organization),
    place,
  )
  return listed && pointOfCare ? { ...listed, pointOfCare } : { code: 'list-changed' }
}

/** As many as a person remembers having had open. */
const RECENT = 5

/** In front; somebody who was there before stands there once, under the same id. */
function withPatient(before: Content['recent'] = [], opened: OpenPatient): RecentPatient[] {
  const { identityNumber, identitySystem, pointOfCare, person } = opened
  const known = before.find((one) => one.identityNumber === identityNumber)
  const newest: RecentPatient = {
    id: known?.id ?? randomUUID(),
    identityNumber,
    identitySystem,
    ...(pointOfCare ? { pointOfCare } : {}),
    ...(person?.name ? { name: person.name } : {}),
    ...(person?.birthDate ? { birthDate: person.birthDate } : {}),
  }
  return [newest, ...before.filter((one) => one !== known)].slice(0, RECENT + 1)
}

function openBefore({ recent = [] }: Content, id: string): Asks {
  const found = recent.find((one) => one.id === id)
  if (!found) return { code: 'list-changed' }
  const { identityNumber, identitySystem, pointOfCare } = found
  return { identityNumber, identitySystem, ...(pointOfCare ? { pointOfCare } : {}) }
}

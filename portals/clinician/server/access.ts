/**
 * Decisions to look at a patient. Each has an id of its own, which stands in the attestation, in the access log and in the technical log,
 * so that the controller can be shown who decided what, when and why (ATT-46 to 48). None is used for another patient (ATT-4).
 */
import { randomUUID } from 'node:crypto'
import { type AccessKind, elevatedMinutes, type PortalProblem } from '../contract.ts'
import { attestationHeader } from './attestation.ts'
import type { ClinicianPortalOptions } from './options.ts'
import type { Access, OpenPatient, Session } from './sessions.ts'

/** The API takes an attestation for 60 minutes (ATT-58); one is made anew in good time. */
const attestationMinutes = 50

export interface Accesses {
  /** A decision to look, made now by the person of the session. A problem when the person is authorised as nothing. */
  decide(session: Session, patient: Omit<OpenPatient, 'access'>, kind: AccessKind, reason?: string): Promise<Access | PortalProblem>
  /** Whether another decision is due: elevated access is over, or the attestation grows old. */
  isOver(access: Access): boolean
}

export function accesses(options: ClinicianPortalOptions): Accesses {
  const now = () => (options.now ?? (() => new Date()))().getTime()
  return {
    async decide(session, patient, kind, reason) {
      const employer = session.organizations.find(({ number }) => number === session.organization)
      const place = [employer, ...(employer?.units ?? [])].find((each) => each?.number === session.place)
      if (!employer || !place) return { code: 'no-organization' }
      const { person } = session
      const held = await options.authorizationsOf(person.hprNumber, employer.role)
      const authorization = session.authorization ? held.find((code) => code === session.authorization) : held[0]
      if (!authorization) return { code: 'refused', reason: 'authorization-not-held' }
      const made = now()
      const decision = randomUUID()
      const purpose = kind === 'emergency' ? 'BTG' : patient.purpose
      options.decided({
        decision,
        opening: patient.opening,
        hprNumber: person.hprNumber,
        organization: employer.number,
        pointOfCare: place.number,
        purpose,
        kind,
      })
      return {
        id: randomUUID(),
        kind,
        decision,
        made,
        ...(kind === 'ordinary' ? {} : { ends: made + elevatedMinutes * 60_000 }),
        ...(reason ? { reason } : {}),
        attestation: attestationHeader({
          toa: Math.floor(made / 1000),
          person,
          authorization,
          legalEntity: employer,
          pointOfCare: place,
          purpose,
          decision: { id: decision, reason },
          patient,
        }),
      }
    },

    isOver: ({ made, ends }) => (ends ?? made + attestationMinutes * 60_000) <= now(),
  }
}

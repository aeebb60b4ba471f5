/**
 * Decisions to look at a patient. Each has an id, which stands in the attestation, in the access log and in the technical log, so that the
 * controller can be shown who decided what, when and why (ATT-46 to 48). No decision is used for another patient (ATT-4).
 */
import { randomUUID } from 'node:crypto'
import { type AccessKind, elevatedMinutes, type PortalProblem, type Purpose } from '../contract.ts'
import { type Attested, attestationHeader } from './attestation.ts'
import type { ClinicianPortalOptions } from './options.ts'
import type { Access, Employer, OpenPatient, Session, Workplace } from './sessions.ts'

/** The API accepts an attestation for 60 minutes (ATT-58); a new one is made well before that. */
const attestationMinutes = 50

export interface Accesses {
  /** A decision to look, made now by the person of the session. A problem when the person has no valid authorisation. */
  decide(session: Session, patient: Omit<OpenPatient, 'access'>, kind: AccessKind, reason?: string): Promise<Access | PortalProblem>
  /** A decision to look at the list of the unit where the person works: the header Attestation, which names no patient. */
  decideList(session: Session, purpose: Purpose): Promise<string | PortalProblem>
  /** Whether a new decision is due: elevated access is over, or the attestation is getting old. */
  isOver(access: Access): boolean
}

export function accesses(options: ClinicianPortalOptions): Accesses {
  const now = () => (options.now ?? (() => new Date()))().getTime()

  /** What each decision of the person rests on: where the person works, and the person's authorisation there. */
  async function standingOf({
    person,
    organizations,
    organization,
    place: chosen,
    authorization: told,
  }: Session): Promise<Standing | PortalProblem> {
    const employer = organizations.find(({ number }) => number === organization)
    const place = placeIn(employer, chosen)
    if (!employer || !place) return { code: 'no-organization' }
    const held = await options.authorizationsOf(person.hprNumber, employer.role)
    const authorization = told ? held.find((code) => code === told) : held[0]
    if (authorization) return { person, employer, place, authorization }
    options.refused?.('authorization-not-held', employer.number)
    return { code: 'refused', reason: 'authorization-not-held' }
  }

  function attest(
    { person, employer, place, authorization }: Standing,
    {
      made,
      purpose,
      decision,
      reason,
      patient,
    }: { made: number; purpose: string; decision: string; reason?: string | undefined; patient?: Attested['patient'] },
  ): string {
    const toa = Math.floor(made / 1000)
    return attestationHeader({
      toa,
      person,
      authorization,
      legalEntity: employer,
      pointOfCare: place,
      purpose,
      decision: { id: decision, reason },
      patient,
    })
  }

  return {
    async decide(session, patient, kind, reason) {
      const standing = await standingOf(session)
      if ('code' in standing) return standing
      const made = now()
      const decision = randomUUID()
      const purpose = kind === 'emergency' ? 'BTG' : patient.purpose
      options.decided({ ...decidedBy(standing), decision, opening: patient.opening, purpose, kind })
      return {
        id: randomUUID(),
        kind,
        decision,
        made,
        ...(kind === 'ordinary' ? {} : { ends: made + elevatedMinutes * 60_000 }),
        ...(reason ? { reason } : {}),
        authorization: standing.authorization,
        attestation: attest(standing, { made, purpose, decision, reason, patient }),
      }
    },

    async decideList(session, purpose) {
      const standing = await standingOf(session)
      if ('code' in standing) return standing
      const decision = randomUUID()
      options.decided({ ...decidedBy(standing), decision, purpose, kind: 'list' })
      return attest(standing, { made: now(), purpose, decision })
    },

    isOver: ({ made, ends }) => (ends ?? made + attestationMinutes * 60_000) <= now(),
  }
}

interface Standing {
  person: Session['person']
  employer: Employer
  place: Workplace
  authorization: string
}

function decidedBy({ person, employer, place }: Standing) {
  return { hprNumber: person.hprNumber, organization: employer.number, pointOfCare: place.number }
}

/** The organisation or one of its units. */
export function placeIn(organization: Employer | undefined, number: string | undefined): Workplace | undefined {
  return organization && [organization, ...organization.units].find((place) => place.number === number)
}

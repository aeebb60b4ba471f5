/** The patient who is open in a session: who it is under which access now, and every change of it, under the lock of the session. */
import type { Desk, Found } from '@helsevev/portal/server'
import type { AccessKind, PortalProblem } from '../contract.ts'
import type { Accesses } from './access.ts'
import type { Content, OpenPatient } from './sessions.ts'

export interface OpenPatients {
  /**
   * The open patient, under the access that holds now: elevated access that is over has given way to ordinary, and an attestation that grows
   * old has been made anew.
   */
  current(found: Found<Content>): Promise<OpenPatient | PortalProblem | undefined>
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

  return {
    change,

    async current({ id, session }) {
      const { patient } = session
      if (!patient || !access.isOver(patient.access)) return patient
      const decided = await access.decide(session, patient, 'ordinary')
      if ('code' in decided) return decided
      // An attestation made anew opens what the one before did: to the page it is the same access.
      const next = patient.access.kind === 'ordinary' ? { ...decided, id: patient.access.id } : decided
      const { decision } = patient.access
      // Panels ask side by side: the first decision made counts for all of them.
      return await change(id, patient.opening, (open) => (open.access.decision === decision ? { ...open, access: next } : open))
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

/** Changes of agreements, choices, representation and registers are rows of the access log too: who, when, what and why. */
import type { Ids, PatientKey } from '../store/ids.ts'
import type { AccessLog } from './access-log.ts'
import type { Actor } from './actors.ts'

export interface Change {
  /** The person that the change concerns; absent when it concerns organisations. */
  patient?: PatientKey | undefined
  /** The name of the event, such as `agreement-signed` or `choice-made`. */
  event: string
  actor: Actor
  service?: string | undefined
  /** What was changed: `sharing-agreement`, `patient-choice`, `representation`. */
  type: string
  /** The reason in the actor's words, or which row was changed. Never an identity number. */
  reason?: string | undefined
  /** The id of the row; a new one when absent. */
  eventId?: string | undefined
}

/** Resolves when the row is durable. */
export type ChangeLog = (change: Change) => Promise<void>

export function createChangeLog(parts: {
  log: AccessLog
  actorId: (actor: Actor) => Promise<string>
  ids: Ids
  clock: () => Date
}): ChangeLog {
  return async ({ patient, event, actor, service, type, reason, eventId }) => {
    await parts.log.append({
      patient: patient ?? '0',
      at: parts.clock(),
      event,
      outcome: 'ok',
      actor: await parts.actorId(actor),
      service: service ?? null,
      type,
      purpose: null,
      problem: null,
      withheld: false,
      disclosed: null,
      disclosedVersions: null,
      eventId: eventId ?? parts.ids.uuid(),
      attestation: null,
      toa: null,
      decisionRef: null,
      basis: null,
      reason: reason ?? null,
    })
  }
}

/** Changes of agreements, choices, representation and registers are rows of the access log too: who, when, what and why. */
import type { Ids, PatientKey, RecordId } from '../store/ids.ts'
import type { AccessLog, LogEntry } from './access-log.ts'
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
  /** A notice to the patient that follows. It is kept with the row, under this id, until it stands (kernel/areas/after-access.ts). */
  notice?: { id: RecordId; cause: string } | undefined
}

/** Resolves when the row is durable. */
export type ChangeLog = (change: Change) => Promise<void>

export function createChangeLog(parts: {
  log: AccessLog
  actorId: (actor: Actor) => Promise<string>
  ids: Ids
  clock: () => Date
}): ChangeLog {
  return async ({ patient, event, actor, service, type, reason, eventId = parts.ids.uuid(), notice }) => {
    const at = parts.clock()
    const entry: LogEntry = {
      patient: patient ?? '0',
      at,
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
      eventId,
      attestation: null,
      toa: null,
      decisionRef: null,
      basis: null,
      reason: reason ?? null,
    }
    const following =
      notice && patient ? { patient, id: notice.id, at, access: JSON.stringify({ notice: { eventId, cause: notice.cause } }) } : undefined
    await parts.log.append(entry, [], following)
  }
}

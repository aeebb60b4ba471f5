/**
 * The catalogue of technical log lines: code, level, sentence, and the fields that each may have. Fields hold ids, codes and counts; never
 * names, bodies, addresses as sent, or identity numbers (who looked at which patient belongs in the access log).
 */
export const lines = {
  REQUEST: { level: 'info', sentence: 'answered', fields: ['eventId', 'method', 'route', 'status', 'ms'] },
  REFUSED: {
    level: 'info',
    sentence: 'refused',
    fields: ['eventId', 'method', 'route', 'status', 'ms', 'problem', 'client', 'organization'],
  },
  FAULT: { level: 'error', sentence: 'failed on our side', fields: ['eventId', 'route', 'error', 'stack'] },
  UNAVAILABLE: { level: 'error', sentence: 'could not reach what it needs', fields: ['eventId', 'route', 'error'] },
  STARTED: { level: 'info', sentence: 'started', fields: ['mode', 'address', 'database', 'pid', 'ms'] },
  DATABASE: { level: 'info', sentence: 'database', fields: ['note'] },
  ISSUER: { level: 'info', sentence: 'test identity provider', fields: ['issuer'] },
  SEEDED: { level: 'info', sentence: 'made-up people and their history stored', fields: ['persons', 'resources', 'ms'] },
  DECIDED: {
    level: 'info',
    sentence: 'a health professional decided to look; the access log has the same decision with the patient',
    fields: ['decision', 'opening', 'hprNumber', 'organization', 'pointOfCare', 'purpose', 'kind'],
  },
  HANDOVER: {
    level: 'info',
    sentence: 'a record system asked for a session of its user in the clinician portal',
    fields: ['event', 'status', 'problem', 'client', 'organization', 'hprNumber', 'sourceSystem'],
  },
  PORTAL: { level: 'info', sentence: 'portal', fields: ['note'] },
  REPORTED_ERROR: {
    level: 'error',
    sentence: 'a part of the server reports a failure',
    fields: ['note', 'portal', 'route', 'errorName', 'errorCode', 'cause'],
  },
  REPORTED_WARNING: {
    level: 'warn',
    sentence: 'a part of the server could not do what was asked',
    fields: ['note', 'portal', 'route', 'errorName', 'errorCode', 'cause'],
  },
  NOTICE_NOT_SENT: {
    level: 'warn',
    sentence: 'a notice to a patient was not taken by the gateway; it is tried again for a day',
    fields: ['channel', 'attempts', 'error'],
  },
  CHECKPOINT: { level: 'info', sentence: 'the access log has come so far', fields: ['segment', 'seq', 'hash', 'key'] },
  LOG_DIFFERS: {
    level: 'error',
    sentence: 'a row of the access log does not agree with its signed checkpoint: run audit verify',
    fields: ['segment', 'seq'],
  },
  STOPPING: { level: 'info', sentence: 'stopping: requests under way finish first', fields: ['signal'] },
  PROCESS_ENDED: { level: 'error', sentence: 'a process ended by itself and is started again', fields: ['pid', 'exit'] },
  PROCESS_REPLACED: { level: 'info', sentence: 'a process was replaced by a new one', fields: ['pid'] },
  PROCESS_KEPT: { level: 'error', sentence: 'a new process did not come to serve: the old ones stay', fields: ['pid', 'exit'] },
  STOPPED: { level: 'info', sentence: 'stopped', fields: ['ms'] },
} as const satisfies Record<string, { level: 'info' | 'warn' | 'error'; sentence: string; fields: readonly string[] }>

export type LineCode = keyof typeof lines
type Field<C extends LineCode> = (typeof lines)[C]['fields'][number]

/** Writes one line of the catalogue. */
export type Log = <C extends LineCode>(code: C, fields?: Partial<Record<Field<C>, string | number | undefined>>) => void

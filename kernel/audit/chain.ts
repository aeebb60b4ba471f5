/** The hash chain of the access log: each row's hash covers the row and the hash before it. */
import { createHash } from 'node:crypto'

/** A row as it is hashed and stored. Times have millisecond precision; keys and counters are decimal strings. */
export interface LogRow {
  patient: string
  segment: string
  seq: string
  at: Date
  event: string
  outcome: 'ok' | 'refused' | 'failed'
  actor: string | null
  service: string | null
  type: string | null
  purpose: string | null
  problem: string | null
  withheld: boolean
  disclosed: string[] | null
  disclosedVersions: number[] | null
  eventId: string
}

export function hashRow(previous: Buffer, row: LogRow): Buffer {
  const fields = [
    row.patient,
    row.segment,
    row.seq,
    row.at.toISOString(),
    row.event,
    row.outcome,
    row.actor,
    row.service,
    row.type,
    row.purpose,
    row.problem,
    row.withheld,
    row.disclosed,
    row.disclosedVersions,
    row.eventId,
  ]
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest()
}

/** The hash a segment starts from: its own identity and where its predecessor stood. */
export function hashOpening(segment: string, predecessor: string | null, predecessorHash: Buffer): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([segment, predecessor]))
    .update(predecessorHash)
    .digest()
}

/** What a checkpoint signs. */
export function checkpointText(segment: string, seq: string, hash: Buffer): Buffer {
  return Buffer.from(`helsevev access log ${segment} ${seq} ${hash.toString('hex')}`)
}

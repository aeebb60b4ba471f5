/** The hashes of segments opened before migration 0011. They cover JSON, without the columns that this migration added. */
import { createHash } from 'node:crypto'
import type { LogRow } from './chain.ts'

/** A row as it stood then, without what came later. */
export type LogRow1 = Omit<LogRow, 'openedBy' | 'opened' | 'unseen' | 'automatic' | 'citizen' | 'episode' | 'namesDigest' | Derived>
/** Columns that migration 0019 filled from other tables. */
type Derived = 'organization' | 'controllers'

export function hashRow1(previous: Buffer, row: LogRow1): Buffer {
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

export function hashOpening1(segment: string, predecessor: string | null, predecessorHash: Buffer): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([segment, predecessor]))
    .update(predecessorHash)
    .digest()
}

/** Whether a row of such a segment has a value in a column that its hash does not cover, which it may not have. */
export function hasLaterColumns(row: LogRow1): boolean {
  return [row.attestation, row.toa, row.decisionRef, row.basis, row.reason].some((value) => value !== null)
}

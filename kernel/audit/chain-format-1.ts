/** The hashes of segments opened before migration 0011. They cover JSON, without the columns that this migration added. */
import { createHash } from 'node:crypto'
import type { LogRow } from './chain.ts'

export function hashRow1(previous: Buffer, row: LogRow): Buffer {
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
export function hasLaterColumns(row: LogRow): boolean {
  return [row.attestation, row.toa, row.decisionRef, row.basis, row.reason].some((value) => value !== null)
}

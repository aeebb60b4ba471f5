/** The hashes of segments opened before migration 0011: of JSON, without the columns that came with it. */
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

/** Nothing of a row in such a segment may stand in a column that its hash does not cover. */
export function hasLaterColumns(row: LogRow): boolean {
  return [row.attestation, row.toa, row.decisionRef, row.basis, row.reason].some((value) => value !== null)
}

/**
 * Segments of format 2, opened before migration 0019. Each row's hash covered the hash before it and the row as binary COPY wrote it, with
 * the ids of records as an array. docs/decisions/0012-log-hash-over-copy.md
 */
import { hash } from 'node:crypto'
import type { Hash } from './chain.ts'

const COLUMNS = `seq, patient, at, event, outcome, actor, service, type, purpose, problem, withheld,
  disclosed_ids(disclosed), disclosed_versions, event_id, attestation, toa, decision_ref, basis, reason, hash`
export const FIELDS_2 = COLUMNS.split(',').length

/** Index: access_log_pkey. */
export function copyStatement2(segment: bigint, from: bigint, to: bigint): string {
  return `copy (select ${COLUMNS} from access_log where segment = ${segment} and seq between ${from} and ${to} order by seq)
    to stdout (format binary)`
}

/** The hash that a segment starts from: it covers the segment's id, and its predecessor with the last hash of it. */
export function hashOpening2(segment: string, predecessor: string | null, predecessorHash: Hash): Hash {
  return hash('sha256', `helsevev access log 2 ${segment} ${predecessor ?? ''} ${predecessorHash}`, 'hex')
}

/** The text that a checkpoint of formats 1 and 2 signs. */
export function checkpointText2(segment: string, seq: string, hash: Hash): Buffer {
  return Buffer.from(`helsevev access log ${segment} ${seq} ${hash}`)
}

/** Columns that came with format 3. Older hashes do not cover them, so they are empty in older rows. */
export const LATER_COLUMNS = ['names_digest', 'citizen', 'episode', 'opened_by', 'opened', 'unseen'] as const

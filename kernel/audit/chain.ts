/**
 * The hash chain of the access log: each row's hash covers the row and the hash before it.
 *
 * A row is hashed as PostgreSQL writes it in a binary COPY, so that the verifier hashes the bytes that arrive and reads only lengths in
 * them (docs/decisions/0012-log-hash-over-copy.md). The stream of a segment is
 *
 *     {row 1} 00 00 00 20 {hash 1} {row 2} 00 00 00 20 {hash 2} ...
 *
 * and hash 2 is the SHA-256 of `{hash 1} {row 2}`, which follow each other in the stream.
 */
import { hash } from 'node:crypto'

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
  /** The id of a row in log_attestation. */
  attestation: string | null
  /** The time of the local decision, as attested (ATT-58). */
  toa: Date | null
  decisionRef: string | null
  /** The ground, where the purpose alone does not show it: `emergency`, `consent`, `self`, `parent`. */
  basis: string | null
  /** The reason, in the words of the actor. */
  reason: string | null
}

/** The format of new segments. In format 1 the hash covered JSON (chain-format-1.ts). */
export const FORMAT = 2

/** SHA-256, in hexadecimal. */
export type Hash = string

/** The columns of a row in the order in which they are hashed, and the hash. The segment is in the hash that its chain starts from. */
const COLUMNS = `seq, patient, at, event, outcome, actor, service, type, purpose, problem, withheld,
  disclosed, disclosed_versions, event_id, attestation, toa, decision_ref, basis, reason, hash`
export const FIELDS = COLUMNS.split(',').length

/**
 * Copies the rows of a segment from one counter to another. COPY takes no parameters, so the arguments are numbers. Index:
 * access_log_chain.
 */
export function copyStatement(segment: bigint, from: bigint, to: bigint): string {
  return `copy (select ${COLUMNS} from access_log where segment = ${segment} and seq between ${from} and ${to} order by seq)
    to stdout (format binary)`
}

export function hashRow(previous: Hash, row: LogRow): Hash {
  return hash('sha256', hashedBytes(previous, row), 'hex')
}

let bytes = Buffer.alloc(1 << 13)
let end = 0

/**
 * The bytes that the hash of a row covers; they are valid until the next call. https://www.postgresql.org/docs/current/sql-copy.html,
 * "Binary Format".
 */
export function hashedBytes(previous: Hash, row: LogRow): Buffer {
  const longest = longestOf(row)
  if (longest > bytes.length) bytes = Buffer.alloc(longest * 2)
  end = bytes.write(previous, 'hex')
  end = bytes.writeInt16BE(FIELDS, end)
  int8(row.seq)
  int8(row.patient)
  timestamptz(row.at)
  text(row.event)
  text(row.outcome)
  int8(row.actor)
  text(row.service)
  text(row.type)
  text(row.purpose)
  text(row.problem)
  bool(row.withheld)
  array(row.disclosed, INT8)
  array(row.disclosedVersions, INT4)
  uuid(row.eventId)
  int8(row.attestation)
  timestamptz(row.toa)
  text(row.decisionRef)
  text(row.basis)
  text(row.reason)
  return bytes.subarray(0, end)
}

function longestOf(row: LogRow): number {
  const texts = [row.event, row.outcome, row.service, row.type, row.purpose, row.problem, row.decisionRef, row.basis, row.reason]
  const letters = texts.reduce((sum, value) => sum + (value?.length ?? 0), 0)
  // A UTF-16 unit takes at most three bytes; lengths, numbers and times of all fields take less than 300.
  return 300 + 3 * letters + 12 * (row.disclosed?.length ?? 0) + 8 * (row.disclosedVersions?.length ?? 0)
}

function size(length: number): void {
  end = bytes.writeInt32BE(length, end)
}

const NULL = -1

function int8(value: string | null): void {
  if (value === null) {
    size(NULL)
    return
  }
  size(8)
  end = bytes.writeBigInt64BE(BigInt(value), end)
}

function text(value: string | null): void {
  if (value === null) {
    size(NULL)
    return
  }
  const written = bytes.write(value, end + 4, 'utf8')
  size(written)
  end += written
}

function bool(value: boolean): void {
  size(1)
  end = bytes.writeUInt8(value ? 1 : 0, end)
}

function uuid(value: string): void {
  size(16)
  end += bytes.write(value.replaceAll('-', ''), end, 'hex')
}

export const EPOCH = Date.UTC(2000, 0, 1)

/** Microseconds since 2000. */
function timestamptz(value: Date | null): void {
  if (value === null) {
    size(NULL)
    return
  }
  size(8)
  end = bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH) * 1000n, end)
}

/** Object ids of the element types, in pg_type. */
const INT8 = 20
const INT4 = 23

function array(values: readonly (string | number)[] | null, type: typeof INT8 | typeof INT4): void {
  if (values === null) {
    size(NULL)
    return
  }
  const width = type === INT8 ? 8 : 4
  const none = values.length === 0
  size(12 + (none ? 0 : 8) + values.length * (4 + width))
  // The number of dimensions, whether there is a null, and the type; then, for the one dimension, its length and that it is counted from 1.
  for (const number of none ? [0, 0, type] : [1, 0, type, values.length, 1]) end = bytes.writeInt32BE(number, end)
  for (const value of values) {
    end = bytes.writeInt32BE(width, end)
    end = type === INT8 ? bytes.writeBigInt64BE(BigInt(value), end) : bytes.writeInt32BE(Number(value), end)
  }
}

/** The hash that a segment starts from: it covers the segment's id, and its predecessor with the last hash of it. */
export function hashOpening(segment: string, predecessor: string | null, predecessorHash: Hash): Hash {
  return hash('sha256', `helsevev access log ${FORMAT} ${segment} ${predecessor ?? ''} ${predecessorHash}`, 'hex')
}

/** The text that a checkpoint signs. */
export function checkpointText(segment: string, seq: string, hash: Hash): Buffer {
  return Buffer.from(`helsevev access log ${segment} ${seq} ${hash}`)
}

/** The end of a segment so far: the counter and the hash of its last row. */
export interface Segment {
  id: string
  seq: bigint
  hash: Hash
}

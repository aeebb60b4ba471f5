/**
 * The bytes of a row of the access log that its hash covers, in format 3.
 *
 * A row is hashed as PostgreSQL writes it in a binary COPY, so that the verifier hashes the bytes that arrive and reads only lengths in
 * them (docs/decisions/0012-log-hash-over-copy.md). The stream of a segment is
 *
 *     {row 1} 00 00 00 20 {hash 1} {row 2} 00 00 00 20 {hash 2} ...
 *
 * Each row is a leaf of the Merkle tree of its segment (tree.ts): its hash is the SHA-256 of 00 and the row. A row begins with the number
 * of its fields in two bytes, of which the first is 00, so that the hash is the SHA-256 of `{row 1}` as it stands in the stream.
 */
import { hash } from 'node:crypto'
import type { Unseen } from '../store/visibility.ts'

/** A row as it is hashed and stored. Times have millisecond precision; keys and counters are decimal strings. */
export interface LogRow {
  patient: string
  segment: string
  seq: string
  at: Date
  event: string
  outcome: 'ok' | 'refused' | 'failed'
  /** The id of a row in log_actor. For a citizen it is that of the portal. */
  actor: string | null
  /** The person who acted, where that is a citizen. */
  citizen: string | null
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
  /** The ground that was asked for, where the purpose alone does not show it: `emergency`, `consent`, `self`, `parent`. */
  basis: string | null
  /** What in fact opened a restriction; null when none was opened. */
  openedBy: OpenedBy | null
  /** What was in fact opened: `restriction/{id}`, `consent/{id}`, or `source` for what the source has blocked. */
  opened: string[] | null
  /** Why something was not seen, for the controller alone. */
  unseen: Unseen[] | null
  /** A screen made the request by itself. */
  automatic: boolean
  /** The controllers whose records were shown or written, each once, in order. */
  controllers: string[] | null
  /** The reason, in the words of the actor. */
  reason: string | null
  /** The last 64 bits of the SHA-256 over the digests of actor and attestation (names.ts). */
  namesDigest: string | null
  /** One opening of a patient by one person at one place under one attestation (episode.ts). */
  episode: string | null
  /** The organisation that the actor acted for. */
  organization: string | null
}

export type OpenedBy = 'emergency' | 'declared-consent' | 'registered-consent'

/** The format of new segments. In format 1 the hash covered JSON, and in format 2 the hash before it and the row (chain-format-2.ts). */
export const FORMAT = 3

/** SHA-256, in hexadecimal. */
export type Hash = string

/** The columns of a row in the order in which they are hashed, and the hash. */
const COLUMNS = `segment, seq, at, patient, actor, attestation, names_digest, citizen, episode, toa, event_id, withheld, automatic,
  event, outcome, service, type, purpose, problem, basis, opened_by, opened, unseen, organization, controllers, decision_ref, reason,
  disclosed, disclosed_versions, hash`
export const FIELDS = COLUMNS.split(',').length

/**
 * Copies the rows of a segment from one counter to another. COPY takes no parameters, so the arguments are numbers. Index: access_log_pkey.
 */
export function copyStatement(segment: bigint, from: bigint, to: bigint): string {
  return `copy (select ${COLUMNS} from access_log where segment = ${segment} and seq between ${from} and ${to} order by seq)
    to stdout (format binary)`
}

/** The hash of a leaf. */
export function hashRow(row: LogRow): Hash {
  return hash('sha256', hashedBytes(row), 'hex')
}

let bytes = Buffer.alloc(1 << 13)
// Writes 64 bits in a third of the time that a Buffer takes.
let view = viewOf(bytes)
let end = 0

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length)
}

/**
 * The bytes that the hash of a row covers; they are valid until the next call. https://www.postgresql.org/docs/current/sql-copy.html,
 * "Binary Format".
 */
export function hashedBytes(row: LogRow): Buffer {
  const longest = longestOf(row)
  if (longest > bytes.length) {
    bytes = Buffer.alloc(longest * 2)
    view = viewOf(bytes)
  }
  end = bytes.writeInt16BE(FIELDS, 0)
  int8(row.segment)
  int8(row.seq)
  timestamptz(row.at)
  int8(row.patient)
  int8(row.actor)
  int8(row.attestation)
  int8(row.namesDigest)
  int8(row.citizen)
  int8(row.episode)
  timestamptz(row.toa)
  uuid(row.eventId)
  bool(row.withheld)
  bool(row.automatic)
  text(row.event)
  text(row.outcome)
  text(row.service)
  text(row.type)
  text(row.purpose)
  text(row.problem)
  text(row.basis)
  text(row.openedBy)
  texts(row.opened)
  texts(row.unseen)
  text(row.organization)
  text(controllersText(row))
  text(row.decisionRef)
  text(row.reason)
  ids(row.disclosed)
  integers(row.disclosedVersions)
  return bytes.subarray(0, end)
}

/** The controllers as they are stored: an array would take 30 bytes more in each row. */
export function controllersText({ controllers }: Pick<LogRow, 'controllers'>): string | null {
  return controllers === null ? null : controllers.join(' ')
}

/** The ids of records as they are stored. */
export function idsBytes(values: readonly string[]): Buffer {
  const found = Buffer.alloc(8 * values.length)
  const into = viewOf(found)
  for (const [place, value] of values.entries()) into.setBigInt64(8 * place, BigInt(value))
  return found
}

function longestOf(row: LogRow): number {
  const single = [row.event, row.outcome, row.service, row.type, row.purpose, row.problem, row.decisionRef, row.basis, row.reason]
  const several = [row.openedBy, row.organization, ...(row.opened ?? []), ...(row.unseen ?? []), ...(row.controllers ?? [])]
  const letters = [...single, ...several].reduce((sum, value) => sum + (value?.length ?? 0), 0)
  // A UTF-16 unit takes at most three bytes; lengths, numbers and times of all fields take less than 400.
  return 400 + 3 * letters + 5 * several.length + 8 * (row.disclosed?.length ?? 0) + 8 * (row.disclosedVersions?.length ?? 0)
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
  bigint(value)
}

function bigint(value: string): void {
  view.setBigInt64(end, BigInt(value))
  end += 8
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

function ids(values: readonly string[] | null): void {
  if (values === null) {
    size(NULL)
    return
  }
  size(8 * values.length)
  for (const value of values) bigint(value)
}

/** Object ids of the element types, in pg_type. */
const INT4 = 23
const TEXT = 25

/** The number of dimensions, whether there is a null, and the type; then, for the one dimension, its length and that it counts from 1. */
function arrayHead(count: number, type: typeof INT4 | typeof TEXT): void {
  for (const number of count === 0 ? [0, 0, type] : [1, 0, type, count, 1]) end = bytes.writeInt32BE(number, end)
}

function integers(values: readonly number[] | null): void {
  if (values === null) {
    size(NULL)
    return
  }
  size(12 + (values.length === 0 ? 0 : 8) + 8 * values.length)
  arrayHead(values.length, INT4)
  for (const value of values) {
    size(4)
    end = bytes.writeInt32BE(value, end)
  }
}

function texts(values: readonly string[] | null): void {
  const start = end
  size(NULL)
  if (values === null) return
  arrayHead(values.length, TEXT)
  for (const value of values) text(value)
  bytes.writeInt32BE(end - start - 4, start)
}

/** Where a segment begins: after which row of which other one. */
export interface Opening {
  segment: string
  ordinal: string
  opened: Date
  predecessor: string | null
  predecessorSeq: string | null
  /** The root of the predecessor's tree after that row; in formats 1 and 2 the hash of the row. */
  predecessorHash: Hash
  format: number
}

/** The first leaf of a segment, and the leaf of the segment in the tree of segments. Its fields are numbers and a hash. */
export function openingText({ segment, ordinal, opened, predecessor, predecessorSeq, predecessorHash, format }: Opening): string {
  const before = `${predecessor ?? '-'} ${predecessorSeq ?? '-'} ${predecessorHash}`
  return `helsevev access log ${format} ${segment} ${ordinal} ${opened.getTime()} ${before}`
}

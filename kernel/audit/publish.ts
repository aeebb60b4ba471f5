/**
 * What is published of the log: checkpoints as signed notes, proofs, keys and the list of segments. Nothing in it is about a person:
 * hashes, numbers of rows, and when segments were opened. docs/api/log.md
 */
import type { Sql } from 'postgres'
import { type Hash, openingText } from './chain.ts'
import { type PublicLogKey, readPublicKeys } from './log-key.ts'
import { openings, type Tree, treeOfSegment, treeOfSegments } from './segment-tree.ts'
import { originOf, SEGMENTS, signedNote, verifierKey } from './signed-note.ts'
import { consistencyProof, inclusionPath } from './tree.ts'

interface StoredCheckpoint {
  segment: string
  seq: string
  hash: Hash
  at: Date
  signature: Buffer
  key: string
}

/**
 * The newest checkpoint of each tree that is at most this many segments old, and of the list of segments, one note after the other. Index:
 * log_checkpoint_pkey.
 */
export async function publishedCheckpoints(sql: Sql, newest = 1000): Promise<string> {
  const first = await firstSegment(sql)
  if (first === undefined) return ''
  const rows = await sql<StoredCheckpoint[]>`
    select c.segment, c.seq, encode(c.hash, 'hex') as hash, c.at, c.signature, encode(k.public_key, 'base64') as key
    from (select ${SEGMENTS}::bigint as segment union all
      (select segment from log_segment where format = 3 order by ordinal desc limit ${newest})) as s
    cross join lateral (select * from log_checkpoint where segment = s.segment order by seq desc limit 1) as c
    join log_key k on k.id = c.key_id
    order by c.segment`
  return rows.map((row) => noteOf(row, first)).join('\n')
}

export interface Published {
  /** The note. */
  text: string
  /** The number of leaves that it signs for. */
  size: number
  at: Date
}

/** The newest checkpoint of a tree, or the one with this number of leaves; undefined when there is none. Index: log_checkpoint_pkey. */
export async function publishedCheckpoint(sql: Sql, segment: string, size?: number): Promise<Published | undefined> {
  const first = await firstSegment(sql)
  const [row] = await sql<StoredCheckpoint[]>`
    select c.segment, c.seq, encode(c.hash, 'hex') as hash, c.at, c.signature, encode(k.public_key, 'base64') as key
    from log_checkpoint c join log_key k on k.id = c.key_id
    where c.segment = ${segment} ${size === undefined ? sql`` : sql`and c.seq = ${size - 1}`}
      and (c.segment = ${SEGMENTS} or exists (select from log_segment s where s.segment = c.segment and s.format = 3))
    order by c.seq desc limit 1`
  return row && first ? { text: noteOf(row, first), size: Number(row.seq) + 1, at: row.at } : undefined
}

function noteOf({ segment, seq, hash, signature, key }: StoredCheckpoint, first: string): string {
  const [signer] = readPublicKeys(key)
  if (!signer) throw new Error('A public key of the log cannot be read.')
  return signedNote({ origin: originOf(segment, first), size: Number(seq) + 1, root: hash }, signer, signature)
}

async function firstSegment(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ segment: string }[]>`select segment from log_segment where ordinal = 0`
  return row?.segment
}

export async function publishedKeys(sql: Sql): Promise<PublicLogKey[]> {
  const rows = await sql<{ key: string }[]>`select encode(public_key, 'base64') as key from log_key order by first_used, id`
  return rows.flatMap(({ key }) => readPublicKeys(key))
}

/** The keys under the origin of a tree, a line each. */
export async function verifierKeys(sql: Sql, segment: string): Promise<string> {
  const first = await firstSegment(sql)
  if (first === undefined) return ''
  return (await publishedKeys(sql)).map((key) => `${verifierKey(originOf(segment, first), key)}\n`).join('')
}

/** The leaves of the list of segments, a line each, oldest first. */
export async function publishedSegments(sql: Sql): Promise<string> {
  return (await openings(sql)).map((opening) => `${openingText(opening)}\n`).join('')
}

async function treeOf(sql: Sql, segment: string): Promise<Tree | undefined> {
  return segment === SEGMENTS ? await treeOfSegments(sql) : await treeOfSegment(sql, segment)
}

/**
 * That a leaf is in the tree of a checkpoint, as https://c2sp.org/tlog-proof writes it: the newest checkpoint, or the one of this size.
 * Undefined when there is no such checkpoint, or the leaf comes after it.
 */
export async function publishedInclusion(sql: Sql, segment: string, index: number, size?: number): Promise<string | undefined> {
  const checkpoint = await publishedCheckpoint(sql, segment, size)
  const tree = checkpoint && index < checkpoint.size ? await treeOf(sql, segment) : undefined
  if (!checkpoint || !tree) return undefined
  const path = await inclusionPath(tree.node, index, checkpoint.size)
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${linesOf(path)}\n${checkpoint.text}`
}

/** The number of rows of a segment among which a leaf is looked for by its hash, the newest ones. */
const SEARCHED = 100_000

/**
 * The place of the leaf with this hash; undefined when none of the newest hundred thousand rows of the segment has it. No index finds a row
 * by its hash: it would take as much room as the rows' primary key, and who holds an AuditEvent has the place in its id.
 */
export async function placeOfLeaf(sql: Sql, segment: string, leaf: Hash): Promise<number | undefined> {
  const [row] = await sql<{ seq: string }[]>`
    select seq from access_log
    where segment = ${segment} and hash = decode(${leaf}, 'hex')
      and seq > (select seq from access_log where segment = ${segment} order by seq desc limit 1) - ${SEARCHED}
    order by seq limit 1`
  return row && Number(row.seq)
}

/** That the tree of the later size begins with the tree of the earlier one; undefined when the tree has no such sizes. */
export async function publishedConsistency(sql: Sql, segment: string, from: number, to: number): Promise<string | undefined> {
  const tree = from >= 1 && from <= to ? await treeOf(sql, segment) : undefined
  if (!tree || to > (await tree.size())) return undefined
  return linesOf(await consistencyProof(tree.node, from, to))
}

function linesOf(hashes: readonly Hash[]): string {
  return hashes.map((one) => `${Buffer.from(one, 'hex').toString('base64')}\n`).join('')
}

/** Opens a segment: it is linked to the one before it, whose last rows it covers, and takes the next place in the list of segments. */
import type { Sql } from 'postgres'
import type { Ids } from '../store/ids.ts'
import { attempts } from '../values/attempts.ts'
import { FORMAT, type Hash, type Opening, openingText } from './chain.ts'
import type { End } from './checkpoints.ts'
import { treeOfSegment, treeOfSegments } from './segment-tree.ts'
import { SEGMENTS } from './signed-note.ts'
import { type GrowingTree, growingTree, leafHash } from './tree.ts'

export interface Segment {
  id: string
  /** The opening and the rows so far. */
  tree: GrowingTree
  firstSegment: string
}

/** How often a place is tried when several servers start at once. */
const ATTEMPTS = 20

/** `sign` gets the end of the predecessor before the segment is linked to it, when no checkpoint covers it. */
export async function openSegment(
  sql: Sql,
  { ids, clock }: { ids: Ids; clock: () => Date },
  sign: (end: End) => Promise<void>,
): Promise<Segment> {
  return await attempts(async () => await openOnce(sql, ids.recordId(), clock(), sign), {
    times: ATTEMPTS,
    again: (error) => (error as { code?: string } | null)?.code === '23505',
  })
}

async function openOnce(sql: Sql, segment: string, opened: Date, sign: (end: End) => Promise<void>): Promise<Segment> {
  const [last] = await sql<{ segment: string; ordinal: string; first: string }[]>`
    select segment, ordinal, (select segment from log_segment where ordinal = 0) as first from log_segment order by ordinal desc limit 1`
  const before = last && (await endOfSegment(sql, last.segment))
  if (last && before?.isUnsigned) {
    await sign({ segment: last.segment, firstSegment: last.first, seq: before.seq, root: () => before.hash })
  }
  const opening: Opening = {
    segment,
    ordinal: String(BigInt(last?.ordinal ?? -1) + 1n),
    opened,
    predecessor: last?.segment ?? null,
    predecessorSeq: before?.seq.toString() ?? null,
    predecessorHash: before?.hash ?? '0'.repeat(64),
    format: FORMAT,
  }
  await sql`
    insert into log_segment (segment, ordinal, opened, predecessor, predecessor_seq, predecessor_hash, format)
    values (${segment}, ${opening.ordinal}, ${opened}, ${opening.predecessor}, ${opening.predecessorSeq},
      decode(${opening.predecessorHash}, 'hex'), ${FORMAT})`
  const tree = growingTree()
  tree.add(leafHash(openingText(opening)))
  const list = await (await treeOfSegments(sql)).root(Number(opening.ordinal) + 1)
  const firstSegment = last?.first ?? segment
  await sign({ segment: SEGMENTS, firstSegment, seq: BigInt(opening.ordinal), root: () => list })
  return { id: segment, tree, firstSegment }
}

/** Index: access_log_pkey, log_checkpoint_pkey. */
async function endOfSegment(sql: Sql, segment: string): Promise<{ seq: bigint; hash: Hash; isUnsigned: boolean }> {
  const tree = await treeOfSegment(sql, segment)
  if (!tree) {
    const [row] = await sql<{ seq: string; hash: Hash }[]>`
      select coalesce(l.seq, 0) as seq, encode(coalesce(l.hash, s.predecessor_hash), 'hex') as hash
      from log_segment s left join lateral (
        select seq, hash from access_log where segment = s.segment order by seq desc limit 1) as l on true
      where s.segment = ${segment}`
    if (!row) throw new Error(`The segment ${segment} is gone.`)
    return { seq: BigInt(row.seq), hash: row.hash, isUnsigned: false }
  }
  const size = await tree.size()
  const [signed] = await sql`select from log_checkpoint where segment = ${segment} and seq = ${size - 1}`
  return { seq: BigInt(size - 1), hash: await tree.root(size), isUnsigned: signed === undefined }
}

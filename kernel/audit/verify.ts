/**
 * Checks the whole access log: the hash of every row, every counter, the link of every segment, every checkpoint, and the actors. The
 * memory it takes does not grow with the log.
 */
import { finished } from 'node:stream/promises'
import type { Sql } from 'postgres'
import { changedActor } from './actors.ts'
import { changedAttestation } from './attestations.ts'
import { checkpointText, copyStatement, type Hash, hashOpening } from './chain.ts'
import { type Broken, CHANGED, type Course, misplaced, type ReadRows, type SegmentRow } from './course.ts'
import type { LogKey } from './log-key.ts'
import { createRowReader, type ReadRow } from './row-reader.ts'
import { verifyRows1 } from './verify-format-1.ts'

export interface Verification {
  rows: number
  segments: number
  checkpoints: number
  /** Checkpoints signed by another key than the given one. Their hashes were checked, but their signatures could not be. */
  foreignCheckpoints: number
  /** The first fault, in the order of reading; undefined when there is none. */
  broken: Broken | undefined
}

/** Verifies the whole log. `sql` needs the right to select only, and one connection at a time. */
export async function verifyLog(sql: Sql, key: LogKey | undefined): Promise<Verification> {
  const result: Verification = { rows: 0, segments: 0, checkpoints: 0, foreignCheckpoints: 0, broken: undefined }
  const segments = await sql<SegmentRow[]>`
    select segment, opened, predecessor, encode(predecessor_hash, 'hex') as predecessor_hash, format from log_segment order by segment`
  const links = createLinks(sql, segments)
  for (const segment of segments) {
    result.segments += 1
    result.broken = (await links.check(segment)) ?? (await checkSegment(sql, segment, key, links, result))
    if (result.broken) return result
  }
  result.broken = (await strayRow(sql)) ?? (await changedContent(sql))
  return result
}

/** Checks that a predecessor has the hash that its follower was opened with, while its rows are read: no index finds a row by its hash. */
function createLinks(sql: Sql, segments: readonly SegmentRow[]) {
  const known = new Map(segments.map((segment) => [segment.segment, segment]))
  const awaited = Map.groupBy(segments, ({ predecessor }) => predecessor ?? '')
  const passed = new Set<string>()
  return {
    /** The hashes that followers of this segment were opened with. */
    of: (segment: string): Hash[] => (awaited.get(segment) ?? []).map(({ predecessor_hash }) => predecessor_hash),
    passed: (segment: string, hash: Hash): void => void passed.add(`${segment} ${hash}`),
    async check({ segment, opened, predecessor, predecessor_hash }: SegmentRow): Promise<Broken | undefined> {
      if (predecessor === null) return undefined
      const before = known.get(predecessor)
      const broken = (reason: string): Broken => ({ segment, seq: '0', at: opened, reason })
      if (!before) return broken(`its predecessor ${predecessor} is missing`)
      // The segment was opened when its predecessor had no row yet.
      if (before.predecessor_hash === predecessor_hash || passed.has(`${predecessor} ${predecessor_hash}`)) return undefined
      // A clock that went back between two servers gave the follower the smaller number: its predecessor is read later.
      if (BigInt(predecessor) > BigInt(segment)) {
        const [found] = await sql`
          select 1 from access_log where segment = ${predecessor} and hash = decode(${predecessor_hash}, 'hex') limit 1`
        if (found) return undefined
      }
      return broken(`no row of segment ${predecessor} has the hash this segment was opened with`)
    },
  }
}

/** The number of checkpoints held at a time; with a thousand rows to each, a million rows are read in one pass. */
const PAGE = 1000
const FIRST = -(2n ** 63n)
const LAST = 2n ** 63n - 1n

async function checkSegment(
  sql: Sql,
  segment: SegmentRow,
  key: LogKey | undefined,
  links: ReturnType<typeof createLinks>,
  result: Verification,
): Promise<Broken | undefined> {
  const wanted = links.of(segment.segment)
  let checkpoints = new Map<number, CheckpointRow>()
  const broken: Course['broken'] = (seq, at, reason) => ({ segment: segment.segment, seq: String(seq), at, reason })
  const at: Course['at'] = (seq, hash, time) => {
    if (seq > 0) result.rows += 1
    if (wanted.includes(hash)) links.passed(segment.segment, hash)
    const checkpoint = checkpoints.get(seq)
    if (!checkpoint) return undefined
    checkpoints.delete(seq)
    result.checkpoints += 1
    if (checkpoint.hash !== hash) return broken(seq, time(), 'the hash differs from the signed checkpoint')
    if (checkpoint.key_id !== key?.id) result.foreignCheckpoints += 1
    else if (!key.verify(checkpointText(segment.segment, String(seq), hash), checkpoint.signature))
      return broken(seq, time(), 'the signature of the checkpoint is wrong')
    return undefined
  }
  const rows = segment.format === 1 ? verifyRows1(sql, segment) : verifyRows2(sql, segment)
  let from = FIRST
  for (;;) {
    const page = await readCheckpoints(sql, segment.segment, from)
    checkpoints = new Map(page.map((checkpoint) => [Number(checkpoint.seq), checkpoint]))
    const to = page.length === PAGE ? BigInt(page.at(-1)?.seq ?? LAST) : LAST
    const { reached, found } = await rows(from, to, { at, broken })
    if (found) return found
    const [missing] = checkpoints.keys()
    if (missing !== undefined) return broken(reached + 1, undefined, `rows up to ${missing} were signed for and are missing`)
    if (to === LAST) return undefined
    from = to + 1n
  }
}

function verifyRows2(sql: Sql, { segment, opened, predecessor, predecessor_hash }: SegmentRow): ReadRows {
  const opening = hashOpening(segment, predecessor, predecessor_hash)
  const reader = createRowReader(opening)
  let reached = 0
  return async (from, to, course) => {
    let found = from === FIRST ? course.at(0, opening, () => opened) : undefined
    if (found) return { reached, found }
    const take = (row: ReadRow): boolean => {
      found = misplaced(row.seq, reached, () => row.at, course)
      if (!found && !row.agrees) found = course.broken(row.seq, row.at, CHANGED)
      if (found) return false
      reached += 1
      found = course.at(reached, row.hash, () => row.at)
      return found === undefined
    }
    const stream = await sql.unsafe(copyStatement(BigInt(segment), from, to)).readable()
    reader.begin()
    // Events, since an iterator costs more for each row than its hash does. The stream is read to its end even after a fault: a stream that
    // is left half read keeps its connection waiting for ever.
    stream.on('data', (chunk: Buffer) => {
      if (!found) reader.read(chunk, take)
    })
    await finished(stream)
    return { reached, found }
  }
}

interface CheckpointRow {
  seq: string
  hash: Hash
  key_id: string
  signature: Buffer
}

/** Index: log_checkpoint_pkey. */
async function readCheckpoints(sql: Sql, segment: string, from: bigint): Promise<CheckpointRow[]> {
  return await sql<CheckpointRow[]>`
    select seq, encode(hash, 'hex') as hash, key_id, signature from log_checkpoint
    where segment = ${segment} and seq >= ${from.toString()} order by seq limit ${PAGE}`
}

/** A row that belongs to no segment. The query steps from segment to segment, not from row to row. Index: access_log_chain. */
async function strayRow(sql: Sql): Promise<Broken | undefined> {
  const [stray] = await sql<{ segment: string; seq: string; at: Date }[]>`
    with recursive seen as (
      (select segment, seq, at from access_log order by segment, seq limit 1)
      union all
      select next.* from seen, lateral (
        select segment, seq, at from access_log where segment > seen.segment order by segment, seq limit 1
      ) as next
    )
    select segment, seq, at from seen
    where not exists (select 1 from log_segment s where s.segment = seen.segment) order by segment limit 1`
  return stray && { ...stray, reason: 'the row belongs to no segment' }
}

async function changedContent(sql: Sql): Promise<Broken | undefined> {
  const actor = await changedActor(sql)
  const attestation = actor === undefined ? await changedAttestation(sql) : undefined
  if (actor === undefined && attestation === undefined) return undefined
  const what = actor === undefined ? `attestation ${attestation}` : `actor ${actor}`
  return { segment: 'all', seq: '0', at: undefined, reason: `${what}, which rows of the log name, was changed` }
}

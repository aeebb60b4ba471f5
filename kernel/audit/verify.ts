/**
 * Checks the whole access log: the hash of every row, every counter, the tree of every segment with every checkpoint, the list of segments,
 * the link of every segment to the one before, and the actors and attestations. The memory it takes does not grow with the rows.
 */
import type { Sql } from 'postgres'
import { changedActor } from './actors.ts'
import { changedAttestation } from './attestations.ts'
import type { Opening } from './chain.ts'
import { type CheckpointRow, type Checks, checksOf, type Verification, type VerifyOptions } from './checks.ts'
import type { Broken, Course } from './course.ts'
import { openings } from './segment-tree.ts'
import { SEGMENTS } from './signed-note.ts'
import { verifyRows1 } from './verify-format-1.ts'
import { unnamedRow, verifyRows2 } from './verify-format-2.ts'
import { verifyRows3 } from './verify-format-3.ts'
import { createLinks, missingSegment, verifyList } from './verify-list.ts'
import { strayNode } from './verify-nodes.ts'

/** Verifies the whole log. `sql` needs the right to select only, and one connection at a time. */
export async function verifyLog(sql: Sql, options: VerifyOptions): Promise<Verification> {
  const result: Verification = {
    rows: 0,
    segments: 0,
    checkpoints: 0,
    kept: 0,
    unsigned: 0,
    signedUntil: undefined,
    broken: undefined,
  }
  const segments = await openings(sql)
  const first = segments[0]?.segment ?? SEGMENTS
  const check = async (): Promise<Broken | undefined> => {
    const unread =
      missingSegment(segments, options.kept ?? []) ?? (await verifyList(sql, segments, checksOf(SEGMENTS, first, options, result)))
    if (unread) return unread
    const links = createLinks(segments)
    for (const segment of segments) {
      result.segments += 1
      const broken =
        links.missing(segment) ?? (await checkSegment(sql, segment, checksOf(segment.segment, first, options, result), links, result))
      if (broken) return broken
    }
    return links.wrong() ?? (await strayRow(sql)) ?? (await strayNode(sql)) ?? (await changedContent(sql))
  }
  result.broken = await check()
  return result
}

/** The number of checkpoints held at a time; with a thousand rows to each, a million rows are read in one pass. */
const PAGE = 1000
const FIRST = -(2n ** 63n)
const LAST = 2n ** 63n - 1n
/** Servers sign every minute. */
const SIGNED_WITHIN = 10 * 60_000

const readers = { 1: verifyRows1, 2: verifyRows2, 3: verifyRows3 }

async function checkSegment(
  sql: Sql,
  segment: Opening,
  checks: Checks,
  links: ReturnType<typeof createLinks>,
  result: Verification,
): Promise<Broken | undefined> {
  const { format } = segment
  const broken: Course['broken'] = (seq, at, reason) => ({ segment: segment.segment, seq: String(seq), at, reason })
  const read = readers[format as keyof typeof readers]
  if (!read) return broken(0, segment.opened, `its format is ${format}, which this version does not know`)
  let checkpoints = new Map<number, CheckpointRow>()
  let signed = 0
  let unsignedSince: Date | undefined
  const at: Course['at'] = (seq, head, time) => {
    if (seq > 0) result.rows += 1
    if (seq === signed + 1) unsignedSince = time()
    const checkpoint = checkpoints.get(seq)
    links.passed(segment.segment, seq, head)
    if (!checkpoint && !checks.kept.has(seq)) return undefined
    checkpoints.delete(seq)
    const fault = checks.head({ seq, head: head() }, checkpoint, format)
    if (fault) return broken(seq, time(), fault)
    if (checkpoint) signed = seq
    return undefined
  }
  const rows = read(sql, segment)
  const ended = (reached: number): Broken | undefined => {
    const [missing] = [...checkpoints.keys(), ...checks.kept.keys()]
    if (missing !== undefined) return broken(reached + 1, undefined, `rows up to ${missing} were signed for and are missing`)
    result.unsigned += reached - signed
    const isOld = unsignedSince !== undefined && checks.options.now.getTime() - unsignedSince.getTime() > SIGNED_WITHIN
    const mustBe = links.signedAtLeast(segment.segment)
    if (format !== 3 || reached === signed || !(isOld || mustBe > signed)) return undefined
    return broken(
      signed + 1,
      unsignedSince,
      'no checkpoint is signed for this row and those after it, and the row is older than ten minutes',
    )
  }
  let from = FIRST
  for (;;) {
    const page = await readCheckpoints(sql, segment.segment, from)
    checkpoints = new Map(page.map((checkpoint) => [Number(checkpoint.seq), checkpoint]))
    const to = page.length === PAGE ? BigInt(page.at(-1)?.seq ?? LAST) : LAST
    const { reached, found } = await rows(from === FIRST, from, to, { at, broken })
    if (found) return found
    if (to === LAST) return ended(reached) ?? (format === 3 ? undefined : await unnamedRow(sql, segment.segment))
    const [missing] = checkpoints.keys()
    if (missing !== undefined) return broken(reached + 1, undefined, `rows up to ${missing} were signed for and are missing`)
    from = to + 1n
  }
}

/** Index: log_checkpoint_pkey. */
async function readCheckpoints(sql: Sql, segment: string, from: bigint): Promise<CheckpointRow[]> {
  return await sql<CheckpointRow[]>`
    select seq, encode(hash, 'hex') as hash, at, key_id, signature from log_checkpoint
    where segment = ${segment} and seq >= ${from.toString()} order by seq limit ${PAGE}`
}

/** A row that belongs to no segment. The query steps from segment to segment, not from row to row. Index: access_log_pkey. */
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

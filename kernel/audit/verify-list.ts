/** Checks the list of segments: their order, the links between them, and the signed heads of the tree of their openings. */
import type { Sql } from 'postgres'
import { type Hash, type Opening, openingText } from './chain.ts'
import type { CheckpointRow, Checks } from './checks.ts'
import type { Broken } from './course.ts'
import { type KeptHead, SEGMENTS } from './signed-note.ts'
import { growingTree, leafHash } from './tree.ts'

/** The place of a fault in the list, or of a segment as a whole. */
const broken = (segment: string, seq: number | string, at: Date | undefined, reason: string): Broken => ({
  segment,
  seq: String(seq),
  at,
  reason,
})

export function missingSegment(segments: readonly Opening[], kept: readonly KeptHead[]): Broken | undefined {
  const known = new Set([SEGMENTS, ...segments.map(({ segment }) => segment)])
  const gone = kept.find(({ segment }) => !known.has(segment))
  return gone && broken(gone.segment, gone.seq, undefined, 'the segment has a checkpoint that was kept, and is missing')
}

/** Signed heads of the list and of segments that are gone. The list has as many checkpoints as segments. */
export async function verifyList(sql: Sql, segments: readonly Opening[], checks: Checks): Promise<Broken | undefined> {
  const rows = await sql<CheckpointRow[]>`
    select seq, encode(hash, 'hex') as hash, at, key_id, signature from log_checkpoint where segment = ${SEGMENTS}`
  const checkpoints = new Map(rows.map((row) => [Number(row.seq), row]))
  const tree = growingTree()
  for (const [place, opening] of segments.entries()) {
    if (opening.ordinal !== String(place)) return broken(opening.segment, 0, opening.opened, 'a segment is missing before it in the list')
    tree.add(leafHash(openingText(opening)))
    if (!checkpoints.has(place) && !checks.kept.has(place)) continue
    const fault = checks.head({ seq: place, head: tree.root() }, checkpoints.get(place), 3)
    if (fault) return broken(opening.segment, 0, opening.opened, `the list of segments: ${fault}`)
    checkpoints.delete(place)
  }
  const [missing] = [...checkpoints.keys(), ...checks.kept.keys()]
  if (missing !== undefined)
    return broken(SEGMENTS, segments.length, undefined, `the list of segments was signed for up to place ${missing}, and ends before it`)
  // Index: log_checkpoint_pkey, log_segment_pkey.
  const [gone] = await sql<{ segment: string; seq: string; at: Date }[]>`
    select segment, seq, at from log_checkpoint c
    where segment <> ${SEGMENTS} and not exists (select from log_segment s where s.segment = c.segment) order by segment, seq limit 1`
  return gone && broken(gone.segment, gone.seq, gone.at, 'the segment was signed for and is missing')
}

/** Checks that a predecessor had the head that its follower was opened with, while its rows are read. */
export function createLinks(segments: readonly Opening[]) {
  const known = new Map(segments.map((segment) => [segment.segment, segment]))
  const awaited = Map.groupBy(segments, ({ predecessor }) => predecessor ?? '')
  const passed = new Set<Opening>()
  return {
    missing({ segment, opened, predecessor }: Opening): Broken | undefined {
      const isThere = predecessor === null || known.has(predecessor)
      return isThere ? undefined : broken(segment, 0, opened, `its predecessor ${predecessor} is missing`)
    },
    /** The row of a segment that its followers have signed for, when they were opened. */
    signedAtLeast: (segment: string): number =>
      (awaited.get(segment) ?? []).reduce(
        (most, { format, predecessorSeq }) => (format === 3 ? Math.max(most, Number(predecessorSeq)) : most),
        0,
      ),
    passed(segment: string, seq: number, head: () => Hash): void {
      for (const follower of awaited.get(segment) ?? []) {
        // Followers of formats 1 and 2 do not say which row they were linked to.
        const isHere = follower.predecessorSeq === null || Number(follower.predecessorSeq) === seq
        if (isHere && !passed.has(follower) && follower.predecessorHash === head()) passed.add(follower)
      }
    },
    /** A link that no row of the predecessor agreed with, when all have been read. */
    wrong(): Broken | undefined {
      for (const follower of segments) {
        const { segment, opened, predecessor, predecessorHash } = follower
        if (predecessor === null || passed.has(follower)) continue
        // The segment was opened when its predecessor had no row yet.
        if (known.get(predecessor)?.predecessorHash === predecessorHash) continue
        return broken(segment, 0, opened, `no row of segment ${predecessor} has the hash this segment was opened with`)
      }
      return undefined
    },
  }
}

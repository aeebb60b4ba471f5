/** Checks the whole access log: every row's hash, every counter, every segment's link and every checkpoint. Constant memory. */
import type { Sql } from 'postgres'
import { checkpointText, hashOpening, hashRow, type LogRow } from './chain.ts'
import type { LogKey } from './log-key.ts'

export interface Verification {
  rows: number
  segments: number
  checkpoints: number
  /** Checkpoints signed by another key than the one given; their hashes were checked, their signatures could not be. */
  foreignCheckpoints: number
  /** The first thing that is wrong, in reading order; undefined when nothing is. */
  broken: { segment: string; seq: string; at: Date | undefined; reason: string } | undefined
}

interface SegmentRow {
  segment: string
  opened: Date
  predecessor: string | null
  predecessor_hash: Buffer
}

/** `sql` needs select only. Reads rows in chain order through a cursor. Index: access_log_chain. */
export async function verifyLog(sql: Sql, key: LogKey | undefined): Promise<Verification> {
  const result: Verification = { rows: 0, segments: 0, checkpoints: 0, foreignCheckpoints: 0, broken: undefined }
  const segments = await sql<SegmentRow[]>`select segment, opened, predecessor, predecessor_hash from log_segment order by segment`
  for (const segment of segments) {
    result.segments += 1
    result.broken = (await checkLink(sql, segment)) ?? (await checkSegment(sql, segment, key, result))
    if (result.broken) return result
  }
  const [stray] = await sql<{ segment: string; seq: string; at: Date }[]>`
    select segment, seq, at from access_log l
    where not exists (select 1 from log_segment s where s.segment = l.segment) order by segment, seq limit 1`
  if (stray) result.broken = { ...stray, reason: 'the row belongs to no segment' }
  return result
}

async function checkLink(sql: Sql, segment: SegmentRow): Promise<Verification['broken']> {
  if (segment.predecessor === null) return undefined
  const [found] = await sql<{ known: boolean; linked: boolean }[]>`
    select true as known,
      s.predecessor_hash = ${segment.predecessor_hash}
      or exists (select 1 from access_log l where l.segment = s.segment and l.hash = ${segment.predecessor_hash}) as linked
    from log_segment s where s.segment = ${segment.predecessor}`
  if (found?.linked) return undefined
  const reason = found
    ? `no row of segment ${segment.predecessor} has the hash this segment was opened with`
    : `its predecessor ${segment.predecessor} is missing`
  return { segment: segment.segment, seq: '0', at: segment.opened, reason }
}

async function checkSegment(sql: Sql, segment: SegmentRow, key: LogKey | undefined, result: Verification): Promise<Verification['broken']> {
  const checkpoints = await readCheckpoints(sql, segment.segment)
  let hash = hashOpening(segment.segment, segment.predecessor, segment.predecessor_hash)
  let seq = 0n
  const check = (at: Date | undefined): Verification['broken'] => {
    const checkpoint = checkpoints.get(seq.toString())
    if (!checkpoint) return undefined
    checkpoints.delete(seq.toString())
    result.checkpoints += 1
    if (!checkpoint.hash.equals(hash))
      return { segment: segment.segment, seq: seq.toString(), at, reason: 'the hash differs from the signed checkpoint' }
    if (checkpoint.key_id !== key?.id) result.foreignCheckpoints += 1
    else if (!key.verify(checkpointText(segment.segment, seq.toString(), hash), checkpoint.signature)) {
      return { segment: segment.segment, seq: seq.toString(), at, reason: 'the signature of the checkpoint is wrong' }
    }
    return undefined
  }
  const opening = check(segment.opened)
  if (opening) return opening
  for await (const rows of readRows(sql, segment.segment)) {
    for (const row of rows) {
      result.rows += 1
      const place = { segment: row.segment, seq: row.seq, at: row.at }
      if (BigInt(row.seq) <= seq) return { ...place, reason: 'another row has the same number' }
      if (BigInt(row.seq) !== seq + 1n) return { ...place, reason: `row ${seq + 1n} is missing before it` }
      seq += 1n
      hash = hashRow(hash, row)
      if (!hash.equals(row.hash)) return { ...place, reason: 'the row does not match its hash: it, or the one before it, was changed' }
      const broken = check(row.at)
      if (broken) return broken
    }
  }
  const [missing] = [...checkpoints.keys()]
  if (missing)
    return {
      segment: segment.segment,
      seq: (seq + 1n).toString(),
      at: undefined,
      reason: `rows up to ${missing} were signed for and are missing`,
    }
  return undefined
}

async function readCheckpoints(sql: Sql, segment: string): Promise<Map<string, { hash: Buffer; key_id: string; signature: Buffer }>> {
  const rows = await sql<{ seq: string; hash: Buffer; key_id: string; signature: Buffer }[]>`
    select seq, hash, key_id, signature from log_checkpoint where segment = ${segment} order by seq`
  return new Map(rows.map((row) => [row.seq, row]))
}

function readRows(sql: Sql, segment: string): AsyncIterable<(LogRow & { hash: Buffer })[]> {
  return sql<(LogRow & { hash: Buffer })[]>`
    select patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld,
      disclosed, disclosed_versions as "disclosedVersions", event_id as "eventId", hash
    from access_log where segment = ${segment} order by seq`.cursor(2000)
}

/**
 * The access log of this process: one segment of the chain. `append` resolves when the row is durable, and no answer is sent before that
 * (architecture decision 7). Rows that arrive while a commit is running share the next one.
 */
import type { Sql } from 'postgres'
import type { Ids } from '../store/ids.ts'
import { cleanId, cleanText, cleanTime } from '../values/clean-text.ts'
import { coalesce } from '../values/coalesce.ts'
import { FORMAT, type Hash, hashOpening, hashRow, type LogRow, type Segment } from './chain.ts'
import { type Checkpoint, createCheckpoints } from './checkpoints.ts'
import type { LogKey } from './log-key.ts'

export type LogEntry = Omit<LogRow, 'segment' | 'seq'>

export interface AccessLog {
  append(entry: LogEntry): Promise<void>
  /** Writes the rows that wait, and then a signed checkpoint. */
  close(): Promise<void>
}

export interface AccessLogOptions {
  ids: Ids
  clock: () => Date
  key: LogKey
  /** Receives each checkpoint that is stored, to keep it where the owner of the database cannot change it. */
  witness?: ((checkpoint: Checkpoint) => void) | undefined
}

/** The greatest number of rows in one commit, so that one statement stays small. */
const BATCH = 500

export async function openAccessLog(sql: Sql, options: AccessLogOptions): Promise<AccessLog> {
  const open = () => openSegment(sql, options.ids.recordId(), options.clock())
  let segment: Segment | undefined = await open()
  const checkpoints = createCheckpoints(sql, options)

  async function writeBatch(entries: readonly LogEntry[]): Promise<undefined[]> {
    segment ??= await open()
    const rows = chain(segment, entries)
    try {
      await insertRows(sql, rows)
    } catch (error) {
      if (!(await alreadyWritten(sql, rows.at(-1)))) {
        // The commit may still succeed after we have given it up: this segment is left as it is, and the next batch opens another.
        segment = undefined
        throw error
      }
    }
    const last = rows.at(-1)
    if (last) segment = { id: segment.id, seq: BigInt(last.row.seq), hash: last.hash }
    checkpoints.written(segment, entries.length)
    return entries.map(() => undefined)
  }

  const writing = coalesce(writeBatch, { most: BATCH })
  return {
    append: (entry) => writing.add(clean(entry)),
    async close() {
      await writing.settled()
      await checkpoints.close(segment)
    },
  }
}

/** The entry without characters that PostgreSQL refuses: one refused row would fail the rows that are written with it. */
function clean(entry: LogEntry): LogEntry {
  if (entry.reason === null && entry.decisionRef === null && entry.toa === null) return entry
  return { ...entry, reason: cleanText(entry.reason), decisionRef: cleanId(entry.decisionRef), toa: cleanTime(entry.toa) }
}

function chain(segment: Segment, entries: readonly LogEntry[]): { row: LogRow; hash: Hash }[] {
  let { seq, hash } = segment
  return entries.map((entry) => {
    seq += 1n
    const row: LogRow = { ...entry, segment: segment.id, seq: seq.toString() }
    hash = hashRow(hash, row)
    return { row, hash }
  })
}

async function openSegment(sql: Sql, segment: string, now: Date): Promise<Segment> {
  const [last] = await sql<{ segment: string; hash: Hash }[]>`
    select s.segment, encode(coalesce(
      (select l.hash from access_log l where l.segment = s.segment order by l.seq desc limit 1),
      s.predecessor_hash), 'hex') as hash
    from log_segment s order by s.segment desc limit 1`
  const predecessor = last?.segment ?? null
  const predecessorHash = last?.hash ?? '0'.repeat(64)
  await sql`
    insert into log_segment (segment, opened, predecessor, predecessor_hash, format)
    values (${segment}, ${now}, ${predecessor}, decode(${predecessorHash}, 'hex'), ${FORMAT})`
  return { id: segment, seq: 0n, hash: hashOpening(segment, predecessor, predecessorHash) }
}

async function insertRows(sql: Sql, rows: readonly { row: LogRow; hash: Hash }[]): Promise<void> {
  const column = <K extends keyof LogRow>(name: K) => rows.map(({ row }) => row[name])
  const times = (name: 'at' | 'toa') => rows.map(({ row }) => row[name]?.toISOString() ?? null)
  await sql`
    insert into access_log (patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld,
      disclosed, disclosed_versions, event_id, attestation, toa, decision_ref, basis, reason, hash)
    select patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld::boolean,
      disclosed::bigint[], disclosed_versions::integer[], event_id, attestation, toa, decision_ref, basis, reason, decode(hash, 'hex')
    from unnest(
      ${column('patient')}::bigint[], ${column('segment')}::bigint[], ${column('seq')}::bigint[], ${times('at')}::timestamptz[],
      ${column('event')}::text[], ${column('outcome')}::text[], ${column('actor')}::bigint[], ${column('service')}::text[],
      ${column('type')}::text[], ${column('purpose')}::text[], ${column('problem')}::text[],
      ${rows.map(({ row }) => String(row.withheld))}::text[],
      ${rows.map(({ row }) => arrayText(row.disclosed))}::text[], ${rows.map(({ row }) => arrayText(row.disclosedVersions))}::text[],
      ${column('eventId')}::uuid[], ${column('attestation')}::bigint[], ${times('toa')}::timestamptz[],
      ${column('decisionRef')}::text[], ${column('basis')}::text[], ${column('reason')}::text[], ${rows.map(({ hash }) => hash)}::text[]
    ) as s (patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld, disclosed, disclosed_versions,
      event_id, attestation, toa, decision_ref, basis, reason, hash)`
}

/** Whether the last row is stored. When the connection is lost between the commit and its answer, the commit only looks like a failure. */
async function alreadyWritten(sql: Sql, last: { row: LogRow; hash: Hash } | undefined): Promise<boolean> {
  if (!last) return false
  try {
    const [row] = await sql<{ hash: Hash }[]>`
      select encode(hash, 'hex') as hash from access_log where segment = ${last.row.segment} and seq = ${last.row.seq}`
    return row?.hash === last.hash
  } catch {
    return false
  }
}

function arrayText(values: readonly (string | number)[] | null): string | null {
  return values === null ? null : `{${values.join(',')}}`
}

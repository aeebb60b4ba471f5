/**
 * The access log of this process: one segment, whose rows are the leaves of a Merkle tree. `append` resolves when the row is durable, and
 * no answer is sent before that (architecture decision 7). Rows that arrive while a commit is running share the next one.
 */
import { randomInt } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Ids } from '../store/ids.ts'
import { cleanId, cleanText, cleanTime } from '../values/clean-text.ts'
import { coalesce } from '../values/coalesce.ts'
import { type Hash, hashRow, type LogRow } from './chain.ts'
import { createCheckpoints, type End, type Signing, signEnd } from './checkpoints.ts'
import { episodeOf } from './episode.ts'
import { type Following, insertRows, type NewNode, type Settled } from './insert-rows.ts'
import { createNames, type Named } from './names.ts'
import { openSegment, type Segment } from './open-segment.ts'
import { STORED_LEVEL } from './segment-tree.ts'
import type { GrowingTree } from './tree.ts'

/** A row as it is handed in. Patient `0` is nobody; the log makes the other columns. */
export type LogEntry = Omit<LogRow, 'segment' | 'seq' | Made> & Partial<Pick<LogRow, Later>>
type Made = 'namesDigest' | 'episode' | 'organization' | Later
/** Columns that most rows leave empty. */
type Later = 'citizen' | 'openedBy' | 'opened' | 'unseen' | 'automatic' | 'controllers'

/** What the log made of an entry, for those who store something about the same access. */
type Appended = Pick<LogRow, 'episode'>

export interface AccessLog {
  /** `stored`: what the row is about, whose intents go with it. `following`: what must still be stored for the row. */
  append(entry: LogEntry, stored?: readonly Settled[], following?: Following): Promise<Appended>
  /** Writes the rows that wait, and then a signed checkpoint. */
  close(): Promise<void>
}

/** `witness` receives each checkpoint that is stored, to keep it where the owner of the database cannot change it. */
export interface AccessLogOptions extends Signing {
  ids: Ids
  /**
   * When the segment is opened. `now`, the default, is for servers, which sign at their start for what a killed one left. `with-first-row`
   * is for commands: one that writes no row leaves no segment (docs/decisions/0050-rows-of-commands.md).
   */
  opens?: 'now' | 'with-first-row'
}

interface Item {
  entry: LogEntry
  stored: readonly Settled[]
  following: Following | undefined
}

/** The greatest number of rows in one commit, so that one statement stays small. */
const BATCH = 500

export async function openAccessLog(sql: Sql, options: AccessLogOptions): Promise<AccessLog> {
  const names = createNames(sql)
  const open = async () => {
    await publishKey(sql, options)
    return await openSegment(sql, options, async (end) => await signEnd(sql, options, end))
  }
  let segment: Segment | undefined = options.opens === 'with-first-row' ? undefined : await open()
  const checkpoints = createCheckpoints(sql, options)

  async function writeBatch(items: readonly Item[]): Promise<Appended[]> {
    const entries = items.map(({ entry }) => entry)
    const named = await Promise.all(entries.map(({ actor, attestation }) => names(actor, attestation)))
    segment ??= await open()
    const tree = segment.tree.copy()
    const nodes: NewNode[] = []
    const rows = entries.map((entry, place) => grown(segment?.id ?? '', tree, rowOf(entry, named[place]), nodes))
    try {
      await insertRows(
        sql,
        rows,
        nodes,
        items.flatMap(({ stored }) => stored),
        items.flatMap(({ following }) => following ?? []),
      )
    } catch (error) {
      if (!(await alreadyWritten(sql, rows.at(-1)))) {
        // The commit may still succeed after we have given it up: this segment is left as it is, and the next batch opens another.
        segment = undefined
        throw error
      }
    }
    segment = { ...segment, tree }
    checkpoints.written(endOf(segment), entries.length)
    return rows.map(({ row: { episode } }) => ({ episode }))
  }

  const writing = coalesce(writeBatch, { most: BATCH })
  return {
    append: (entry, stored = [], following = undefined) => writing.add({ entry, stored, following }),
    async close() {
      await writing.settled()
      await checkpoints.close(segment && endOf(segment))
    },
  }
}

/** Stands with the keys that have signed, so that checkpoints of earlier keys can be published with theirs. */
async function publishKey(sql: Sql, { key, clock }: AccessLogOptions): Promise<void> {
  await sql`
    insert into log_key (id, public_key, first_used) values (${key.id}, ${key.raw}, ${clock()}) on conflict (id) do nothing`
}

function endOf({ id, firstSegment, tree }: Segment): End {
  const standing = tree.copy()
  return { segment: id, firstSegment, seq: BigInt(standing.size - 1), root: () => standing.root() }
}

/** Adds the row to the tree, and the nodes that are complete with it to `nodes`. */
function grown(segment: string, tree: GrowingTree, made: Omit<LogRow, 'segment' | 'seq'>, nodes: NewNode[]): { row: LogRow; hash: Hash } {
  const row: LogRow = { ...made, segment, seq: String(tree.size) }
  const hash = hashRow(row)
  tree.add(hash, (level, index, node) => {
    if (level >= STORED_LEVEL) nodes.push({ segment, level, index, hash: node })
  })
  return { row, hash }
}

/** Requests about nobody are spread over this many numbers below zero, so that no shard holds them all. */
const NOBODIES = 65_536

/**
 * The row without characters that PostgreSQL refuses: one refused row would fail the rows that are written with it. What is empty is null,
 * so that there is one way to say it.
 */
function rowOf(entry: LogEntry, { digest, organization, who }: Named = { digest: undefined, organization: null, who: undefined }) {
  const some = <T>(values: T[] | null | undefined) => (values && values.length > 0 ? values : null)
  const row = {
    ...entry,
    patient: entry.patient === '0' ? String(-randomInt(1, NOBODIES)) : entry.patient,
    citizen: entry.citizen ?? null,
    automatic: entry.automatic ?? false,
    openedBy: entry.openedBy ?? null,
    opened: some(entry.opened),
    unseen: some(entry.unseen),
    controllers: some(entry.controllers && [...new Set(entry.controllers)].sort()),
    disclosed: some(entry.disclosed),
    disclosedVersions: some(entry.disclosedVersions),
    reason: cleanText(entry.reason),
    decisionRef: cleanId(entry.decisionRef),
    toa: cleanTime(entry.toa),
    namesDigest: digest ?? null,
    organization,
  }
  return { ...row, episode: episodeOf(row, who) }
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

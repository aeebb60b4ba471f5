/**
 * Compares the log with checkpoints that were kept outside the database, as the technical log keeps them (line CHECKPOINT). This finds what
 * nothing in the database can show, such as the removal of the newest segment together with its checkpoints.
 */
import type { Sql } from 'postgres'
import type { Hash } from './chain.ts'
import type { Broken } from './course.ts'
import { type Tree, treeOfSegment, treeOfSegments } from './segment-tree.ts'
import { SEGMENTS } from './signed-note.ts'

interface Witnessed {
  segment: string
  seq: string
  hash: Hash
}

export interface Testimony {
  /** The number of lines that were checkpoints. */
  checkpoints: number
  broken: Broken | undefined
}

const PAGE = 500

/** Checks the checkpoints among the lines. Other lines are skipped: a technical log has many. */
export async function checkWitness(sql: Sql, lines: AsyncIterable<string>): Promise<Testimony> {
  let checkpoints = 0
  let page: Witnessed[] = []
  const check = async (): Promise<Broken | undefined> => {
    checkpoints += page.length
    const broken = await contradicted(sql, page)
    page = []
    return broken
  }
  for await (const line of lines) {
    const witnessed = readWitness(line)
    if (witnessed) page.push(witnessed)
    const broken = page.length === PAGE ? await check() : undefined
    if (broken) return { checkpoints, broken }
  }
  return { broken: await check(), checkpoints }
}

/** The line of a checkpoint in the technical log of a terminal (kernel/log/readable.ts). */
const SENTENCE = /^\s*CHECKPOINT of the access log: segment ([0-9]{1,19}), row ([0-9]{1,18}), hash ([0-9a-f]{64}), key /

/** A line of the technical log, in either form; undefined when it is no checkpoint. */
function readWitness(line: string): Witnessed | undefined {
  const [, segment, seq, hash] = SENTENCE.exec(line) ?? []
  if (segment !== undefined && seq !== undefined && hash !== undefined) return { segment, seq, hash }
  if (!line.includes('"CHECKPOINT"')) return undefined
  try {
    const { code, segment, seq, hash } = JSON.parse(line) as Record<string, unknown>
    const isOne =
      code === 'CHECKPOINT' && /^[0-9]{1,19}$/.test(String(segment)) && /^[0-9]{1,18}$/.test(String(seq)) && typeof hash === 'string'
    return isOne ? { segment: String(segment), seq: String(seq), hash } : undefined
  } catch (error) {
    // The last line of a log may be cut off.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Index: access_log_pkey, log_segment_pkey. A checkpoint of no row witnesses that the segment was opened. */
async function contradicted(sql: Sql, page: readonly Witnessed[]): Promise<Broken | undefined> {
  if (page.length === 0) return undefined
  const rows = await sql<{ segment: string; seq: string; at: Date | null; hash: Hash | null; format: number | null }[]>`
    select w.segment, w.seq, l.at, encode(l.hash, 'hex') as hash, s.format
    from unnest(${page.map(({ segment }) => segment)}::bigint[], ${page.map(({ seq }) => seq)}::bigint[])
      with ordinality as w (segment, seq, place)
    left join log_segment s on s.segment = w.segment
    left join access_log l on l.segment = w.segment and l.seq = w.seq
    order by w.place`
  const trees = new Map<string, Promise<Tree | undefined>>()
  const treeOf = async (segment: string) => {
    const tree = trees.get(segment) ?? (segment === SEGMENTS ? treeOfSegments(sql) : treeOfSegment(sql, segment))
    trees.set(segment, tree)
    return await tree
  }
  for (const [place, { segment, seq, at, hash, format }] of rows.entries()) {
    const broken = (reason: string): Broken => ({ segment, seq, at: at ?? undefined, reason })
    if (format === null && segment !== SEGMENTS) return broken('the segment was witnessed and is missing')
    if (format !== null && format < 3) {
      if (seq === '0') continue
      if (hash === null) return broken('the row was witnessed and is missing')
      if (hash !== page[place]?.hash) return broken('the hash differs from the one that was witnessed')
      continue
    }
    const tree = await treeOf(segment)
    const isShort = ((await tree?.size()) ?? 0) <= Number(seq)
    if (isShort) return broken(segment === SEGMENTS ? 'a segment was witnessed and is missing' : 'the row was witnessed and is missing')
    if ((await tree?.root(Number(seq) + 1)) !== page[place]?.hash) return broken('the hash differs from the one that was witnessed')
  }
  return undefined
}

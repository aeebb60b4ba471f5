/**
 * Checks the stored nodes of the trees: they are what the rows give, all are there, and there are no more. Proofs are made from them, so a
 * wrong node makes proofs that do not agree with the signed root.
 */
import type { Sql } from 'postgres'
import type { Broken } from './course.ts'
import { type ByteText, byteText } from './tree.ts'

/** A node that is complete with a row. */
export interface CompleteNode {
  level: number
  index: number
  hash: ByteText
}

/** The number of nodes that are compared in one statement. */
const PAGE = 5000

/** The first node, in the order of the rows, that is not stored as the rows give it. Index: log_node_pkey. */
export async function wrongNode(sql: Sql, segment: string, nodes: readonly CompleteNode[]): Promise<Omit<Broken, 'segment'> | undefined> {
  for (let from = 0; from < nodes.length; from += PAGE) {
    const page = nodes.slice(from, from + PAGE)
    const stored = await sql<{ level: number; index: string; hash: string }[]>`
      select n.level, n.index, encode(n.hash, 'hex') as hash
      from unnest(${page.map(({ level }) => level)}::smallint[], ${page.map(({ index }) => index)}::bigint[]) as w (level, index)
      join log_node n on n.segment = ${segment} and n.level = w.level and n.index = w.index`
    const found = new Map(stored.map(({ level, index, hash }) => [`${level} ${index}`, byteText(hash)]))
    for (const { level, index, hash } of page) {
      const kept = found.get(`${level} ${index}`)
      if (kept === hash) continue
      const what = kept === undefined ? 'is missing' : 'was changed'
      return {
        seq: String((index + 1) * 2 ** level - 1),
        at: undefined,
        reason: `the stored node of level ${level} that ends here ${what}`,
      }
    }
  }
  return undefined
}

/** A node behind the last row, or of a segment that is not there. Index: log_node_pkey, access_log_pkey. */
export async function strayNode(sql: Sql): Promise<Broken | undefined> {
  const [stray] = await sql<{ segment: string; seq: string; level: number }[]>`
    select n.segment, (n.index + 1) * (1::bigint << n.level) - 1 as seq, n.level from log_node n
    where not exists (
      select from access_log l where l.segment = n.segment and l.seq = (n.index + 1) * (1::bigint << n.level) - 1)
    order by n.segment, n.level, n.index limit 1`
  return (
    stray && {
      segment: stray.segment,
      seq: stray.seq,
      at: undefined,
      reason: `a node of level ${stray.level} is stored, and its rows are not there`,
    }
  )
}

/** The trees of the log as they are stored: rows are the leaves, and nodes from level 8 on stand in log_node. */
import type { Sql } from 'postgres'
import { type Hash, type Opening, openingText } from './chain.ts'
import { growingTree, leafHash, type NodeSource, nodeHash, rootOf } from './tree.ts'

/** A node of this level or a higher one is stored: one row of log_node for each 128 rows of the log. */
export const STORED_LEVEL = 8
const BLOCK = 2 ** STORED_LEVEL

export async function openings(sql: Sql, only: { segment?: string } = {}): Promise<Opening[]> {
  return await sql<Opening[]>`
    select segment, ordinal, opened, predecessor, predecessor_seq as "predecessorSeq", encode(predecessor_hash, 'hex') as "predecessorHash",
      format
    from log_segment ${only.segment === undefined ? sql`` : sql`where segment = ${only.segment}`} order by ordinal`
}

export interface Tree {
  /** How many leaves there are now. */
  size(): Promise<number>
  node: NodeSource
  root(size: number): Promise<Hash>
}

/** The tree of segments. Its leaves are few: one for each start of a server and each command that changes something. */
export async function treeOfSegments(sql: Sql): Promise<Tree> {
  const leaves = (await openings(sql)).map((opening) => leafHash(openingText(opening)))
  const node: NodeSource = async (level, index) => completeNode(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
  return { size: async () => leaves.length, node, root: async (size) => await rootOf(node, size) }
}

/** The tree of a segment of format 3; undefined when there is none. Index: access_log_pkey, log_node_pkey. */
export async function treeOfSegment(sql: Sql, segment: string): Promise<Tree | undefined> {
  const [opening] = await openings(sql, { segment })
  if (opening?.format !== 3) return undefined
  const blocks = new Map<number, Promise<Hash[]>>()
  const block = async (number: number): Promise<Hash[]> => {
    const found = blocks.get(number) ?? readBlock(sql, opening, number)
    blocks.set(number, found)
    return await found
  }
  const node: NodeSource = async (level, index) => {
    if (level < STORED_LEVEL) {
      const start = index * 2 ** level
      const leaves = await block(Math.floor(start / BLOCK))
      return completeNode(leaves.slice(start % BLOCK, (start % BLOCK) + 2 ** level))
    }
    const [stored] = await sql<{ hash: Hash }[]>`
      select encode(hash, 'hex') as hash from log_node where segment = ${segment} and level = ${level} and index = ${index}`
    return stored?.hash ?? nodeHash(await node(level - 1, 2 * index), await node(level - 1, 2 * index + 1))
  }
  const size = async () => {
    const [last] = await sql<{ seq: string }[]>`select seq from access_log where segment = ${segment} order by seq desc limit 1`
    return Number(last?.seq ?? 0) + 1
  }
  return { size, node, root: async (leaves) => await rootOf(node, leaves) }
}

/** The leaves of one block that are there; the opening is the first leaf of the first block. */
async function readBlock(sql: Sql, opening: Opening, number: number): Promise<Hash[]> {
  const rows = await sql<{ hash: Hash }[]>`
    select encode(hash, 'hex') as hash from access_log
    where segment = ${opening.segment} and seq >= ${Math.max(1, number * BLOCK)} and seq < ${(number + 1) * BLOCK} order by seq`
  const leaves = rows.map(({ hash }) => hash)
  return number === 0 ? [leafHash(openingText(opening)), ...leaves] : leaves
}

function completeNode(leaves: readonly Hash[]): Hash {
  const tree = growingTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/**
 * The Merkle tree of RFC 9162, section 2.1, over SHA-256: one for each segment of the access log, whose leaves are the rows, and one whose
 * leaves are the openings of the segments. Hashes are hexadecimal.
 */
import { hash as digest } from 'node:crypto'
import type { Hash } from './chain.ts'

/** The hash of the empty tree: of nothing at all (section 2.1.1). */
export const EMPTY_TREE: Hash = digest('sha256', '', 'hex')

export function leafHash(data: Buffer | string): Hash {
  return digest('sha256', Buffer.concat([LEAF, Buffer.from(data)]), 'hex')
}

const LEAF = Buffer.from([0])
const pair = Buffer.alloc(65)
pair[0] = 1

export function nodeHash(left: Hash, right: Hash): Hash {
  pair.write(left, 1, 'hex')
  pair.write(right, 33, 'hex')
  return digest('sha256', pair, 'hex')
}

/**
 * A hash as a text with a character for each of its 32 bytes. The verifier reads and hashes in this form, since a node of two such texts
 * takes half of the time of one of two hexadecimal hashes.
 */
export type ByteText = string

function nodeText(left: ByteText, right: ByteText): ByteText {
  pair.write(left, 1, 'latin1')
  pair.write(right, 33, 'latin1')
  return digest('sha256', pair, 'latin1')
}

export function hexOf(bytes: ByteText): Hash {
  return Buffer.from(bytes, 'latin1').toString('hex')
}

export function byteText(hash: Hash): ByteText {
  return Buffer.from(hash, 'hex').toString('latin1')
}

/** A tree that grows at its end. It holds one hash for each bit of its size. */
export interface GrowingTree {
  readonly size: number
  /** `node` receives each node that is complete with this leaf, from the level above the leaves upwards. */
  add(leaf: Hash, node?: (level: number, index: number, hash: Hash) => void): void
  root(): Hash
  /** The same tree, which grows by itself. */
  copy(): GrowingTree
}

/** `peaks` are the complete subtrees of a tree of this size, the largest first. */
export function growingTree(size = 0, peaks: readonly Hash[] = []): GrowingTree {
  return treeOf(nodeHash, EMPTY_TREE, size, peaks)
}

/** The same, where all hashes are `ByteText`. */
export function growingTreeOfTexts(): GrowingTree {
  return treeOf(nodeText, byteText(EMPTY_TREE))
}

function treeOf(join: (left: string, right: string) => string, empty: string, size = 0, peaks: readonly string[] = []): GrowingTree {
  const standing = [...peaks]
  let count = size
  return {
    get size() {
      return count
    },
    add(leaf, node) {
      let top = leaf
      let level = 0
      for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) {
        top = join(standing.pop() ?? empty, top)
        level += 1
        node?.(level, (rest - 1) / 2, top)
      }
      standing.push(top)
      count += 1
    },
    root() {
      const [last, ...before] = standing.toReversed()
      return before.reduce((right, left) => join(left, right), last ?? empty)
    },
    copy: () => treeOf(join, empty, count, standing),
  }
}

/** Finds the hash of a complete subtree: of 2^level leaves, the index-th of them. */
export type NodeSource = (level: number, index: number) => Promise<Hash>

/** A range of leaves that is one complete subtree. */
interface Subtree {
  level: number
  index: number
}

/** The complete subtrees that a range of leaves consists of. The range begins where a subtree of its size may begin. */
function subtreesOf(start: number, end: number): Subtree[] {
  const found: Subtree[] = []
  let at = start
  while (at < end) {
    const level = Math.floor(Math.log2(end - at))
    found.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return found
}

/** MTH of the leaves from `start` to before `end`, as section 2.1.1 splits them. */
async function rangeHash(node: NodeSource, start: number, end: number): Promise<Hash> {
  const [last, ...before] = (await Promise.all(subtreesOf(start, end).map(({ level, index }) => node(level, index)))).reverse()
  return before.reduce((right, left) => nodeHash(left, right), last ?? EMPTY_TREE)
}

export async function rootOf(node: NodeSource, size: number): Promise<Hash> {
  return await rangeHash(node, 0, size)
}

/** PATH(index, D[size]) of section 2.1.3.1: what proves that a leaf is in the tree. */
export async function inclusionPath(node: NodeSource, index: number, size: number): Promise<Hash[]> {
  const ranges: [number, number][] = []
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + splitOf(end - start)
    ranges.push(index < middle ? [middle, end] : [start, middle])
    if (index < middle) end = middle
    else start = middle
  }
  return await Promise.all(ranges.reverse().map(async ([start, end]) => await rangeHash(node, start, end)))
}

/** PROOF(earlier, D[size]) of section 2.1.4.1: what proves that the tree has only grown. */
export async function consistencyProof(node: NodeSource, earlier: number, size: number): Promise<Hash[]> {
  const ranges: [number, number][] = []
  let [start, end] = [0, size]
  let isWhole = true
  while (earlier !== end) {
    const middle = start + splitOf(end - start)
    if (earlier <= middle) {
      ranges.push([middle, end])
      end = middle
    } else {
      ranges.push([start, middle])
      start = middle
      isWhole = false
    }
  }
  if (!isWhole) ranges.push([start, end])
  return await Promise.all(ranges.reverse().map(async ([from, to]) => await rangeHash(node, from, to)))
}

/** The largest power of two below a number. */
function splitOf(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1)
}

/** The root that a leaf and its path give (section 2.1.3.2); undefined when the path is too long or too short. */
export function rootOfInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined {
  if (!(index >= 0 && index < size)) return undefined
  let [at, last] = [index, size - 1]
  let root = leaf
  for (const sibling of path) {
    if (last === 0) return undefined
    if (at % 2 === 1 || at === last) {
      root = nodeHash(sibling, root)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else root = nodeHash(root, sibling)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? root : undefined
}

/** Whether the proof shows that the later tree begins with the earlier one (section 2.1.4.2). */
export function provesConsistency(
  earlier: { size: number; root: Hash },
  later: { size: number; root: Hash },
  proof: readonly Hash[],
): boolean {
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root
  if (earlier.size < 1 || earlier.size > later.size || proof.length === 0) return false
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : [...proof]
  let [at, last] = [earlier.size - 1, later.size - 1]
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)]
  const first = path.shift() ?? EMPTY_TREE
  let [before, after] = [first, first]
  for (const next of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(next, before)
      after = nodeHash(next, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else after = nodeHash(after, next)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && before === earlier.root && after === later.root
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size))
}

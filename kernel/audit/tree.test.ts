import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  consistencyProof,
  EMPTY_TREE,
  growingTree,
  inclusionPath,
  leafHash,
  type NodeSource,
  nodeHash,
  provesConsistency,
  rootOf,
  rootOfInclusion,
} from './tree.ts'

/** RFC 9162, section 2.1.1, written down as it stands there and computed without any function of the module. */
function mth(leaves: readonly Buffer[]): Buffer {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const [only] = leaves
  if (!only) return sha()
  if (leaves.length === 1) return sha(Buffer.from([0]), only)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Buffer.from([1]), mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

/** The leaves of the test data that certificate-transparency implementations share. */
const published = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
  Buffer.from(hex, 'hex'),
)
/** The roots published with them, for one to eight leaves. */
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('the roots of one to eight leaves are the published ones', () => {
  const tree = growingTree()
  assert.equal(tree.root(), EMPTY_TREE)
  for (const [index, leaf] of published.entries()) {
    tree.add(leafHash(leaf))
    assert.equal(tree.root(), roots[index])
    assert.equal(mth(published.slice(0, index + 1)).toString('hex'), roots[index])
  }
})

const leaves = Array.from({ length: 70 }, (_, index) => Buffer.from(`row ${index}`))
const hashes = leaves.map((leaf) => leafHash(leaf))
const levels = [hashes]
for (let below = hashes; below.length > 1; below = levels.at(-1) ?? [])
  levels.push(Array.from({ length: Math.floor(below.length / 2) }, (_, at) => nodeHash(below[2 * at] ?? '', below[2 * at + 1] ?? '')))
const node: NodeSource = async (level, index) => levels[level]?.[index] ?? assert.fail('no such node')
const roots70 = leaves.map((_, index) => mth(leaves.slice(0, index + 1)).toString('hex'))
const rootAt = (size: number) => roots70[size - 1] ?? ''

test('for every size to 70: the root, each leaf’s proof, and that a leaf, a place or a root that differs is not proven', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    assert.equal(await rootOf(node, size), rootAt(size))
    for (let index = 0; index < size; index++) {
      const path = await inclusionPath(node, index, size)
      const leaf = hashes[index] ?? ''
      assert.equal(rootOfInclusion(leaf, index, size, path), rootAt(size))
      assert.notEqual(rootOfInclusion(leafHash('another'), index, size, path), rootAt(size))
      assert.notEqual(rootOfInclusion(leaf, index + 1, size, path), rootAt(size))
      assert.notEqual(rootOfInclusion(leaf, index, size, [...path, leaf]), rootAt(size))
      if (path.length > 0) assert.notEqual(rootOfInclusion(leaf, index, size, path.slice(1)), rootAt(size))
    }
  }
})

test('for every two sizes to 40: the later tree is proven to begin with the earlier, and no other earlier tree is', async () => {
  for (let size = 1; size <= 40; size++) {
    for (let earlier = 1; earlier <= size; earlier++) {
      const proof = await consistencyProof(node, earlier, size)
      const [before, after] = [
        { size: earlier, root: rootAt(earlier) },
        { size, root: rootAt(size) },
      ]
      assert.ok(provesConsistency(before, after, proof))
      assert.ok(!provesConsistency({ ...before, root: leafHash('another') }, after, proof))
      assert.ok(!provesConsistency(before, { ...after, root: leafHash('another') }, proof))
      assert.ok(!provesConsistency(before, after, [...proof, EMPTY_TREE]))
    }
  }
})

test('a tree that grows reports each complete node once, and can be taken up where it stood', () => {
  const nodes = new Map<string, string>()
  const tree = growingTree()
  for (const leaf of hashes.slice(0, 64)) tree.add(leaf, (level, index, found) => nodes.set(`${level} ${index}`, found))
  assert.equal(nodes.size, 63)
  assert.equal(nodes.get('6 0'), rootAt(64))
  const taken = growingTree(48, [nodes.get('5 0') ?? '', nodes.get('4 2') ?? ''])
  for (const leaf of hashes.slice(48)) taken.add(leaf)
  assert.deepEqual([taken.size, taken.root()], [70, rootAt(70)])
})

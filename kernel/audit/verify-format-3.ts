/** Rows of segments of format 3: each is a leaf of the tree of its segment. */
import type { Sql } from 'postgres'
import { copyStatement, type Opening, openingText } from './chain.ts'
import { readCopy } from './copied-rows.ts'
import { CHANGED, type ReadRows } from './course.ts'
import { type NamedByRows, wronglyNamed } from './names.ts'
import { createRowReader, readNames } from './row-reader.ts'
import { STORED_LEVEL } from './segment-tree.ts'
import { type ByteText, byteText, growingTreeOfTexts, hexOf, leafHash } from './tree.ts'
import { UNNAMED } from './verify-format-2.ts'
import { type CompleteNode, wrongNode } from './verify-nodes.ts'

export function verifyRows3(sql: Sql, opening: Opening): ReadRows {
  const { segment, opened } = opening
  const reader = createRowReader(3, '')
  const tree = growingTreeOfTexts()
  tree.add(byteText(leafHash(openingText(opening))))
  const head = () => hexOf(tree.root())
  let reached = 0
  let nodes: CompleteNode[] = []
  const completed = (level: number, index: number, hash: ByteText) => {
    if (level >= STORED_LEVEL) nodes.push({ level, index, hash })
  }
  /** What rows name, each combination once, with the first row that names it. */
  const named = new Map<string, number>()
  let checked = 0
  return async (isFirst, from, to, course) => {
    const found = isFirst ? course.at(0, head, () => opened) : undefined
    if (found) return { reached, found }
    const page = await readCopy(sql, copyStatement(BigInt(segment), from, to), {
      reader,
      reached,
      course,
      changed: CHANGED,
      take(row, seq) {
        const { names } = row
        if (!named.has(names)) named.set(names, seq)
        tree.add(row.hash, completed)
        return course.at(seq, head, () => row.at)
      },
    })
    reached = page.reached
    if (page.found) return page
    const fresh = [...named].slice(checked).map(namedBy)
    checked = named.size
    const wrong = fresh.length > 0 ? await wronglyNamed(sql, fresh) : undefined
    if (wrong) return { reached, found: course.broken(wrong.seq, undefined, UNNAMED) }
    const complete = nodes
    nodes = []
    const node = await wrongNode(sql, segment, complete)
    return { reached, found: node && { segment, ...node } }
  }
}

function namedBy([names, seq]: [string, number]): NamedByRows {
  const [actor = null, attestation = null, namesDigest = null] = readNames(names)
  return { actor, attestation, namesDigest, seq }
}

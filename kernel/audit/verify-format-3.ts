/** Rows of segments of format 3: each is a leaf of the tree of its segment. */
import type { Sql } from 'postgres'
import { copyStatement, type Opening, openingText } from './chain.ts'
import { readCopy } from './copied-rows.ts'
import { CHANGED, type ReadRows } from './course.ts'
import { type NamedByRows, wronglyNamed } from './names.ts'
import { createRowReader, readNames } from './row-reader.ts'
import { growingTree, leafHash } from './tree.ts'
import { UNNAMED } from './verify-format-2.ts'

export function verifyRows3(sql: Sql, opening: Opening): ReadRows {
  const { segment, opened } = opening
  const reader = createRowReader(3, '')
  const tree = growingTree()
  tree.add(leafHash(openingText(opening)))
  let reached = 0
  /** What rows name, each combination once, with the first row that names it. */
  const named = new Map<string, number>()
  let checked = 0
  return async (isFirst, from, to, course) => {
    const found = isFirst ? course.at(0, tree.root, () => opened) : undefined
    if (found) return { reached, found }
    const page = await readCopy(sql, copyStatement(BigInt(segment), from, to), {
      reader,
      reached,
      course,
      changed: CHANGED,
      take(row, seq) {
        const { names } = row
        if (!named.has(names)) named.set(names, seq)
        tree.add(row.hash)
        return course.at(seq, tree.root, () => row.at)
      },
    })
    reached = page.reached
    if (page.found) return page
    const fresh = [...named].slice(checked).map(namedBy)
    checked = named.size
    const wrong = fresh.length > 0 ? await wronglyNamed(sql, fresh) : undefined
    return { reached, found: wrong && course.broken(wrong.seq, undefined, UNNAMED) }
  }
}

function namedBy([names, seq]: [string, number]): NamedByRows {
  const [actor = null, attestation = null, namesDigest = null] = readNames(names)
  return { actor, attestation, namesDigest, seq }
}

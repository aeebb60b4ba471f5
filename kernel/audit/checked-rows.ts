/**
 * Checks single rows of the log against the newest published checkpoint of their segment: the row as it stands is hashed, and its inclusion
 * in the signed tree is proved. For those who look at their own lines; `audit verify` checks the whole log. docs/api/log.md
 */
import type { Sql } from 'postgres'
import { copyStatement, type Hash } from './chain.ts'
import { readCopy } from './copied-rows.ts'
import { publishedCheckpoint, publishedKeys } from './publish.ts'
import { createRowReader } from './row-reader.ts'
import { treeOfSegment } from './segment-tree.ts'
import { readNotes } from './signed-note.ts'
import { hexOf, inclusionPath, rootOfInclusion } from './tree.ts'

export interface Place {
  segment: string
  seq: string
}

/**
 * `waiting`: the next checkpoint covers it, within a minute. `differs`: the row, its place or the signature does not agree. `no-tree`: the
 * segment is of an earlier format, or there is none.
 */
export type RowCheck = { state: 'checked'; at: Date } | { state: 'waiting' | 'differs' | 'no-tree' }

/** The result for each place, in the same order. */
export async function checkRows(sql: Sql, places: readonly Place[]): Promise<RowCheck[]> {
  const bySegment = Map.groupBy(places, ({ segment }) => segment)
  const found = new Map<Place, RowCheck>()
  for (const [segment, some] of bySegment) for (const [place, check] of await checkSegmentRows(sql, segment, some)) found.set(place, check)
  return places.map((place) => found.get(place) ?? { state: 'differs' })
}

async function checkSegmentRows(sql: Sql, segment: string, places: readonly Place[]): Promise<[Place, RowCheck][]> {
  const checkpoint = await publishedCheckpoint(sql, segment)
  const tree = await treeOfSegment(sql, segment)
  if (!tree) return places.map((place) => [place, { state: 'no-tree' }])
  if (!checkpoint) return places.map((place) => [place, { state: 'waiting' }])
  const [note] = readNotes(checkpoint.text) ?? []
  if (!note?.isSignedBy(await publishedKeys(sql))) return places.map((place) => [place, { state: 'differs' }])
  const checked: [Place, RowCheck][] = []
  for (const place of places) {
    const index = Number(place.seq)
    if (index >= checkpoint.size) checked.push([place, { state: 'waiting' }])
    else {
      const leaf = await leafOf(sql, place)
      const path = await inclusionPath(tree.node, index, checkpoint.size)
      const root = leaf === undefined ? undefined : rootOfInclusion(leaf, index, checkpoint.size, path)
      checked.push([place, root === note.root ? { state: 'checked', at: checkpoint.at } : { state: 'differs' }])
    }
  }
  return checked
}

/** The hash of the row as it stands; undefined when it is gone, or is not what its stored hash says. */
async function leafOf(sql: Sql, { segment, seq }: Place): Promise<Hash | undefined> {
  let leaf: Hash | undefined
  const place = Number(seq)
  await readCopy(sql, copyStatement(BigInt(segment), BigInt(seq), BigInt(seq)), {
    reader: createRowReader(3, ''),
    reached: place - 1,
    changed: '',
    course: { at: () => undefined, broken: (at, time, reason) => ({ segment, seq: String(at), at: time, reason }) },
    take(row) {
      leaf = hexOf(row.hash)
      return undefined
    },
  })
  return leaf
}

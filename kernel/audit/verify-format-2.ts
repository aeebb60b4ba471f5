/** Rows of segments opened before migration 0019: each hash covers the hash before it and the row. */
import type { Sql } from 'postgres'
import type { Opening } from './chain.ts'
import { copyStatement2, hashOpening2, LATER_COLUMNS } from './chain-format-2.ts'
import { readCopy } from './copied-rows.ts'
import { type Broken, CHANGED_2, type ReadRows } from './course.ts'
import { createRowReader } from './row-reader.ts'
import { hexOf } from './tree.ts'

export function verifyRows2(sql: Sql, { segment, opened, predecessor, predecessorHash }: Opening): ReadRows {
  const opening = hashOpening2(segment, predecessor, predecessorHash)
  const reader = createRowReader(2, opening)
  let reached = 0
  return async (isFirst, from, to, course) => {
    const found = isFirst
      ? course.at(
          0,
          () => opening,
          () => opened,
        )
      : undefined
    if (found) return { reached, found }
    const page = await readCopy(sql, copyStatement2(BigInt(segment), from, to), {
      reader,
      reached,
      course,
      changed: CHANGED_2,
      take: (row, seq) =>
        course.at(
          seq,
          () => hexOf(row.hash),
          () => row.at,
        ),
    })
    reached = page.reached
    return page
  }
}

/**
 * A row of formats 1 and 2 whose actor or attestation is gone, or that has a value which its hash does not cover. Organisation and
 * controllers are not among these: migration 0019 filled them in from other tables. Index: access_log_pkey.
 */
export async function unnamedRow(sql: Sql, segment: string): Promise<Broken | undefined> {
  const later = LATER_COLUMNS.map((name) => `l.${name} is not null`).join(' or ')
  const [row] = await sql<{ seq: string; at: Date; unnamed: boolean }[]>`
    select l.seq, l.at, a.id is null and t.id is null as unnamed
    from access_log l
    left join log_actor a on a.id = l.actor
    left join log_attestation t on t.id = l.attestation
    where l.segment = ${segment}
      and ((l.actor is not null and a.id is null) or (l.attestation is not null and t.id is null) or l.automatic or ${sql.unsafe(later)})
    order by l.seq limit 1`
  if (!row) return undefined
  return { segment, seq: row.seq, at: row.at, reason: row.unnamed ? UNNAMED : CHANGED_2 }
}

export const UNNAMED = 'the actor or the attestation that the row names is gone, or is another one'

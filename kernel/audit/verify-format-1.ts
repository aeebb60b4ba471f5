/** Rows of segments opened before migration 0011, parsed and hashed one by one. */
import type { Sql } from 'postgres'
import type { Opening } from './chain.ts'
import { hashOpening1, hashRow1, hasLaterColumns, type LogRow1 } from './chain-format-1.ts'
import { CHANGED_2, misplaced, type ReadRows } from './course.ts'

export function verifyRows1(sql: Sql, { segment, opened, predecessor, predecessorHash }: Opening): ReadRows {
  let hash = hashOpening1(segment, predecessor, Buffer.from(predecessorHash, 'hex'))
  let reached = 0
  return async (isFirst, from, to, course) => {
    const opening = !isFirst
      ? undefined
      : course.at(
          0,
          () => hash.toString('hex'),
          () => opened,
        )
    if (opening) return { reached, found: opening }
    for await (const rows of readRows(sql, segment, from, to)) {
      for (const row of rows) {
        const wrong = misplaced(Number(row.seq), reached, () => row.at, course)
        if (wrong) return { reached, found: wrong }
        hash = hashRow1(hash, row)
        if (!hash.equals(row.hash) || hasLaterColumns(row)) return { reached, found: course.broken(Number(row.seq), row.at, CHANGED_2) }
        reached += 1
        const found = course.at(
          reached,
          () => hash.toString('hex'),
          () => row.at,
        )
        if (found) return { reached, found }
      }
    }
    return { reached, found: undefined }
  }
}

/** Index: access_log_pkey. */
function readRows(sql: Sql, segment: string, from: bigint, to: bigint): AsyncIterable<(LogRow1 & { hash: Buffer })[]> {
  return sql<(LogRow1 & { hash: Buffer })[]>`
    select patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld,
      disclosed_ids(disclosed) as disclosed, disclosed_versions as "disclosedVersions", event_id as "eventId",
      attestation, toa, decision_ref as "decisionRef", basis, reason, hash
    from access_log where segment = ${segment} and seq between ${from.toString()} and ${to.toString()} order by seq`.cursor(2000)
}

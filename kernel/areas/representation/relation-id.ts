/** The id of a relation in the API: `{patient}-{digest}`. The key of whoever acts is not in it, and cannot be had from it. */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { representativesOf } from './list.ts'
import type { StoredRepresentation } from './representation.ts'

/** Digest of what names the row: the same as long as the relation is there. */
export function relationId({ patient, representative, kind, from }: StoredRepresentation): string {
  const digest = createHash('sha256').update(`${patient} ${representative} ${kind} ${from.getTime()}`).digest()
  return logicalId(patient, (digest.readBigUInt64BE() >> 1n).toString() as RecordId)
}

/** The relation of an id, ended ones too; undefined when it is none of ours. `keys`: of the patient, linked ones too. */
export async function relationById(
  sql: Sql,
  keys: readonly PatientKey[],
  id: string,
  now: Date,
): Promise<StoredRepresentation | undefined> {
  if (!parseLogicalId(id)) return undefined
  return (await representativesOf(sql, keys, 'all', now)).find((relation) => relationId(relation) === id)
}

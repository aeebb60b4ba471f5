/**
 * The id of a relation in the API, made from the patient and a digest. The key of the representative is not in it, and cannot be found from
 * it.
 */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { type PatientKey, relationLogicalId } from '../../store/ids.ts'
import { representativesOf } from './list.ts'
import type { StoredRepresentation } from './representation.ts'

/** The digest is made from the primary key of the row, so the id stays the same as long as the relation exists. */
export function relationId({ patient, representative, kind, from, registered }: StoredRepresentation): string {
  const digest = createHash('sha256').update(`${patient} ${representative} ${kind} ${from.getTime()}`).digest()
  return relationLogicalId(patient, (digest.readBigUInt64BE() >> 1n).toString(), registered)
}

/** The relation with this id, also when it has ended; undefined when there is none. `keys`: the patient's keys, including linked ones. */
export async function relationById(
  sql: Sql,
  keys: readonly PatientKey[],
  id: string,
  now: Date,
): Promise<StoredRepresentation | undefined> {
  return (await representativesOf(sql, keys, 'all', now)).find((relation) => relationId(relation) === id)
}

/** The current version of a set of records, and the records in it. */
import type { TransactionSql } from 'postgres'
import type { SetVersion, TakenKey } from './record.ts'

/**
 * Makes this the current version, unless a later one is, and locks the set until the transaction ends. When two versions arrive together,
 * the second waits and is compared with the first. A version whose time can mean a later moment than that of the current one is not older:
 * then the one that arrives later holds.
 */
export async function claimSet(tx: TransactionSql, set: SetVersion): Promise<'claimed' | 'same' | 'older'> {
  const latest = set.latest ?? set.version
  const claimed = await tx`
    insert into record_set (patient, service, key, controller, version, rank, recorded)
    values (${set.patient}, ${set.service}, ${set.key}, ${set.controller}, ${set.version}, ${set.rank}, ${set.recorded})
    on conflict (patient, service, key) do update
      set version = greatest(record_set.version, excluded.version), rank = excluded.rank, recorded = excluded.recorded
      where record_set.version < excluded.version
        or (record_set.version = excluded.version and record_set.rank collate "C" < excluded.rank collate "C")
        or (record_set.version > excluded.version and record_set.version <= ${latest} and record_set.rank <> excluded.rank)
    returning 1`
  if (claimed.length > 0) return 'claimed'
  const [row] = await tx<{ same: boolean }[]>`
    select version between ${set.version} and ${latest} and rank = ${set.rank} as same from record_set
    where patient = ${set.patient} and service = ${set.service} and key = ${set.key}`
  return row?.same ? 'same' : 'older'
}

/** The current records of a set. Index: record_set_members. */
export async function membersOfSet(
  tx: TransactionSql,
  { patient, service, key }: Pick<SetVersion, 'patient' | 'service' | 'key'>,
): Promise<TakenKey[]> {
  return await tx<TakenKey[]>`
    select patient, id, version, type, controller, business_key as "businessKey", content, recorded
    from record
    where patient = ${patient} and service = ${service} and set_key = ${key} and superseded is null and not deleted
    order by id`
}

/** The current version of a set of records, and the records in it. */
import type { Sql, TransactionSql } from 'postgres'
import type { IdentityNumberKind } from '../values/identity-number.ts'
import type { PatientKey, RecordId } from './ids.ts'
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

/** The identity numbers of the persons of a controller's sets with one of these keys. Index: record_set_key, person_identifier_patient. */
export async function personsOfSets(
  sql: Sql,
  { controller, service, keys }: { controller: string; service: string; keys: readonly string[] },
): Promise<{ patient: PatientKey; system: IdentityNumberKind; value: string }[]> {
  return await sql<{ patient: PatientKey; system: IdentityNumberKind; value: string }[]>`
    select distinct on (i.patient) i.patient, i.system, i.value
    from record_set s join person_identifier i on i.patient = s.patient and i.system in ('FNR', 'DNR', 'FHN')
    where s.key = any (${[...keys]}::uuid[]) and s.service = ${service} and s.controller = ${controller}
    order by i.patient, i.system desc, i.value`
}

/** The first current record of a controller's set with one of these keys: that of the message itself. Index: record_set_members. */
export async function headOfSets(
  sql: Sql,
  { patient, controller, service, keys }: { patient: PatientKey; controller: string; service: string; keys: readonly string[] },
): Promise<string | undefined> {
  const [row] = await sql<{ content: string }[]>`
    select content from record
    where patient = ${patient} and service = ${service} and set_key = any (${[...keys]}::uuid[]) and controller = ${controller}
      and superseded is null and not deleted
    order by id limit 1`
  return row?.content
}

/** Whose the set is and its current records; undefined when there is no version of it. Index: record_set_pkey, record_set_members. */
export async function standingSet(
  sql: Sql,
  { patient, service, key }: Pick<SetVersion, 'patient' | 'service' | 'key'>,
): Promise<{ controller: string; members: RecordId[] } | undefined> {
  const [row] = await sql<{ controller: string; members: RecordId[] }[]>`
    select controller, array(
      select id from record
      where patient = ${patient} and service = ${service} and set_key = ${key} and superseded is null and not deleted
    ) as members
    from record_set where patient = ${patient} and service = ${service} and key = ${key}`
  return row
}

/** The sets with these keys, each with its current records. Index: record_set_pkey, record_set_members. */
export async function standingSets(
  sql: Sql,
  { patient, service, keys }: Pick<SetVersion, 'patient' | 'service'> & { keys: readonly string[] },
): Promise<{ key: string; members: RecordId[] }[]> {
  return await sql<{ key: string; members: RecordId[] }[]>`
    select s.key::text as key, array(
      select id from record r
      where r.patient = s.patient and r.service = s.service and r.set_key = s.key and r.superseded is null and not r.deleted
    ) as members
    from record_set s where s.patient = ${patient} and s.service = ${service} and s.key = any (${[...keys]}::uuid[])
    order by s.key`
}

/** Locks a set until the transaction ends, also one of which there is no version yet. Index: record_set_pkey. */
export async function lockSet(
  tx: TransactionSql,
  { patient, service, key }: Pick<SetVersion, 'patient' | 'service' | 'key'>,
): Promise<Pick<SetVersion, 'controller' | 'rank' | 'version'> | undefined> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${key}, ${patient}))`
  const [row] = await tx<Pick<SetVersion, 'controller' | 'rank' | 'version'>[]>`
    select controller, rank, version from record_set where patient = ${patient} and service = ${service} and key = ${key}`
  return row
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

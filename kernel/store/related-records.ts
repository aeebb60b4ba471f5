/** The records of a person that have a token in common with records that were changed. */
import type { TransactionSql } from 'postgres'
import type { PatientKey, RecordId } from './ids.ts'
import type { NewRecord } from './record.ts'

export interface RelatedRecord extends Omit<NewRecord, 'recorded' | 'writer'> {
  /** The tokens of the parameter that were asked about. */
  common: string[]
}

/**
 * Locks a person within a service until the transaction ends, and returns every key of the person: of two that store related records at one
 * time, the second reads what the first has stored.
 */
export async function lockPerson(
  tx: TransactionSql,
  { patient, service }: { patient: PatientKey; service: string },
): Promise<readonly PatientKey[]> {
  const [row] = await tx<{ keys: PatientKey[] }[]>`
    select keys, pg_advisory_xact_lock(hashtextextended(${service}, (select min(key) from unnest(keys) as key)))
    from (
      select array(select ${patient}::bigint union all select same_as from person_link where patient = ${patient}) as keys
    ) as person`
  return row?.keys ?? [patient]
}

/**
 * The current records that have one of the `tokens` of the parameter `by`, or share one with any version of the records `ids`, under these
 * keys of a person who is locked. Index: record_pkey, record_current.
 */
export async function relatedRecords(
  tx: TransactionSql,
  asked: { keys: readonly PatientKey[]; service: string; by: string; ids?: readonly RecordId[]; tokens?: readonly string[] },
): Promise<RelatedRecord[]> {
  const { service, by, ids = [], tokens = [] } = asked
  const keys = [...asked.keys]
  return await tx<RelatedRecord[]>`
    with common as (
      select array(
        select unnest(${[...tokens]}::text[])
        union
        select token from record cross join lateral unnest(tokens) as token
        where patient = any (${keys}::bigint[]) and id = any (${[...ids]}::bigint[]) and service = ${service}
          and starts_with(token, ${`${by}=`})
      ) as texts
    )
    select patient, id, version, service, type, controller, effective, business_key as "businessKey", set_key as "setKey",
      sensitive_codes as "sensitiveCodes", release_at as "releaseAt", release_codes as "releaseCodes", tokens, content,
      array(select token from unnest(tokens) as token where starts_with(token, ${`${by}=`})) as common
    from record r, common
    where patient = any (${keys}::bigint[]) and service = ${service} and superseded is null and not deleted and tokens && common.texts
    order by id`
}

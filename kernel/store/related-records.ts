/** The records of a person that have a token in common with records that were changed. */
import type { TransactionSql } from 'postgres'
import type { PatientKey, RecordId } from './ids.ts'
import type { NewRecord } from './record.ts'

export interface RelatedRecord extends Omit<NewRecord, 'recorded' | 'writer'> {
  /** The tokens of the parameter that were asked about. */
  common: string[]
}

/**
 * The current records that have one of the `tokens` of the parameter `by`, or share one with any version of the records `ids`, under every
 * key of the person. It locks the person within the service until the transaction ends: of two that store related records at one time, the
 * second reads what the first has stored. Index: record_pkey, record_current.
 */
export async function relatedRecords(
  tx: TransactionSql,
  asked: { patient: PatientKey; service: string; by: string; ids?: readonly RecordId[]; tokens?: readonly string[] },
): Promise<RelatedRecord[]> {
  const { patient, service, by, ids = [], tokens = [] } = asked
  const linked = await tx<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${patient}`
  const keys = [patient, ...linked.map(({ key }) => key)]
  await tx`
    select pg_advisory_xact_lock(hashtextextended(${service}, (select min(key) from unnest(${keys}::bigint[]) as key)))`
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

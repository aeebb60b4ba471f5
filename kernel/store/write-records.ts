/**
 * Writes records: versions are added, never changed. One statement creates any number of records and finds those whose business key is
 * taken; a change stamps the old version as `superseded` and adds the new one in the same statement.
 */

import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres'
import { BLOCKED_AGAINST_STAFF } from '../codes/release-codes.ts'
import type { PatientKey, RecordId } from './ids.ts'
import { addition, isMeasured } from './measurements.ts'
import type { NewRecord, SetVersion, TakenKey } from './record.ts'

type Fragment = PendingQuery<Row[]>

/** What is known of a controller is only extended, and never taken back. */
function widened(sql: Sql | TransactionSql) {
  return sql`on conflict (patient, service, controller) do update set
        told = patient_controller.told or excluded.told,
        blocked_against_staff = patient_controller.blocked_against_staff or excluded.blocked_against_staff
      where (excluded.told and not patient_controller.told)
        or (excluded.blocked_against_staff and not patient_controller.blocked_against_staff)`
}

/**
 * Joins array elements to one text parameter for each row, since inner arrays of SQL must have the same length. No token holds this
 * character.
 */
const SEPARATOR = '\u001f'
/**
 * Joins contents to one text: JSON text has no control characters, while in an array of texts every quotation mark would be escaped and
 * read again.
 */
const BETWEEN = '\u001e'

/**
 * The current record of a business key, as `r`. Index: record_business_key. The limit makes PostgreSQL look it up by key for each record:
 * the plan of a plain join, made while the table was small, reads the whole index and is kept until the table is analysed.
 */
function currentOf(sql: Sql | TransactionSql, patient: Fragment, service: Fragment, businessKey: Fragment): Fragment {
  return sql`cross join lateral (
        select * from record r
        where r.patient = ${patient} and r.service = ${service} and r.business_key = ${businessKey}
          and r.superseded is null and not r.deleted
        limit 1
      ) as r`
}

/** The records as the named part `sent` of a statement. */
function sentAs(sql: Sql | TransactionSql, records: readonly NewRecord[]): Fragment {
  const column = <K extends keyof NewRecord>(name: K) => records.map((record) => record[name])
  // The client takes the type of an array from its first element and knows no arrays of times: they are sent as text.
  const times = (name: 'effective' | 'recorded') => records.map((record) => record[name].toISOString())
  return sql`
    sent as (
      select * from unnest(
        ${column('patient')}::bigint[], ${column('id')}::bigint[], ${column('version')}::integer[], ${column('service')}::text[],
        ${column('type')}::text[], ${column('controller')}::text[], ${times('effective')}::timestamptz[],
        ${times('recorded')}::timestamptz[], ${records.map((record) => record.businessKey ?? null)}::uuid[],
        ${records.map((record) => record.setKey ?? null)}::uuid[],
        ${records.map((record) => record.sensitiveCodes?.join(SEPARATOR) ?? null)}::text[],
        ${records.map((record) => record.releaseAt?.toISOString() ?? null)}::text[],
        ${records.map((record) => record.releaseCodes?.join(SEPARATOR) ?? null)}::text[],
        ${records.map((record) => record.tokens.join(SEPARATOR))}::text[], ${column('writer')}::bigint[],
        string_to_array(${column('content').join(BETWEEN)}, ${BETWEEN})
      ) as s (patient, id, version, service, type, controller, effective, recorded, business_key, set_key,
        sensitive_codes, release_at, release_codes, tokens, writer, content)
    )`
}

/** Inserts records of the rows of `sent`, as `s`. */
function inserted(sql: Sql | TransactionSql): Fragment {
  return sql`insert into record (patient, id, version, service, type, controller, effective, recorded, business_key, set_key,
        sensitive_codes, release_at, release_codes, tokens, writer, content)
      select patient, id, version, service, type, controller, effective, recorded, business_key, set_key,
        string_to_array(sensitive_codes, ${SEPARATOR}), release_at::timestamptz, string_to_array(release_codes, ${SEPARATOR}),
        coalesce(string_to_array(nullif(tokens, ''), ${SEPARATOR}), '{}'), writer, content
      from sent s`
}

/**
 * Makes records, `created`, of the rows of `sent` that are `free`. Also registers that the controllers have reported, and adds measured
 * numbers to their days.
 */
function createdAs(sql: Sql | TransactionSql, records: readonly NewRecord[], free: Fragment): Fragment {
  return sql`
    reporting as (
      -- A controller that holds only extra-sensitive records may not be known here to others.
      select patient, service, controller, min(recorded) as since, bool_or(sensitive_codes is null) as told,
        bool_or(coalesce(${BLOCKED_AGAINST_STAFF} = any (string_to_array(release_codes, ${SEPARATOR})), false)) as blocked
      from sent s where ${free}
      group by patient, service, controller
    ), reported as (
      insert into patient_controller (patient, service, controller, since, told, blocked_against_staff)
      select * from reporting r
      -- Known controllers are not even locked, since most messages come from controllers that have sent before.
      where not exists (
        select from patient_controller p where p.patient = r.patient and p.service = r.service and p.controller = r.controller
          and (p.told or not r.told) and (p.blocked_against_staff or not r.blocked))
      ${widened(sql)}
    ), created as (
      ${inserted(sql)} where ${free}
      returning patient, id, version, recorded, writer, service, type, controller, effective, tokens,
        sensitive_codes, release_codes, release_at
    ), intended as (${intent(sql, 'create', 'created')})
    ${records.some(isMeasured) ? sql`, measured as (${addition(sql, 'created')})` : sql``}`
}

/**
 * Leaves an intent for the records of a part of the statement: it goes when the row of the access log is written (kernel/audit/intents.ts).
 */
function intent(sql: Sql | TransactionSql, event: 'create' | 'update' | 'delete', part: 'created' | 'made'): Fragment {
  return sql`
      insert into log_intent (patient, id, version, at, event, service, type, actor, controllers, ids)
      select patient, min(id), (array_agg(version order by id))[1], min(recorded), ${event}, min(service),
        case when min(type) = max(type) then min(type) end,
        min(writer), string_agg(distinct controller, ' ' order by controller), string_agg(int8send(id), '' order by id)
      from ${sql(part)} group by patient`
}

/** Inserts the records whose business key is free, and returns the current records of the keys that are taken. */
export async function createRecords(sql: Sql | TransactionSql, records: readonly NewRecord[]): Promise<TakenKey[]> {
  const free = sql`not exists (
    select from taken t where t.patient = s.patient and t.service = s.service and t.business_key = s.business_key)`
  return await sql<TakenKey[]>`
    with ${sentAs(sql, records)}, taken as (
      select r.patient, r.service, r.id, r.version, r.type, r.controller, r.business_key, r.content, r.recorded
      from sent s
      ${currentOf(sql, sql`s.patient`, sql`s.service`, sql`s.business_key`)}
    ), ${createdAs(sql, records, free)}
    select patient, id, version, type, controller, business_key as "businessKey", content, recorded from taken`
}

/**
 * Inserts all of the records when the business keys of all are free, otherwise none. It is one statement and needs no transaction around
 * it.
 */
export async function createAll(sql: Sql, records: readonly NewRecord[]): Promise<boolean> {
  const created = await sql`
    with ${sentAs(sql, records)}, taken as (
      select from sent s
      ${currentOf(sql, sql`s.patient`, sql`s.service`, sql`s.business_key`)}
    ), ${createdAs(sql, records, sql`not exists (select from taken)`)}
    select from created limit 1`
  return created.length > 0
}

/**
 * Inserts the first version of a set with all of its records when no version of it is known, otherwise nothing. A business key that another
 * set has taken is a unique violation (23505), and then nothing is stored either.
 */
export async function createSet(sql: Sql | TransactionSql, set: SetVersion, records: readonly NewRecord[]): Promise<boolean> {
  const created = await sql`
    with claimed as (
      insert into record_set (patient, service, key, controller, version, rank, recorded)
      values (${set.patient}, ${set.service}, ${set.key}, ${set.controller}, ${set.version}, ${set.rank}, ${set.recorded})
      on conflict (patient, service, key) do nothing
      returning 1
    ), ${sentAs(sql, records)}, ${createdAs(sql, records, sql`exists (select from claimed)`)}
    select from claimed`
  return created.length > 0
}

/** The current records with these business keys. Index: record_business_key. */
export async function findByBusinessKey(
  sql: Sql | TransactionSql,
  service: string,
  keys: readonly Pick<NewRecord, 'patient' | 'businessKey'>[],
): Promise<{ patient: PatientKey; id: RecordId; businessKey: string }[]> {
  return await sql<{ patient: PatientKey; id: RecordId; businessKey: string }[]>`
    select r.patient, r.id, r.business_key as "businessKey"
    from unnest(
      ${keys.map(({ patient }) => patient)}::bigint[], ${keys.map(({ businessKey }) => businessKey ?? null)}::uuid[]
    ) as k (patient, business_key)
    ${currentOf(sql, sql`k.patient`, sql`${service}`, sql`k.business_key`)}`
}

/** Adds the next version when the one before it is still the current one; false when another writer was first. */
export async function addVersion(sql: Sql | TransactionSql, record: NewRecord): Promise<boolean> {
  return (await addVersions(sql, [record])).length === 1
}

/** Adds the next versions of records of one person in one statement, and returns the ids of those whose version before is still current. */
export async function addVersions(sql: Sql | TransactionSql, records: readonly NewRecord[]): Promise<RecordId[]> {
  const [first] = records
  if (!first) return []
  if (records.some(({ patient }) => patient !== first.patient)) throw new Error('The versions of one statement are of one person.')
  const made = await sql<{ id: RecordId }[]>`
    with ${sentAs(sql, records)}, old as (
      update record r set superseded = s.recorded from sent s
      where r.patient = ${first.patient} and r.id = s.id and r.version = s.version - 1 and r.superseded is null and not r.deleted
      returning r.id
    ), reported as (
      insert into patient_controller (patient, service, controller, since, told, blocked_against_staff)
      select patient, service, controller, min(recorded), bool_or(sensitive_codes is null),
        bool_or(coalesce(${BLOCKED_AGAINST_STAFF} = any (string_to_array(release_codes, ${SEPARATOR})), false))
      from sent where id in (select id from old)
      group by patient, service, controller
      ${widened(sql)}
    ), made as (
      ${inserted(sql)} where id in (select id from old)
      returning patient, id, version, recorded, service, type, controller, writer
    ), intended as (${intent(sql, 'update', 'made')})
    select id from made`
  return made.map(({ id }) => id)
}

/** Adds a tombstone when `expected` is still the current version; false when another writer was first. */
export async function addTombstone(
  sql: Sql | TransactionSql,
  key: { patient: PatientKey; id: RecordId; expected: number; at: Date; writer: string },
): Promise<boolean> {
  const rows = await sql`
    with old as (
      update record set superseded = ${key.at}
      where patient = ${key.patient} and id = ${key.id} and version = ${key.expected} and superseded is null and not deleted
      returning *
    ), made as (
    insert into record (patient, id, version, service, type, controller, effective, recorded, deleted,
      sensitive_codes, release_at, release_codes, tokens, writer)
    -- The codes stay: a reader who may not see the record may not see that it was deleted either.
    select patient, id, version + 1, service, type, controller, effective, ${key.at}::timestamptz, true,
      sensitive_codes, release_at, release_codes, '{}', ${key.writer}::bigint from old
    returning patient, id, version, recorded, service, type, controller, writer
    ), intended as (${intent(sql, 'delete', 'made')})
    select version from made`
  return rows.length === 1
}

/** Reading records. Every statement carries the predicates of the decision, so that no count or page can leak. */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { Decision } from '../access/decision.ts'
import type { PatientKey, RecordId } from './ids.ts'

export interface StoredRecord {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  controller: string
  recorded: Date
  deleted: boolean
  /** JSON text without the patient's identifier; null in a tombstone. */
  content: string | null
}

/** A token of a search: with system, `{system}|{code}`; without, the code in any system (http://hl7.org/fhir/R4/search.html#token). */
export interface TokenFilter {
  name: string
  anyOf: { system?: string | undefined; code?: string | undefined }[]
}

export interface RecordFilter {
  type: string
  id?: RecordId
  tokens?: TokenFilter[]
  /** Bounds on the time of the record, `effective`. */
  times?: { comparator: '<' | '<=' | '>' | '>='; instant: Date }[]
  count: number
  skip?: number
}

/** One token as the `tokens` array holds it. */
export function tokenText(name: string, system: string | undefined, code: string | undefined): string {
  return `${name}=${system ?? ''}|${code ?? ''}`
}

/** The current records that the decision lets through, newest first. Index: record_current. */
export async function searchRecords(sql: Sql, decision: Decision, filter: RecordFilter): Promise<StoredRecord[]> {
  if (decision.controllers.length === 0) return []
  return await sql<StoredRecord[]>`
    select patient, id, version, type, controller, recorded, deleted, content
    from record
    where ${visible(sql, decision)} and type = ${filter.type} and superseded is null and not deleted ${conditions(sql, filter)}
    order by effective desc, id desc
    limit ${filter.count} offset ${filter.skip ?? 0}`
}

/** How many current records the decision lets through. */
export async function countRecords(sql: Sql, decision: Decision, filter: Omit<RecordFilter, 'count' | 'skip'>): Promise<number> {
  if (decision.controllers.length === 0) return 0
  const [row] = await sql<{ total: number }[]>`
    select count(*)::integer as total
    from record
    where ${visible(sql, decision)} and type = ${filter.type} and superseded is null and not deleted ${conditions(sql, filter)}`
  return row?.total ?? 0
}

/** The newest version of one record, a tombstone too, when the decision lets it through. Index: record_pkey. */
export async function currentRecord(sql: Sql, decision: Decision, type: string, id: RecordId): Promise<StoredRecord | undefined> {
  if (decision.controllers.length === 0) return undefined
  const [row] = await sql<StoredRecord[]>`
    select patient, id, version, type, controller, recorded, deleted, content
    from record
    where ${visible(sql, decision)} and type = ${type} and id = ${id} and superseded is null`
  return row
}

function visible(sql: Sql, decision: Decision): PendingQuery<Row[]> {
  const { key, linked } = decision.patient
  // One key keeps the index order; a linked person costs a sort of that person's few records.
  const patient = linked.length === 0 ? sql`patient = ${key}` : sql`patient = any (${[key, ...linked]}::bigint[])`
  return sql`${patient} and service = ${decision.service} and controller = any (${decision.controllers})
    and (sensitive_codes is null or controller = ${decision.organization}
         or (select bool_and(controller || '|' || c = any (${decision.openedSensitiveCodes})) from unnest(sensitive_codes) as c))`
}

function conditions(sql: Sql, filter: Omit<RecordFilter, 'count' | 'skip'>): PendingQuery<Row[]> {
  const parts = [
    ...(filter.id ? [sql`and id = ${filter.id}`] : []),
    ...(filter.tokens ?? []).map((token) => tokenCondition(sql, token)),
    ...(filter.times ?? []).map(({ comparator, instant }) => sql`and effective ${sql.unsafe(comparator)} ${instant}`),
  ]
  return parts.reduce((all, part) => sql`${all} ${part}`, sql``)
}

function tokenCondition(sql: Sql, { name, anyOf }: TokenFilter): PendingQuery<Row[]> {
  const whole = anyOf
    .filter((token) => token.system !== undefined && token.code !== undefined)
    .map((token) => tokenText(name, token.system, token.code))
  const partial = anyOf
    .filter((token) => token.system === undefined || token.code === undefined)
    .map(({ system, code }) =>
      code === undefined ? `${escapeLike(`${name}=${system}|`)}%` : `${escapeLike(`${name}=`)}%|${escapeLike(code)}`,
    )
  if (partial.length === 0) return sql`and tokens && ${whole}`
  return sql`and (tokens && ${whole} or exists (select 1 from unnest(tokens) as token where token like any (${partial})))`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

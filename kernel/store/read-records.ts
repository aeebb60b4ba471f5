/** Reads records. Every statement has the predicates of the decision, so that no count and no page can reveal more. */

import type { PendingQuery, Row, Sql } from 'postgres'
import { BLOCKED_AGAINST_STAFF } from '../codes/release-codes.ts'
import { served, servedWhole, withoutHiddenReferences } from './cut.ts'
import { mayNameController, tokensOfEmployers } from './employers.ts'
import { type PatientKey, type RecordId, referenceByPlace } from './ids.ts'
import { type HasFilter, narrowed, type TextFilter } from './narrowing.ts'
import { present } from './present.ts'
import type { ServedVersion, StoredRecord } from './record.ts'
import { type DateFilter, dateCondition, storedCondition } from './record-dates.ts'
import { isServedOfRelatives, tokensOfRelatives } from './relatives.ts'
import { rowTogether, written } from './together.ts'
import {
  anyOf,
  checkChoices,
  matches,
  opened,
  type Unseen,
  uncountedCodes,
  type Visibility,
  visible,
  type WithheldCause,
  type Withholding,
} from './visibility.ts'

type Fragment = PendingQuery<Row[]>

/** A token of a search: `{system}|{code}`, or without a system the code in any system (http://hl7.org/fhir/R4/search.html#token). */
export interface TokenFilter {
  name: string
  anyOf: { system?: string | undefined; code?: string | undefined }[]
  /** Finds the records without such a token, those without any value too (http://hl7.org/fhir/R4/search.html#token, `:not`). */
  negated?: true
}

/** Whether a record has a value of a parameter (http://hl7.org/fhir/R4/search.html#modifiers, `:missing`). */
export interface MissingFilter {
  name: string
  missing: boolean
  /** A reference that is cut from what the reader is served is missing to that reader. */
  isReference: boolean
}

/** The order of a search; the record id decides between records of the same time. By default newest first by `effective`. */
export interface Order {
  by: 'effective' | 'recorded'
  descending: boolean
}

/** Numbers in one unit between two bounds. A value with one of the `comparators`, such as `<5`, may be within them as well. */
export interface QuantityFilter {
  name: string
  anyOf: { unit: string; low: number; high: number; comparators: string[]; outside?: boolean }[]
}

export interface RecordFilter {
  type: string
  ids?: RecordId[]
  tokens?: TokenFilter[]
  quantities?: QuantityFilter[]
  /** Whether the record is present at the time of the decision (present.ts). */
  present?: boolean
  missing?: MissingFilter[]
  dates?: DateFilter[]
  /** When the current version was stored. */
  stored?: Pick<DateFilter, 'anyOf'>[]
  texts?: TextFilter[]
  has?: HasFilter<Omit<Asked, 'type'>>[]
  order?: Order
  /** Only records after this one in the order of the search, so that later pages do not shift while others write. */
  after?: { at: Date; id: RecordId }
  count: number
  skip?: number
}

/**
 * A token as in the `tokens` array. A reference to a record of ours, which has no system, stands by the place of the record. The first bar
 * ends the system, so that a code may hold bars.
 */
export function tokenText(name: string, system: string | undefined, code: string | undefined): string {
  return `${name}=${systemText(system)}|${system || !code ? (code ?? '') : referenceByPlace(code)}`
}

function systemText(system = ''): string {
  return system.replaceAll('|', '%7C')
}

/** A number as in the `tokens` array: `{name}={unit}|{value}|{comparator}`. No unit of UCUM holds a bar. */
export function quantityText(name: string, { value, unit }: { value: number; unit: string }, comparator = ''): string {
  return `${name}=${unit.replaceAll('|', '')}|${value}|${comparator}`
}

/** The name and the text of a token without a system; the text is undefined when it has one. */
export function referenceIn(token: string): { name: string; text: string | undefined } {
  const start = token.indexOf('=|')
  const equals = token.indexOf('=')
  return start >= 0 && start === equals ? { name: token.slice(0, start), text: token.slice(start + 2) } : { name: '', text: undefined }
}

/** A record that a search found, with the time that orders it and, where links are followed from it, its tokens. */
export interface FoundRecord extends ServedVersion {
  effective: Date
  /** In a search that is ordered by it. */
  recorded?: Date
  tokens?: string[]
}

/** A page as one row: to send and to read each record as a row of its own is the most of a look-up. */
interface Page {
  /** For each record patient, id, version, controller, and the two times in milliseconds. */
  heads: string | null
  contents: string | null
  tokens: string[][] | null
}

/** A character that no JSON text holds as it stands: https://www.rfc-editor.org/rfc/rfc8259#section-7 */
const BETWEEN_CONTENTS = '\x1e'

/** The current records that the decision lets through, newest first. Index: record_current. */
export async function searchRecords(
  sql: Sql,
  decision: Visibility,
  filter: RecordFilter,
  { withTokens = false } = {},
): Promise<FoundRecord[]> {
  if (decision.controllers.length === 0) return []
  const asked = await askedBy(sql, decision, filter)
  const order = orderOf(written, filter.order)
  const page = await rowTogether<Page>(
    sql,
    written`
    select
      string_agg(concat_ws(' ', patient, id, version, controller, floor(extract(epoch from effective) * 1000),
        floor(extract(epoch from recorded) * 1000)), ',' order by ${order}) as heads,
      string_agg(content, chr(30) order by ${order}) as contents,
      ${withTokens ? written`json_agg(tokens order by ${order})` : written`null::json`} as tokens
    from (
      select patient, id, version, controller, effective, recorded, content ${withTokens ? written`, tokens` : written``}
      from record
      where ${visible(written, decision)} and type = ${filter.type} and superseded is null and not deleted
        ${conditions(written, decision, asked)}
      order by ${order}
      limit ${filter.count} offset ${filter.skip ?? 0}
    ) as page`,
  )
  const found = foundIn(page, filter.type)
  if (found.length === 0) await checkChoices(sql, decision)
  return await served(sql, decision, found)
}

function foundIn({ heads, contents, tokens }: Page, type: string): FoundRecord[] {
  if (!heads || contents === null) return []
  const texts = contents.split(BETWEEN_CONTENTS)
  return heads.split(',').map((head, at) => {
    const [patient = '', id = '', version, controller = '', effective, recorded] = head.split(' ')
    return {
      patient: patient as PatientKey,
      id: id as RecordId,
      version: Number(version),
      type,
      controller,
      deleted: false,
      content: texts[at] ?? null,
      effective: new Date(Number(effective)),
      recorded: new Date(Number(recorded)),
      ...(tokens ? { tokens: tokens[at] ?? [] } : {}),
    }
  })
}

const BY_TIME: Order = { by: 'effective', descending: true }

function orderOf(sql: Sql, { by, descending }: Order = BY_TIME): Fragment {
  if (by === 'recorded') return descending ? sql`recorded desc, id desc` : sql`recorded, id`
  return descending ? sql`effective desc, id desc` : sql`effective, id`
}

export type LinkedRecord = FoundRecord & { tokens: string[] }

/** The id and version of every current record of the service that the decision lets through, newest first. Index: record_current. */
export async function visibleIds(
  sql: Sql,
  decision: Visibility,
  limit: number,
): Promise<Pick<StoredRecord, 'id' | 'version' | 'controller'>[]> {
  if (decision.controllers.length === 0) return []
  const found = await sql<Pick<StoredRecord, 'id' | 'version' | 'controller'>[]>`
    select id, version, controller from record
    where ${visible(sql, decision)} and superseded is null and not deleted
    order by effective desc, id desc
    limit ${limit}`
  if (found.length === 0) await checkChoices(sql, decision)
  return [...found]
}

/** The controllers of the current records that the decision lets through, by name. Index: record_current. */
export async function reportersShown(
  sql: Sql,
  decision: Visibility,
): Promise<{ organization: string; name: string; phone: string | undefined; since: Date }[]> {
  return await sql<{ organization: string; name: string; phone: string | undefined; since: Date }[]>`
    select shown.controller as organization, o.name, o.phone, shown.since
    from (
      select controller, min(recorded) as since from record
      where ${visible(sql, decision)} and superseded is null and not deleted and ${mayNameController(sql, decision)}
      group by controller
    ) as shown join organization o on o.number = shown.controller
    order by o.name`
}

/** The current records with these ids that the decision lets through. Index: record_pkey. */
export async function recordsById(sql: Sql, decision: Visibility, ids: readonly RecordId[], limit: number): Promise<LinkedRecord[]> {
  if (decision.controllers.length === 0 || ids.length === 0) return []
  const found = await sql<LinkedRecord[]>`
    select patient, id, version, type, controller, effective, recorded, deleted, content, tokens
    from record
    where ${visible(sql, decision)} and id = any (${ids}::bigint[]) and superseded is null and not deleted
    limit ${limit}`
  return await served(sql, decision, found)
}

/** The current records of a type with one of these tokens that the decision lets through. Index: record_current. */
export async function recordsWithTokens(
  sql: Sql,
  decision: Visibility,
  type: string,
  tokens: readonly string[],
  limit: number,
): Promise<LinkedRecord[]> {
  if (decision.controllers.length === 0 || tokens.length === 0) return []
  const found = await sql<LinkedRecord[]>`
    select patient, id, version, type, controller, effective, recorded, deleted, content, tokens
    from record
    where ${visible(sql, decision)} and type = ${type} and superseded is null and not deleted and tokens && ${tokens}
    order by effective desc, id desc
    limit ${limit}`
  return await served(sql, decision, found)
}

/**
 * The versions of one record that the decision lets through, newest first. Empty when the current version is not among them: a record that
 * was restricted later is restricted in every version. With `since`, those stored at that instant or later, and the current version in any
 * case. Index: record_pkey.
 */
export async function recordVersions(
  sql: Sql,
  decision: Visibility,
  type: string,
  id: RecordId,
  only: { version?: number; count: number; since?: Date },
): Promise<StoredRecord[]> {
  if (decision.controllers.length === 0) return []
  const ofNumber = only.version === undefined ? sql`` : sql`and (version = ${only.version} or superseded is null)`
  const wanted = only.since === undefined ? ofNumber : sql`and (recorded >= ${only.since} or superseded is null)`
  const rows = await sql<(StoredRecord & { current: boolean })[]>`
    select patient, id, version, type, controller, recorded, deleted, content, superseded is null as current
    from record
    where ${visible(sql, decision)} and type = ${type} and id = ${id} ${wanted}
    order by version desc
    limit ${only.count + 1}`
  if (rows.length === 0) await checkChoices(sql, decision)
  if (!rows[0]?.current) return []
  return await served(
    sql,
    decision,
    rows.filter(({ version }) => only.version === undefined || version === only.version),
  )
}

/** The most records of a type as they stood. */
const MOST_AS_OF = 1000

/**
 * The records of a type as they stood at an instant, newest first. A record that was restricted or hidden later is so in every version.
 * Index: record_pkey, record_current.
 */
export async function recordsAsOf(sql: Sql, decision: Visibility, type: string, at: Date): Promise<FoundRecord[]> {
  if (decision.controllers.length === 0) return []
  const found = await sql<FoundRecord[]>`
    select patient, id, version, type, controller, effective, recorded, deleted, content
    from record
    where ${visible(sql, decision)} and type = ${type} and recorded <= ${at} and (superseded is null or superseded > ${at}) and not deleted
      and id in (select id from record where ${visible(sql, decision)} and type = ${type} and superseded is null)
    order by effective desc, id desc
    limit ${MOST_AS_OF}`
  if (found.length === 0) await checkChoices(sql, decision)
  return await served(sql, decision, found)
}

/** The number of current records that the decision lets through. */
export async function countRecords(sql: Sql, decision: Visibility, filter: Omit<RecordFilter, 'count' | 'skip'>): Promise<number> {
  if (decision.controllers.length === 0) return 0
  const asked = await askedBy(sql, decision, filter)
  const [row] = await sql<{ total: number }[]>`
    select count(*)::integer as total
    from record
    where ${visible(sql, decision)} and type = ${filter.type} and superseded is null and not deleted ${conditions(sql, decision, asked)}`
  if (!row?.total) await checkChoices(sql, decision)
  return row?.total ?? 0
}

/** The newest version of one record, which may be a tombstone, when the decision lets it through. Index: record_pkey. */
export async function currentRecord(sql: Sql, decision: Visibility, type: string, id: RecordId): Promise<StoredRecord | undefined> {
  if (decision.controllers.length === 0) return undefined
  const [row] = await sql<StoredRecord[]>`
    select patient, id, version, type, controller, recorded, deleted, content
    from record
    where ${visible(sql, decision)} and type = ${type} and id = ${id} and superseded is null`
  if (!row) await checkChoices(sql, decision)
  const [shown] = row ? await served(sql, decision, [row]) : []
  return shown
}

/**
 * The number of current records of the service that each cause hides, with one cause for each record. The count is over the whole service,
 * never over the records that a search asks for: a count that depends on the search would answer it. Records that the decision would not
 * open in any case are not counted, and neither are blocks and opt-outs: who is blocked hears so, whatever there is, and who is blocked
 * from everything hears of nothing else.
 */
export async function countWithheld(sql: Sql, decision: Visibility): Promise<CountedWithheld> {
  const { withholdings, blockedAgainstStaff, hiddenReleaseCodes, releasedOnly } = decision
  const told = decision.withholdings.filter((hidden) => hidden.told)
  const blocks = told.filter(({ cause }) => cause === 'SpecificBlock')
  const uncounted = [
    ...(blocks.length > 0 ? [{ cause: 'SpecificBlock' as const, count: undefined }] : []),
    ...(told.some(({ cause }) => cause === 'Reservation') ? [{ cause: 'Reservation' as const, count: undefined }] : []),
  ]
  const whole: Unseen[] = blocks.length > 0 ? ['blocked'] : []
  if (blocks.some(({ controller, record }) => controller === null && record === null)) return { told: uncounted.slice(0, 1), unseen: whole }
  if (withholdings.some(({ cause }) => cause === 'Reservation')) return { told: uncounted, unseen: [...whole, 'opted-out'] }
  const restrictions = withholdings.filter(({ cause }) => cause === 'GeneralBlock')
  const unreleased = releasedOnly && decision.mayBeUnreleased === true
  if (decision.controllers.length === 0 || (restrictions.length === 0 && !blockedAgainstStaff && !unreleased))
    return { told: uncounted, unseen: whole }
  const by = (hidden: readonly Withholding[]) => hidden.map((one) => matches(sql, decision, one))
  const holds = (codes: readonly string[]) => sql`coalesce(release_codes && ${[...codes]}, false)`
  const isLater = releasedOnly ? sql`coalesce(release_at > ${decision.at}, false)` : sql`false`
  const isUnreleased = sql`(${isLater} or ${holds(hiddenReleaseCodes)} or tokens && ${decision.hiddenTokens ?? []}::text[])`
  const blockedBySource = blockedAgainstStaff ? [holds([BLOCKED_AGAINST_STAFF])] : []
  const [row] = await sql<{ general: number; hidden: boolean | null; unreleased: boolean | null }[]>`
    select count(*) filter (where general and released and not specific)::integer as general,
      bool_or(hidden and not specific) as hidden, bool_or(unreleased and not specific) as unreleased
    from (select ${anyOf(sql, by(blocks))} as specific,
            ${anyOf(sql, [...by(restrictions.filter((one) => one.told)), ...blockedBySource])} as general,
            not (${isLater} or ${holds(uncountedCodes(decision))}) as released, ${anyOf(sql, by(restrictions))} as hidden,
            ${unreleased || blockedAgainstStaff ? isUnreleased : sql`false`} as unreleased
          from record where ${opened(sql, decision)} and superseded is null and not deleted) as r`
  return {
    told: [...uncounted, ...(row?.general ? [{ cause: 'GeneralBlock' as const, count: row.general }] : [])],
    unseen: [...whole, ...(row?.hidden ? ['hidden' as const] : []), ...(row?.unreleased ? ['not-released' as const] : [])],
  }
}

/** What the reader learns, and the true reasons for the access log. */
interface CountedWithheld {
  told: { cause: WithheldCause; count: number | undefined }[]
  unseen: Unseen[]
}

export type Asked = Omit<RecordFilter, 'count' | 'skip'>

/** The filter without what would find hidden records, or a relative by where that person lives. */
export async function askedBy(sql: Sql, decision: Visibility, filter: Asked): Promise<Asked> {
  const { type, tokens = [], missing = [] } = filter
  const limited = tokensOfEmployers(decision, tokensOfRelatives(decision, type, tokens))
  const asked = {
    ...filter,
    tokens: await withoutHiddenReferences(sql, decision, limited),
    missing: missing.map((one) => (isServedOfRelatives(decision, type, one.name) ? one : { ...one, name: '' })),
  }
  if (!filter.texts?.length && !filter.has?.length) return asked
  // A fragment is a query too, and would run when a promise gives it: it comes in an object.
  return await narrowed<Asked>(sql, decision, asked, async (inner) => {
    const limits = await askedBy(sql, decision, inner)
    return {
      condition: sql`${visible(sql, decision)} and type = ${inner.type} and superseded is null and not deleted
        ${conditions(sql, decision, limits)}`,
    }
  })
}

export function conditions(sql: Sql, decision: Visibility, filter: Asked): Fragment {
  const parts = [
    ...(filter.ids ? [sql`and id = any (${filter.ids}::bigint[])`] : []),
    ...(filter.tokens ?? []).map((token) => tokenCondition(sql, decision, token)),
    ...(filter.missing ?? []).map((one) => missingCondition(sql, decision, one)),
    ...(filter.present === undefined ? [] : [presenceCondition(sql, decision, filter.present)]),
    ...(filter.quantities ?? []).map((quantity) => quantityCondition(sql, quantity)),
    ...(filter.dates ?? []).map((date) => dateCondition(sql, date)),
    ...(filter.stored ?? []).map((date) => storedCondition(sql, date)),
    ...(filter.after ? [afterCondition(sql, filter.after, filter.order)] : []),
  ]
  return parts.reduce((all, part) => sql`${all} ${part}`, sql``)
}

function presenceCondition(sql: Sql, { at }: Visibility, wanted: boolean): Fragment {
  const isPresent = present(sql, sql`tokens`, sql`${at}::timestamptz`)
  return wanted ? sql`and ${isPresent}` : sql`and not (${isPresent})`
}

function afterCondition(sql: Sql, { at, id }: NonNullable<Asked['after']>, { by, descending }: Order = BY_TIME): Fragment {
  const place = sql`(${at}, ${id}::bigint)`
  return descending ? sql`and (${sql(by)}, id) < ${place}` : sql`and (${sql(by)}, id) > ${place}`
}

/**
 * What one of the tokens of a filter looks like in the `tokens` array: whole, and as regular expressions where system or code is open. A
 * system has no bar, so that a code is never taken for the end of another.
 */
export function tokenTexts({ name, anyOf }: TokenFilter): { whole: string[]; partial: string[] } {
  const whole = anyOf.flatMap(({ system, code }) => (system !== undefined && code !== undefined ? [tokenText(name, system, code)] : []))
  const codes = anyOf.flatMap(({ system, code }) => (system === undefined && code !== undefined ? [escaped(code)] : []))
  const systems = anyOf.flatMap(({ system, code }) => (code === undefined ? [escaped(systemText(system))] : []))
  return {
    whole,
    partial: [
      ...(codes.length > 0 ? [`^${escaped(name)}=[^|]*[|](?:${codes.join('|')})$`] : []),
      ...(systems.length > 0 ? [`^${escaped(name)}=(?:${systems.join('|')})[|]`] : []),
    ],
  }
}

function tokenCondition(sql: Sql, decision: Visibility, filter: TokenFilter): Fragment {
  const { whole, partial } = tokenTexts(filter)
  const held =
    partial.length === 0
      ? sql`tokens && ${whole}::text[]`
      : sql`(tokens && ${whole}::text[] or exists (select 1 from unnest(tokens) as token where token ~ any (${partial}::text[])))`
  // What is cut from a record that is not served whole finds nothing, and is not there either way.
  const found = ofMeta.includes(filter.name) ? sql`(${held} and ${servedWhole(sql, decision)})` : held
  return filter.negated ? sql`and not ${found}` : sql`and ${found}`
}

/** Parameters of elements that are cut from a record which is not served whole. */
const ofMeta: readonly string[] = ['_tag', '_security']

function missingCondition(sql: Sql, decision: Visibility, { name, missing, isReference }: MissingFilter): Fragment {
  const held = sql`exists (select from unnest(tokens) as token where starts_with(token, ${`${name}=`}) and token <> ${`${name}=@none`})`
  const isServed = isReference || ofMeta.includes(name) ? sql`(${held} and ${servedWhole(sql, decision)})` : held
  return missing ? sql`and not ${isServed}` : sql`and ${isServed}`
}

/** A value such as `<5` is within `lt10` but not within `gt3`, since its exact value is unknown. */
function quantityCondition(sql: Sql, { name, anyOf }: QuantityFilter): Fragment {
  const within = anyOf.map(({ unit, low, high, comparators, outside }) => {
    const prefix = `${name}=${unit}|`
    const number = sql`split_part(substr(token, ${prefix.length + 1}), '|', 1)::double precision`
    const range = outside ? sql`not (${number} >= ${low} and ${number} < ${high})` : sql`${number} >= ${low} and ${number} < ${high}`
    const comparator = sql`split_part(substr(token, ${prefix.length + 1}), '|', 2)`
    return sql`(starts_with(token, ${prefix}) and ${comparator} = any (${['', ...comparators]}) and ${range})`
  })
  return sql`and exists (select 1 from unnest(tokens) as token where ${within.reduce((all, one) => sql`${all} or ${one}`, sql`false`)})`
}

/** Text in a regular expression of PostgreSQL, where it stands for itself. */
function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
}

/**
 * What is served of a record that points to a hidden one: the record with nothing that would show it. A report whose result is hidden loses
 * the reference, its free text and its tags, since a conclusion, a comment or a flag may be about that result. A reader who may know that
 * records are withheld finds the tag SUBSETTED on it (http://hl7.org/fhir/R4/valueset-security-labels.html); nobody else finds a trace.
 * A requisition and a specimen point to no result, but say what was looked for and why: where a result that came with them is hidden, they
 * are cut too. The same holds for searches: neither a reference to a hidden record nor a tag of a cut one finds anything.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { parseJson, writeJson } from '../values/json.ts'
import { placeOf } from './covered.ts'
import { withoutEmployersOfRelatives } from './employers.ts'
import { parseLogicalId, type RecordId } from './ids.ts'
import type { ServedVersion } from './record.ts'
import { withoutPlacesOfRelatives } from './relatives.ts'
import { shown, type Visibility } from './visibility.ts'

type Fragment = PendingQuery<Row[]>

/** The tag of FHIR on a resource of which only a part is shown. */
export const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }

const REFERENCE = /"reference":"(?:[^"]*\/)?[A-Z][A-Za-z]+\/([a-p]{32}|[a-p]{1,16}-[a-p]{1,16})(?:\/_history\/\d+)?"/g
const REFERENCE_END = /(?:^|\/)[A-Z][A-Za-z]+\/([a-p]{32}|[a-p]{1,16}-[a-p]{1,16})(?:\/_history\/\d+)?$/

/** Elements in which a person or a program writes about the parts of a record. */
const summaries = ['conclusion', 'conclusionCode', 'presentedForm', 'media', 'note', 'text', 'description', 'comment']

/** Types whose words are about the results that came in the same set. http://hl7.org/fhir/R4/servicerequest.html */
const askedFor = ['ServiceRequest', 'Specimen']
/** Elements in which a requisition says what is asked for, and why. */
const askings = ['code', 'orderDetail', 'reasonCode', 'reasonReference', 'supportingInfo', 'patientInstruction', 'condition']

/**
 * Whether single records may be hidden from this reader. For staff it is rare: only then is the further statement made, and no other
 * look-up pays for it.
 */
function mayHide({ ownRecords, withholdings, blockedAgainstStaff, releasedOnly }: Visibility): boolean {
  return !ownRecords && (blockedAgainstStaff || releasedOnly || withholdings.some(({ record }) => record !== null))
}

/** The records as this reader is served them. */
export async function served<Found extends ServedVersion>(sql: Sql, decision: Visibility, found: readonly Found[]): Promise<Found[]> {
  return await withoutEmployersOfRelatives(sql, decision, withoutPlacesOfRelatives(decision, await cutHidden(sql, decision, found)))
}

async function cutHidden<Found extends ServedVersion>(sql: Sql, decision: Visibility, found: readonly Found[]): Promise<Found[]> {
  if (!mayHide(decision)) return [...found]
  const pointed = found.flatMap(({ content }) => [...(content ?? '').matchAll(REFERENCE)].flatMap(([, id = '']) => idIn(id)))
  const hidden = await hiddenAmong(sql, decision, pointed)
  const about = await aboutHidden(sql, decision, found)
  if (hidden.size === 0 && about.size === 0) return [...found]
  const told = decision.blockedAgainstStaff || decision.withholdings.some((one) => one.record !== null && one.told)
  return found.map((record) =>
    record.content === null ? record : { ...record, content: cutText(record.content, hidden, told, about.has(record.id)) },
  )
}

/**
 * The requisitions and specimens among the records with a hidden record in the same set, or with one that points to them. Index:
 * record_pkey.
 */
async function aboutHidden(sql: Sql, decision: Visibility, found: readonly ServedVersion[]): Promise<ReadonlySet<RecordId>> {
  const ids = found.filter(({ type }) => askedFor.includes(type)).map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: RecordId }[]>`
    select distinct asked.id from record as asked
    where asked.patient = any (${[decision.patient.key, ...decision.patient.linked]}::bigint[]) and asked.id = any (${ids}::bigint[])
      and exists (
        select from record as hidden
        where ${ofPatient(sql, decision)} and service = ${decision.service} and superseded is null and not deleted
          and ${isAskedForBy(sql, 'asked')} and not coalesce(${shown(sql, decision)}, false))`
  return new Set(rows.map(({ id }) => id))
}

/** Whether the row `hidden` came with what the other row asked for. */
function isAskedForBy(sql: Sql, row: string): Fragment {
  const asked = sql.unsafe(row)
  const token = sql`'=|' || ${asked}.type || '/' || ${placeOf(sql, row)}`
  return sql`(hidden.set_key = ${asked}.set_key or hidden.tokens && array['based-on' || ${token}, 'specimen' || ${token}])`
}

/** The stored text without what would show the hidden records; the same text when it points to none. Decimals stand as they were sent. */
export function cutText(text: string, hidden: ReadonlySet<RecordId>, told: boolean, isAbout = false): string {
  const content = parseJson(text)
  if (!isObject(content) || !(withoutReferences(content, hidden) || isAbout)) return text
  const cut = withoutSummaries(content, told)
  return writeJson(isAbout ? Object.fromEntries(Object.entries(cut).filter(([key]) => !askings.includes(key))) : cut)
}

/** Those of the ids whose records this reader is not shown. Index: record_pkey. */
async function hiddenAmong(sql: Sql, decision: Visibility, ids: readonly RecordId[]): Promise<ReadonlySet<RecordId>> {
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: RecordId }[]>`
    select distinct id from record
    where ${ofPatient(sql, decision)} and id = any (${[...new Set(ids)]}::bigint[]) and service = ${decision.service}
      and superseded is null and not coalesce(${shown(sql, decision)}, false)`
  return new Set(rows.map(({ id }) => id))
}

/** A token as a search names it; a reference has no system, and `{Type}/{logical id}` as its code. */
interface AskedToken {
  name: string
  anyOf: { system?: string | undefined; code?: string | undefined }[]
}

/** The tokens of a search without references to records that are hidden from this reader: these find nothing. */
export async function withoutHiddenReferences<Asked extends AskedToken>(sql: Sql, decision: Visibility, asked: Asked[]): Promise<Asked[]> {
  if (!mayHide(decision)) return asked
  const idOf = ({ code = '' }: AskedToken['anyOf'][number]) => idIn(REFERENCE_END.exec(code)?.[1] ?? '')[0]
  const ids = asked.flatMap(({ anyOf }) => anyOf.flatMap((one) => idOf(one) ?? []))
  const hidden = await hiddenAmong(sql, decision, ids)
  if (hidden.size === 0) return asked
  const isOpen = (one: AskedToken['anyOf'][number]) => !hidden.has(idOf(one) ?? ('' as RecordId))
  return asked.map((token) => ({ ...token, anyOf: token.anyOf.filter(isOpen) }))
}

/** The condition that a record is served whole: its tags are searched only then. `record` is the row of the outer statement. */
export function servedWhole(sql: Sql, decision: Visibility): Fragment {
  if (!mayHide(decision)) return sql`true`
  return sql`not exists (
    select from record as hidden
    where ${ofPatient(sql, decision)} and service = ${decision.service} and superseded is null and not deleted
      and (exists (select from unnest(record.tokens) as token
          where split_part(token, '=|', 2) = type || '/' || ${placeOf(sql, 'hidden')})
        or (record.type = any (${askedFor}::text[]) and ${isAskedForBy(sql, 'record')}))
      and not coalesce(${shown(sql, decision)}, false))`
}

function ofPatient(sql: Sql, { patient }: Visibility): Fragment {
  return sql`patient = any (${[patient.key, ...patient.linked]}::bigint[])`
}

function idIn(text: string): RecordId[] {
  const key = parseLogicalId(text)
  return key ? [key.id] : []
}

type Members = Record<string, unknown>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Removes the references in place, and what is empty without them. Whether there was any. */
function withoutReferences(holder: Members, hidden: ReadonlySet<RecordId>): boolean {
  let isCut = false
  const leaves = (value: unknown): boolean => {
    if (!isObject(value)) return false
    const [id] = typeof value['reference'] === 'string' ? idIn(REFERENCE_END.exec(value['reference'])?.[1] ?? '') : []
    if (id !== undefined && hidden.has(id)) return true
    const isWithout = withoutReferences(value, hidden)
    if (isWithout) isCut = true
    // An extension without its value, or a component of a list without its reference, says nothing by itself.
    return isWithout && Object.keys(value).every((key) => key === 'url')
  }
  for (const [key, value] of Object.entries(holder)) {
    const kept = Array.isArray(value) ? value.filter((item) => !leaves(item)) : value
    if (Array.isArray(value) && Array.isArray(kept) && kept.length < value.length) {
      isCut = true
      if (kept.length > 0) holder[key] = kept
      else delete holder[key]
    } else if (!Array.isArray(value) && leaves(value)) {
      isCut = true
      delete holder[key]
    }
  }
  return isCut
}

/** Without free text and tags, at every level: they may be about what is hidden. */
function withoutSummaries({ meta, extension, ...content }: Members, told: boolean): Members {
  const kept = Object.fromEntries(Object.entries(content).filter(([key]) => !summaries.includes(key)))
  const extensions = Array.isArray(extension) ? extension.filter((one) => !(isObject(one) && 'valueString' in one)) : []
  const { tag: _tag, ...others } = isObject(meta) ? meta : {}
  const { resourceType, id, ...rest } = kept
  return {
    resourceType,
    id,
    meta: { ...others, ...(told ? { tag: [SUBSETTED] } : {}) },
    ...(extensions.length > 0 ? { extension: extensions } : {}),
    ...rest,
  }
}

/** FHIR search of one type, POST with a form body: http://hl7.org/fhir/R4/http.html#search */

import type { OperationOutcome } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import { TooManyToRead } from '../../store/narrowing.ts'
import type { FoundRecord, LinkedRecord } from '../../store/read-records.ts'
import type { ServedVersion } from '../../store/record.ts'
import { recordUrl } from '../answer.ts'
import { aboutOneself } from '../asked-patient.ts'
import { decided } from '../decided.ts'
import type { Done, Exchange, ServiceExchange } from '../exchange.ts'
import { nothingIssues } from '../nothing-issues.ts'
import { nothingIssue, unknownMembersIssue, type Withheld, withheldIssue } from '../outcome.ts'
import { type BoundRecords, records } from '../records.ts'
import { isLenient, passedOver } from '../search/area-search.ts'
import { includedWith } from '../search/include.ts'
import { cursorText, pageOf } from '../search/search-cursor.ts'
import { parseSearch, type SearchRequest, tooManyToRead } from '../search/search-parameters.ts'
import { type Shape, shaped } from '../search/shape.ts'
import { type PatientIdentifier, spliceIdentifier } from '../write/content.ts'
import { declarationOf } from '../write/prepare-write.ts'

/**
 * 200 with a searchset: matches in the order of the search, then one entry of mode outcome that states what is missing and why. With
 * `lenient` (http://hl7.org/fhir/R4/search.html#errors), unknown parameters are passed over, and the outcome names them.
 */
export async function searchType(exchange: ServiceExchange, type: string, sent: URLSearchParams, prefer?: string): Promise<Done> {
  const event = 'search-type'
  const declaration = declarationOf(exchange, type, 'search-type')
  if (isProblem(declaration)) return { event, type, result: declaration }
  const page = pageOf(sent, exchange, type)
  if (isProblem(page)) return { event, type, result: page }
  const form = aboutOneself(exchange, page.form)
  const { service, kernel } = exchange
  const search = parseSearch(form, { type, declaration, codes: kernel.codes, service, lenient: isLenient(prefer) })
  if (isProblem(search)) return { event, type, result: search }
  if (page.after) search.filter.after = page.after
  for (const name of search.ignored) form.delete(name)
  const patient = { identityNumber: search.identityNumber }
  return await decided(exchange, { event, type, kind: 'search', patient }, records, async (decision, rows) => {
    try {
      const body = await searchPage(exchange, { decision, rows }, type, search, form)
      return { status: 200, headers: {}, body }
    } catch (error) {
      if (error instanceof TooManyToRead) return tooManyToRead()
      throw error
    }
  })
}

/** A decision and the records that it opens, which a search works with. */
export interface Opened {
  decision: Decision
  rows: BoundRecords
}

/** The searchset of the records that a decision opens. The records it shows are logged as disclosed. */
export async function searchPage(
  exchange: ServiceExchange,
  opened: Opened,
  type: string,
  search: SearchRequest,
  form: URLSearchParams,
): Promise<string> {
  const { decision, rows } = opened
  const { found, total, more } = await find(rows, type, search)
  const matches = search.summaryCount ? [] : found
  // A search that follows no link needs no further statement.
  const included =
    search.includes.length === 0 ? { records: [], cut: false } : await includedWith(opened, matches as LinkedRecord[], search.includes)
  const withheld = await rows.withheld()
  const issues = [
    ...withheld.map(withheldIssue),
    ...(await outcomes(opened, { empty: total === 0 || isPastTheEnd(search, found, decision), more, withheld })),
    ...(included.cut ? [nothingIssue('included-more')] : []),
    ...unknownMembers(exchange),
    ...search.ignored.map(passedOver),
  ]
  const last = more ? matches.at(-1) : undefined
  const by = search.filter.order?.by ?? 'effective'
  const next = last && cursorText({ at: last[by] ?? last.effective, id: last.id }, form, exchange, type)
  const page = { matches, included: included.records, total, issues, next, shape: search.shape }
  rows.disclose([...matches, ...included.records])
  return searchset(exchange, type, page, decision.patient.identifier)
}

/** Whether a later page is empty for one who reads the own organisation alone, which is stated as it is of an empty search. */
function isPastTheEnd({ filter, summaryCount }: SearchRequest, found: readonly FoundRecord[], { ownOnly }: Decision): boolean {
  return filter.after !== undefined && !summaryCount && found.length === 0 && ownOnly !== undefined
}

/** The total is known when the page holds the last match; otherwise it is counted when the search asks for it. */
async function find(
  rows: BoundRecords,
  type: string,
  { filter, includes, summaryCount, accurateTotal }: SearchRequest,
): Promise<{ found: FoundRecord[]; total: number | undefined; more: boolean }> {
  const query = { ...filter, type }
  const whole = { ...query }
  delete whole.after
  if (summaryCount) return { found: [], total: await rows.count(whole), more: false }
  const read = await rows.find({ ...query, count: filter.count + 1 }, { withTokens: includes.length > 0 })
  const found = read.slice(0, filter.count)
  const skipped = filter.skip ?? 0
  const more = read.length > filter.count
  if (!more && !filter.after && (read.length > 0 || skipped === 0)) return { found, total: skipped + read.length, more }
  return { found, total: accurateTotal ? await rows.count(whole) : undefined, more }
}

/** The notices that keep a partial answer from looking complete. An empty page says nothing about other pages. */
async function outcomes(
  { decision, rows }: Opened,
  { empty, more, withheld }: { empty: boolean; more: boolean; withheld: Withheld[] },
): Promise<Issues> {
  return [...(more ? [nothingIssue('more')] : []), ...(await nothingIssues({ decision, rows }, { empty, withheld }))]
}

function unknownMembers({ attestation }: Exchange): Issues {
  return attestation && !isProblem(attestation) && attestation.unknownMembers.length > 0
    ? [unknownMembersIssue(attestation.unknownMembers)]
    : []
}

type Issues = OperationOutcome['issue']

interface Page {
  matches: ServedVersion[]
  included: ServedVersion[]
  total: number | undefined
  issues: Issues
  /** The cursor of the next page; undefined when this is the last. */
  next: string | undefined
  shape: Shape | undefined
}

/** The Bundle as concatenated text: stored content is not parsed (architecture decision 4). */
function searchset(
  exchange: ServiceExchange,
  type: string,
  { matches, included, total, issues: said, next, shape }: Page,
  identifier: PatientIdentifier,
): string {
  const { kernel, service } = exchange
  const entry = (mode: 'match' | 'include') => (record: ServedVersion) => {
    const whole = spliceIdentifier(record.content ?? '{}', service.resources[record.type]?.patientElement ?? 'subject', identifier)
    const resource = shape ? shaped(whole, shape, mode) : whole
    const url = recordUrl(exchange, record)
    return `{"fullUrl":"${url}","resource":${resource},"search":{"mode":"${mode}"}}`
  }
  const entries = [...matches.map(entry('match')), ...included.map(entry('include'))]
  const issues = [...said, ...(service.standingNotice ? [service.standingNotice] : [])]
  if (issues.length > 0)
    entries.push(`{"resource":${JSON.stringify({ resourceType: 'OperationOutcome', issue: issues })},"search":{"mode":"outcome"}}`)
  const count = total === undefined ? '' : `"total":${total},`
  const self = `${kernel.baseUrl}/fhir/${service.id}/${type}/_search`
  const nextLink = next === undefined ? '' : `,{"relation":"next","url":"${self}?_cursor=${next}"}`
  const link = `"link":[{"relation":"self","url":"${self}"}${nextLink}]`
  // FHIR has no empty lists: http://hl7.org/fhir/R4/json.html
  const list = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`
  return `{"resourceType":"Bundle","type":"searchset",${count}${link}${list}}`
}

/** FHIR search of one type, POST with a form body: http://hl7.org/fhir/R4/http.html#search */

import type { OperationOutcome } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import { countRecords, countWithheld, type FoundRecord, type LinkedRecord, searchRecords } from '../../store/read-records.ts'
import type { StoredRecord } from '../../store/record.ts'
import { resourceUrl } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { decidedAnew } from '../decided-anew.ts'
import type { Answer, Done, Exchange } from '../exchange.ts'
import { type Nothing, nothingIssue, unknownMembersIssue, type Withheld, withheldIssue } from '../outcome.ts'
import { type Included, includedWith } from '../search/include.ts'
import { cursorText } from '../search/search-cursor.ts'
import { parseSearch, type SearchRequest } from '../search/search-parameters.ts'
import { type PatientIdentifier, spliceIdentifier } from '../write/content.ts'
import { declarationOf } from '../write/prepare-write.ts'

/** 200 with a searchset: matches newest first, then one entry of mode outcome for what is not there and why. */
export async function searchType(exchange: Exchange, type: string, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const declaration = declarationOf(exchange, type, 'search-type')
  if (isProblem(declaration)) return { event, type, result: declaration }
  const search = parseSearch(aboutOneself(exchange, form), declaration, exchange.kernel.codes, exchange.service)
  if (isProblem(search)) return { event, type, result: search }
  return await decidedAnew(event, type, async () => await searchOnce(exchange, type, search))
}

/** A citizen who names nobody asks about oneself. */
export function aboutOneself({ caller }: Exchange, form: URLSearchParams): URLSearchParams {
  if (caller.kind !== 'citizen' || caller.pid === undefined || form.has('patient.identifier')) return form
  const own = new URLSearchParams(form)
  own.set('patient.identifier', caller.pid)
  return own
}

async function searchOnce(exchange: Exchange, type: string, search: SearchRequest): Promise<Done> {
  const event = 'search-type'
  const { outcome: decision, patient } = await authorize(exchange, 'search', { identityNumber: search.identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { shown, body, withheld } = await searchPage(exchange, decision, type, search)
  const result: Answer = { status: 200, headers: {}, body }
  const disclosed = shown.map(({ id, version }) => ({ id, version }))
  return { event, type, decision, disclosed, withheld, result }
}

/** What a decision lets a search see: the records shown, and the searchset. */
export async function searchPage(
  exchange: Exchange,
  decision: Decision,
  type: string,
  search: SearchRequest,
): Promise<{ shown: StoredRecord[]; body: string; withheld: boolean }> {
  const { records, total, more } = await find(exchange, decision, type, search)
  const matches = search.summaryCount ? [] : records
  const included = await includedBy(exchange, decision, matches, search)
  const withheld = await countWithheld(exchange.kernel.sql, decision)
  const issues = [
    ...withheld.map(withheldIssue),
    ...outcomes(decision, total === 0, more, withheld).map(nothingIssue),
    ...(included.cut ? [nothingIssue('included-more')] : []),
    ...unknownMembers(exchange),
  ]
  const last = more ? matches.at(-1) : undefined
  const page = { matches, included: included.records, total, issues, next: last && cursorText(last) }
  const body = searchset(exchange, type, page, decision.patient.identifier)
  return { shown: [...matches, ...included.records], body, withheld: decision.withheld || withheld.length > 0 }
}

/** A search that follows no link asks nothing more of the database. */
async function includedBy(exchange: Exchange, decision: Decision, matches: FoundRecord[], { includes }: SearchRequest): Promise<Included> {
  if (includes.length === 0) return { records: [], cut: false }
  return await includedWith(exchange, decision, matches as LinkedRecord[], includes)
}

/** The total comes free when the page holds the end; otherwise it is counted when asked for. */
async function find(
  exchange: Exchange,
  decision: Decision,
  type: string,
  { filter, includes, summaryCount, accurateTotal }: SearchRequest,
): Promise<{ records: FoundRecord[]; total: number | undefined; more: boolean }> {
  const { sql } = exchange.kernel
  const query = { ...filter, type }
  const whole = { ...query }
  delete whole.after
  if (summaryCount) return { records: [], total: await countRecords(sql, decision, whole), more: false }
  const found = await searchRecords(sql, decision, { ...query, count: filter.count + 1 }, { withTokens: includes.length > 0 })
  const records = found.slice(0, filter.count)
  const skipped = filter.skip ?? 0
  const more = found.length > filter.count
  if (!more && !filter.after && (found.length > 0 || skipped === 0)) return { records, total: skipped + found.length, more }
  return { records, total: accurateTotal ? await countRecords(sql, decision, whole) : undefined, more }
}

/** A partial answer never looks complete. An empty page says nothing about the others. */
function outcomes(decision: Decision, empty: boolean, more: boolean, withheld: Withheld[]): Nothing[] {
  const pages: Nothing[] = more ? ['more'] : []
  if (decision.withheld) return [...pages, 'withheld']
  if (!empty || withheld.length > 0) return pages
  return [decision.anyContributor ? 'none' : 'unknown']
}

function unknownMembers({ attestation }: Exchange): Issues {
  return attestation && !isProblem(attestation) && attestation.unknownMembers.length > 0
    ? [unknownMembersIssue(attestation.unknownMembers)]
    : []
}

type Issues = OperationOutcome['issue']

interface Page {
  matches: StoredRecord[]
  included: StoredRecord[]
  total: number | undefined
  issues: Issues
  /** The cursor of the next page, when there is one. */
  next: string | undefined
}

/** Concatenated text: stored content is not parsed (architecture decision 4). */
function searchset(
  exchange: Exchange,
  type: string,
  { matches, included, total, issues: said, next }: Page,
  identifier: PatientIdentifier,
): string {
  const { kernel, service } = exchange
  const entry = (mode: 'match' | 'include') => (record: StoredRecord) => {
    const resource = spliceIdentifier(record.content ?? '{}', service.resources[record.type]?.patientElement ?? 'subject', identifier)
    return `{"fullUrl":"${resourceUrl(exchange, record.type, record.patient, record.id)}","resource":${resource},"search":{"mode":"${mode}"}}`
  }
  const entries = [...matches.map(entry('match')), ...included.map(entry('include'))]
  const issues = [...said, ...(service.standingNotice ? [service.standingNotice] : [])]
  if (issues.length > 0)
    entries.push(`{"resource":${JSON.stringify({ resourceType: 'OperationOutcome', issue: issues })},"search":{"mode":"outcome"}}`)
  const count = total === undefined ? '' : `"total":${total},`
  const self = `${kernel.baseUrl}/fhir/${service.id}/${type}/_search`
  const link = `"link":[{"relation":"self","url":"${self}"}${next === undefined ? '' : `,{"relation":"next","url":"${self}?_cursor=${next}"}`}]`
  return `{"resourceType":"Bundle","type":"searchset",${count}${link},"entry":[${entries.join(',')}]}`
}

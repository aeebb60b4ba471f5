/** FHIR search of one type, POST with a form body: http://hl7.org/fhir/R4/http.html#search */
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import { countRecords, type StoredRecord, searchRecords } from '../../store/read-records.ts'
import { resourceUrl } from '../answer.ts'
import { authorize } from '../authorize.ts'
import { type PatientIdentifier, spliceIdentifier } from '../content.ts'
import type { Answer, Done, Exchange } from '../exchange.ts'
import { type Nothing, nothingIssue } from '../outcome.ts'
import { declarationOf } from '../prepare-write.ts'
import { parseSearch, type SearchRequest } from '../search-parameters.ts'

/** 200 with a searchset: matches newest first, then one entry of mode outcome for what is not there and why. */
export async function searchType(exchange: Exchange, type: string, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const declaration = declarationOf(exchange, type, 'search-type')
  if (isProblem(declaration)) return { event, type, result: declaration }
  const search = parseSearch(form, declaration, exchange.kernel.codes)
  if (isProblem(search)) return { event, type, result: search }

  const { outcome: decision, patient } = await authorize(exchange, 'search', { identityNumber: search.identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { records, total } = await find(exchange, decision, type, search)
  const body = searchset(
    exchange,
    type,
    search.summaryCount ? [] : records,
    total,
    outcomes(decision, records.length === 0 && !total),
    decision.patient.identifier,
  )
  const result: Answer = { status: 200, headers: {}, body }
  const disclosed = search.summaryCount ? [] : records.map(({ id, version }) => ({ id, version }))
  return { event, type, decision, disclosed, withheld: decision.withheld, result }
}

/** The total comes free when the page holds the end; otherwise it is counted when asked for. */
async function find(
  exchange: Exchange,
  decision: Decision,
  type: string,
  { filter, summaryCount, accurateTotal }: SearchRequest,
): Promise<{ records: StoredRecord[]; total: number | undefined }> {
  const { sql } = exchange.kernel
  const query = { ...filter, type }
  if (summaryCount) return { records: [], total: await countRecords(sql, decision, query) }
  const found = await searchRecords(sql, decision, { ...query, count: filter.count + 1 })
  const records = found.slice(0, filter.count)
  const skipped = filter.skip ?? 0
  if (found.length <= filter.count && (found.length > 0 || skipped === 0)) return { records, total: skipped + found.length }
  return { records, total: accurateTotal ? await countRecords(sql, decision, query) : undefined }
}

function outcomes(decision: Decision, empty: boolean): Nothing[] {
  if (decision.withheld) return ['withheld']
  if (!empty) return []
  return decision.anyContributor ? ['none'] : ['unknown']
}

/** Concatenated text: stored content is not parsed (architecture decision 4). */
function searchset(
  exchange: Exchange,
  type: string,
  records: StoredRecord[],
  total: number | undefined,
  nothings: Nothing[],
  identifier: PatientIdentifier,
): string {
  const { kernel, service } = exchange
  const element = service.resources[type]?.patientElement ?? 'subject'
  const entries = records.map((record) => {
    const resource = spliceIdentifier(record.content ?? '{}', element, identifier)
    return `{"fullUrl":"${resourceUrl(exchange, type, record.patient, record.id)}","resource":${resource},"search":{"mode":"match"}}`
  })
  const issues = [...nothings.map(nothingIssue), ...(service.standingNotice ? [service.standingNotice] : [])]
  if (issues.length > 0)
    entries.push(`{"resource":${JSON.stringify({ resourceType: 'OperationOutcome', issue: issues })},"search":{"mode":"outcome"}}`)
  const count = total === undefined ? '' : `"total":${total},`
  const link = `"link":[{"relation":"self","url":"${kernel.baseUrl}/fhir/${service.id}/${type}/_search"}]`
  return `{"resourceType":"Bundle","type":"searchset",${count}${link},"entry":[${entries.join(',')}]}`
}

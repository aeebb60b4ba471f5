/** Parses the form body of a search against the table of search parameters that the service declares. */
import type { Codes } from '../codes/codes.ts'
import { type Issue, type Problem, problem, problemWith, type Result } from '../problem/problem.ts'
import { parseLogicalId, type RecordId } from '../store/ids.ts'
import type { RecordFilter, TokenFilter } from '../store/read-records.ts'
import { dateRange } from './dates.ts'
import type { ResourceDeclaration, SearchParameter } from './service.ts'

export interface SearchRequest {
  identityNumber: string
  filter: Omit<RecordFilter, 'type'>
  summaryCount: boolean
  accurateTotal: boolean
}

/** Bounds on the work that one search can ask of the database. */
const MAX_PARAMETERS = 50
const MAX_VALUES = 200
const MAX_COUNT = 1000
const DEFAULT_COUNT = 50

/** All faults at once. An unknown parameter is refused: ignoring it would answer another question than the one asked. */
export function parseSearch(form: URLSearchParams, declaration: ResourceDeclaration, codes: Codes): Result<SearchRequest> {
  const issues: Issue[] = []
  const fault = (text: string) => issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const filter: SearchRequest['filter'] & { tokens: TokenFilter[]; times: NonNullable<RecordFilter['times']> } = {
    count: DEFAULT_COUNT,
    tokens: [],
    times: [],
  }
  const request: SearchRequest = { identityNumber: '', filter, summaryCount: false, accurateTotal: false }

  if (form.size > MAX_PARAMETERS) return problem('invalid-parameter', `A search has at most ${MAX_PARAMETERS} parameters.`)

  for (const [name, value] of form) {
    if (hasControlCharacter(value)) fault(`${JSON.stringify(name.slice(0, 64))} holds a control character.`)
    else if (name === 'patient.identifier' || name === 'subject.identifier') request.identityNumber = value.split('|').at(-1)?.trim() ?? ''
    else if (name === '_count') filter.count = wholeNumber(name, value, 0, MAX_COUNT, fault)
    else if (name === '_skip') filter.skip = wholeNumber(name, value, 0, 1_000_000, fault)
    else if (name === '_summary' && value === 'count') request.summaryCount = true
    else if (name === '_total' && (value === 'accurate' || value === 'none')) request.accurateTotal = value === 'accurate'
    else if (name === '_sort') checkSort(value, declaration, fault)
    else if (name === '_format') continue
    else if (name === '_id') filter.id = parseLogicalId(value)?.id ?? ('-1' as RecordId)
    else addParameter(name, value, declaration, codes, filter, fault)
  }
  if (!request.identityNumber)
    return issues.length > 0 ? problemWith('invalid-parameter', [...patientRequired().issues, ...issues]) : patientRequired()
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : request
}

function patientRequired(): Problem {
  return problem('patient-required')
}

function addParameter(
  name: string,
  value: string,
  declaration: ResourceDeclaration,
  codes: Codes,
  filter: { tokens: TokenFilter[]; times: NonNullable<RecordFilter['times']> },
  fault: (text: string) => void,
): void {
  const parameter = declaration.searchParameters.find((candidate) => candidate.name === name)
  if (!parameter) {
    const known = [
      'patient.identifier',
      ...declaration.searchParameters.map((candidate) => candidate.name),
      '_id',
      '_count',
      '_skip',
      '_sort',
      '_summary=count',
      '_total',
    ]
    fault(`There is no search parameter ${JSON.stringify(name.slice(0, 64))} here. There is: ${known.join(', ')}.`)
  } else if (parameter.type === 'date') {
    const range = dateRange(value)
    if (range) filter.times.push(...range)
    else fault(`${name} takes a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00+01:00.`)
  } else {
    const parts = value.split(',', MAX_VALUES + 1)
    if (parts.length > MAX_VALUES) fault(`${name} takes at most ${MAX_VALUES} values.`)
    else filter.tokens.push({ name, anyOf: parts.flatMap((part) => token(part, parameter, codes)) })
  }
}

/** `system|code`, `code`, `system|` or `|code` (http://hl7.org/fhir/R4/search.html#token). */
function token(text: string, parameter: SearchParameter, codes: Codes): TokenFilter['anyOf'] {
  const bar = text.indexOf('|')
  if (bar < 0) return [{ code: text }]
  const system = text.slice(0, bar) === '' ? '' : codes.canonical(text.slice(0, bar))
  const code = text.slice(bar + 1)
  if (code === '') return [{ system }]
  return parameter.equivalents ? codes.equivalents(system, code) : [{ system, code }]
}

/** FHIR strings have none, and PostgreSQL takes no text with NUL. */
function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

function checkSort(value: string, declaration: ResourceDeclaration, fault: (text: string) => void): void {
  const date = declaration.searchParameters.find((parameter) => parameter.type === 'date')?.name
  if (value !== `-${date}`) fault(`_sort takes -${date}: newest first, which is also the order without it.`)
}

function wholeNumber(name: string, value: string, min: number, max: number, fault: (text: string) => void): number {
  const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN
  if (number >= min && number <= max) return number
  fault(`${name} takes a whole number from ${min} to ${max}.`)
  return min
}

/** Parses the form body of a search against the table of search parameters that the service declares. */
import type { Codes } from '../../codes/codes.ts'
import { type Issue, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import type { QuantityFilter, RecordFilter, TimeBound, TokenFilter } from '../../store/read-records.ts'
import { dateRange } from '../../values/dates.ts'
import type { InformationService, ResourceDeclaration, SearchParameter } from '../service.ts'
import { quantityBounds } from './quantity-filter.ts'
import { cursorOf } from './search-cursor.ts'

/**
 * A link to follow: from `source`, by its parameter `name`, to `targets`; with `reverse`, from a target to the sources that point to it.
 */
export interface Include {
  source: string
  name: string
  targets: readonly string[]
  iterate: boolean
  reverse: boolean
}

export interface SearchRequest {
  identityNumber: string
  filter: Omit<RecordFilter, 'type'>
  includes: Include[]
  summaryCount: boolean
  accurateTotal: boolean
}

/** Bounds on the work that one search can cause in the database. */
const MAX_PARAMETERS = 50
const MAX_VALUES = 200
const MAX_COUNT = 1000
const DEFAULT_COUNT = 50

type Filter = SearchRequest['filter'] & {
  tokens: TokenFilter[]
  quantities: QuantityFilter[]
  times: TimeBound[]
  stored: TimeBound[]
}

const tag: SearchParameter = { name: '_tag', type: 'token', expression: 'Resource.meta.tag', equivalents: true }

/** The parameters that every type has in addition to its own. */
export const commonParameters: readonly Pick<SearchParameter, 'name' | 'type' | 'expression'>[] = [
  { name: '_id', type: 'token', expression: 'Resource.id' },
  { name: '_lastUpdated', type: 'date', expression: 'Resource.meta.lastUpdated' },
  tag,
]

const controls = ['_count', '_skip', '_cursor', '_sort', '_summary=count', '_total', '_include', '_revinclude']

/** Parses a search and reports all faults at once. An unknown parameter is refused: a search that ignores it would give a wrong answer. */
export function parseSearch(
  form: URLSearchParams,
  declaration: ResourceDeclaration,
  codes: Codes,
  service?: InformationService,
): Result<SearchRequest> {
  const issues: Issue[] = []
  const fault = (text: string) => issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const filter: Filter = { count: DEFAULT_COUNT, tokens: [], quantities: [], times: [], stored: [] }
  const request: SearchRequest = { identityNumber: '', filter, includes: [], summaryCount: false, accurateTotal: false }

  if (form.size > MAX_PARAMETERS) return problem('invalid-parameter', `A search has at most ${MAX_PARAMETERS} parameters.`)

  for (const [name, value] of form) {
    if (hasControlCharacter(value)) fault(`${JSON.stringify(name.slice(0, 64))} holds a control character.`)
    else if (name === 'patient.identifier' || name === 'subject.identifier') request.identityNumber = value.split('|').at(-1)?.trim() ?? ''
    else if (name === '_count') filter.count = wholeNumber(name, value, 0, MAX_COUNT, fault)
    else if (name === '_skip') filter.skip = wholeNumber(name, value, 0, 1_000_000, fault)
    else if (name === '_cursor') addCursor(value, filter, fault)
    else if (name === '_summary' && value === 'count') request.summaryCount = true
    else if (name === '_total' && (value === 'accurate' || value === 'none')) request.accurateTotal = value === 'accurate'
    else if (name === '_sort') checkSort(value, declaration, fault)
    else if (name === '_format') continue
    else if (service && /^_(rev)?include(:iterate)?$/.test(name)) request.includes.push(...includesOf(name, value, service, fault))
    else addParameter(name, value, declaration, codes, filter, fault)
  }
  if (!request.identityNumber)
    return issues.length > 0 ? problemWith('invalid-parameter', [...patientRequired().issues, ...issues]) : patientRequired()
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : request
}

/** Reads `{Type}:{parameter}` or `{Type}:{parameter}:{target Type}`, several with a comma between them. */
function includesOf(name: string, value: string, { resources }: InformationService, fault: (text: string) => void): Include[] {
  return value.split(',').flatMap((part) => {
    const [source = '', parameter = '', target, ...more] = part.split(':')
    const declared = Object.hasOwn(resources, source)
      ? resources[source]?.searchParameters.find((candidate) => candidate.name === parameter && candidate.type === 'reference')
      : undefined
    const targets = declared?.targets?.filter((candidate) => target === undefined || candidate === target) ?? []
    if (targets.length === 0 || more.length > 0) {
      fault(`${name} takes one of ${linksOf(resources).join(', ') || 'none: nothing in this service refers to anything'}.`)
      return []
    }
    return [{ source, name: parameter, targets, iterate: name.endsWith(':iterate'), reverse: name.startsWith('_rev') }]
  })
}

/** Every link of a service, as `{Type}:{parameter}`. */
export function linksOf(resources: InformationService['resources']): string[] {
  return Object.entries(resources).flatMap(([type, { searchParameters }]) =>
    searchParameters.filter((parameter) => parameter.type === 'reference').map(({ name }) => `${type}:${name}`),
  )
}

function patientRequired(): Problem {
  return problem('patient-required')
}

function addParameter(
  name: string,
  value: string,
  declaration: ResourceDeclaration,
  codes: Codes,
  filter: Filter,
  fault: (text: string) => void,
): void {
  const parameter = name === '_tag' ? tag : declaration.searchParameters.find((candidate) => candidate.name === name)
  const parts = value.split(',', MAX_VALUES + 1)
  if (parts.length > MAX_VALUES) fault(`${name.slice(0, 64)} takes at most ${MAX_VALUES} values.`)
  else if (name === '_id') {
    const ids = parts.flatMap((part) => parseLogicalId(part)?.id ?? [])
    filter.ids = filter.ids ? ids.filter((id) => filter.ids?.includes(id)) : ids
  } else if (name === '_lastUpdated') addDate(name, value, filter.stored, fault)
  else if (!parameter) {
    const known = [
      'patient.identifier',
      ...[...declaration.searchParameters, ...commonParameters].map((candidate) => candidate.name),
      ...controls,
    ]
    fault(`There is no search parameter ${JSON.stringify(name.slice(0, 64))} here. Use one of: ${known.join(', ')}.`)
  } else if (parameter.findsPresent) {
    if (value === 'true' || value === 'false') filter.present = value === 'true'
    else fault(`${name} takes true or false.`)
  } else if (parameter.type === 'date') addDate(name, value, filter.times, fault)
  else if (parameter.type === 'quantity') {
    const bounds = parts.map((part) => quantityBounds(part))
    if (bounds.every((one) => one !== undefined)) filter.quantities.push({ name, anyOf: bounds })
    else fault(`${name} takes a number with its unit, such as gt7.5|http://unitsofmeasure.org|mmol/L or 5.4||g.`)
  } else if (parameter.type === 'reference') {
    filter.tokens.push({ name, anyOf: parts.flatMap((part) => reference(part, parameter)) })
  } else filter.tokens.push({ name, anyOf: parts.flatMap((part) => token(part, parameter, codes)) })
}

function addCursor(value: string, filter: Filter, fault: (text: string) => void): void {
  const after = cursorOf(value)
  if (after) filter.after = after
  else fault('_cursor is taken from the link next of the page before.')
}

function addDate(name: string, value: string, bounds: TimeBound[], fault: (text: string) => void): void {
  const range = dateRange(value)
  if (range) bounds.push(...range)
  else fault(`${name} takes a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00+01:00.`)
}

/** Reads `{Type}/{id}`, an address that ends in it, or an id alone (http://hl7.org/fhir/R4/search.html#reference). */
function reference(text: string, { targets = [] }: SearchParameter): TokenFilter['anyOf'] {
  const [id = '', type] = text.split('/').reverse()
  return (type === undefined ? targets : [type]).map((target) => ({ system: '', code: `${target}/${id}` }))
}

/** Reads `system|code`, `code`, `system|` or `|code` (http://hl7.org/fhir/R4/search.html#token). */
function token(text: string, parameter: SearchParameter, codes: Codes): TokenFilter['anyOf'] {
  const bar = text.indexOf('|')
  if (bar < 0) return [{ code: text }]
  const system = text.slice(0, bar) === '' ? '' : codes.canonical(text.slice(0, bar))
  const code = text.slice(bar + 1)
  if (code === '') return [{ system }]
  return parameter.equivalents ? codes.equivalents(system, code) : [{ system, code }]
}

/** FHIR strings have no control characters, and PostgreSQL takes no text with NUL. */
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

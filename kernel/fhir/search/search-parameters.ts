/** Parses the form of a search against the table of search parameters that the service declares. */
import type { Codes } from '../../codes/codes.ts'
import { type Issue, isProblem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import type { MissingFilter, Order, QuantityFilter, RecordFilter, TokenFilter } from '../../store/read-records.ts'
import type { DateFilter } from '../../store/record-dates.ts'
import { ucum } from '../../units/units.ts'
import { naming, numberIn } from '../asked-patient.ts'
import type { InformationService, ResourceDeclaration, SearchParameter } from '../service.ts'
import { quantityBounds } from './quantity-filter.ts'
import { dateIn, partsOf, referenceIn, tokenIn, unescaped } from './search-values.ts'
import { type Shape, shapeOf } from './shape.ts'

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
  /** What is shown of each resource; undefined means all. */
  shape: Shape | undefined
  /** Names of unknown parameters, which a lenient search passes over. */
  ignored: string[]
}

/** Bounds on the work that one search can cause in the database. */
export const MAX_PARAMETERS = 50
export const MAX_VALUES = 200
export const MAX_COUNT = 1000
const DEFAULT_COUNT = 50

type Filter = SearchRequest['filter'] & {
  tokens: TokenFilter[]
  quantities: QuantityFilter[]
  missing: MissingFilter[]
  dates: DateFilter[]
  stored: Pick<DateFilter, 'anyOf'>[]
}

type Fault = (text: string) => void

/** The parameters that every type has in addition to its own. */
export const commonParameters: readonly SearchParameter[] = [
  { name: '_id', type: 'token', expression: 'Resource.id' },
  { name: '_lastUpdated', type: 'date', expression: 'Resource.meta.lastUpdated' },
  { name: '_tag', type: 'token', expression: 'Resource.meta.tag', equivalents: true },
  { name: '_security', type: 'token', expression: 'Resource.meta.security' },
]

const controls = ['_count', '_skip', '_cursor', '_sort', '_summary', '_elements', '_total', '_include', '_revinclude']

/** What a search is parsed against. */
export interface SearchTerms {
  type: string
  declaration: ResourceDeclaration
  codes: Codes
  /** Whose links `_include` follows; a search without it brings nothing along. */
  service?: InformationService
  /** Whether unknown parameters are passed over (http://hl7.org/fhir/R4/search.html#errors, `Prefer: handling=lenient`). */
  lenient?: boolean
}

/** Parses a search and reports all faults at once. An unknown parameter is refused: a search that ignores it would give a wrong answer. */
export function parseSearch(form: URLSearchParams, terms: SearchTerms): Result<SearchRequest> {
  const issues: Issue[] = []
  const fault = (text: string) => issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const filter: Filter = { count: DEFAULT_COUNT, tokens: [], quantities: [], missing: [], dates: [], stored: [] }
  const request = {
    identityNumber: '',
    filter,
    includes: [] as Include[],
    summaryCount: false,
    accurateTotal: false,
    shape: undefined as Shape | undefined,
    ignored: [] as string[],
  }
  if (form.size > MAX_PARAMETERS) return problem('invalid-parameter', `A search has at most ${MAX_PARAMETERS} parameters.`)
  const identityNumber = numberIn(form)
  if (isProblem(identityNumber)) issues.push(...identityNumber.issues)
  else request.identityNumber = hasControlCharacter(identityNumber ?? '') ? '' : (identityNumber ?? '')

  for (const [name, value] of form) {
    const shown = JSON.stringify(name.slice(0, 64))
    if (hasControlCharacter(value)) fault(`${shown} holds a control character.`)
    else if (value.trim() === '') fault(`${shown} has no value. Leave it out, or say what to search for.`)
    else if (once.includes(name) && form.getAll(name).length > 1) fault(`${shown} is given twice: give it once.`)
    else if (!addControl(name, value, terms, request, fault)) addParameter(name, value, terms, request, fault)
  }
  request.shape = shapeOf(form, terms.type, terms.declaration, fault)
  if (request.filter.count === 0) request.summaryCount = true
  if (!request.identityNumber && !isProblem(identityNumber))
    return issues.length > 0
      ? problemWith('invalid-parameter', [...problem('patient-required').issues, ...issues])
      : problem('patient-required')
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : request
}

/** Reads `{Type}:{parameter}` or `{Type}:{parameter}:{target Type}`, several with a comma between them. */
function includesOf(name: string, value: string, { resources }: InformationService, fault: Fault): Include[] {
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

/** What says one thing about the whole answer. Any other parameter may be given several times: each time is one more condition. */
const once = ['_count', '_skip', '_sort', '_summary', '_elements', '_total', '_cursor']

/** Reads what says how the answer looks, and not which records it holds; false for another parameter. */
function addControl(
  name: string,
  value: string,
  { declaration, service }: SearchTerms,
  request: Omit<SearchRequest, 'filter'> & { filter: Filter },
  fault: Fault,
): boolean {
  const { filter } = request
  if (naming.includes(name) || name === '_format' || name === '_pretty' || name === '_elements') return true
  if (name === '_count') filter.count = wholeNumber(name, value, 0, MAX_COUNT, fault)
  else if (name === '_skip') filter.skip = wholeNumber(name, value, 0, 1_000_000, fault)
  else if (name === '_cursor') fault('_cursor is taken from the link next of the page before.')
  else if (name === '_summary') {
    if (!['count', 'data', 'false'].includes(value)) fault('_summary takes count, data or false: narratives are not stored here.')
    request.summaryCount = value === 'count'
  } else if (name === '_total') {
    if (!['none', 'estimate', 'accurate'].includes(value)) fault('_total takes none, estimate or accurate.')
    request.accurateTotal = value === 'accurate' || value === 'estimate'
  } else if (name === '_sort') filter.order = orderOf(value, declaration, fault)
  else if (service && /^_(rev)?include(:iterate)?$/.test(name)) request.includes.push(...includesOf(name, value, service, fault))
  else return false
  return true
}

function addParameter(
  written: string,
  value: string,
  { declaration, codes, lenient }: SearchTerms,
  { filter, ignored }: Omit<SearchRequest, 'filter'> & { filter: Filter },
  fault: Fault,
): void {
  const [name = '', modifier, ...more] = written.split(':')
  const parameter = [...declaration.searchParameters, ...commonParameters].find((candidate) => candidate.name === name)
  const offered = parameter ? modifiersOf(parameter) : []
  if (!parameter || more.length > 0 || (modifier !== undefined && !offered.includes(modifier))) {
    if (lenient) ignored.push(written)
    else fault(unknownParameter(written, declaration, parameter && offered))
    return
  }
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') fault(`${written} takes true or false.`)
    filter.missing.push({ name, missing: value === 'true', isReference: parameter.type === 'reference' })
    return
  }
  const parts = partsOf(value, ',')
  if (!parts) fault(`${name} has a backslash that stands for nothing. It stands before a comma, a bar, a dollar sign or a backslash.`)
  else if (parts.length > MAX_VALUES) fault(`${name} takes at most ${MAX_VALUES} values.`)
  else if (parts.some((part) => part.trim() === '')) fault(`${name} has an empty value between commas.`)
  else addValues(parameter, modifier, parts, codes, filter, fault)
}

function addValues(
  parameter: SearchParameter,
  modifier: string | undefined,
  parts: string[],
  codes: Codes,
  filter: Filter,
  fault: Fault,
): void {
  const { name, type, targets = [] } = parameter
  if (name === '_id') {
    const ids = parts.flatMap((part) => parseLogicalId(unescaped(part))?.id ?? [])
    filter.ids = filter.ids ? ids.filter((id) => filter.ids?.includes(id)) : ids
  } else if (parameter.findsPresent) {
    const [value = ''] = parts
    if (parts.length === 1 && (value === 'true' || value === 'false')) filter.present = value === 'true'
    else fault(`${name} takes true or false.`)
  } else if (type === 'date') {
    const anyOf = parts.flatMap((part) => dateIn(part) ?? [])
    if (anyOf.length < parts.length) fault(`${name} takes a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00%2B01:00.`)
    else if (name === '_lastUpdated') filter.stored.push({ anyOf })
    else filter.dates.push({ name, anyOf })
  } else if (type === 'quantity') {
    const anyOf = parts.flatMap((part) => (hasKnownUnit(part) ? (quantityBounds(unescaped(part)) ?? []) : []))
    if (anyOf.length === parts.length) filter.quantities.push({ name, anyOf })
    else fault(`${name} takes a number with its unit in UCUM, such as gt7.5|http://unitsofmeasure.org|mmol/L or 5.4||g.`)
  } else if (type === 'reference') {
    filter.tokens.push({ name, anyOf: parts.flatMap((part) => referenceIn(part, modifier ? [modifier] : targets)) })
  } else {
    if (parts.some((part) => unescaped(part) === '|')) fault(`${name} takes a code beside the bar.`)
    const anyOf = parts.flatMap((part) => tokenIn(part, parameter, codes))
    filter.tokens.push({ name, anyOf, ...(modifier === 'not' ? { negated: true as const } : {}) })
  }
}

/** A number in a unit that UCUM does not know would be compared with nothing. */
function hasKnownUnit(part: string): boolean {
  return ucum(unescaped((partsOf(part, '|') ?? []).at(2) ?? '')) !== undefined
}

/** The modifiers that a parameter takes (http://hl7.org/fhir/R4/search.html#modifiers). */
export function modifiersOf({ name, type, targets = [], findsPresent }: SearchParameter): string[] {
  if (findsPresent || name === '_id' || name === '_lastUpdated') return []
  if (type === 'token') return ['not', 'missing']
  return type === 'reference' ? [...targets, 'missing'] : ['missing']
}

function unknownParameter(written: string, declaration: ResourceDeclaration, offered: string[] | undefined): string {
  if (offered) {
    const [name] = written.split(':')
    const taken = offered.length > 0 ? `the modifiers ${offered.join(', ')}` : 'no modifier'
    return `${name} takes ${taken}, and not ${JSON.stringify(written.slice(0, 64))}.`
  }
  const names = [...declaration.searchParameters, ...commonParameters].map((candidate) => candidate.name)
  const known = ['patient.identifier', ...names, ...controls]
  return `There is no search parameter ${JSON.stringify(written.slice(0, 64))} here. Use one of: ${known.join(', ')}.`
}

/** FHIR strings have no control characters, and PostgreSQL takes no text with NUL. */
function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

/** The date parameter whose time orders the records of a type. */
function sortsOf({ searchParameters }: ResourceDeclaration): string[] {
  const date = searchParameters.find((parameter) => parameter.type === 'date')?.name
  return date ? [date, '_lastUpdated'] : ['_lastUpdated']
}

function orderOf(value: string, declaration: ResourceDeclaration, fault: Fault): Order {
  const names = sortsOf(declaration)
  const name = value.replace(/^-/, '')
  if (!names.includes(name)) fault(`_sort takes one of ${names.map((one) => `${one}, -${one}`).join(', ')}.`)
  return { by: name === '_lastUpdated' ? 'recorded' : 'effective', descending: value.startsWith('-') }
}

function wholeNumber(name: string, value: string, min: number, max: number, fault: Fault): number {
  const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN
  if (number >= min && number <= max) return number
  fault(`${name} takes a whole number from ${min} to ${max}.`)
  return min
}

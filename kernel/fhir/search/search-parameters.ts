/** Parses the form of a search against the table of search parameters that the service declares. */
import type { Codes } from '../../codes/codes.ts'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { type HasFilter, MOST_READ_FOR_WORDS, type TextFilter } from '../../store/narrowing.ts'
import type { MissingFilter, Order, QuantityFilter, RecordFilter, TokenFilter } from '../../store/read-records.ts'
import type { DateFilter } from '../../store/record-dates.ts'
import { UCUM_SYSTEM, ucum } from '../../units/units.ts'
import { naming, numberIn } from '../asked-patient.ts'
import type { InformationService, ResourceDeclaration, SearchParameter } from '../service.ts'
import { isVisible } from '../validation/primitives.ts'
import { typesAt } from './expression.ts'
import { quantityBounds } from './quantity-filter.ts'
import { dateIn, partsOf, referenceIn, SPECIAL_VALUES, tokenIn, unescaped } from './search-values.ts'
import { type Shape, shapeOf } from './shape.ts'
import { hasWords, missingText, type TextModifier, textFilter } from './text-search.ts'
import { codesIn, valueSetsOf } from './value-sets.ts'

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
/** How many references one `_has` follows. */
const MAX_HAS = 3

type Filter = SearchRequest['filter'] & {
  tokens: TokenFilter[]
  quantities: QuantityFilter[]
  missing: MissingFilter[]
  dates: DateFilter[]
  stored: Pick<DateFilter, 'anyOf'>[]
  texts: TextFilter[]
  has: HasFilter<SearchRequest['filter']>[]
}

type Fault = (text: string) => void

/** The parameters that every type has in addition to its own. */
export const commonParameters: readonly SearchParameter[] = [
  { name: '_id', type: 'token', expression: 'Resource.id' },
  { name: '_lastUpdated', type: 'date', expression: 'Resource.meta.lastUpdated' },
  { name: '_tag', type: 'token', expression: 'Resource.meta.tag', equivalents: true },
  { name: '_security', type: 'token', expression: 'Resource.meta.security' },
]

/** What says how an answer looks, or which part of the matches it holds: a condition of a write has none of it. */
export const controls = ['_count', '_skip', '_cursor', '_sort', '_summary', '_elements', '_total', '_include', '_revinclude', '_has']

/** What a search is parsed against. */
export interface SearchTerms {
  type: string
  declaration: ResourceDeclaration
  codes: Codes
  /** Whose links `_include` and `_has` follow, and whose value sets `:in` knows; a search without it follows none. */
  service?: InformationService
  /** Whether unknown parameters are passed over (http://hl7.org/fhir/R4/search.html#errors, `Prefer: handling=lenient`). */
  lenient?: boolean
}

/** The refusal of a search by words that would read too many records (`TooManyToRead`), also where it is a condition of a write. */
export function tooManyToRead(): Problem {
  const most = MOST_READ_FOR_WORDS.toLocaleString('en')
  return problem(
    'invalid-parameter',
    `A search by words reads at most ${most} records, and the other parameters leave more. Give a time or a code too.`,
  )
}

/** Parses a search and reports all faults at once. An unknown parameter is refused: a search that ignores it would give a wrong answer. */
export function parseSearch(form: URLSearchParams, terms: SearchTerms): Result<SearchRequest> {
  const issues: Issue[] = []
  const fault = (text: string) => issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const filter = emptyFilter()
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
    else if (!isVisible(value)) fault(`${shown} has no value. Leave it out, or say what to search for.`)
    else if (once.includes(name) && form.getAll(name).length > 1) fault(`${shown} is given twice: give it once.`)
    else if (name.startsWith('_has:')) addHas(name, value, terms, request, fault)
    else if (!addControl(name, value, terms, request, fault)) addParameter(name, value, terms, request, fault)
  }
  request.shape = shapeOf(form, terms.type, terms.service?.resources ?? { [terms.type]: terms.declaration }, fault)
  if (request.filter.count === 0) request.summaryCount = true
  if (!request.identityNumber && !isProblem(identityNumber))
    return issues.length > 0
      ? problemWith('invalid-parameter', [...problem('patient-required').issues, ...issues])
      : problem('patient-required')
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : request
}

function emptyFilter(): Filter {
  return { count: DEFAULT_COUNT, tokens: [], quantities: [], missing: [], dates: [], stored: [], texts: [], has: [] }
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
    if (!['true', 'text', 'data', 'count', 'false'].includes(value)) fault('_summary takes true, text, data, count or false.')
    request.summaryCount = value === 'count'
  } else if (name === '_total') {
    if (!['none', 'estimate', 'accurate'].includes(value)) fault('_total takes none, estimate or accurate.')
    request.accurateTotal = value === 'accurate' || value === 'estimate'
  } else if (name === '_sort') filter.order = orderOf(value, declaration, fault)
  else if (service && /^_(rev)?include(:iterate)?$/.test(name)) request.includes.push(...includesOf(name, value, service, fault))
  else return false
  return true
}

/** What a parameter adds to: the filter, and the names that a lenient search passes over. */
type Found = Pick<SearchRequest, 'ignored'> & { filter: Filter }

/**
 * Reads `_has:{Type}:{reference}:{parameter}` (http://hl7.org/fhir/R4/search.html#has): the records that some record of another type, which
 * meets the rest, refers to. The rest may be a `_has` of its own.
 */
function addHas(written: string, value: string, terms: SearchTerms, { filter, ignored }: Found, fault: Fault, depth = 1): void {
  const [, source = '', reference = '', ...rest] = written.split(':')
  const resources = terms.service?.resources ?? {}
  const declaration = Object.hasOwn(resources, source) ? resources[source] : undefined
  const isLink = declaration?.searchParameters.some(({ name, targets }) => name === reference && targets?.includes(terms.type))
  if (!declaration || !isLink || rest.length === 0) {
    const links = pointingTo(resources, terms.type).map((link) => `_has:${link}:{parameter}`)
    if (terms.lenient) ignored.push(written)
    else fault(`_has takes one of ${links.join(', ') || `none here: nothing refers to ${terms.type}`}.`)
    return
  }
  const inner: Found = { filter: emptyFilter(), ignored: [] }
  const about = { ...terms, type: source, declaration }
  const name = rest.join(':')
  if (depth > MAX_HAS) fault(`_has follows at most ${MAX_HAS} references.`)
  else if (rest[0] === '_has') addHas(name, value, about, inner, fault, depth + 1)
  else addParameter(name, value, about, inner, fault)
  if (inner.ignored.length > 0) ignored.push(written)
  else filter.has.push({ source, reference, filter: inner.filter })
}

/** The links that lead to a type, as `{Type}:{parameter}`. */
export function pointingTo(resources: InformationService['resources'], type: string): string[] {
  return Object.entries(resources).flatMap(([source, { searchParameters }]) =>
    searchParameters.filter(({ targets }) => targets?.includes(type)).map(({ name }) => `${source}:${name}`),
  )
}

function addParameter(written: string, value: string, terms: SearchTerms, { filter, ignored }: Found, fault: Fault): void {
  const { declaration, lenient } = terms
  const [name = '', modifier, ...more] = written.split(':')
  const parameter = [...declaration.searchParameters, ...commonParameters].find((candidate) => candidate.name === name)
  const isOffered = modifier === undefined || (parameter && modifiersOf(parameter).includes(modifier))
  if (!parameter || more.length > 0 || !isOffered) {
    // A modifier that is not offered changes what a known parameter means: it is refused in every mode (R4 search.html#modifiers).
    const isKnown = parameter !== undefined || controls.includes(name) || naming.includes(name) || /^_(?:rev)?include$/.test(name)
    if (lenient && !isKnown) ignored.push(written)
    else fault(unknownParameter(written, declaration, parameter && modifiersOf(parameter)))
    return
  }
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') fault(`${written} takes true or false.`)
    if (parameter.type === 'string') filter.texts.push(missingText(parameter, value === 'true'))
    else filter.missing.push({ name, missing: value === 'true', isReference: parameter.type === 'reference' })
    return
  }
  const parts = partsOf(value, ',')
  if (!parts) fault(`${name} has a backslash that stands for nothing. It stands before a comma, a bar, a dollar sign or a backslash.`)
  else if (parts.length > MAX_VALUES) fault(`${name} takes at most ${MAX_VALUES} values.`)
  else if (parts.some((part) => !isVisible(part))) fault(`${name} has an empty value between commas.`)
  else addValues(parameter, modifier, parts, terms, filter, fault)
}

function addValues(
  parameter: SearchParameter,
  modifier: string | undefined,
  parts: string[],
  { codes, service }: SearchTerms,
  filter: Filter,
  fault: Fault,
): void {
  const { name, type, targets = [] } = parameter
  if (type === 'string' || modifier === 'text') {
    const texts = textFilter(parameter, modifier as TextModifier, parts.map(unescaped))
    if (texts) filter.texts.push(texts)
    else fault(`${name} takes letters and digits to search for.`)
  } else if (modifier === 'in') {
    const sets = parts.map((part) => codesIn(unescaped(part), service, codes))
    const listed = sets.flatMap((set) => set ?? [])
    // An element of type code has no system in the resource: the list that it comes from is the only one it can have.
    const bare = typesAt(parameter.expression).includes('code') ? listed.map(({ code }) => ({ system: '', code })) : []
    const anyOf = [...listed, ...bare]
    if (sets.every((set) => set !== undefined)) filter.tokens.push({ name, anyOf })
    else fault(`${name}:in takes the url of a value set that is known here: ${valueSetsOf(service).join(', ') || 'one that R4 requires'}.`)
  } else if (name === '_id') {
    const ids = parts.flatMap((part) => parseLogicalId(unescaped(part))?.id ?? [])
    filter.ids = filter.ids ? ids.filter((id) => filter.ids?.includes(id)) : ids
  } else if (parameter.findsPresent) {
    const [value] = parts.map(booleanIn)
    if (parts.length === 1 && value !== undefined) filter.present = value
    else fault(`${name} takes true or false.`)
  } else if (isBoolean(parameter)) {
    const values = parts.flatMap((part) => booleanIn(part) ?? [])
    if (values.length < parts.length) fault(`${name} takes true or false.`)
    filter.tokens.push({
      name,
      anyOf: values.map((value) => ({ code: String(value) })),
      ...(modifier === 'not' ? { negated: true as const } : {}),
    })
  } else if (type === 'date') {
    const anyOf = parts.flatMap((part) => dateIn(part) ?? [])
    if (anyOf.length < parts.length) fault(`${name} takes a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00%2B01:00.`)
    else if (name === '_lastUpdated') filter.stored.push({ anyOf })
    else filter.dates.push({ name, anyOf })
  } else if (type === 'quantity') {
    const anyOf = parts.flatMap((part) => (hasKnownUnit(part, codes) ? (quantityBounds(unescaped(part)) ?? []) : []))
    if (anyOf.length === parts.length) filter.quantities.push({ name, anyOf })
    else fault(`${name} takes a number with its unit in UCUM, such as gt7.5|http://unitsofmeasure.org|mmol/L or 5.4||g.`)
  } else if (type === 'reference') {
    filter.tokens.push({ name, anyOf: parts.flatMap((part) => referenceIn(part, modifier ? [modifier] : targets)) })
  } else {
    if (parts.some((part) => unescaped(part) === '|')) fault(`${name} takes a code beside the bar.`)
    if (parts.some((part) => (partsOf(part, '|')?.length ?? 0) > 2))
      fault(`${name} takes {system}|{code}, with one bar. A bar that belongs to the code is written \\| (with a backslash before it).`)
    const anyOf = parts.flatMap((part) => tokenIn(part, parameter, codes))
    filter.tokens.push({ name, anyOf, ...(modifier === 'not' ? { negated: true as const } : {}) })
  }
}

/** Whether a token is a boolean; an expression says in words, after a comma, what holds where nothing is stated. */
function isBoolean({ type, expression }: SearchParameter): boolean {
  const types = typesAt(expression.split(',')[0] ?? '')
  return type === 'token' && types.length > 0 && types.every((one) => one === 'boolean')
}

/** A boolean, alone or in the list of special values that R4 names for it (http://hl7.org/fhir/R4/search.html#token). */
function booleanIn(part: string): boolean | undefined {
  const [first = '', second] = (partsOf(part, '|') ?? []).map(unescaped)
  const code = second === undefined ? first : ['', SPECIAL_VALUES].includes(first) ? second : ''
  return code === 'true' ? true : code === 'false' ? false : undefined
}

/** A number in a unit that UCUM does not know would be compared with nothing, and one of another system with what it does not mean. */
function hasKnownUnit(part: string, codes: Codes): boolean {
  const [, system = '', unit = ''] = (partsOf(part, '|') ?? []).map(unescaped)
  return (system === '' || codes.canonical(system) === UCUM_SYSTEM) && ucum(unit) !== undefined
}

/** The modifiers that a parameter takes (http://hl7.org/fhir/R4/search.html#modifiers). */
export function modifiersOf(parameter: SearchParameter): string[] {
  const { name, type, targets = [], findsPresent, expression } = parameter
  if (findsPresent || name === '_id' || name === '_lastUpdated') return []
  if (type === 'string') return ['exact', 'contains', 'missing']
  if (type !== 'token') return type === 'reference' ? [...targets, 'missing'] : ['missing']
  const isCoded = typesAt(expression).some((one) => ['CodeableConcept', 'Coding', 'code'].includes(one))
  return ['not', 'missing', ...(isCoded ? ['in'] : []), ...(hasWords(parameter) ? ['text'] : [])]
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

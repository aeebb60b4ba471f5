/**
 * Searches of the kernel's areas, such as those for Consent, operations, and the parameters of other interactions: as strict as searches of
 * services. An unknown parameter is refused unless the caller asks for a lenient search, and so are empty values, a second person and
 * what is given twice: an ignored filter answers another question. http://hl7.org/fhir/R4/search.html#errors
 */
import type { Bundle, BundleEntry, OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { type Issue, isProblem, problemWith, type Result } from '../../problem/problem.ts'
import { redactIdentityNumbers } from '../../values/identity-number.ts'
import { jsonAnswer } from '../answer.ts'
import { numberIn } from '../asked-patient.ts'
import type { Answer } from '../exchange.ts'
import { nothingIssue } from '../outcome.ts'
import { preferred } from '../prefer.ts'
import { isVisible } from '../validation/primitives.ts'
import { partsOf, SPECIAL_VALUES, unescaped } from './search-values.ts'

/** A parameter of an area or of an operation. */
export interface AreaParameter {
  name: string
  /** Its values in words, after "takes". */
  takes?: string
  /** Absent where any text is taken, or where the work checks it. */
  isTaken?(value: string): boolean
  /** Whether it may be given several times, each time one more condition. */
  repeats?: true | undefined
  /** The codes of a token and their system; asked for in every spelling of R4, and read by `codes` of the search. */
  token?: { system: string; codes: readonly string[] }
}

/** What an area offers to search by. */
export interface AreaTerms {
  /** The parameters that name the patient; none where the search is about the caller. */
  naming: readonly string[]
  parameters: readonly AreaParameter[]
  /** The header `Prefer`. */
  prefer: string | undefined
  /** Whether the answer comes in pages, by `_count` and `_skip`; true where it is left out. */
  inPages?: boolean
}

export interface AreaSearch {
  identityNumber: string | undefined
  /** The value of a parameter; undefined when it is not given. */
  value(name: string): string | undefined
  values(name: string): string[]
  /** The codes of a token that a search with `{name}` and `{name}:not` finds; all of them when neither is given. */
  codes(name: string): readonly string[]
  /** Undefined when the caller does not say. */
  count: number | undefined
  skip: number
  /** Names of unknown parameters, which a lenient search passes over. */
  ignored: readonly string[]
}

const MAX_COUNT = 1000
const MAX_SKIP = 1_000_000

/** Whether unknown parameters are passed over: `Prefer: handling=lenient`. */
export function isLenient(prefer: string | undefined): boolean {
  return preferred(prefer, 'handling') === 'lenient'
}

/** What an answer says of a parameter that was passed over. */
export function passedOver(name: string): OperationOutcomeIssue {
  const text = `${JSON.stringify(redactIdentityNumbers(name.slice(0, 64)))} is no search parameter here: it was passed over.`
  return { severity: 'warning', code: 'not-supported', details: { text } }
}

/** The search that a form asks for, or all faults at once. */
export function readAreaSearch(form: URLSearchParams, { naming, parameters, prefer, inPages = true }: AreaTerms): Result<AreaSearch> {
  const issues: Issue[] = []
  const fault = (text: string) => void issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const number = numberIn(form, naming)
  if (isProblem(number)) issues.push(...number.issues)
  const ignored: string[] = []
  const pages = inPages ? ['_count', '_skip'] : []
  const negated = (name: string) => parameters.find((candidate) => candidate.token && name === `${candidate.name}:not`)
  const known = [...naming.slice(0, 1), ...parameters.map(nameOf), ...pages, '_format']
  for (const [name, value] of form) {
    const shown = JSON.stringify(redactIdentityNumbers(name.slice(0, 64)))
    const parameter = parameters.find((candidate) => candidate.name === name) ?? negated(name)
    const isKnown = parameter !== undefined || naming.includes(name) || [...pages, '_format', '_pretty'].includes(name)
    // A modifier that is not taken changes what a known parameter means (R4 search.html#modifiers).
    const [base = ''] = name.split(':')
    const isModified = base !== name && [...known, '_pretty'].includes(base)
    if (!isKnown && !isModified && isLenient(prefer)) ignored.push(name)
    else if (!isKnown) fault(`There is no parameter ${shown} here. The parameters are: ${known.join(', ')}.`)
    else if (!isVisible(value) || /\p{Cc}/u.test(value))
      fault(`${shown} has no value, or a control character. Leave it out, or say what to search for.`)
    else if (!parameter?.repeats && !naming.includes(name) && form.getAll(name).length > 1) fault(`${shown} is given twice: give it once.`)
    else if (parameter?.isTaken && !parameter.isTaken(value)) fault(`${name} takes ${parameter.takes}.`)
    else if (parameter?.token && !codesIn(value, parameter.token))
      fault(`${name} takes ${parameter.token.codes.join(', ')} of ${parameter.token.system}, with commas between them.`)
  }
  const count = form.has('_count') ? wholeNumber('_count', form.get('_count'), MAX_COUNT, fault) : undefined
  const skip = wholeNumber('_skip', form.get('_skip') ?? '0', MAX_SKIP, fault)
  if (issues.length > 0) return problemWith('invalid-parameter', issues)
  return {
    identityNumber: isProblem(number) ? undefined : number,
    value: (name) => form.get(name) ?? undefined,
    values: (name) => form.getAll(name),
    codes: (name) => {
      const token = parameters.find((candidate) => candidate.name === name)?.token
      const asked = (as: string) => (token && form.has(as) ? codesIn(form.get(as) ?? '', token) : undefined)
      const [wanted, unwanted] = [asked(name), asked(`${name}:not`)]
      return (token?.codes ?? []).filter((code) => (wanted?.includes(code) ?? true) && !unwanted?.includes(code))
    },
    count,
    skip,
    ignored,
  }
}

/** The token of a boolean (http://hl7.org/fhir/R4/search.html#token). */
export const booleanToken: NonNullable<AreaParameter['token']> = { system: SPECIAL_VALUES, codes: ['true', 'false'] }

/** The codes of `code`, `system|code` and `|code`, with commas between them; undefined when one of them is none of the token. */
function codesIn(value: string, { system, codes }: NonNullable<AreaParameter['token']>): string[] | undefined {
  const found = partsOf(value, ',')?.map((part) => {
    const [first = '', second] = (partsOf(part, '|', 2) ?? []).map(unescaped)
    const isOfSystem = second === undefined || first === '' || first === system
    return isOfSystem ? codes.find((code) => code === (second ?? first)) : undefined
  })
  return found?.every((code) => code !== undefined) ? found : undefined
}

const nameOf = ({ name }: AreaParameter) => name

function wholeNumber(name: string, value: string | null, most: number, fault: (text: string) => void): number {
  const number = /^\d{1,7}$/.test(value ?? '') ? Number(value) : Number.NaN
  if (number <= most) return number
  // An empty value has its own fault.
  if (isVisible(value ?? '')) fault(`${name} takes a whole number from 0 to ${most}.`)
  return 0
}

/** The part of a whole list that a search asks for, and whether there is more after it. */
export function pageOfList<Item>(all: readonly Item[], { count, skip }: AreaSearch): { shown: Item[]; more: boolean } {
  const end = count === undefined ? all.length : skip + count
  return { shown: all.slice(skip, end), more: end < all.length && count !== 0 }
}

interface AreaPage {
  total?: number | undefined
  more: boolean
  issues?: OperationOutcomeIssue[]
}

/** 200 with a searchset: the matches, and one outcome entry that says what is missing and what was passed over. */
export function areaSearchset(matches: BundleEntry[], { ignored }: AreaSearch, { total, more, issues = [] }: AreaPage): Answer {
  const said = [...(more ? [nothingIssue('more')] : []), ...issues, ...ignored.map(passedOver)]
  const outcome: OperationOutcome = { resourceType: 'OperationOutcome', issue: said }
  const entry: BundleEntry[] = [
    ...matches.map((match) => ({ ...match, search: { mode: 'match' as const } })),
    ...(said.length > 0 ? [{ resource: outcome, search: { mode: 'outcome' as const } }] : []),
  ]
  return jsonAnswer({
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    // FHIR has no empty lists: http://hl7.org/fhir/R4/json.html
    ...(entry.length > 0 ? { entry } : {}),
  } satisfies Bundle)
}

/** The values of search parameters as texts: lists, escapes, dates, tokens and references. http://hl7.org/fhir/R4/search.html#escaping */
import type { Codes } from '../../codes/codes.ts'
import type { TokenFilter } from '../../store/read-records.ts'
import { type DateFilter, type DatePrefix, datePrefixes } from '../../store/record-dates.ts'
import { period } from '../../values/dates.ts'
import type { SearchParameter } from '../service.ts'
import { isVisible } from '../validation/primitives.ts'

/** The code system of booleans in a search: http://hl7.org/fhir/R4/search.html#token */
export const SPECIAL_VALUES = 'http://terminology.hl7.org/CodeSystem/special-values'

/**
 * The parts of a text between separators that no backslash stands before. The parts keep their escapes: a value is divided by commas first
 * and by bars after that. Undefined when a backslash stands before anything but `\`, `,`, `|` and `$`.
 */
export function partsOf(text: string, separator: ',' | '|', most = Number.POSITIVE_INFINITY): string[] | undefined {
  if (/\\(?![\\,|$])/.test(text.replaceAll('\\\\', ''))) return undefined
  const parts = ['']
  for (const [piece] of text.matchAll(/\\.|[^\\]/gsu)) {
    if (piece === separator && parts.length < most) parts.push('')
    else parts[parts.length - 1] += piece
  }
  return parts
}

/** A text without its escapes. */
export function unescaped(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1')
}

/**
 * The tokens that a value lists with commas between them, as operations take them: `system|code`, `code`, and what is equivalent. Undefined
 * when one of them is empty, or has a bar too many.
 */
export function tokensIn(value: string, codes: Codes): TokenFilter['anyOf'] | undefined {
  const parts = partsOf(value, ',')
  const isToken = (part: string) => isVisible(part) && unescaped(part) !== '|' && (partsOf(part, '|')?.length ?? 0) <= 2
  return parts?.every(isToken) ? parts.flatMap((part) => tokenIn(part, { equivalents: true }, codes)) : undefined
}

/** Reads a date with its prefix (http://hl7.org/fhir/R4/search.html#date); undefined for another text. */
export function dateIn(text: string): DateFilter['anyOf'][number] | undefined {
  const written = datePrefixes.find((prefix) => text.startsWith(prefix))
  const span = period(written ? text.slice(2) : text)
  return span && { prefix: written ?? ('eq' satisfies DatePrefix), ...span }
}

/** Reads `{Type}/{id}`, an address that ends in it, or an id alone (http://hl7.org/fhir/R4/search.html#reference). */
export function referenceIn(text: string, targets: readonly string[]): TokenFilter['anyOf'] {
  const [id = '', type] = unescaped(text).split('/').reverse()
  return (type === undefined ? targets : [type]).map((target) => ({ system: '', code: `${target}/${id}` }))
}

/**
 * Reads `system|code`, `code`, `system|` or `|code` (http://hl7.org/fhir/R4/search.html#token). An element of type `code` has no system in
 * the resource: `|code` finds it as well as the system of its list does.
 */
export function tokenIn(
  text: string,
  { system: implicit, equivalents }: Pick<SearchParameter, 'system' | 'equivalents'>,
  codes: Codes,
): TokenFilter['anyOf'] {
  const [first = '', second] = (partsOf(text, '|', 2) ?? [text]).map(unescaped)
  if (second === undefined) return [{ code: first }]
  const system = first === '' ? '' : codes.canonical(first)
  if (second === '') return [{ system }]
  if (system === '' && implicit)
    return [
      { system: codes.canonical(implicit), code: second },
      { system: '', code: second },
    ]
  return equivalents && system ? codes.equivalents(system, second) : [{ system, code: second }]
}

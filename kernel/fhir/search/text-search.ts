/**
 * Searches by words: parameters of type string, and `:text` of a token (http://hl7.org/fhir/R4/search.html#string, #token). Texts are read
 * from what the reader is served, and nothing is stored for them.
 */
import type { TextFilter } from '../../store/narrowing.ts'
import { parseJson } from '../../values/json.ts'
import type { SearchParameter } from '../service.ts'
import { membersAt, typesAt, valuesAt } from './expression.ts'

export type TextModifier = 'exact' | 'contains' | 'text' | undefined

/** Where the words of a concept, a coding and an identifier stand: what `:text` reads. */
const wordsOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  CodeableConcept: [['text'], ['coding', 'display']],
  Coding: [['display']],
  Identifier: [['type', 'text']],
}

/** Whether `:text` has something to read: a code alone has no words. */
export function hasWords({ type, expression, texts }: SearchParameter): boolean {
  return type === 'token' && (texts !== undefined || typesAt(expression).some((one) => Object.hasOwn(wordsOf, one)))
}

/**
 * The condition that one of the texts of a parameter begins with one of the values, after both have been normalised; with `exact` is one of
 * them, and with `contains` holds one. `:text` and names begin again at each word: R4 says "partial" of the one, and asks for the parts of
 * the other. Undefined when a value has no letter or digit to search for.
 */
export function textFilter(parameter: SearchParameter, modifier: TextModifier, values: readonly string[]): TextFilter | undefined {
  const isByWord = modifier === 'text' || (modifier === undefined && parameter.byWord === true)
  const exact = values.map((value) => value.normalize('NFC'))
  const wanted = values.map(normalised)
  if (modifier === 'exact' ? exact.includes('') : wanted.some(({ closed }) => closed === '')) return undefined
  const meets = (own: string, value: string): boolean =>
    modifier === 'contains' ? own.includes(value) : own.startsWith(value) || (isByWord && own.includes(` ${value}`))
  const matches = (text: string): boolean => {
    if (modifier === 'exact') return exact.includes(text.normalize('NFC'))
    const own = normalised(text)
    return wanted.some(({ closed, open }) => meets(own.closed, closed) || meets(own.open, open))
  }
  return { holds: (served) => textsIn(parameter, served).some(matches) }
}

/** The condition that a parameter of type string has a text, or none. */
export function missingText(parameter: SearchParameter, missing: boolean): TextFilter {
  return { holds: (served) => (textsIn(parameter, served).length === 0) === missing }
}

/** The texts of a parameter in a stored record, whatever shape the record has. */
function textsIn({ expression, texts }: SearchParameter, stored: string): string[] {
  const record = parseJson(stored)
  const values = texts
    ? texts.flatMap((path) => membersAt(record, path.split('.')))
    : Object.values(wordsOf)
        .flat()
        .flatMap((members) => valuesAt(record, expression, members))
  return values.filter((value) => typeof value === 'string')
}

/**
 * A text without case, combining characters, punctuation, doubled blanks and what cannot be seen
 * (http://hl7.org/fhir/R4/search.html#string). A sign between two digits stays: 7.5 is not 75. Any other sign is read in two ways: it
 * divides words (`open`, so that "hemoglobin" finds "B-Hemoglobin"), or joins them (`closed`, so that "crohns" finds "Crohn's").
 */
function normalised(text: string): { closed: string; open: string } {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
  const without = (instead: string) =>
    plain
      .replace(/(?<!\d)\p{P}|\p{P}(?!\d)/gu, instead)
      .replace(/\s+/gu, ' ')
      .trim()
  return { closed: without(''), open: without(' ') }
}

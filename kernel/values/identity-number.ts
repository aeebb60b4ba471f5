/**
 * Norwegian identity numbers: the kind of a number, whether it is well formed, and the places of numbers in a text.
 *
 * The form is ddMMyy, three individual digits and two check digits (Skatteetaten). A D-number adds 40 to the day. A common help number
 * (felles hjelpenummer, Volven 8327 FHN) starts with 8 or 9 and contains no date. Synthetic numbers, both national numbers and D-numbers,
 * add to the month: 40 (NAV Dolly), 65 (NHN SyntPop) or 80 (Skatteetaten Tenor).
 *
 * This is our own code instead of `@navikt/fnrvalidator` 2.2.1, which refuses month +65 and reads help numbers as dates. We could use only
 * its check digits, which are twenty lines.
 */

/** The kinds as in Volven 8116 and `person_identifier.system`. */
export type IdentityNumberKind = 'FNR' | 'DNR' | 'FHN'

/** What was added to the month: 40 NAV Dolly, 65 NHN SyntPop, 80 Skatteetaten Tenor. */
type SyntheticOffset = 40 | 65 | 80

export interface IdentityNumber {
  kind: IdentityNumberKind
  /** The `urn:oid:` of the kind, as in Identifier.system. */
  system: string
  /** Whether the check digits are correct. Published examples also use numbers that are not valid. */
  valid: boolean
  /** The month offset of a synthetic number. Help numbers contain no date, so a synthetic help number cannot be recognised. */
  synthetic: SyntheticOffset | undefined
}

/** The Identifier.system of each kind. */
export const identityNumberSystems: Record<IdentityNumberKind, string> = {
  FNR: 'urn:oid:2.16.578.1.12.4.1.4.1',
  DNR: 'urn:oid:2.16.578.1.12.4.1.4.2',
  FHN: 'urn:oid:2.16.578.1.12.4.1.4.3',
}

/** The kind that an Identifier.system names, with or without `urn:oid:`; undefined when it is none of the three. */
export function kindOfSystem(system: string): IdentityNumberKind | undefined {
  return kindsBySystem.get(system)
}

const kindsBySystem: ReadonlyMap<string, IdentityNumberKind> = new Map(
  (Object.keys(identityNumberSystems) as IdentityNumberKind[]).flatMap((kind) => {
    const system = identityNumberSystems[kind]
    return [[system, kind] as const, [system.slice('urn:oid:'.length), kind] as const]
  }),
)

/**
 * Reads the form of a number; undefined when it is not eleven digits, or has a day that no calendar has. `valid` is about the check digits.
 */
export function parseIdentityNumber(text: string): IdentityNumber | undefined {
  if (!/^[0-9]{11}$/.test(text)) return undefined
  const digits = [...text].map(Number)
  const valid = checkDigitsAgree(digits)
  if (text.startsWith('8') || text.startsWith('9')) return { kind: 'FHN', system: identityNumberSystems.FHN, valid, synthetic: undefined }
  const date = readDate(text)
  if (!date) return undefined
  return { kind: date.kind, system: identityNumberSystems[date.kind], valid, synthetic: date.synthetic }
}

/** A well-formed number with correct check digits, or undefined. */
export function classify(text: string): IdentityNumber | undefined {
  const number = parseIdentityNumber(text)
  return number?.valid ? number : undefined
}

const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/**
 * Checks both weighted sums modulo 11. The first remainder is 0 today; it may be 0 to 3 for numbers given out from 2032, and a number does
 * not show by which rule it was made. The second remainder is always 0. Skatteetaten, "Nytt fødselsnummer fra 2032".
 */
function checkDigitsAgree(digits: readonly number[]): boolean {
  return remainder(digits, FIRST_WEIGHTS) <= 3 && remainder(digits, SECOND_WEIGHTS) === 0
}

function remainder(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * (digits[place] ?? 0), 0) % 11
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function readDate(text: string): { kind: 'FNR' | 'DNR'; synthetic: SyntheticOffset | undefined } | undefined {
  const dayField = Number(text.slice(0, 2))
  const monthField = Number(text.slice(2, 4))
  const kind = dayField > 40 ? 'DNR' : 'FNR'
  const day = kind === 'DNR' ? dayField - 40 : dayField
  const synthetic = ([80, 65, 40] as const).find((offset) => monthField > offset)
  const month = monthField - (synthetic ?? 0)
  const days = DAYS_IN_MONTH[month - 1]
  if (days === undefined || day < 1 || day > days) return undefined
  // The century is unknown when the individual digits lose their meaning (2032), but a leap year is always divisible by four.
  if (month === 2 && day === 29 && Number(text.slice(4, 6)) % 4 !== 0) return undefined
  return { kind, synthetic }
}

// Eleven digits, or six and five with one separator, that are not part of a longer run of digits. The digits at the end of a
// percent-encoded character do not belong to a run.
const CANDIDATE = /(?:(?<![0-9])|(?<=%[0-9A-F]{2}))([0-9]{6})([ \u00a0+-]|%20|%2B|%2D|%C2%A0|)[0-9]{5}(?![0-9])/gi
// UUIDs and hexadecimal digests sometimes have eleven digits in a row, which are no identity numbers.
const HEXADECIMAL =
  /(?<![0-9A-Za-z])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,})(?![0-9A-Za-z])/gi

/**
 * The places in a text that look like an identity number: eleven digits in a row, with any check digits, or a date and five digits
 * separated by a space or hyphen (also as `+` or percent-encoded). A wrong alarm only refuses a request, while a missed number would be
 * disclosed.
 */
export function findIdentityNumbers(text: string): { start: number; end: number }[] {
  if (!mayHoldNumber(text)) return []
  const candidates: { start: number; end: number }[] = []
  for (const { 0: whole, 1: first = '', 2: separator, index } of text.matchAll(CANDIDATE))
    if (separator === '' || looksLikeDate(first)) candidates.push({ start: index, end: index + whole.length })
  if (candidates.length === 0) return []
  const hexadecimal = [...text.matchAll(HEXADECIMAL)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  // Both lists are in the order of the text, and neither overlaps itself: one walk compares them.
  let at = 0
  return candidates.filter(({ start, end }) => {
    while ((hexadecimal[at]?.end ?? Number.POSITIVE_INFINITY) < end) at += 1
    return (hexadecimal[at]?.start ?? Number.POSITIVE_INFINITY) > start
  })
}

/**
 * Whether a text has eleven digits, six of them in a row. Every text that is stored or logged is checked, and most have fewer digits. Times
 * and object identifiers have many digits, but not six in a row.
 */
function mayHoldNumber(text: string): boolean {
  if (text.length < 11) return false
  let digits = 0
  let row = 0
  let longest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) row = 0
    else {
      digits += 1
      row += 1
      if (row > longest) longest = row
      if (digits >= 11 && longest >= 6) return true
    }
  }
  return false
}

/** Whether a URL, path or text holds what looks like an identity number, also when its digits are percent-encoded. */
export function holdsIdentityNumber(text: string): boolean {
  return findIdentityNumbers(text).length > 0 || findIdentityNumbers(decoded(text)).length > 0
}

/** The text with everything that looks like an identity number replaced, for logs and messages. */
export function redactIdentityNumbers(text: string, replacement = '[identity number]'): string {
  let redacted = ''
  let from = 0
  for (const { start, end } of findIdentityNumbers(text)) {
    redacted += text.slice(from, start) + replacement
    from = end
  }
  return redacted + text.slice(from)
}

function looksLikeDate(six: string): boolean {
  return six.startsWith('8') || six.startsWith('9') || readDate(six) !== undefined
}

/**
 * The text with percent-encoded ASCII decoded. Everything else is left, so that a malformed part of an address cannot hide the rest of it.
 */
function decoded(text: string): string {
  return text.replace(/%([0-7][0-9A-Fa-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

export interface MadeNumber {
  /** YYYY-MM-DD, 1900 to 2039. */
  birthDate: string
  /** FNR when absent. */
  kind?: IdentityNumberKind
  /** The number added to the month; 80 when absent. */
  offset?: 65 | 80
  /** The ninth digit is odd for men and even for women; either when absent. It has no meaning in a help number. */
  gender?: 'male' | 'female'
  /** Which of the possible numbers: 0 is the first. */
  series: number
}

/**
 * A valid synthetic number for tests and seeds, always the same for the same request. A help number is made of an 8, the date and the
 * offset too, so that it cannot belong to a real person. Throws a RangeError when the date has no such number.
 */
export function makeIdentityNumber(request: MadeNumber): string {
  const { birthDate, kind = 'FNR', offset = 80, gender, series } = request
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const dayField = kind === 'DNR' ? Number(day) + 40 : kind === 'FHN' ? 80 + (Number(day) % 10) : Number(day)
  const start = `${String(dayField).padStart(2, '0')}${Number(month) + offset}${year.slice(2)}`
  let left = series
  for (const individual of individualNumbers(Number(year))) {
    if (gender && kind !== 'FHN' && individual % 2 !== (gender === 'male' ? 1 : 0)) continue
    const number = withCheckDigits(`${start}${String(individual).padStart(3, '0')}`)
    if (number === undefined) continue
    if (parseIdentityNumber(number)?.kind !== kind) break
    if (left-- === 0) return number
  }
  throw new RangeError(`No ${kind} number ${series} can be made for the date ${birthDate}.`)
}

/** The three individual digits that are possible for a year of birth, as long as they show the century (until 2032). */
function* individualNumbers(year: number): Generator<number> {
  if (year < 1900 || year > 2039) return
  const [from, to] = year < 2000 ? [0, 499] : [500, 999]
  for (let individual = from; individual <= to; individual++) yield individual
}

/** Undefined when a check digit would be ten. */
function withCheckDigits(nine: string): string | undefined {
  const digits = [...nine].map(Number)
  const first = (11 - remainder(digits, FIRST_WEIGHTS)) % 11
  const second = (11 - remainder([...digits, first], SECOND_WEIGHTS)) % 11
  return first === 10 || second === 10 ? undefined : `${nine}${first}${second}`
}

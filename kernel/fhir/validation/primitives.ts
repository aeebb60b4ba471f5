/**
 * The primitive types of FHIR R4 (http://hl7.org/fhir/R4/datatypes.html#primitive). Each pattern reads a text in one pass: none has a choice
 * that an attacker could make it try again and again.
 */
import { writtenNumber } from '../../values/json.ts'
import { found, type Walk } from './walk.ts'

type Primitive = (value: unknown, walk: Walk) => boolean

/** 1 MB, http://hl7.org/fhir/R4/datatypes.html#string; counted as characters, as the reference validators do. */
const LONGEST = 1024 * 1024
/** Digits, sign, point and exponent of a decimal: more than any instrument gives, and than a number of 64 bits keeps. */
const LONGEST_DECIMAL = 64

/** Characters of each type, where fewer than a text may have say all that the type is for. docs/run/limits.md */
const longestOf: Readonly<Record<string, number>> = {
  code: 256,
  id: 64,
  idText: 256,
  uri: 2048,
  url: 2048,
  canonical: 2048,
  oid: 256,
  uuid: 45,
  date: 10,
  dateTime: 64,
  instant: 64,
  time: 32,
}
/** Elements of type string that name something. Screens, groups and searches work with them, and a name is short. */
const names: ReadonlySet<unknown> = new Set(
  (
    'alias city country display district family given label line name postalCode prefix reference state suffix text title unit ' +
    'value version'
  ).split(' '),
)
const LONGEST_NAME = 4000

/** The limits, for docs/run/limits.md. */
export const lengthLimits = { ...longestOf, name: LONGEST_NAME, decimal: LONGEST_DECIMAL, text: LONGEST } as const

/** A character that a reader can see. Spaces, control and format characters, fillers and variation selectors alone say nothing. */
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u
/** Strings have no characters below 32 but tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

const YEAR = /^(?!0000)\d{4}$/
const DATE = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/
const TIME_OF_DAY = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?`
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))`
const MOMENT = new RegExp(`^((?!0000)\\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T${TIME_OF_DAY}${ZONE}$`)
const TIME = new RegExp(`^${TIME_OF_DAY}$`)

/** Text types: the pattern, or a function, and what is expected in words. */
const texts: Readonly<Record<string, { is?: (text: string) => boolean; expected: string }>> = {
  string: { expected: 'a text' },
  markdown: { expected: 'a text' },
  code: { is: (text) => /^\S+( \S+)*$/.test(text), expected: 'a code: no spaces at the ends, and single ones between words' },
  /** The id of an element, http://hl7.org/fhir/R4/datatypes.html#Element */
  idText: { is: (text) => !/\s/.test(text), expected: 'an id without spaces' },
  id: { is: (text) => /^[A-Za-z0-9\-.]{1,64}$/.test(text), expected: 'an id: 1 to 64 letters, digits, hyphens and points' },
  uri: { is: (text) => !/\s/.test(text), expected: 'a URI: no spaces' },
  url: { is: (text) => !/\s/.test(text), expected: 'a URL: no spaces' },
  canonical: { is: (text) => !/\s/.test(text), expected: 'a canonical URL: no spaces' },
  oid: { is: (text) => /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/.test(text), expected: 'urn:oid: and an OID' },
  uuid: {
    is: (text) => /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
    expected: 'urn:uuid: and a UUID in small letters',
  },
  base64Binary: { is: isBase64, expected: 'Base64: groups of four characters' },
  date: { is: isDate, expected: 'a date that exists: YYYY, YYYY-MM or YYYY-MM-DD' },
  dateTime: {
    is: (text) => isDate(text) || isMoment(text),
    expected: 'a date that exists, or a time with seconds and zone such as 2026-01-12T09:00:00+01:00',
  },
  instant: { is: isMoment, expected: 'a time that exists, with seconds and zone, such as 2026-01-12T09:00:00+01:00' },
  time: { is: (text) => TIME.test(text), expected: 'a time of day without a zone, such as 09:00:00' },
}

/** The range of each integer type. */
const integers: Readonly<Record<string, readonly [from: number, expected: string]>> = {
  integer: [-2_147_483_648, 'a whole number of 32 bits, without a decimal point or exponent'],
  unsignedInt: [0, 'a whole number from 0 to 2147483647, without a decimal point or exponent'],
  positiveInt: [1, 'a whole number from 1 to 2147483647, without a decimal point or exponent'],
}

/** The check of a primitive type, which reports what it refuses; undefined for a type that is not primitive, and for xhtml. */
export function primitive(type: string): Primitive | undefined {
  if (type === 'boolean') return (value, walk) => typeof value === 'boolean' || refuse(walk, 'true or false', value)
  if (type === 'decimal') return decimal
  if (Object.hasOwn(integers, type)) return integer(...(integers[type] as [number, string]))
  const text = Object.hasOwn(texts, type) ? texts[type] : undefined
  if (!text) return undefined
  const { is, expected } = text
  return (value, walk) => {
    if (typeof value !== 'string') return refuse(walk, expected, value)
    if (!hasSubstance(value, walk, longest(type, walk))) return false
    if (is === undefined || is(value)) return true
    walk.fault('value', 'format', `Expected ${expected}.`)
    return false
  }
}

/** The characters that a value may have at the place of the walk. */
function longest(type: string, walk: Walk): number {
  const limit = longestOf[type]
  if (limit !== undefined) return limit
  const element = typeof walk.path.at(-1) === 'number' ? walk.path.at(-2) : walk.path.at(-1)
  return type === 'string' && names.has(element) ? LONGEST_NAME : LONGEST
}

const decimal: Primitive = (value, walk) => {
  if (typeof value !== 'number') return refuse(walk, 'a number', value)
  if ((writtenNumber(walk.holder, `${walk.path.at(-1)}`) ?? '').length > LONGEST_DECIMAL) {
    walk.fault('too-long', 'length', `Expected a number of at most ${LONGEST_DECIMAL} characters.`)
    return false
  }
  if (Number.isFinite(value)) return true
  walk.fault('value', 'format', 'Expected a number of a size that can be kept.')
  return false
}

function integer(from: number, expected: string): Primitive {
  return (value, walk) => {
    if (typeof value !== 'number') return refuse(walk, expected, value)
    const isWhole = Number.isInteger(value) && value >= from && value <= 2_147_483_647
    if (isWhole && /^(?:0|-?[1-9]\d*)$/.test(writtenNumber(walk.holder, `${walk.path.at(-1)}`) ?? `${value}`)) return true
    walk.fault('value', 'format', `Expected ${expected}.`)
    return false
  }
}

/** Reports a value of another JSON type. */
function refuse(walk: Walk, expected: string, value: unknown): false {
  walk.fault('structure', 'json-type', `Expected ${expected}; found ${found(value)}.`)
  return false
}

/** Whether a text says anything, and holds nothing that FHIR keeps out of every text. */
export function hasSubstance(text: string, walk: Walk, longest = LONGEST): boolean {
  // First, so that nothing else reads a text that is too long.
  if (text.length > longest) {
    walk.fault('too-long', 'length', `Expected at most ${longest} characters; found ${text.length}. Shorten the text.`)
    return false
  }
  if (!isVisible(text)) {
    walk.fault(
      'value',
      'blank',
      'Expected a text that can be seen; found none, or only spaces and invisible characters. Leave the element out.',
    )
    return false
  }
  if (CONTROL.test(text)) {
    walk.fault('value', 'format', 'Expected a text without control characters: only tab, line feed and carriage return are allowed.')
    return false
  }
  return true
}

/** Whether a text has a character that a reader can see. */
export function isVisible(text: string): boolean {
  const first = text.charCodeAt(0)
  // Nearly every text begins with a letter or digit of ASCII.
  return (first > 0x20 && first < 0x7f) || VISIBLE.test(text)
}

function isDate(text: string): boolean {
  if (text.length === 4) return YEAR.test(text)
  const match = DATE.exec(text)
  return match !== null && (match[3] === undefined || isDay(match[1] ?? '', match[2] ?? '', match[3]))
}

function isMoment(text: string): boolean {
  const match = MOMENT.exec(text)
  return match !== null && isDay(match[1] ?? '', match[2] ?? '', match[3] ?? '')
}

/** Whether a month of a year has a day. */
function isDay(year: string, month: string, day: string): boolean {
  return day <= '28' || Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

function isBase64(text: string): boolean {
  const packed = text.replaceAll(/\s+/g, '')
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed)
}

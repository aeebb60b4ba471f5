/**
 * JSON at the edge. FHIR decimals have a precision (http://hl7.org/fhir/R4/datatypes.html#decimal): 37.0 is not 37, so the source text of
 * such numbers is kept together with the parsed value and written again.
 */

import { membersOf } from './tree.ts'

declare global {
  interface JSON {
    /** ECMAScript "JSON.parse source text access"; TypeScript's library does not declare it yet. */
    rawJSON(text: string): unknown
  }
}

/** The source text of numbers that JavaScript would write differently, by the object that holds them. */
const sources = new WeakMap<object, Map<string, string>>()

/**
 * A number that ends in 0 after the point, is -0, or has an exponent, many digits or many zeros. It must begin and end where a number can,
 * since identifiers hold such digits, too: `urn:uuid:3e1b…` looks like a number with an exponent. The pattern avoids calling a function for
 * each member, which makes reading five times as slow.
 */
const MAY_LOSE_PRECISION =
  /(?:^|[:,[\s])(?:-0(?=[\s,\]}]|$)|-?(?:\d+\.\d*0|\d+(?:\.\d+)?[eE][+-]?\d+|(?=[\d.]{16})\d+(?:\.\d+)?|0\.0{6}\d*))(?=[\s,\]}]|$)/

/** The greatest number of levels of objects and arrays, since walks of a resource are recursive. FHIR needs twelve, a Bundle three more. */
export const MAX_DEPTH = 64

/** Parses JSON text; undefined when it is not JSON, or nested too deep. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (isDeeper(value, MAX_DEPTH)) return undefined
    if (!MAY_LOSE_PRECISION.test(text) && !text.includes('__proto__')) return value
    return JSON.parse(text, function (this: object, key, value, context?: { source?: string }) {
      if (typeof value === 'number' && context?.source !== undefined && String(value) !== context.source)
        remember(this, key, context.source)
      return dropPrototype(key, value)
    })
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Parses JSON that holds no FHIR: numbers lose their source text. A schema names the members that are read, so `__proto__` is a name like
 * any other.
 */
export function parsePlainJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isDeeper(value, MAX_DEPTH) ? undefined : value
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The text of a value that `parseJson` has parsed, with every decimal as it was sent; on lines of their own with `indent` blanks. */
export function writeJson(value: unknown, indent?: number): string {
  const numbers: HeldNumber[] = []
  findNumbers(value, numbers)
  // The raw text replaces the number and is replaced again afterwards: a function for each member makes writing four times as slow.
  for (const { holder, key, source } of numbers) holder[key] = JSON.rawJSON(source)
  try {
    return JSON.stringify(value, null, indent)
  } finally {
    for (const { holder, key, number } of numbers) holder[key] = number
  }
}

interface HeldNumber {
  holder: Record<string, unknown>
  key: string
  number: number
  source: string
}

function findNumbers(value: unknown, found: HeldNumber[]): void {
  if (typeof value !== 'object' || value === null) return
  const known = sources.get(value)
  if (known) {
    const holder = value as Record<string, unknown>
    for (const [key, source] of known) {
      const number = holder[key]
      if (typeof number === 'number') found.push({ holder, key, number, source })
    }
  }
  for (const member of membersOf(value)) findNumbers(member, found)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return membersOf(value).some((member) => isDeeper(member, levels - 1))
}

/** Keeps how the source of another format wrote a number, such as `11.0`. Text that is no JSON number is ignored. */
export function keepDecimal(holder: object, key: string, source: string): void {
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(source)) remember(holder, key, source)
}

/** How a number was written in the text that was parsed; undefined where JavaScript writes it in the same way. */
export function writtenNumber(holder: object, key: string): string | undefined {
  return sources.get(holder)?.get(key)
}

/** Longer runs of zeros than these stay an exponent. */
const MOST_ZEROS = 30

/**
 * The decimal of a member for people to read: with the digits that were sent, and without an exponent; undefined when it is no number. A
 * number that was computed here has the digits that JavaScript writes.
 */
export function decimalText(holder: object, key: string): string | undefined {
  const number = (holder as Record<string, unknown>)[key]
  if (typeof number !== 'number') return undefined
  const source = writtenNumber(holder, key) ?? String(number)
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? []
  if (exponent === undefined) return source
  const shift = Number(exponent)
  if (Math.abs(shift) > MOST_ZEROS) return source
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift - fraction.length))}`
  const point = Math.max(0, -shift) + whole.length + shift
  const [before, after] = [digits.slice(0, point).replace(/^0+(?=\d)/, ''), digits.slice(point)]
  return `${sign}${before}${after ? `.${after}` : ''}`
}

/** Writes a member with the digits of the member of another object, where both are the same number. */
export function keepDigitsOf(holder: object, key: string, [from, name]: readonly [object, string]): void {
  const source = writtenNumber(from, name)
  if (source !== undefined && (holder as Record<string, unknown>)[key] === (from as Record<string, unknown>)[name])
    remember(holder, key, source)
}

/** Sets a member to the member of another object, as that one is written; what stood there before is forgotten. */
export function putMember(holder: object, key: string, [from, name]: readonly [object, string]): void {
  Object.assign(holder, { [key]: (from as Record<string, unknown>)[name] })
  sources.get(holder)?.delete(key)
  keepDigitsOf(holder, key, [from, name])
}

/** A copy with all that it holds, which is written as the value itself is. */
export function copyJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return withSources(value, value.map(copyJson)) as Value
  return withSources(value, Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyJson(member)]))) as Value
}

/** The same with the members of each object in the order of their names. */
export function sortedJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return withSources(value, value.map(sortedJson))
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return withSources(value, Object.fromEntries(members.map(([key, member]) => [key, sortedJson(member)])))
}

function withSources(value: object, copy: object): object {
  const known = sources.get(value)
  if (known) sources.set(copy, new Map(known))
  return copy
}

function remember(holder: object, key: string, source: string): void {
  const known = sources.get(holder) ?? new Map<string, string>()
  known.set(key, source)
  sources.set(holder, known)
}

function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
}

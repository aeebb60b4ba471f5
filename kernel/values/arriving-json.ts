/**
 * JSON as it arrives: octets that are no UTF-8, half characters and names that occur twice are faults with a place. A reader that passes
 * them over stores something other than what was sent (RFC 8259 sections 4, 8.1 and 8.2; http://hl7.org/fhir/R4/json.html).
 */
import { isUtf8 } from 'node:buffer'
import { echoed } from './echoed.ts'
import { parseJson } from './json.ts'

/** `fault`: what is wrong and where, as a sentence for the sender; it never repeats more than the names of elements. */
export type Arrived<T> = { value: T; fault?: undefined } | { fault: string }

/** Text in UTF-8, without a byte order mark; the fault counts octets from 0. */
export function decodeUtf8(octets: Buffer): Arrived<string> {
  const text = new TextDecoder().decode(octets)
  if (isUtf8(octets)) return { value: text }
  const bom = octets.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? 3 : 0
  let at = text.indexOf('\uFFFD')
  let place = bom + Buffer.byteLength(text.slice(0, at))
  // A replacement character that was sent as such is a character like any other.
  while (octets.subarray(place, place + 3).equals(Buffer.from('\uFFFD'))) {
    const next = text.indexOf('\uFFFD', at + 1)
    place += Buffer.byteLength(text.slice(at, next))
    at = next
  }
  return { fault: `The octet at ${place} is not UTF-8. Send the text in UTF-8, which is the only encoding of FHIR's JSON and of forms.` }
}

/** A form (`application/x-www-form-urlencoded`), of which the octets and the escaped octets are UTF-8 (RFC 3986 section 2.1). */
export function readForm(octets: Buffer): Arrived<URLSearchParams> {
  const plain = decodeUtf8(octets)
  if (plain.fault !== undefined) return plain
  if (/%(?![0-9a-f]{2})/i.test(plain.value))
    return {
      fault: 'A per cent sign stands before no octet. Escape each octet as % and two hexadecimal digits, and the sign itself as %25.',
    }
  const unescaped = octets
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  if (!isUtf8(Buffer.from(unescaped, 'latin1')))
    return { fault: 'An escaped octet of the form is not UTF-8. Escape the octets of UTF-8: ø is %C3%B8.' }
  return { value: new URLSearchParams(plain.value) }
}

/** The value of JSON text; `fault` when it is no JSON, nested too deep, has a name twice in an object, or half a character in a text. */
export function readJson(text: string): Arrived<unknown> {
  const value = parseJson(text)
  if (value === undefined) return { fault: 'The body is not JSON, or is nested more than 64 levels deep.' }
  const wrong = wrongName(text)
  if (wrong?.isTwice)
    return { fault: `${wrong.path} stands twice in one object. Send each name once: readers differ in which one they take.` }
  if (wrong) return { fault: `${wrong.path} is no name of FHIR, and readers drop or misread it. Leave it out.` }
  if (!MAY_BE_NO_CHARACTER.test(text)) return { value }
  const place = noCharacter(value, '')
  if (place === undefined) return { value }
  return {
    fault: `${place || 'The text'} holds half a character (a lone surrogate) or a code point that is no character. Send Unicode text.`,
  }
}

/** JSON from octets, such as a file. */
export function readJsonOctets(octets: Buffer): Arrived<unknown> {
  const text = decodeUtf8(octets)
  return text.fault === undefined ? readJson(text.value) : text
}

/** Surrogates that stand alone, and code points that Unicode keeps from being characters (Unicode 15, section 23.7). */
const NO_CHARACTER = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u
/** Where one can be: written as itself, or as an escape. Most bodies hold neither, and are not walked. */
const MAY_BE_NO_CHARACTER = /\\u(?:d[89a-f]|fdd|fdef|fde|fff)|[\p{Surrogate}\p{Noncharacter_Code_Point}]/iu

function noCharacter(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return NO_CHARACTER.test(value) ? place : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    if (NO_CHARACTER.test(name)) return `A name in ${place || 'the object'}`
    const found = noCharacter(member, Array.isArray(value) ? `${place}[${name}]` : `${place}${place && '.'}${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

interface Level {
  /** The names of an object so far; undefined in a list. */
  names: Set<string> | undefined
  /** The name whose value is being read, or the place in the list. */
  at: string | number
}

/**
 * The path of a name that occurs twice in one object, or is `__proto__`, which many readers take for something else. `text` is known
 * to be JSON, so that only strings and brackets are looked at.
 */
function wrongName(text: string): { path: string; isTwice: boolean } | undefined {
  const levels: Level[] = []
  let level: Level | undefined
  let isName = false
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case QUOTE: {
        const end = endOfString(text, index)
        if (isName && level?.names) {
          const raw = text.slice(index, end + 1)
          const name = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1)
          level.at = name
          if (level.names.has(name) || name === '__proto__') {
            const path = levels.map(({ names, at }) => (names ? `.${echoed(String(at))}` : `[${at}]`)).join('')
            return { path: path.replace(/^\./, ''), isTwice: level.names.has(name) }
          }
          level.names.add(name)
          isName = false
        }
        index = end
        break
      }
      case OPEN_OBJECT:
        level = { names: new Set(), at: '' }
        levels.push(level)
        isName = true
        break
      case OPEN_LIST:
        level = { names: undefined, at: 0 }
        levels.push(level)
        isName = false
        break
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        levels.pop()
        level = levels.at(-1)
        isName = false
        break
      case COMMA:
        isName = level?.names !== undefined
        if (level && typeof level.at === 'number') level.at += 1
        break
    }
  }
  return undefined
}

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** The index of the quotation mark that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  for (;;) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
}

/** Repeated members of JSON objects. RFC 8259 section 4 leaves open which of two counts, so that two readers may read two meanings. */

/**
 * The first name that an object in the text has twice, with escapes read (`"\u0061"` is `a`); undefined when there is none. `text` is valid
 * JSON, and `parsed` is what the caller has read it as.
 */
export function repeatedMember(text: string, parsed: unknown): string | undefined {
  // Each name is followed by a colon: as many colons as members, and nothing was dropped. Only then are the names looked at.
  return colonsIn(text) === membersOf(parsed) ? undefined : firstRepeated(text)
}

/** The number of colons outside texts. */
function colonsIn(text: string): number {
  let colons = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === COLON) colons++
    else if (sign === QUOTE) at = endOfText(text, at)
  }
  return colons
}

const COLON = 0x3a
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The place of the quote that ends the text which begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end
  }
  return text.length
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const values: unknown[] = Object.values(value)
  return values.reduce((sum: number, one) => sum + membersOf(one), Array.isArray(value) ? 0 : values.length)
}

function firstRepeated(text: string): string | undefined {
  /** The names of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const token = text[at] === '"' ? text.slice(at, endOfText(text, at) + 1) : text[at]
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const name: unknown = JSON.parse(last)
      const names = open.at(-1)
      if (typeof name !== 'string' || !names) continue
      if (names.has(name)) return name
      names.add(name)
    }
    if (token?.startsWith('"')) {
      last = token
      at += token.length - 1
    }
  }
  return undefined
}

/** Repeated members of JSON objects. RFC 8259 section 4 leaves open which of two counts, so that two readers may read two meanings. */

/** A text, or a sign that gives the structure. In valid JSON nothing else holds these signs. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * The first name that an object in the text has twice, with escapes read (`"\u0061"` is `a`); undefined when there is none. `text` is valid
 * JSON: the caller has parsed it.
 */
export function repeatedMember(text: string): string | undefined {
  /** The names of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
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
    last = token
  }
  return undefined
}

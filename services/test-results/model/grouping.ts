/**
 * The same analysis over time and across laboratories. Certain: results share a national code, a code that means the same, or a local code
 * of one laboratory; a result that has both joins the two groups. Guessed, and marked as guessed: same name, same specimen, same dimension
 * of unit. Half of all codes are local, so grouping by national codes alone would miss half. Pure.
 */

export interface Groupable {
  id: string
  /** `{system}|{code}` in all spellings and equivalents that mean the same everywhere. */
  national: readonly string[]
  /** `{laboratory}|{system}|{code}`. */
  local: readonly string[]
  name: string
  specimen: string | undefined
  /** The one unit of its dimension (kernel/units); numbers of different dimensions are never one analysis. */
  dimension: string
}

export interface Group<R> {
  results: R[]
  /** Joined by name, specimen and unit, and not by a code. */
  guessed: boolean
}

/** Groups in the order of their first result. */
export function grouped<R extends Groupable>(results: readonly R[]): Group<R>[] {
  const parents = results.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    while (parents[at] !== at) at = parents[at] ?? at
    return at
  }
  const join = (one: number, other: number) => {
    const [first, second] = [root(one), root(other)].sort((a, b) => a - b)
    if (first !== undefined && second !== undefined) parents[second] = first
  }
  const joinBy = (keysOf: (result: R) => readonly string[]) => {
    const seen = new Map<string, number>()
    for (const [index, result] of results.entries())
      for (const key of keysOf(result)) {
        const known = seen.get(`${key} ${result.dimension}`)
        if (known === undefined) seen.set(`${key} ${result.dimension}`, index)
        else join(known, index)
      }
  }
  joinBy(({ national, local }) => [...national, ...local])
  const sure = results.map((_, index) => root(index))
  joinBy(({ name, specimen }) => {
    const plain = plainName(name)
    return plain.name === '' ? [] : [`${plain.name} ${plain.specimen ?? specimen?.toLowerCase() ?? ''}`]
  })
  const byRoot = Map.groupBy(results.keys(), root)
  return [...byRoot.values()].map((indexes) => ({
    results: indexes.flatMap((index) => results[index] ?? []),
    guessed: new Set(indexes.map((index) => sure[index])).size > 1,
  }))
}

const specimens: Readonly<Record<string, string>> = {
  b: 'blod',
  p: 'plasma',
  s: 'serum',
  u: 'urin',
  us: 'serum/plasma',
  csv: 'spinalvæske',
}

/** `P-Kreatinin` is creatinine in plasma; text in brackets and punctuation do not distinguish analyses. */
export function plainName(name: string): { name: string; specimen: string | undefined } {
  const match = /^([A-Za-z]{1,3})\s*[-_](.+)$/.exec(name.trim())
  const specimen = match && specimens[(match[1] ?? '').toLowerCase()]
  const rest = specimen ? (match?.[2] ?? name) : name
  const plain = withoutBrackets(rest.toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return { name: plain, specimen: specimen || undefined }
}

/** Brackets inside brackets are read to this depth. */
const DEEPEST = 3

/** The text with a blank for each pair of brackets and what it holds. A bracket without its other one stays. */
function withoutBrackets(text: string): string {
  let rest = text
  for (let depth = 0; depth < DEEPEST && rest.includes(')'); depth++) rest = rest.replace(/\([^()]*\)/g, ' ')
  return rest
}

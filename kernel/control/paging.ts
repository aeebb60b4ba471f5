import { type Problem, problem } from '../problem/problem.ts'
import type { Page } from './contract.ts'

export interface Slice {
  limit: number
  skip: number
}

const [USUAL, MOST, FURTHEST] = [50, 200, 100_000]

/** `count` 1 to 200, 50 when absent; `skip`. */
export function sliceOf(query: URLSearchParams): Slice | Problem {
  const limit = wholeNumber(query.get('count'), USUAL)
  const skip = wholeNumber(query.get('skip'), 0)
  if (limit === undefined || limit < 1 || limit > MOST)
    return problem('invalid-parameter', `count is 1 to ${MOST}.`, { expression: 'count' })
  if (skip === undefined || skip > FURTHEST) return problem('invalid-parameter', `skip is 0 to ${FURTHEST}.`, { expression: 'skip' })
  return { limit, skip }
}

/** A page made of one item more than asked for: the last says that there is more. */
export function pageOf<Item>(found: readonly Item[], { limit, skip }: Slice): Page<Item> {
  const items = found.slice(0, limit)
  return { items, count: items.length, skip, more: found.length > limit }
}

function wholeNumber(text: string | null, usual: number): number | undefined {
  if (text === null) return usual
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Parameters that the route does not have are refused: to ignore a filter is to answer another question. */
export function unknownParameter(query: URLSearchParams, known: readonly string[]): Problem | undefined {
  const names = [...query.keys()]
  const wrong = names.find((name, at) => !known.includes(name) || names.indexOf(name) !== at)
  if (wrong === undefined) return undefined
  return problem('invalid-parameter', `This route takes ${known.length > 0 ? known.join(', ') : 'no parameters'}, each once.`)
}

/**
 * `_summary` and `_elements` of a read and a vread (http://hl7.org/fhir/R4/http.html#read, #parameters): what they mean in a search, but for
 * `_summary=count`, which is for searches alone. Every other parameter is refused.
 */
import { type Issue, isProblem, problemWith, type Result } from '../../problem/problem.ts'
import type { ServiceExchange } from '../exchange.ts'
import { type AreaParameter, readAreaSearch } from './area-search.ts'
import { type Shape, shapeOf } from './shape.ts'

const parameters: readonly AreaParameter[] = [
  {
    name: '_summary',
    takes: 'true, text, data or false; count is for searches',
    isTaken: (value) => ['true', 'text', 'data', 'false'].includes(value),
  },
  { name: '_elements' },
]

/** The shape that an address asks for, all faults at once; `shape` is undefined when all is shown. */
export function shapeIn({ service }: ServiceExchange, type: string, query: URLSearchParams): Result<{ shape: Shape | undefined }> {
  if (query.size === 0) return { shape: undefined }
  const read = readAreaSearch(query, { naming: [], parameters, prefer: undefined, inPages: false })
  if (isProblem(read)) return read
  const issues: Issue[] = []
  const shape = shapeOf(query, type, service.resources, (text) => {
    issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  })
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : { shape }
}

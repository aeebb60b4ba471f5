/**
 * The FHIRPath expression of a search parameter, where it is a path or a union of paths such as
 * `Observation.code | Observation.component.code`: the types that stand there, and the values of a stored record. Values are read with
 * care: a record may have another shape than its type (docs/decisions/0057-readers-are-safe.md).
 */
import { r4 } from '../validation/r4.ts'

/** Each path of an expression, as its steps: `['Observation', 'code']`. None when it is more than paths. */
function pathsOf(expression: string): string[][] {
  const paths = expression.split('|').map((path) => path.trim())
  return paths.every((path) => /^[A-Z]\w+(\.[a-z]\w*)+$/.test(path)) ? paths.map((path) => path.split('.')) : []
}

/** The FHIR types of the elements that an expression names; none when it is more than paths, or R4 has no such element. */
export function typesAt(expression: string): string[] {
  return pathsOf(expression).flatMap(([type = '', ...steps]) => typesBelow(type, steps))
}

function typesBelow(type: string, steps: readonly string[]): string[] {
  if (steps.length === 0) return [type]
  const rows = [type, 'DomainResource', 'Resource'].flatMap((name) => r4().type(name)?.rows ?? [])
  // The elements of a backbone stand with the type that it is in: the longest path that R4 has is the element.
  for (let length = steps.length; length > 0; length -= 1) {
    const path = steps.slice(0, length).join('.')
    const row = rows.find((one) => one.path === path)
    if (row) return row.types.flatMap(({ code }) => typesBelow(code, steps.slice(length)))
  }
  return []
}

/** What an expression finds in a record, followed by the members `more`. */
export function valuesAt(record: unknown, expression: string, more: readonly string[] = []): unknown[] {
  return pathsOf(expression).flatMap(([, ...steps]) => membersAt(record, [...steps, ...more]))
}

/** What stands at a path of member names, in every item of each list on the way. */
export function membersAt(value: unknown, steps: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => membersAt(item, steps))
  const [step, ...rest] = steps
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return []
  return membersAt((value as Record<string, unknown>)[step], rest)
}

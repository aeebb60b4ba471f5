/**
 * What is wrong with the form of what was sent, in words of our own: what the element takes, and what to do. A message of zod is written
 * for programmers ("Invalid input: expected array, received undefined"), names no remedy, and may repeat what was sent.
 */
import type { z } from 'zod'
import type { Issue } from './problem.ts'

type ShapeIssue = z.core.$ZodIssue

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'an object with members',
  record: 'an object with members',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
}

/** Messages that a schema states itself are ours; the others are those that zod has for every schema. */
const OF_ZOD = /^(?:Invalid|Too |Unrecognized)/

/**
 * The rule that is broken and the remedy, in one or two sentences. `sent` is the whole of what was sent, which shows whether an element is
 * missing or of another kind; nothing of it is repeated.
 */
export function shapeRule(issue: ShapeIssue, sent: unknown, page: string): string {
  if (!OF_ZOD.test(issue.message)) return issue.message
  const isMissing = valueAt(sent, issue.path) === undefined
  if (issue.code === 'invalid_type') {
    const type = types[issue.expected] ?? 'a value of another kind'
    return isMissing
      ? `This is missing and is required. Add it as ${type} (${page}).`
      : `This takes ${type}. Send it in that form (${page}).`
  }
  if (issue.code === 'invalid_value') {
    const codes = issue.values.map(String).join(', ')
    const takes = issue.values.length === 1 ? `The value here is ${codes}` : `The value here is one of ${codes}`
    return isMissing ? `This is missing and is required. ${takes} (${page}).` : `${takes}. Send that (${page}).`
  }
  if (issue.code === 'too_small') return `At least ${counted(issue.minimum, issue.origin)} needed here. Add what is missing (${page}).`
  if (issue.code === 'too_big') return `At most ${counted(issue.maximum, issue.origin)} taken here. Send less (${page}).`
  return isMissing ? `This is missing and is required (${page}).` : `This does not have the form that is taken here. Send it as in ${page}.`
}

/** `origin` is the kind of value: of a number the value itself is limited. */
function counted(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} ${limit === 1 || limit === 1n ? 'character is' : 'characters are'}`
  if (origin === 'array') return `${limit} ${limit === 1 || limit === 1n ? 'entry is' : 'entries are'}`
  return `${limit} is`
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  let value = sent
  for (const part of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined
  return value
}

interface ResourceForm {
  type: string
  code: string
  /** The page that describes the resource, as in `docs/api/consent.md`. */
  page: string
  /** What is stated of an element that has no place. */
  noPlace: string
}

/** The faults in the form of a resource, each with the FHIRPath of its element. */
export function resourceFaults(issues: readonly ShapeIssue[], sent: unknown, { type, code, page, noPlace }: ResourceForm): Issue[] {
  const fault = (expression: string, text: string): Issue => ({ severity: 'error', type: 'invalid', code, text, expression })
  return issues.flatMap((issue) => {
    const place = type + issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => fault(`${place}.${key.slice(0, 64)}`, noPlace))
    return [fault(place, shapeRule(issue, sent, page))]
  })
}

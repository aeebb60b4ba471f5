/** One walk through a resource: where it is, and what it has found. */
import { type Issue, MOST_ISSUES } from '../../problem/problem.ts'

const none = new Set<string>()

export class Walk {
  readonly issues: Issue[] = []
  /** The number of faults, those that are not described included. */
  count = 0
  /** The place of each issue in the resource. */
  readonly places: (string | number)[][] = []
  /** From the resource to the place where the walk is: names, and numbers in lists. */
  readonly path: (string | number)[] = []
  /** The resource that holds the place: a contained resource is one of its own. */
  resource: object
  /** The resource in which `#id` finds what is contained: the one that was sent, or that of an entry. */
  root: object
  /** References within the resource, such as `#device`. */
  links: Set<string> = none
  /** The list or object that holds the value that is looked at. */
  holder: object

  /** Whether the resources that it holds are passed over, as those of a Bundle. */
  readonly isEnvelope: boolean

  constructor(resource: { resourceType: string }, isEnvelope = false) {
    this.isEnvelope = isEnvelope
    this.root = resource
    this.resource = resource
    this.holder = resource
    this.path.push(resource.resourceType)
  }

  /** The FHIRPath of the place, or of a member of it. */
  expression(member?: string): string {
    let text = ''
    for (const step of this.path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`
    return member === undefined ? text : `${text}.${member}`
  }

  /**
   * An error at the place. `code` is the rule: one of docs/api/validation.md, or the key of an invariant. `text` says what is expected, and
   * never repeats what was sent: it may hold an identity number.
   */
  fault(type: string, code: string, text: string, member?: string): undefined {
    this.count += 1
    const last = this.issues[MOST_ISSUES - 1]
    if (last) {
      last.more = (last.more ?? 0) + 1
      return
    }
    this.issues.push({ severity: 'error', type, code, text, expression: this.expression(member) })
    this.places.push([...this.path.slice(1), ...(member === undefined ? [] : [member])])
  }
}

/** What a JSON value is, in words. */
export function found(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return Object.keys(value as object).length === 0 ? 'an empty object' : 'an object'
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text'
  return typeof value === 'number' ? 'a number' : `${value}`
}

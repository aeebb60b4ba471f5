/** Compiles the element rules of a profile to a check: cardinality, types, fixed values, patterns, codes, reference targets and slices. */

import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import type { Issue } from '../../problem/problem.ts'
import { echoed } from '../../values/echoed.ts'
import type { ElementRule, PatternValue, Profile, Slice } from './profile.ts'
import { r4 } from './r4.ts'

/** Adds every breach of the profile to the issues: the FHIRPath of the element, the rule and what was expected. Takes any shape. */
export type ProfileCheck = (resource: Resource, issues: Issue[]) => void

interface Place {
  value: unknown
  expression: string
}

/** The rules of an element and of the elements in it: a resource is walked once, whatever the number of rules. */
interface Node {
  /** As in the path: `value[x]`. */
  name: string
  rules: RuleCheck[]
  children: Node[]
}

/** Checks the values of one element of one holder. `at` is the element itself, for faults that no value has. */
type RuleCheck = (found: readonly Place[], at: string, fault: Fault) => void
type Fault = (type: string, code: string, text: string, at: string) => void

export function profileCheck(profile: Profile, codes: Codes): ProfileCheck {
  const top: Node = { name: profile.type, rules: [], children: [] }
  for (const rule of profile.elements) {
    const node = rule.path.split('.').slice(1).reduce(childOf, top)
    if (node !== top) node.rules.push(ruleCheck(rule, profile, codes))
  }
  return (resource, issues) => {
    const fault: Fault = (type, code, text, expression) => issues.push({ severity: 'error', type, code, text, expression })
    walk(resource, resource.resourceType, top, fault)
  }
}

function childOf(parent: Node, name: string): Node {
  const known = parent.children.find((child) => child.name === name)
  if (known) return known
  const made: Node = { name, rules: [], children: [] }
  parent.children.push(made)
  return made
}

function walk(value: unknown, expression: string, node: Node, fault: Fault): void {
  for (const child of node.children) {
    const found = valuesOf(value, expression, child.name)
    for (const check of child.rules) check(found, `${expression}.${child.name.replace('[x]', '')}`, fault)
    if (child.children.length > 0) for (const place of found) walk(place.value, place.expression, child, fault)
  }
}

function ruleCheck(rule: ElementRule, { name }: Profile, codes: Codes): RuleCheck {
  const why = rule.why ? ` ${rule.why}` : ''
  const words = (text: string) => `${text} (profile ${name}).${why}`
  const { min = 0, max = '*', types, fixed, pattern, codes: allowed, targets, slices = [] } = rule
  return (found, at, fault) => {
    if (found.length < min) fault('required', 'profile-min', words(`Expected at least ${min}, found ${found.length}`), at)
    if (max === '0' && found.length > 0) fault('business-rule', 'profile-max', words('The element is not used here: remove it'), at)
    if (max === '1' && found.length > 1) fault('business-rule', 'profile-max', words(`Expected at most one, found ${found.length}`), at)
    for (const { value, expression } of found) {
      const type = types && choiceType(expression, rule.path)
      if (types && type && !types.includes(type))
        fault('value', 'profile-type', words(`Expected ${types.join(' or ')}, found ${type}`), expression)
      if (fixed !== undefined && value !== fixed) fault('value', 'profile-fixed', words(`Expected ${JSON.stringify(fixed)}`), expression)
      if (pattern !== undefined && !hasPattern(value, pattern))
        fault('value', 'profile-pattern', words(`Expected ${JSON.stringify(pattern)}`), expression)
      if (allowed && !hasCode(value, allowed, codes))
        fault('code-invalid', 'profile-code', words(`Expected ${describe(allowed)}`), expression)
      const target = targets && targetOf(value)
      if (targets && target !== undefined && !targets.includes(target))
        fault(
          'value',
          'profile-target',
          words(`Expected a reference to ${targets.join(' or ')}, found one to ${echoed(target)}`),
          expression,
        )
    }
    for (const slice of slices) checkSlice(slice, found, (code, text) => fault('business-rule', code, words(text), at))
  }
}

function checkSlice(
  { name, element, pattern, min = 0, max = '*' }: Slice,
  found: readonly Place[],
  fault: (code: string, text: string) => void,
) {
  const { length } = found.filter(({ value }) => hasPattern((value as { [name: string]: unknown } | null)?.[element], pattern))
  if (length < min) fault('profile-slice', `Expected at least ${min} of ${name}, found ${length}`)
  if (max !== '*' && length > Number(max)) fault('profile-slice', `Expected at most ${max} of ${name}, found ${length}`)
}

/** Whether a value has everything that a pattern has: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_ */
function hasPattern(value: unknown, pattern: PatternValue): boolean {
  if (typeof pattern !== 'object') return value === pattern
  if (Array.isArray(pattern)) return pattern.every((wanted) => Array.isArray(value) && value.some((item) => hasPattern(item, wanted)))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(pattern).every(([name, wanted]) => hasPattern((value as { [name: string]: unknown })[name], wanted))
}

/** The values of an element; `value[x]` finds valueQuantity and the other types of the choice. */
function valuesOf(holder: unknown, expression: string, name: string): Place[] {
  if (typeof holder !== 'object' || holder === null) return []
  if (!name.endsWith('[x]'))
    return Object.hasOwn(holder, name) ? places((holder as Record<string, unknown>)[name], `${expression}.${name}`) : []
  const stem = name.slice(0, -3)
  return Object.entries(holder).flatMap(([key, child]) =>
    key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)) ? places(child, `${expression}.${key}`) : [],
  )
}

function places(value: unknown, expression: string): Place[] {
  if (!Array.isArray(value)) return [{ value, expression }]
  return value.map((item, index) => ({ value: item, expression: `${expression}[${index}]` }))
}

/** The type of a value of a choice, by the name of its element: `valueDateTime` of `value[x]` is `dateTime`. */
function choiceType(expression: string, path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (!name.endsWith('[x]')) return undefined
  const key = expression.slice(expression.lastIndexOf('.') + 1)
  const suffix = key.slice(name.length - 3)
  const small = suffix.charAt(0).toLowerCase() + suffix.slice(1)
  return r4().type(small)?.kind === 'primitive-type' ? small : suffix
}

function hasCode(value: unknown, allowed: NonNullable<ElementRule['codes']>, codes: Codes): boolean {
  if (typeof value === 'string') return allowed.some((set) => set.codes.includes(value))
  return codings(value).some(({ system, code }) =>
    allowed.some(
      (set) =>
        typeof system === 'string' &&
        codes.canonical(system) === codes.canonical(set.system) &&
        (set.codes.length === 0 || (typeof code === 'string' && set.codes.includes(code))),
    ),
  )
}

function codings(value: unknown): { system?: unknown; code?: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  const all = 'coding' in value && Array.isArray(value.coding) ? (value.coding as unknown[]) : [value]
  return all.filter((coding) => typeof coding === 'object' && coding !== null)
}

function describe(allowed: NonNullable<ElementRule['codes']>): string {
  return allowed
    .map((set) => (set.codes.length > 0 ? `${set.codes.slice(0, 8).join(', ')} of ${set.system}` : `a code of ${set.system}`))
    .join(', or ')
}

/** The type that a reference says it points to; undefined when it does not say so. */
function targetOf(value: unknown): string | undefined {
  const { reference, type } = (value ?? {}) as { reference?: unknown; type?: unknown }
  if (typeof type === 'string') return type
  return typeof reference === 'string' ? /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/.exec(reference)?.[1] : undefined
}

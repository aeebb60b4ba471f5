/** Checks a resource against the element rules of a profile: cardinality, choice types, codes and known extensions. */
import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import type { Issue } from '../../problem/problem.ts'
import { membersOf } from '../../values/tree.ts'
import type { ElementRule, Profile } from './profile.ts'

interface Place {
  value: unknown
  expression: string
}

/** Every breach of the profile, each with the FHIRPath of the element, the rule and what was expected. */
export function checkProfile(resource: Resource, profile: Profile, codes: Codes): Issue[] {
  const issues = profile.elements.flatMap((rule) => checkRule(resource, rule, profile, codes))
  return [...issues, ...checkExtensions(resource, profile)]
}

function checkRule(resource: Resource, rule: ElementRule, profile: Profile, codes: Codes): Issue[] {
  const { segments, last } = pathOf(rule)
  if (!last) return []
  const parents = segments.reduce<Place[]>(
    (places, segment) => places.flatMap((place) => children(place, segment)),
    [{ value: resource, expression: resource.resourceType }],
  )
  return parents.flatMap((parent) => checkElement(parent, last, rule, profile, codes))
}

const paths = new WeakMap<ElementRule, { segments: string[]; last: string | undefined }>()

/** The path of a rule in parts, which are the same for every resource. */
function pathOf(rule: ElementRule): { segments: string[]; last: string | undefined } {
  const known = paths.get(rule)
  if (known) return known
  const segments = rule.path.split('.').slice(1)
  const made = { segments, last: segments.pop() }
  paths.set(rule, made)
  return made
}

function checkElement(parent: Place, name: string, rule: ElementRule, profile: Profile, codes: Codes): Issue[] {
  const found = children(parent, name)
  const expression = `${parent.expression}.${name.replace('[x]', '')}`
  const why = rule.why ? ` ${rule.why}` : ''
  const issues: Issue[] = []
  const fault = (type: string, code: string, text: string, at = expression) =>
    issues.push({ severity: 'error', type, code, text: `${text} (profile ${profile.name}).${why}`, expression: at })

  if (rule.min !== undefined && found.length < rule.min)
    fault('required', 'profile-min', `Expected at least ${rule.min}, found ${found.length}`)
  if (rule.max === '0' && found.length > 0) fault('business-rule', 'profile-max', 'The element is not used here: remove it')
  if (rule.max === '1' && found.length > 1) fault('business-rule', 'profile-max', `Expected at most one, found ${found.length}`)
  for (const place of found) {
    const type = rule.types && choiceType(place, name)
    if (type && !rule.types?.includes(type))
      fault('value', 'profile-type', `Expected ${rule.types?.join(' or ')}, found ${type}`, place.expression)
    if (rule.codes && !hasCode(place.value, rule.codes, codes))
      fault('code-invalid', 'profile-code', `Expected ${describe(rule.codes)}`, place.expression)
  }
  return issues
}

/** The values of an element below a place; `value[x]` finds valueQuantity and the other types of the choice. */
function children(place: Place, name: string): Place[] {
  if (typeof place.value !== 'object' || place.value === null) return []
  const choice = name.endsWith('[x]') ? name.slice(0, -3) : undefined
  const { value: holder, expression } = place
  if (choice === undefined)
    return Object.hasOwn(holder, name) ? places((holder as Record<string, unknown>)[name], `${expression}.${name}`) : []
  return Object.entries(holder).flatMap(([key, child]) =>
    key.startsWith(choice) && /^[A-Z]/.test(key.slice(choice.length)) ? places(child, `${expression}.${key}`) : [],
  )
}

function places(value: unknown, expression: string): Place[] {
  if (!Array.isArray(value)) return [{ value, expression }]
  return value.map((item, index) => ({ value: item, expression: `${expression}[${index}]` }))
}

function choiceType(place: Place, name: string): string | undefined {
  if (!name.endsWith('[x]')) return undefined
  const key = place.expression.split('.').at(-1) ?? ''
  const suffix = key.slice(name.length - 3)
  const primitive = suffix.charAt(0).toLowerCase() + suffix.slice(1)
  return ['dateTime', 'instant', 'string', 'boolean', 'integer', 'time'].includes(primitive) ? primitive : suffix
}

function hasCode(value: unknown, allowed: NonNullable<ElementRule['codes']>, codes: Codes): boolean {
  if (typeof value === 'string') return allowed.some((set) => set.codes.includes(value))
  return codings(value).some((coding) =>
    allowed.some(
      (set) =>
        coding.system &&
        codes.canonical(coding.system) === codes.canonical(set.system) &&
        (set.codes.length === 0 || set.codes.includes(coding.code ?? '')),
    ),
  )
}

function codings(value: unknown): { system?: string; code?: string }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('coding' in value && Array.isArray(value.coding)) return value.coding
  return [value as { system?: string; code?: string }]
}

function describe(allowed: NonNullable<ElementRule['codes']>): string {
  return allowed
    .map((set) => (set.codes.length > 0 ? `${set.codes.slice(0, 8).join(', ')} of ${set.system}` : `a code of ${set.system}`))
    .join(', or ')
}

/** A walk that does not note the places, which costs a tenth of one that does. */
function hasModifier(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, 'modifierExtension') || membersOf(value).some(hasModifier)
}

function checkExtensions(resource: Resource, profile: Profile): Issue[] {
  const issues: Issue[] = []
  if (!hasModifier(resource)) return issues
  const visit = (value: unknown, expression: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${expression}[${index}]`))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        if (key === 'modifierExtension') {
          issues.push({
            severity: 'error',
            type: 'extension',
            code: 'modifier-extension',
            text: `A modifierExtension changes the meaning of its element, and profile ${profile.name} knows none. Remove it.`,
            expression: `${expression}.${key}`,
          })
        }
        visit(child, `${expression}.${key}`)
      }
    }
  }
  visit(resource, resource.resourceType)
  return issues
}

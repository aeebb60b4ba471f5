/**
 * A quick answer for the usual case: a resource that follows FHIR R4 exactly. It is compiled from the same definitions that the engine
 * reads, and accepts a resource only where the engine and the required codes find no error. Everything unknown or wrong is left to the
 * engine, which finds and reports the errors. Without it, validation was a third of the time that a batch of measurements takes.
 */
import { fhirTypeToJsType, isValidCalendarDate, validationRegexes } from '@medplum/core'
import type { ElementDefinition, Resource } from '@medplum/fhirtypes'
import type { Definitions } from './definitions.ts'
import { type Held, invariants } from './plain-invariants.ts'

/** Whether the resource certainly has no fault. `false` means only that this is unknown. */
export type IsPlain = (resource: Resource) => boolean

type Check = (value: unknown, root: object) => boolean

interface Element {
  isArray: boolean
  max: number
  /** The check of one value. */
  check: Check
  /** The name of the choice that the element belongs to: `value[x]`. */
  choice: string | undefined
}

interface Shape {
  elements: Map<string, Element>
  /** Groups of names of which one must be there: a single name, or the names of a choice. */
  required: string[][]
}

const LONGEST = 1024 * 1024
const SKIPPED = new Set(['ele-1', 'dom-3', 'org-1', 'sdf-19'])
const never: Check = () => false

export function createPlainCheck(definitions: Definitions): IsPlain {
  const shapes = new Map<string, Shape | undefined>()

  /** The shape of a type, or of an element with its own elements: `Observation`, `Observation.component`. */
  function shapeOf(path: string): Shape | undefined {
    if (!shapes.has(path)) {
      // The shape is set first, since types such as Extension refer to themselves.
      const shape: Shape = { elements: new Map(), required: [] }
      const all = definitions.structures.get(path.split('.')[0] ?? '')?.snapshot?.element
      shapes.set(path, all && shape)
      for (const element of all ?? []) if (isChild(element.path ?? '', path)) add(shape, element, all ?? [])
    }
    return shapes.get(path)
  }

  function add(shape: Shape, element: ElementDefinition, all: readonly ElementDefinition[]): void {
    const name = element.path?.split('.').at(-1) ?? ''
    const isChoice = name.endsWith('[x]')
    const stem = isChoice ? name.slice(0, -3) : name
    const types = element.contentReference ? [''] : (element.type ?? []).map(({ code = '' }) => code)
    const names = types.map((type) => (isChoice ? `${stem}${type.charAt(0).toUpperCase()}${type.slice(1)}` : name))
    for (const [at, type] of types.entries()) {
      const check = isPinned(element) || element.max === '0' ? never : held(element, valueCheck(element, name, type, all))
      const max = element.max === '*' ? Number.POSITIVE_INFINITY : Number(element.max)
      shape.elements.set(names[at] ?? '', { isArray: max > 1, max, check, choice: isChoice ? stem : undefined })
    }
    if ((element.min ?? 0) > 0) shape.required.push(names)
  }

  function valueCheck(element: ElementDefinition, name: string, type: string, all: readonly ElementDefinition[]): Check {
    if (element.contentReference) return ofShape(element.contentReference.slice(1))
    if (name === 'id') return ofPrimitive('id', undefined)
    if (type === 'http://hl7.org/fhirpath/System.String') return ofPrimitive('uri', undefined)
    if (type in fhirTypeToJsType) return ofPrimitive(type, definitions.requiredCodes.get(element.path ?? '')?.codes)
    if (type === 'Resource') return isContained
    return ofShape(all.some(({ path = '' }) => isChild(path, element.path ?? '')) ? (element.path ?? '') : type)
  }

  function ofShape(path: string): Check {
    let shape: Shape | undefined
    return (value, root) => {
      shape ??= shapeOf(path)
      return shape !== undefined && typeof value === 'object' && value !== null && hasShape(value, shape, root, false)
    }
  }

  const isContained: Check = (value) => {
    if (typeof value !== 'object' || value === null) return false
    const { resourceType: type } = value as Held
    const shape = typeof type === 'string' && !type.includes('.') ? shapeOf(type) : undefined
    return shape !== undefined && hasShape(value, shape, value, true)
  }

  const roots = new Map<string, Check>()
  return (resource) => {
    const { resourceType: type } = resource
    let check = roots.get(type)
    if (!check) {
      const [top] = definitions.structures.get(type)?.snapshot?.element ?? []
      check = top ? held(top, isContained) : never
      // Only existing types are remembered, since a sender may name any number of others.
      if (top) roots.set(type, check)
    }
    return check(resource, resource)
  }
}

/** The check of an element together with its invariants. */
function held(element: ElementDefinition, check: Check): Check {
  const keys = (element.constraint ?? [])
    .filter(({ severity, key }) => severity === 'error' && !SKIPPED.has(key ?? ''))
    .map(({ key }) => key)
  const all = keys.map((key) => invariants[key ?? ''])
  if (all.some((one) => one === undefined)) return never
  return all.length === 0 ? check : (value, root) => check(value, root) && all.every((holds) => holds?.(value as Held, root))
}

/** Whether a value has only elements of the shape, each with its check fulfilled, and all required elements. */
function hasShape(value: object, { elements, required }: Shape, root: object, isResource: boolean): boolean {
  let count = 0
  let choices: string[] | undefined
  for (const [key, child] of Object.entries(value)) {
    if (isResource && key === 'resourceType') continue
    const element = elements.get(key)
    if (!element) return false
    count += 1
    if (element.choice !== undefined) {
      if (choices?.includes(element.choice)) return false
      choices = choices ? [...choices, element.choice] : [element.choice]
    }
    if (!element.isArray) {
      if (!element.check(child, root)) return false
    } else {
      if (!Array.isArray(child) || child.length === 0 || child.length > element.max) return false
      for (const item of child) if (!element.check(item, root)) return false
    }
  }
  return count > 0 && required.every((names) => names.some((name) => Object.hasOwn(value, name)))
}

function isChild(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) && !path.includes('.', parent.length + 1)
}

/** Whether the definition asks for a certain value. */
function isPinned(element: ElementDefinition): boolean {
  return Object.keys(element).some((key) => key.startsWith('fixed') || key.startsWith('pattern'))
}

function ofPrimitive(type: string, codes: ReadonlySet<string> | undefined): Check {
  const kind = fhirTypeToJsType[type as keyof typeof fhirTypeToJsType]
  if (type === 'base64Binary' || type === 'xhtml') return never
  if (kind === 'boolean') return (value) => typeof value === 'boolean'
  if (kind === 'number') return numberCheck(type)
  const pattern = validationRegexes[type]
  const isDate = type === 'date' || type === 'dateTime' || type === 'instant'
  return (value) =>
    typeof value === 'string' &&
    value.length <= LONGEST &&
    /\S/.test(value) &&
    (pattern === undefined || pattern.test(value)) &&
    (!isDate || isValidCalendarDate(value)) &&
    (codes === undefined || codes.has(value))
}

function numberCheck(type: string): Check {
  if (type === 'decimal') return (value) => Number.isFinite(value)
  const least = type === 'positiveInt' ? 1 : type === 'unsignedInt' ? 0 : -(2 ** 31)
  return (value) => Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31
}

/**
 * Compiles the definitions of FHIR R4 to functions that walk a resource once and report every fault: unknown elements, wrong JSON types,
 * cardinality, choices given twice, formats, required codes, where references may point, contained resources, and invariants.
 * docs/api/validation.md says what each rule is and which clause it comes from.
 */
import type { Codes } from '../../codes/codes.ts'
import { type Held, type Invariant, invariantOf } from './invariants.ts'
import { isLiteral, isSearch } from './literal-reference.ts'
import { hasSubstance, primitive } from './primitives.ts'
import { type ElementRow, type ElementType, r4 } from './r4.ts'
import { found, type Walk } from './walk.ts'
import { isNarrative } from './xhtml.ts'

/** Checks one value, and reports what is wrong with it. */
type Check = (value: unknown, walk: Walk) => void

interface Element {
  isList: boolean
  max: number
  check: Check
  /** Its values are texts, numbers or booleans, which may have extensions in `_name`. */
  isPrimitive: boolean
  /** The number of the choice that it belongs to, from 1; 0 for an element that is no choice. */
  choice: number
}

/** One of the elements that must be there. */
interface Required {
  /** As FHIRPath names it. */
  label: string
  names: readonly string[]
  /** The value itself must be there: an extension in its place does not do. */
  needsValue: boolean
}

interface Shape {
  elements: Map<string, Element>
  /** The name of each choice, by its number. */
  choices: string[]
  required: Required[]
  invariants: { key: string; holds: Invariant }[]
}

type Codings = readonly { system?: unknown; code?: unknown }[]

/** The subtags of a tag of BCP 47, of one to eight letters and digits (RFC 5646 section 2.1). Which of them there are, a register says. */
const LANGUAGE_TAG = /^(?:[a-z]{2,8}|[ix](?=-))(?:-[a-z\d]{1,8})*$/i

const byPattern: Readonly<Record<string, RegExp>> = {
  'http://hl7.org/fhir/ValueSet/mimetypes': /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;.*)?$/,
  'http://hl7.org/fhir/ValueSet/currencies': /^[A-Z]{3}$/,
  'http://hl7.org/fhir/ValueSet/all-languages': LANGUAGE_TAG,
}

/** Elements that every resource or element of a kind has; the rows of a type leave them out. */
const inheritedBy: Readonly<Record<string, readonly string[]>> = {
  Element: ['Element'],
  BackboneElement: ['BackboneElement'],
  Resource: ['Resource'],
  DomainResource: ['Resource', 'DomainResource'],
  Quantity: ['Element'],
}

export class Compiler {
  private readonly shapes = new Map<string, Shape | undefined>()
  private readonly codes: Codes
  private extension: Shape | undefined

  constructor(codes: Codes) {
    this.codes = codes
  }

  /** Checks a resource: the one that was sent, one inside a Bundle, or a contained one. The walk stands at it. */
  resource(value: unknown, walk: Walk, isContained = false): undefined {
    if (!isObject(value))
      return walk.fault('structure', 'json-type', `Expected a resource, an object with resourceType; found ${found(value)}.`)
    const { resourceType: type } = value
    const shape = typeof type === 'string' && r4().type(type)?.kind === 'resource' ? this.shape(type, '.') : undefined
    if (!shape || type === 'Resource' || type === 'DomainResource')
      return walk.fault('structure', 'unknown-type', 'FHIR R4 4.0.1 has no resource of this type.', 'resourceType')
    const { resource: outer, root, links } = walk
    walk.resource = value
    if (!isContained) {
      walk.root = value
      walk.links = new Set()
    }
    this.object(value, shape, walk, true)
    if (!isContained) this.linked(value, walk)
    walk.resource = outer
    walk.root = root
    if (!isContained) walk.links = links
  }

  /** dom-3, asked when the whole resource has been walked: each contained resource is named by another part, or names it. */
  private linked(resource: Held, walk: Walk): void {
    const { contained } = resource
    if (!Array.isArray(contained)) return
    for (const [index, held] of contained.entries()) {
      if (!isObject(held) || walk.links.has(`#${held['id']}`)) continue
      walk.fault(
        'invariant',
        'dom-3',
        'Nothing in the resource refers to the contained resource (dom-3). Refer to its id, or remove it.',
        `contained[${index}]`,
      )
    }
  }

  /** The resource of an entry or a parameter. */
  private readonly inner: Check = (value, walk) => (walk.isEnvelope ? undefined : this.resource(value, walk))

  private readonly contained: Check = (value, walk) => {
    const before = walk.count
    this.resource(value, walk, true)
    if (walk.count > before || !isObject(value)) return
    if (has(value, 'contained')) walk.fault('invariant', 'dom-2', 'A contained resource contains no other (dom-2).', 'contained')
    const meta = value['meta']
    if (isObject(meta) && (has(meta, 'versionId') || has(meta, 'lastUpdated')))
      walk.fault('invariant', 'dom-4', 'A contained resource has no version of its own (dom-4).', 'meta')
    if (isObject(meta) && has(meta, 'security'))
      walk.fault('invariant', 'dom-5', 'A contained resource has no security label of its own (dom-5).', 'meta.security')
  }

  /** The shape of a type (`.`) or of an element of it that has elements of its own; undefined when there is none. */
  private shape(type: string, path: string): Shape | undefined {
    const name = `${type} ${path}`
    if (this.shapes.has(name)) return this.shapes.get(name)
    const rows = r4().type(type)?.rows
    const own = rows?.find((row) => row.path === path)
    const shape: Shape = { elements: new Map(), choices: [''], required: [], invariants: [] }
    // Set first: types such as Extension have elements of their own type.
    this.shapes.set(name, own && shape)
    if (!rows || !own) return undefined
    const from = path === '.' ? (r4().type(type)?.base ?? '') : (own.types[0]?.code ?? '')
    for (const base of inheritedBy[from] ?? [])
      for (const row of r4().type(base)?.rows ?? []) if (row.path !== '.') this.add(shape, base, row, [])
    const prefix = path === '.' ? '' : `${path}.`
    for (const row of rows)
      if (row.path !== '.' && row.path.startsWith(prefix) && !row.path.includes('.', prefix.length)) this.add(shape, type, row, rows)
    const label = path === '.' ? type : `${type}.${path}`
    if (path === '.') shape.invariants = own.invariants.map((key) => ({ key, holds: invariantOf(key, label) }))
    return shape
  }

  private add(shape: Shape, type: string, row: ElementRow, rows: readonly ElementRow[]): void {
    const last = row.path.split('.').at(-1) ?? ''
    const stem = last.endsWith('[x]') ? last.slice(0, -3) : undefined
    const choice = stem === undefined ? 0 : shape.choices.push(stem) - 1
    const types = row.sameAs === undefined ? row.types : [{ code: '@', targets: [] }]
    const names = types.map(({ code }) => (stem === undefined ? last : `${stem}${code.charAt(0).toUpperCase()}${code.slice(1)}`))
    let isPrimitive = false
    for (const [at, one] of types.entries()) {
      const made = this.check(type, row, one, rows)
      isPrimitive ||= made.isPrimitive
      shape.elements.set(names[at] ?? '', { isList: row.max > 1, max: row.max, choice, ...made })
    }
    if (row.min > 0) {
      const isCoded = row.isModifier && types.some(({ code }) => code === 'code')
      shape.required.push({ label: stem ?? last, names, needsValue: isCoded || !isPrimitive })
    }
  }

  private check(type: string, row: ElementRow, one: ElementType, rows: readonly ElementRow[]): { check: Check; isPrimitive: boolean } {
    const name = this.primitiveName(type, row, one.code)
    const leaf = name === undefined ? undefined : name === 'xhtml' ? narrative : primitive(name)
    if (leaf) {
      const set = row.valueSet === undefined ? undefined : this.codeCheck(row.valueSet)
      const check: Check = (value, walk) => {
        if (!leaf(value, walk)) return
        if (typeof value === 'string' && value.charCodeAt(0) === 35) walk.links.add(value)
        set?.(value, walk)
      }
      return {
        check: name === 'string' && !set ? (value, walk) => void leaf(value, walk) : check,
        isPrimitive: !one.code.startsWith('System.'),
      }
    }
    if (one.code === 'Resource' || r4().type(one.code)?.kind === 'resource')
      return { check: row.path === 'contained' ? this.contained : this.inner, isPrimitive: false }
    const isOwn = rows.some(({ path }) => path.startsWith(`${row.path}.`))
    let shape: Shape | undefined
    const shapeOf = () =>
      row.sameAs !== undefined ? this.shape(type, row.sameAs) : isOwn ? this.shape(type, row.path) : this.shape(one.code, '.')
    const invariants = this.invariantsOf(type, row, one, rows)
    const concept = one.code === 'CodeableConcept' && row.valueSet !== undefined ? this.conceptCheck(row.valueSet) : undefined
    const check: Check = (value, walk) => {
      if (!isObject(value)) return walk.fault('structure', 'json-type', `Expected an object; found ${found(value)}.`)
      const before = walk.count
      shape ??= shapeOf()
      if (!shape) return walk.fault('structure', 'unknown-type', 'FHIR R4 4.0.1 has no such type.')
      this.object(value, shape, walk, false)
      if (walk.count > before) return
      this.holds(value, invariants, walk)
      concept?.(value, walk)
      if (one.code === 'Reference') this.reference(value, one.targets, walk)
    }
    return { check, isPrimitive: false }
  }

  /** What a value is written as, when it is no object. */
  private primitiveName(type: string, { path }: ElementRow, code: string): string | undefined {
    if (!code.startsWith('System.')) return code
    if (path === 'id' && (type === 'Resource' || type === 'DomainResource')) return 'id'
    return path.endsWith('id') ? 'idText' : 'uri'
  }

  /** The invariants of an element in addition to those of its type. */
  private invariantsOf(type: string, row: ElementRow, one: ElementType, rows: readonly ElementRow[]): Shape['invariants'] {
    const inner = row.sameAs ?? row.path
    const same = row.sameAs === undefined ? row : rows.find(({ path }) => path === inner)
    const narrower = one.code === 'Quantity' ? one.targets.flatMap((name) => r4().type(name)?.rows[0]?.invariants ?? []) : []
    const ofType = new Set(r4().type(one.code)?.rows[0]?.invariants)
    const keys = [...(same?.invariants ?? []), ...narrower].filter((key) => !ofType.has(key))
    return [...new Set(keys)].map((key) => ({ key, holds: invariantOf(key, `${type}.${inner}`) }))
  }

  private holds(value: Held, invariants: Shape['invariants'], walk: Walk): void {
    for (const { key, holds } of invariants) {
      if (holds(value, walk)) continue
      const name = key.split('.').at(-1) ?? key
      walk.fault('invariant', name, `${r4().invariant(key)?.human ?? 'An invariant of FHIR R4 does not hold'} (${name}).`)
    }
  }

  private object(value: Held, shape: Shape, walk: Walk, isResource: boolean): void {
    const before = walk.count
    let count = 0
    let given = 0
    for (const key in value) {
      if (isResource && key === 'resourceType') continue
      const element = shape.elements.get(key)
      const child = value[key]
      if (!element) {
        if (key.startsWith('_') && shape.elements.get(key.slice(1))?.isPrimitive) this.beside(value, key, shape, walk)
        else walk.fault('structure', 'unknown-element', unknown(key), key)
        count += 1
        continue
      }
      if (key !== 'id') count += 1
      if (key === 'modifierExtension') walk.fault('extension', 'modifier-extension', MODIFIER, key)
      else if (isResource && key === 'implicitRules') walk.fault('not-supported', 'implicit-rules', IMPLICIT_RULES, key)
      if (element.choice > 0) {
        const bit = 1 << element.choice
        if (given & bit) walk.fault('structure', 'choice', `Expected one of the types of ${shape.choices[element.choice]}; found two.`, key)
        given |= bit
      }
      walk.path.push(key)
      if (element.isList) this.list(child, value, key, element, walk)
      else if (Array.isArray(child)) walk.fault('structure', 'json-type', `Expected one value; found ${found(child)}.`)
      else {
        walk.holder = value
        element.check(child, walk)
      }
      walk.path.pop()
    }
    if (count === 0 && !isResource)
      walk.fault('structure', 'empty', `Expected content; found ${found(value)} (ele-1). Leave the element out.`)
    for (const { label, names, needsValue } of shape.required) {
      if (!names.some((name) => Object.hasOwn(value, name) || (!needsValue && Object.hasOwn(value, `_${name}`))))
        walk.fault('required', 'cardinality', `FHIR R4 requires ${label} here.`, label)
    }
    if (walk.count === before) this.holds(value, shape.invariants, walk)
  }

  private list(items: unknown, holder: Held, key: string, { check, max, isPrimitive }: Element, walk: Walk): undefined {
    if (!Array.isArray(items)) return walk.fault('structure', 'json-type', `Expected a list; found ${found(items)}.`)
    if (items.length === 0) return walk.fault('structure', 'empty', 'Expected content; found an empty list. Leave the element out.')
    if (items.length > max) walk.fault('structure', 'cardinality', `FHIR R4 allows at most ${max} here; found ${items.length}.`)
    const beside = isPrimitive ? holder[`_${key}`] : undefined
    for (let index = 0; index < items.length; index++) {
      const item: unknown = items[index]
      // The place of a value that has extensions alone: http://hl7.org/fhir/R4/json.html#primitive
      if (item === null && Array.isArray(beside) && isObject(beside[index])) continue
      walk.path.push(index)
      walk.holder = items
      check(item, walk)
      walk.path.pop()
    }
  }

  /** The ids and extensions of a primitive, in `_name`: http://hl7.org/fhir/R4/json.html#primitive */
  private beside(holder: Held, key: string, shape: Shape, walk: Walk): void {
    const name = key.slice(1)
    const element = shape.elements.get(name)
    const value = holder[key]
    this.extension ??= this.shape('Element', '.')
    walk.path.push(key)
    const check = (item: unknown) => {
      if (!isObject(item)) walk.fault('structure', 'json-type', `Expected an object with the extensions of ${name}; found ${found(item)}.`)
      else if (this.extension) this.object(item, this.extension, walk, false)
    }
    if (!element?.isList) check(value)
    else if (!Array.isArray(value)) walk.fault('structure', 'json-type', `Expected a list; found ${found(value)}.`)
    else {
      const beside = holder[name]
      if (value.length === 0 || (Array.isArray(beside) && beside.length !== value.length))
        walk.fault('structure', 'empty', `Expected as many members as ${name} has, and at least one.`)
      for (const [index, item] of value.entries()) {
        if (item === null && Array.isArray(beside) && index < beside.length && beside[index] !== null) continue
        walk.path.push(index)
        check(item)
        walk.path.pop()
      }
    }
    walk.path.pop()
    if (element && element.choice > 0 && !Object.hasOwn(holder, name)) this.secondChoice(holder, key, element.choice, shape, walk)
  }

  /** A choice given once as a value and once by extensions alone is given twice. */
  private secondChoice(holder: Held, key: string, choice: number, shape: Shape, walk: Walk): void {
    const others = [...shape.elements].filter(([name, element]) => element.choice === choice && `_${name}` !== key)
    if (others.some(([name]) => Object.hasOwn(holder, name)))
      walk.fault('structure', 'choice', `Expected one of the types of ${shape.choices[choice]}; found two.`, key)
  }

  /** Required binding of a code: http://hl7.org/fhir/R4/terminologies.html#required */
  private codeCheck(url: string): Check {
    const pattern = byPattern[url]
    const systems = r4().valueSet(url) ?? {}
    const codes = new Set(Object.values(systems).flat())
    const some = codes.size > 0 && codes.size <= 12 ? ` Use one of: ${[...codes].join(', ')}.` : ''
    return (value, walk) => {
      if (typeof value !== 'string' || (pattern ? pattern.test(value) : codes.has(value))) return
      walk.fault('code-invalid', 'required-code', `The code is not in ${url}.${some}`)
    }
  }

  /** Required binding of a concept: one of its codings must be in the value set, under any known name of its system. */
  private conceptCheck(url: string): Check {
    const systems = Object.entries(r4().valueSet(url) ?? {})
    const isIn = (system: string, code: string) =>
      systems.some(([own, codes]) => this.codes.canonical(own) === this.codes.canonical(system) && codes.includes(code))
    const isCoding = ({ system, code }: Codings[number]) =>
      typeof system === 'string' &&
      typeof code === 'string' &&
      (isIn(system, code) || this.codes.equivalents(system, code).some((same) => isIn(same.system, same.code)))
    const all = systems.map(([system, codes]) => `${codes.slice(0, 12).join(', ')} of ${system}`).join(', or ')
    return (value, walk) => {
      const { coding = [] } = value as { coding?: Codings }
      if (coding.some(isCoding)) return
      walk.fault('code-invalid', 'required-code', `Expected a coding of ${url}: ${all}.`)
    }
  }

  /** ref-1, and the types that the definition allows: http://hl7.org/fhir/R4/references.html */
  private reference(value: Held, targets: readonly string[], walk: Walk): undefined {
    const { reference, type } = value
    if (reference === '#') walk.links.add(`#${(walk.resource as Held)['id']}`)
    else if (typeof reference === 'string' && reference.startsWith('#')) walk.links.add(reference)
    if (typeof reference === 'string' && reference.startsWith('#') && reference.length > 1 && !heldIn(walk.root, reference.slice(1)))
      return walk.fault(
        'invariant',
        'ref-1',
        'A reference that begins with # names a contained resource, and none has this id (ref-1).',
        'reference',
      )
    if (typeof reference === 'string' && !isLiteral(reference)) {
      const remedy = isSearch(reference) ? NO_SEARCH : LITERAL
      return walk.fault('value', 'reference-format', `This is no address of a resource. ${remedy}`, 'reference')
    }
    const pointed = typeof reference === 'string' ? typeOf(reference, walk.root) : undefined
    const named = typeof type === 'string' ? type.replace('http://hl7.org/fhir/StructureDefinition/', '') : undefined
    if (pointed !== undefined && named !== undefined && pointed !== named)
      return walk.fault('value', 'reference-target', `Expected the type of what is referred to, ${pointed}; found another.`, 'type')
    for (const target of [pointed, named]) {
      if (target === undefined || targets.length === 0 || targets.includes(target) || r4().type(target)?.kind !== 'resource') continue
      return walk.fault('value', 'reference-target', `Expected a reference to ${targets.join(', ')}; found one to ${target}.`)
    }
  }
}

const MODIFIER = 'A modifierExtension changes the meaning of its element, and the server knows none. Remove it.'
const IMPLICIT_RULES = 'The resource can be read safely only by who knows these rules, and the server knows none. Remove implicitRules.'

const LITERAL =
  'Write Type/id, Type/id/_history/version, an http or https address, the fullUrl of an entry, or # and the id of a contained resource. ' +
  'Where there is none, give identifier or display.'
const NO_SEARCH =
  'A search is resolved in a transaction alone, where it is the whole reference. Elsewhere write Type/id, or give identifier.'

function isObject(value: unknown): value is Held {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: Held, name: string): boolean {
  return Object.hasOwn(value, name)
}

function unknown(key: string): string {
  // A name that a sender chose may hold anything, so that only names like those of FHIR are repeated.
  const name = /^_?[A-Za-z]{1,64}$/.test(key) ? key : 'such element'
  return `FHIR R4 4.0.1 knows no ${name} here. Remove it, or send it as an extension of the profile.`
}

function narrative(value: unknown, walk: Walk): boolean {
  if (typeof value !== 'string') walk.fault('structure', 'json-type', `Expected XHTML as a text; found ${found(value)}.`)
  else if (hasSubstance(value, walk) && !isNarrative(value))
    walk.fault(
      'invariant',
      'txt-1',
      'Expected a div of XHTML with elements of formatting alone, and with something to read (txt-1, txt-2).',
    )
  return false
}

/** Each reference asks for what is contained: without an index, thousands of both would take minutes. */
const heldByRoot = new WeakMap<object, Map<unknown, Held>>()

function heldIn(root: object, id: string): Held | undefined {
  let known = heldByRoot.get(root)
  if (!known) {
    const { contained } = root as { contained?: unknown }
    const held = Array.isArray(contained) ? contained.filter(isObject) : []
    known = new Map(held.toReversed().map((one) => [one['id'], one]))
    heldByRoot.set(root, known)
  }
  return known.get(id)
}

/** The type that a reference names: `Patient/1`, its absolute form, or a contained resource. */
function typeOf(reference: string, root: object): string | undefined {
  if (reference.startsWith('#')) {
    const held = reference.length > 1 ? heldIn(root, reference.slice(1)) : (root as Held)
    return typeof held?.['resourceType'] === 'string' ? held['resourceType'] : undefined
  }
  return /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(reference)?.[1]
}

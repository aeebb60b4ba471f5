/**
 * The kit of which the structure of each message is declared: a group states its fields, a field the element that it is read from, how
 * often the element stands, and its type. Reading, the page of elements, the check against the schemas and the maker of messages all follow
 * the same declaration. The order of elements is not checked, so that one sequence reads every version.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { Element } from '../kith/read-xml.ts'
import type { Flag } from './notes.ts'

/** Where the reader is in the message. */
export interface Place {
  readonly path: string
  readonly codes: Codes
  note(flag: Flag, text: string): void
  below(name: string): Place
  /** Reads a message that lies inside as base64; undefined when it cannot be read, with a note. */
  open(base64: string): { readonly kind: string } | undefined
}

/** Names of KITH's and of the XML Schema's types, and our own for what lies inside. */
export type Kind =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'TS'
  | 'coded'
  | 'PQ'
  | 'URL'
  | 'opened'
  | 'group'

export interface Type<T> {
  readonly kind: Kind
  /** Undefined when nothing is stated. */
  read(element: Element, place: Place): T | undefined
  /** Lists of Volven that a code may be of. */
  readonly lists?: readonly number[]
  /** Kinds of messages that may lie inside. */
  readonly opens?: readonly string[]
  /** Set for a group. */
  readonly group?: Group
}

export interface Group {
  /** The element or type of the schema. */
  readonly name: string
  readonly fields: Shape
  readonly choices: readonly Choice[]
  /** Elements of the schema that become notes, with all that is below them, and attributes, as `@name`. */
  readonly kept: readonly string[]
  /** The namespace of the elements inside; that of the parent where none is named. */
  readonly namespace?: string
  /** The field that text of the element is read into, where a version has text instead of elements. */
  readonly textAs?: string
  /** Notes what is odd in values that are each of their type. */
  check?(values: Readonly<Record<string, unknown>>, place: Place): void
  /** Whether the element itself is of that namespace. */
  readonly isOwn?: boolean
}

/** Fields that exclude each other. `isRequired`: one of them must stand. */
interface Choice {
  readonly fields: readonly string[]
  readonly isRequired: boolean
}

export interface Field<T, Many extends boolean = boolean> {
  /** The element; further names are those of other versions. */
  readonly elements: readonly [string, ...string[]]
  readonly type: Type<T>
  readonly isRequired: boolean
  readonly isMany: Many
}

export type Shape = Readonly<Record<string, Field<unknown>>>

/** What is read from a group: a field that stands once is absent when nothing is stated, and one that may be repeated is a list. */
export type Values<S extends Shape> = {
  readonly [K in keyof S as S[K]['isMany'] extends true ? K : never]: S[K] extends Field<infer T> ? readonly T[] : never
} & {
  readonly [K in keyof S as S[K]['isMany'] extends true ? never : K]?: S[K] extends Field<infer T> ? T : never
}

/** What a type or a group reads. */
export type ValueOf<T> = T extends Type<infer Value> ? Value : never

/** An element that must stand once. `A|B`: another version calls it B. */
export function required<T>(element: string, type: Type<T>): Field<T, false> {
  return { elements: namesOf(element), type, isRequired: true, isMany: false }
}

export function optional<T>(element: string, type: Type<T>): Field<T, false> {
  return { elements: namesOf(element), type, isRequired: false, isMany: false }
}

/** An element that may stand any number of times. */
export function list<T>(element: string, type: Type<T>): Field<T, true> {
  return { elements: namesOf(element), type, isRequired: false, isMany: true }
}

function namesOf(element: string): [string, ...string[]] {
  const [first = element, ...others] = element.split('|')
  return [first, ...others]
}

interface GroupOptions<S> {
  oneOf?: readonly (keyof S & string)[]
  atMostOneOf?: readonly (keyof S & string)[]
  kept?: readonly string[]
  textAs?: keyof S & string
  check?: Group['check']
  namespace?: string
  isOwn?: boolean
}

/** An element with elements inside. */
export function group<S extends Shape>(
  name: string,
  fields: S,
  options: GroupOptions<S> = {},
): Type<Values<S>> & { group: Group & { fields: S } } {
  const choices: Choice[] = [
    ...(options.oneOf ? [{ fields: options.oneOf, isRequired: true }] : []),
    ...(options.atMostOneOf ? [{ fields: options.atMostOneOf, isRequired: false }] : []),
  ]
  const own: Group & { fields: S } = {
    name,
    fields,
    choices,
    kept: options.kept ?? [],
    ...(options.textAs === undefined ? {} : { textAs: options.textAs }),
    ...(options.check === undefined ? {} : { check: options.check }),
    ...(options.namespace === undefined ? {} : { namespace: options.namespace, isOwn: options.isOwn ?? false }),
  }
  const byElement: ByElement = new Map(
    Object.entries(fields).flatMap(([field, row]) => row.elements.map((one) => [one, [field, row]] as const)),
  )
  return { kind: 'group', group: own, read: (element, place) => readGroup(own, byElement, element, place) as Values<S> | undefined }
}

/** The fields of a group with their names, by the elements that they are read from. */
type ByElement = ReadonlyMap<string, readonly [name: string, field: Field<unknown>]>

function readGroup(group: Group, byElement: ByElement, element: Element, place: Place): Record<string, unknown> | undefined {
  const { fields, choices, kept, textAs } = group
  noteAttributes(element, place, [], kept)
  if (textAs !== undefined && element.text !== '' && element.children.length === 0) return { [textAs]: element.text }
  if (element.text !== '') place.note('stray-text', element.text)
  const lists = Object.entries(fields).flatMap(([name, { isMany }]) => (isMany ? [[name, [] as unknown[]] as const] : []))
  const values: Record<string, unknown> = Object.fromEntries(lists)
  const many = new Map(lists)
  const seen = new Map<string, number>()
  for (const inner of element.children) {
    const [name, field] = byElement.get(inner.name) ?? []
    const count = (seen.get(inner.name) ?? 0) + 1
    seen.set(inner.name, count)
    const there = place.below(field?.isMany ? `${inner.name}[${count}]` : inner.name)
    if (name === undefined || field === undefined) noteStated(inner, there, kept.includes(inner.name) ? 'kept-as-note' : 'unknown-element')
    else if (!field.isMany && values[name] !== undefined) noteStated(inner, there, 'repeated')
    else {
      const value = field.type.read(inner, there)
      if (value === undefined) continue
      const items = many.get(name)
      if (items) items.push(value)
      else values[name] = value
    }
  }
  noteFaults(fields, choices, values, place)
  group.check?.(values, place)
  return Object.values(values).every((value) => Array.isArray(value) && value.length === 0) ? undefined : values
}

function noteFaults(fields: Shape, choices: readonly Choice[], values: Readonly<Record<string, unknown>>, place: Place): void {
  const isStated = (name: string) => (Array.isArray(values[name]) ? values[name].length > 0 : values[name] !== undefined)
  for (const [name, { elements, isRequired }] of Object.entries(fields))
    if (isRequired && !isStated(name)) place.below(elements[0]).note('missing', '')
  for (const choice of choices) {
    const elements = (names: readonly string[]) => names.flatMap((name) => fields[name]?.elements[0] ?? [])
    const stated = choice.fields.filter(isStated)
    if (stated.length > 1) place.note('contradiction', elements(stated).join(', '))
    if (stated.length === 0 && choice.isRequired) place.note('missing', elements(choice.fields).join(', '))
  }
}

/** Attributes of XML Schema that say how the message was written. */
const ignored = new Set(['schemaLocation', 'noNamespaceSchemaLocation', 'nil'])

/** Notes attributes other than those that the type has. `kept`: those that the schema has, as `@name`. */
export function noteAttributes(element: Element, place: Place, known: readonly string[] = [], kept: readonly string[] = []): void {
  for (const [name, value] of Object.entries(element.attributes))
    if (!known.includes(name) && !ignored.has(name) && value !== '')
      place.note(kept.includes(`@${name}`) ? 'kept-as-note' : 'unknown-attribute', `${name}="${value}"`)
}

/** Notes all that an element and those below it state. */
export function noteStated(element: Element, place: Place, flag: Flag): void {
  const attributes = Object.entries(element.attributes).filter(([name, value]) => !ignored.has(name) && value !== '')
  const text = [...attributes.map(([name, value]) => `${name}="${value}"`), element.text].filter((part) => part !== '').join(' ')
  if (text !== '') place.note(flag, text)
  for (const inner of element.children) noteStated(inner, place.below(inner.name), flag)
}

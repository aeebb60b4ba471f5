/** Copies of a resource, each with one element of another shape: absent, empty, doubled, misspelt, or of a wrong JSON type. */
import { r4 } from '@helsevev/kernel/fhir/validation/r4'
import { holderAt, type SentBody } from '@helsevev/kernel/testing/sent'
import type { Resource } from '@medplum/fhirtypes'

export interface Mutant {
  what: string
  /** An element that holds nothing: FHIR has no such values, so that every server must refuse it. */
  saysNothing: boolean
  /** Made when it is asked for: a resource has thousands of them. */
  make(): Resource
}

const empties: readonly unknown[] = ['', ' \t', '\u200b', '\u00a0\u2060', null, {}, [], [null], [{}], [[]], ['']]
const others: readonly unknown[] = [true, 7, -1.5, 'x\u0001y', 'text', { x: 1 }, { display: {} }, { coding: [] }, '2026-02-30', '#nobody']

/** Every element of the type, also those that the resource does not have, and every place of the resource. */
export function* mutantsOf(resource: Resource): Generator<Mutant> {
  for (const [path, isList] of elementsOf(resource.resourceType)) yield* withValues(resource, path, isList)
  for (const path of placesIn(resource, [])) {
    yield* withValues(resource, path, false)
    yield* withoutOrTwice(resource, path)
  }
}

/** Paths of the elements of a type, with 0 for the first member of a list on the way. */
function elementsOf(type: string): [path: string[], isList: boolean][] {
  const rows = r4().type(type)?.rows ?? []
  const isList = (path: string) => (rows.find((row) => row.path === path)?.max ?? 1) > 1
  return rows.flatMap(({ path, types }) => {
    if (path === '.') return []
    const parts = path.split('.')
    const steps = parts.flatMap((name, at) => (at < parts.length - 1 && isList(parts.slice(0, at + 1).join('.')) ? [name, '0'] : [name]))
    const last = steps.pop() ?? ''
    const names = last.endsWith('[x]')
      ? types.map(({ code }) => `${last.slice(0, -3)}${code.charAt(0).toUpperCase()}${code.slice(1)}`)
      : [last]
    return names.map((name): [string[], boolean] => [[...steps, name], isList(path)])
  })
}

function* withValues(resource: Resource, path: readonly string[], isList: boolean): Generator<Mutant> {
  const put = (value: unknown) => () => changedAt(resource, path, (holder, name) => void (holder[name] = value))
  for (const value of empties) {
    yield { what: `${path.join('.')} = ${JSON.stringify(value)}`, saysNothing: true, make: put(value) }
    if (isList) yield { what: `${path.join('.')} = [${JSON.stringify(value)}]`, saysNothing: true, make: put([value]) }
  }
  for (const value of others) yield { what: `${path.join('.')} = ${JSON.stringify(value)}`, saysNothing: false, make: put(value) }
}

function* withoutOrTwice(resource: Resource, path: readonly string[]): Generator<Mutant> {
  const mutant = (what: string, change: (holder: SentBody, name: string) => void): Mutant => ({
    what: `${path.join('.')} ${what}`,
    saysNothing: false,
    make: () => changedAt(resource, path, change),
  })
  yield mutant('missing', (holder, name) => (Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name]))
  yield mutant('doubled', (holder, name) => void (holder[name] = [holder[name], holder[name]]))
  yield mutant('alone', (holder, name) => void (holder[name] = Array.isArray(holder[name]) ? holder[name][0] : [holder[name]]))
  yield mutant('misspelt', (holder, name) => {
    if (Array.isArray(holder)) return
    holder[`${name}s`] = holder[name]
    delete holder[name]
  })
  yield mutant('with a choice twice', (holder) => {
    if (!Array.isArray(holder)) Object.assign(holder, { valueString: 'a', valueBoolean: true })
  })
  yield mutant('with extensions of nothing', (holder, name) => {
    if (!Array.isArray(holder)) holder[`_${name}`] = {}
  })
  yield mutant('with a modifier', (holder) => {
    if (!Array.isArray(holder)) holder['modifierExtension'] = [{ url: 'http://example.no/not', valueBoolean: true }]
  })
}

function changedAt(resource: Resource, path: readonly string[], change: (holder: SentBody, name: string) => void): Resource {
  const copy = structuredClone(resource)
  const holder = holderAt(
    copy,
    path.slice(0, -1).flatMap((name, at) => listed(copy, path, name, at)),
  )
  change(holder, path.at(-1) ?? '')
  return copy
}

/** A list on the way that is not there yet is made as a list. */
function listed(copy: object, path: readonly string[], name: string, at: number): string[] {
  if (path[at + 1] !== '0') return [name]
  const holder = holderAt(copy, path.slice(0, at))
  if (!Array.isArray(holder[name])) holder[name] = [{}]
  return [name]
}

function placesIn(value: unknown, path: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...placesIn(child, [...path, key])])
}

/** The same choice of members for the same seed: about `count` of them. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return items.filter(() => next() < count / items.length)
}

/**
 * Every invariant that is a function here says the same as its FHIRPath, which the engine reads: for values with each combination of the
 * elements that the expression names.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Held, invariantOf, nativeKeys } from './invariants.ts'
import { type ElementRow, r4 } from './r4.ts'

/**
 * The engine cannot read the patterns of the two of ElementDefinition, and follows no reference. Where it finds no answer, because a system
 * is missing (drt-1) or quantities have no unit (rng-2), the functions refuse.
 */
const NOT_COMPARED = new Set(['eld-16', 'eld-19', 'ctm-1', 'drt-1', 'rng-2'])
const MOST = 7

/** Values of a type, so that an expression can hold or not. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  dateTime: ['2026-01-12', '2026-01-13'],
  instant: ['2026-01-12T09:00:00Z'],
  date: ['2026-01-12'],
  decimal: [2, -1],
  integer: [2],
  boolean: [true, false],
  CodeableConcept: [{ text: 'x' }],
  Quantity: [{ value: 2 }, { value: 1 }],
}

for (const [key, type, path] of places())
  test(`${key} of ${path === '.' ? type : `${type}.${path}`} is what its FHIRPath says`, () => {
    const base = path === '.' ? type : `${type}.${path}`
    const { expression = '' } = r4().invariant(key) ?? {}
    const members = membersOf(type, path).filter(({ stem }) => new RegExp(`\\b${stem}\\b`).test(expression))
    const [own, engine] = [invariantOf(key, base), invariantOf(key, base, true)]
    let compared = 0
    for (const value of combinations(members.slice(0, MOST))) {
      const around = { resource: value, root: value }
      const held = type === base && r4().type(type)?.kind === 'resource' ? { resourceType: type, ...value } : value
      assert.equal(own(held, around), engine(held, around), JSON.stringify(held))
      compared += 1
    }
    assert.ok(compared > 1, expression)
  })

/** The first place of each key. */
function places(): [key: string, type: string, path: string][] {
  const found = new Map<string, [string, string, string]>()
  for (const type of r4().types())
    for (const { path, invariants } of r4().type(type)?.rows ?? [])
      for (const key of invariants)
        if (nativeKeys.includes(key) && !NOT_COMPARED.has(key) && !found.has(key)) found.set(key, [key, type, path])
  return [...found.values()]
}

interface Member {
  name: string
  stem: string
  isRequired: boolean
  values: readonly unknown[]
}

/** The elements of a type, or those of the data type of one of its elements. */
function membersOf(type: string, path: string): Member[] {
  const rows = r4().type(type)?.rows ?? []
  const prefix = path === '.' ? '' : `${path}.`
  const own = rows.filter((row) => row.path !== '.' && row.path.startsWith(prefix) && !row.path.includes('.', prefix.length))
  const [of] = rows.find((row) => row.path === path)?.types ?? []
  const all = own.length > 0 || !of ? own : (r4().type(of.code)?.rows ?? []).filter((row) => row.path !== '.')
  return all.map((row) => ({
    name: nameOf(row),
    stem: (row.path.split('.').at(-1) ?? '').replace('[x]', ''),
    isRequired: row.min > 0,
    values: valuesOf(row),
  }))
}

/** A choice is named with its first type. */
function nameOf({ path, types }: ElementRow): string {
  const last = path.split('.').at(-1) ?? ''
  const code = types[0]?.code ?? ''
  return last.replace('[x]', `${code.charAt(0).toUpperCase()}${code.slice(1)}`)
}

function valuesOf({ types, max }: ElementRow): readonly unknown[] {
  const code = types[0]?.code ?? ''
  const some = values[code] ?? (r4().type(code)?.kind === 'primitive-type' ? ['x'] : [{ id: 'a', display: 'x' }])
  return max > 1 ? some.flatMap((value) => [[value], [value, value]]) : some
}

/** Every combination: each member absent, or with one of its values. */
function* combinations(members: readonly Member[]): Generator<Held> {
  const [first, ...others] = members
  if (!first) {
    yield {}
    return
  }
  for (const rest of combinations(others)) {
    if (!first.isRequired) yield rest
    for (const value of first.values) yield { ...rest, [first.name]: value }
  }
}

/** Random messages of every kind that break no rule, for properties that hold for all of them. */
import { readRows } from '@helsevev/kernel/codes/read-rows'
import { referenceFiles, shippedFile } from '@helsevev/kernel/codes/reference-files'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import fc from 'fast-check'
import { volven } from '../../systems.ts'
import type { Group, Kind, Type } from '../fields.ts'
import { type KindName, kindRows } from '../kinds.ts'
import { makeInner } from '../made-up.ts'

const words = fc.constantFrom('Paracet', '1 tablett <morgen> & "kveld"', 'mot smerter\nog feber', 'æøå ÆØÅ', "l'été", '0', 'x', '½ – 2×')
const oneLine = words.map((text) => text.replaceAll('\n', ' '))
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
const moment = fc.integer({ min: 0, max: 2_000_000_000 }).map((seconds) => new Date(seconds * 1000 + (seconds % 1000)).toISOString())
const number = fc.constantFrom('0', '1', '1.000', '0.5', '-2', '120', '1e3')

const simple: Readonly<Partial<Record<Kind, fc.Arbitrary<unknown>>>> = {
  text: words,
  URL: fc.constant('tel:22222222'),
  boolean: fc.boolean(),
  integer: fc.integer({ min: -9, max: 400 }),
  decimal: number,
  date: day,
  dateTime: moment,
  TS: fc.oneof(day, moment),
  time: fc.constantFrom('08:00:00', '23:59:59'),
  PQ: fc.record({ value: number, unit: oneLine }, { requiredKeys: ['value'], noNullPrototype: true }),
}

/** Numbers of the form of their kind. */
const made = (kind: 'FNR' | 'DNR') => makeIdentityNumber({ birthDate: '1950-05-17', series: 1, kind })
const numbersOf: Readonly<Record<string, string>> = {
  FNR: made('FNR'),
  DNR: made('DNR'),
  ENH: '999999999',
  HER: '8139412',
  HPR: '002127296',
}

/** Some codes of each list that ships, with their names. */
function shippedCodes(): ReadonlyMap<string, readonly { code: string; name?: string }[]> {
  const read = readRows(referenceFiles.codes, shippedFile('codes'))
  if ('faults' in read) throw new Error('The shipped codes have faults.')
  const found = new Map<string, { code: string; name: string }[]>()
  for (const { values } of read.rows) {
    const some = found.get(values.system) ?? []
    if (some.length < 4) found.set(values.system, [...some, { code: values.code, name: values.display }])
  }
  return found
}

const shipped = shippedCodes()

/** Codes that a list has; any, where the list is not held. */
function codesOf(lists: readonly number[]): fc.Arbitrary<unknown> {
  const candidates = lists.flatMap((list) =>
    (shipped.get(volven(list)) ?? [{ code: '1' }]).map((one) => ({ list, name: undefined, ...one })),
  )
  const possible = candidates.length > 0 ? candidates : [{ list: undefined, code: '1', name: undefined }]
  const parts = fc.record({ at: fc.constantFrom(...possible), words: fc.option(oneLine, { nil: undefined }), isNamed: fc.boolean() })
  return parts.map(({ at: { list, code, name }, words: own, isNamed }) => ({
    code,
    ...(isNamed && list !== undefined ? { system: volven(list).slice('urn:oid:'.length) } : {}),
    ...(own === undefined ? {} : { display: name ?? own }),
  }))
}

/** A value of a type. */
export function valuesOf(type: Type<unknown>): fc.Arbitrary<unknown> {
  if (type.group) return groupsOf(type.group)
  if (type.kind === 'coded') return codesOf(type.lists ?? [])
  if (type.kind === 'opened') return fc.constantFrom(...(type.opens ?? [])).chain((kind) => openedOf(kind as KindName))
  const values = simple[type.kind]
  if (!values) throw new Error(`There are no values of the type ${type.kind}.`)
  return values
}

function openedOf(kind: KindName): fc.Arbitrary<unknown> {
  return bodiesOf(kind).map((body) => {
    const version = kindRows.find(([name]) => name === kind)?.[1].versions.at(-1)
    const message = { kind, version, body, isSigned: false, attachments: [], notes: [] }
    return { base64: makeInner(kind, { body: body as never }), message }
  })
}

/** A body of a kind of message. */
export function bodiesOf(kind: KindName): fc.Arbitrary<unknown> {
  const type = kindRows.find(([name]) => name === kind)?.[1].type
  if (!type) throw new Error(`There is no kind of message called ${kind}.`)
  return valuesOf(type)
}

function groupsOf(group: Group): fc.Arbitrary<unknown> {
  const chosen = new Set(group.choices.flatMap(({ fields }) => fields))
  const free = Object.entries(group.fields).filter(([name]) => !chosen.has(name))
  const model = Object.fromEntries(
    free.map(([name, { type, isRequired, isMany }]) => {
      const value = valuesOf(type)
      return [name, isMany ? fc.array(value, { maxLength: 2 }) : isRequired ? value : fc.option(value, { nil: undefined, freq: 3 })]
    }),
  )
  const choices = group.choices.map(({ fields }) => fc.constantFrom(...fields).chain((name) => oneField(group, name)))
  const listed = Object.entries(group.fields).flatMap(([name, { isMany }]) => (isMany ? [[name, []] as const] : []))
  const made = fc.tuple(fc.record(model), ...choices).map((parts) => {
    const all: Readonly<Record<string, unknown>> = Object.assign({}, Object.fromEntries(listed), ...parts)
    const stated = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    return group.check ? { ...stated, value: numbersOf[(stated['type'] as { code?: string } | undefined)?.code ?? ''] ?? '1' } : stated
  })
  return made.filter((values) => Object.values(values).some((value) => !(Array.isArray(value) && value.length === 0)))
}

function oneField({ fields }: Group, name: string): fc.Arbitrary<Record<string, unknown>> {
  const field = fields[name]
  if (!field) throw new Error(`A choice names ${name}, which is no field.`)
  const value = valuesOf(field.type)
  return (field.isMany ? fc.array(value, { minLength: 1, maxLength: 2 }) : value).map((one) => ({ [name]: one }))
}

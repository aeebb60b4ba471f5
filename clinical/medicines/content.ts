/**
 * What differs between two lines of the medication list, or two drugs, element by element as the messages name them. A value that is only
 * written in another way is the same: a time in another zone, `1.000` and `1`, a code with and without its list or its display.
 */
import { instant } from '@helsevev/kernel/values/dates'
import type { Group, Type } from '../e-prescription/fields.ts'
import { medicationList } from '../e-prescription/messages/medication-list.ts'
import { type PrescribedDrug, prescribedDrug } from '../e-prescription/messages/prescription.ts'
import type { Coded } from '../e-prescription/types.ts'
import type { Line } from './list-line.ts'

export interface Difference {
  /** From the line or the drug, such as `Forskrivning/Dosering[2]/Sluttidspunkt`. */
  readonly element: string
  /** In words; absent when the element is not stated. */
  readonly before?: string
  readonly after?: string
}

type Values = Readonly<Record<string, unknown>>
type Of = Pick<Type<unknown>, 'kind' | 'group'>

const line = medicationList.group.fields.lines.type

/** Elements of two lines that differ. `SistEndret` is about the line itself and is left out. */
export function lineDifferences(before: Line, after: Line): Difference[] {
  return compareGroup(line, '', { ...before, lastChanged: undefined }, { ...after, lastChanged: undefined })
}

export function drugDifferences(before: PrescribedDrug, after: PrescribedDrug): Difference[] {
  return compareGroup(prescribedDrug, '', before, after)
}

export function isSameInstant(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && instant(one)?.getTime() === instant(other)?.getTime())
}

function compareGroup({ group }: Of, path: string, before: Values, after: Values): Difference[] {
  return Object.entries(group?.fields ?? {}).flatMap(([name, { elements, type, isMany }]) => {
    const element = path === '' ? elements[0] : `${path}/${elements[0]}`
    // The drug of a line is opened.
    const of: Of = type.kind === 'opened' ? prescribedDrug : type
    if (!isMany) return compareOne(of, element, before[name], after[name])
    return compareMany(of, element, listOf(before[name]), listOf(after[name]))
  })
}

function compareOne(of: Of, element: string, before: unknown, after: unknown): Difference[] {
  if (isSame(of, before, after)) return []
  if (of.group && isValues(before) && isValues(after)) return compareGroup(of, element, before, after)
  return [
    {
      element,
      ...(before === undefined ? {} : { before: wordsOf(of, before) }),
      ...(after === undefined ? {} : { after: wordsOf(of, after) }),
    },
  ]
}

/** The order of elements says nothing, except for the parts of a dose: a taper is read from top to bottom. */
function compareMany(of: Of, element: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  if (of.group?.name !== 'Dosering' && isSameSet(of, before, after)) return []
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at).flatMap((at) =>
    compareOne(of, `${element}[${at + 1}]`, before[at], after[at]),
  )
}

function isSameSet(of: Of, before: readonly unknown[], after: readonly unknown[]): boolean {
  const left = [...after]
  for (const value of before) {
    const at = left.findIndex((other) => isSame(of, value, other))
    if (at < 0) return false
    left.splice(at, 1)
  }
  return left.length === 0
}

function isSame(of: Of, before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after
  if (of.group) return isValues(before) && isValues(after) && compareGroup(of, '', before, after).length === 0
  if (of.kind === 'coded') return isSameCode(before as Coded, after as Coded)
  if (of.kind === 'PQ') return isSameAmount(before as Values, after as Values)
  if (of.kind === 'decimal') return isSameNumber(before, after)
  if (of.kind === 'dateTime' || of.kind === 'TS') return isSameInstant(String(before), String(after))
  return before === after
}

/** A list that only one of two states is no difference; without codes, what is written counts. */
function isSameCode(before: Coded, after: Coded): boolean {
  if (before.code === undefined && after.code === undefined) return (before.display ?? before.text) === (after.display ?? after.text)
  const isOneList = before.system === undefined || after.system === undefined || before.system === after.system
  return before.code === after.code && isOneList
}

function isSameAmount(before: Values, after: Values): boolean {
  return before['unit'] === after['unit'] && isSameNumber(before['value'], after['value'])
}

function isSameNumber(before: unknown, after: unknown): boolean {
  return before === after || (before !== undefined && after !== undefined && Number(before) === Number(after))
}

function wordsOf(of: Of, value: unknown): string {
  if (of.group && isValues(value)) return wordsOfGroup(of.group, value)
  if (!isValues(value)) return String(value)
  if (of.kind === 'coded') return [value['display'] ?? value['text'], value['code']].filter((part) => part !== undefined).join(' ')
  return [value['value'], value['unit']].filter((part) => part !== undefined).join(' ')
}

function wordsOfGroup({ fields }: Group, values: Values): string {
  return Object.entries(fields)
    .flatMap(([name, { elements, type }]) =>
      listOf(values[name]).map((each) => `${elements[0]}: ${wordsOf(type.kind === 'opened' ? prescribedDrug : type, each)}`),
    )
    .join(', ')
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

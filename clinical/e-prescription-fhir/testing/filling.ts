/**
 * Fills the structure of a message so that each element has a value of its own, for tests that every element is found in what the message
 * becomes.
 */
import type { Group, Type } from '../../e-prescription/fields.ts'
import type { Places } from '../places.ts'

export interface Filling {
  readonly places: Places
  /** Which of the fields that exclude each other is filled, by its place. */
  readonly alternative: number
  /** Fields that the test sets itself, as `Group.field`. */
  readonly set: ReadonlySet<string>
  /** Path and value of each leaf. */
  readonly leaves: [path: string, value: string][]
}

function filled(type: Type<unknown>, path: string, filling: Filling): unknown {
  if (type.group) return fillGroup(type.group, path, filling)
  const count = filling.leaves.length + 1
  const leaf = <T>(value: T, text = String(value)): T => {
    filling.leaves.push([path, text])
    return value
  }
  const day = new Date(Date.UTC(2031, 0, count)).toISOString().slice(0, 10)
  if (type.kind === 'text' || type.kind === 'URL') return leaf(`word${count}x`)
  if (type.kind === 'coded') return { code: leaf(`c${count}x`) }
  if (type.kind === 'PQ') return { value: leaf(`${count}.500`), unit: leaf(`unit${count}x`) }
  if (type.kind === 'date' || type.kind === 'TS') return leaf(day)
  if (type.kind === 'dateTime') return leaf(`${day}T10:00:00+01:00`)
  if (type.kind === 'time') return leaf(`${String(count % 24).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}:07`)
  if (type.kind === 'decimal') return leaf(`${count}.250`)
  if (type.kind === 'integer') return leaf(100_000 + count)
  return type.kind === 'boolean' ? true : undefined
}

/** Values of a group, without those of `places` that are not stored. */
export function fillGroup(group: Group, path: string, filling: Filling): Record<string, unknown> {
  const left = new Set(group.choices.flatMap(({ fields }) => fields.filter((_, at) => at !== filling.alternative % fields.length)))
  const entries = Object.entries(group.fields).flatMap(([name, { elements, type, isMany }]) => {
    const isNotStored = filling.places[group.name]?.[name]?.startsWith('not stored') === true
    if (left.has(name) || isNotStored || filling.set.has(`${group.name}.${name}`)) return isMany ? [[name, []] as const] : []
    const value = filled(type, `${path}/${elements[0]}`, filling)
    return [[name, isMany ? [value] : value] as const]
  })
  return Object.fromEntries(entries)
}

/** The leaves that the text of the records does not have. A number may stand without its zeros. */
export function lostLeaves({ leaves }: Filling, text: string): [path: string, value: string][] {
  return leaves.filter(([, value]) => {
    const forms = [value, /^\d+\.\d+$/.test(value) ? String(Number(value)) : value]
    return !forms.some((form) => holds(text, form))
  })
}

/** Whether the text has the value with no letter, digit or point next to it. */
function holds(text: string, value: string): boolean {
  const isApart = (character: string | undefined) => character === undefined || !/[\w.]/.test(character)
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
    if (isApart(text[at - 1]) && isApart(text[at + value.length])) return true
  return false
}

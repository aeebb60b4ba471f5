/** The rows of the list as the person wants them: those that contain the typed words, in the chosen order. */
import type { WorklistRow } from '../contract.ts'

export const orders = ['gravity', 'name', 'place', 'sent'] as const
export type Order = (typeof orders)[number]

/** The severity of the gravest signal of a row; 0 without one. */
export type Gravity = (row: WorklistRow) => number

const norwegian = new Intl.Collator('nb', { numeric: true, sensitivity: 'base' })

export function arranged(
  rows: readonly WorklistRow[],
  { order, filter }: { order: Order; filter: string },
  gravity: Gravity,
): WorklistRow[] {
  const words = filter.toLocaleLowerCase('nb').split(/\s+/).filter(Boolean)
  const found = rows.filter(({ name = '', place = '', birthDate = '' }) => {
    const text = `${name} ${place}`.toLocaleLowerCase('nb')
    const dates = written(birthDate)
    return words.every((word) => text.includes(word) || (word.length >= SHORTEST_DATE && dates.some((date) => date.startsWith(word))))
  })
  // Sorting is stable: equal rows stay in the order of the unit's own system.
  if (order === 'gravity') return found.sort((a, b) => gravity(b) - gravity(a))
  if (order === 'sent') return found
  const text = order === 'name' ? familyFirst : ({ place }: WorklistRow) => place
  return found.sort((a, b) => byText(text(a), text(b)))
}

/** A shorter word with digits is the number of a room. */
const SHORTEST_DATE = 4

/** The ways in which a birth date is typed in Norway; `01.02.1940` before `010240`, the beginning of an identity number. */
function written(birthDate: string): string[] {
  const [year, month, day] = birthDate.split('-')
  if (!year || !month || !day) return []
  return [
    `${day}.${month}.${year}`,
    `${day}.${month}.${year.slice(2)}`,
    `${day}${month}${year}`,
    `${day}${month}${year.slice(2)}`,
    birthDate,
  ]
}

/** Rows without the text come last. */
function byText(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return norwegian.compare(a, b)
}

function familyFirst({ name }: WorklistRow): string | undefined {
  const words = name?.split(' ')
  return words && [words.at(-1), ...words.slice(0, -1)].join(' ')
}

/** Services that are refused for every patient on the list: mentioned once, and not in each row. */
export function refusedForAll(rows: readonly WorklistRow[]): string[] {
  const [first, ...others] = rows
  const refused = (row: WorklistRow) => row.services.filter(({ status }) => status === 'refused').map(({ service }) => service)
  return first ? refused(first).filter((service) => others.every((row) => refused(row).includes(service))) : []
}

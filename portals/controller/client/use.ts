/** Figures of use, added up. Patients are not added up: the same patient may be counted in several rows. */
import type { Use, UseRow } from '@helsevev/kernel/control/contract'

export interface Total {
  period: string
  lookUps: number
}

const add = (rows: readonly UseRow[]) => rows.reduce((sum, { lookUps }) => sum + lookUps, 0)

/** Every day or week of the period, with those without look-ups, oldest first. */
export function byPeriod({ from, until, by, rows }: Use): Total[] {
  const found = Map.groupBy(rows, ({ period }) => period)
  const totals: Total[] = []
  for (let day = firstOf(from, by); day < until; day = after(day, by === 'week' ? 7 : 1))
    totals.push({ period: day, lookUps: add(found.get(day) ?? []) })
  return totals
}

/** One row for each receiver, purpose and service, the largest first. */
export function byReceiver({ rows }: Use): Omit<UseRow, 'period' | 'patients'>[] {
  const groups = Map.groupBy(rows, ({ receiver, purpose, service }) => [receiver?.number, purpose, service].join(' '))
  return [...groups.values()]
    .flatMap((group) =>
      group[0] ? [{ receiver: group[0].receiver, purpose: group[0].purpose, service: group[0].service, lookUps: add(group) }] : [],
    )
    .toSorted((a, b) => b.lookUps - a.lookUps)
}

/** Weeks begin on Monday. */
function firstOf(day: string, by: Use['by']): string {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
  return by === 'week' ? after(day, -weekday) : day
}

function after(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

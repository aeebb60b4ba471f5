/**
 * Figures of use, added up. Patients are not added up: the same patient may be counted in several rows. Nor are look-ups over services: the
 * server counts the totals.
 */
import type { Use, UseRow, UseTotal } from '@helsevev/kernel/control/contract'

export type Total = Pick<UseTotal, 'period' | 'lookUps' | 'requests'>

const add = (rows: readonly UseRow[], figure: 'lookUps' | 'requests') => rows.reduce((sum, row) => sum + row[figure], 0)

/** Every day or week of the period, with those without look-ups, oldest first. */
export function byPeriod({ from, until, by, totals: found }: Use): Total[] {
  const totalOf = new Map(found.map((total) => [total.period, total]))
  const totals: Total[] = []
  for (let day = firstOf(from, by); day < until; day = after(day, by === 'week' ? 7 : 1))
    totals.push({ period: day, lookUps: totalOf.get(day)?.lookUps ?? 0, requests: totalOf.get(day)?.requests ?? 0 })
  return totals
}

/** One row for each receiver, purpose and service, the largest first. */
export function byReceiver({ rows }: Use): Omit<UseRow, 'period' | 'patients'>[] {
  const groups = Map.groupBy(rows, ({ receiver, purpose, service }) => [receiver?.number, purpose, service].join(' '))
  return [...groups.values()]
    .flatMap((group) =>
      group[0]
        ? [
            {
              receiver: group[0].receiver,
              purpose: group[0].purpose,
              service: group[0].service,
              lookUps: add(group, 'lookUps'),
              requests: add(group, 'requests'),
            },
          ]
        : [],
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

/** Parses the parameters of a search or an export of AuditEvent. */

import { type Issue, problem, problemWith, type Result } from '../../problem/problem.ts'
import { dateRange } from '../../values/dates.ts'
import type { Period, WholePeriod } from './look-ups.ts'

export interface AuditEventSearch {
  identityNumber: string | undefined
  period: Period
  count: number
  skip: number
}

const DEFAULT_COUNT = 50
const MAX_COUNT = 1000
const MAX_SKIP = 1_000_000
/** Days in one period. A controller must give a period, so that no row outside it is read. */
const MAX_DAYS = 366
const DAY = 86_400_000

const names = ['patient.identifier', 'date', '_count', '_skip'] as const
type Name = (typeof names)[number]

/** Returns the search, or all faults at once. `allowed`: the parameters that are offered here. */
export function parseAuditEventSearch(form: URLSearchParams, allowed: readonly Name[]): Result<AuditEventSearch> {
  const issues: Issue[] = []
  const fault = (text: string) => void issues.push({ severity: 'error', type: 'invalid', code: 'invalid-parameter', text })
  const search: AuditEventSearch = { identityNumber: undefined, period: {}, count: DEFAULT_COUNT, skip: 0 }
  for (const [name, value] of form) {
    const known = allowed.find((candidate) => candidate === name)
    if (known === 'patient.identifier') search.identityNumber = value.split('|').at(-1)?.trim()
    else if (known === 'date') search.period = narrowed(search.period, value, fault)
    else if (known === '_count') search.count = wholeNumber(known, value, MAX_COUNT, fault)
    else if (known === '_skip') search.skip = wholeNumber(known, value, MAX_SKIP, fault)
    else if (name !== '_format')
      fault(`There is no search parameter ${JSON.stringify(name.slice(0, 64))} here. The parameters are: ${allowed.join(', ')}.`)
  }
  return issues.length > 0 ? problemWith('invalid-parameter', issues) : search
}

/** The period, when it has both ends and lasts a year at most. */
export function wholePeriod({ from, until }: Period): Result<WholePeriod> {
  if (!from || !until || until <= from) return problem('invalid-parameter', 'Give the period: date=ge2026-01-01 and date=lt2026-02-01.')
  if (until.getTime() - from.getTime() > MAX_DAYS * DAY) return problem('invalid-parameter', `A period has ${MAX_DAYS} days at most.`)
  return { from, until }
}

/** Several dates apply together: the latest start and the earliest end. */
function narrowed(period: Period, value: string, fault: (text: string) => void): Period {
  const range = dateRange(value)
  if (!range) fault('date takes a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00+01:00.')
  let { from, until } = period
  for (const { comparator, instant } of range ?? []) {
    if (comparator === '>=') from = from && from > instant ? from : instant
    else until = until && until < instant ? until : instant
  }
  return { from, until }
}

function wholeNumber(name: string, value: string, most: number, fault: (text: string) => void): number {
  const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN
  if (number <= most) return number
  fault(`${name} takes a whole number from 0 to ${most}.`)
  return 0
}

/** Parses the parameters of a search or an export of AuditEvent. */
import { type AreaParameter, type AreaSearch, type AreaTerms, readAreaSearch } from '../../fhir/search/area-search.ts'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { dateRange } from '../../values/dates.ts'
import type { Period, WholePeriod } from './look-ups.ts'

export interface AuditEventSearch {
  search: AreaSearch
  period: Period
  count: number
}

const DEFAULT_COUNT = 50
/** Days in one period. A controller must give a period, so that no row outside it is read. */
const MAX_DAYS = 366
const DAY = 86_400_000

const parameters: readonly AreaParameter[] = [
  {
    name: 'date',
    takes: 'a date such as 2026-01-31, ge2026-01-01 or lt2026-02-01T12:00:00+01:00',
    isTaken: (value) => dateRange(value) !== undefined,
    repeats: true,
  },
]

/** Returns the search, or all faults at once. */
export function parseAuditEventSearch(form: URLSearchParams, terms: Omit<AreaTerms, 'parameters'>): Result<AuditEventSearch> {
  const search = readAreaSearch(form, { ...terms, parameters })
  if (isProblem(search)) return search
  const period = search.values('date').reduce(narrowed, {})
  return { search, period, count: search.count ?? DEFAULT_COUNT }
}

/** The period, when it has both ends and lasts a year at most. */
export function wholePeriod({ from, until }: Period): Result<WholePeriod> {
  if (!from || !until || until <= from) return problem('invalid-parameter', 'Give the period: date=ge2026-01-01 and date=lt2026-02-01.')
  if (until.getTime() - from.getTime() > MAX_DAYS * DAY) return problem('invalid-parameter', `A period has ${MAX_DAYS} days at most.`)
  return { from, until }
}

/** Several dates apply together: the latest start and the earliest end. */
function narrowed(period: Period, value: string): Period {
  let { from, until } = period
  for (const { comparator, instant } of dateRange(value) ?? []) {
    if (comparator === '>=') from = from && from > instant ? from : instant
    else until = until && until < instant ? until : instant
  }
  return { from, until }
}

/**
 * Status of reports and results: the tables that Norsk helsenett publishes for Pasientens prøvesvar (NILAR 1.5). Report: Volven 7306
 * against 7309; result: 8245 against 8270. A combination outside the tables is unknown.
 */
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'

export type ReportStatus = DiagnosticReport['status']
export type ResultStatus = Observation['status']
type Table<Status> = Readonly<Record<string, Readonly<Partial<Record<string, Status>>>>>

/** Rows 7306: S planned, P preliminary, F final, A addition. Columns 7309: N new, M change, C cancellation, H history, A addition. */
export const reportStatuses: Table<ReportStatus> = {
  S: { N: 'registered', M: 'amended', C: 'cancelled', H: 'unknown', A: 'unknown' },
  P: { N: 'preliminary', M: 'amended', C: 'cancelled', H: 'unknown', A: 'unknown' },
  F: { N: 'final', M: 'amended', C: 'cancelled', H: 'unknown', A: 'unknown' },
  A: { N: 'unknown', M: 'appended', C: 'cancelled', H: 'unknown', A: 'unknown' },
}

const final = { N: 'final', M: 'amended', H: 'final', A: 'final' } as const
const performed = { N: 'registered', M: 'registered', H: 'unknown', A: 'registered' } as const
const described = { N: 'preliminary', M: 'unknown', H: 'unknown', A: 'preliminary' } as const
const signed = { N: 'final', M: 'amended', H: 'unknown', A: 'final' } as const

/** Rows 8245, with the empty one for a result that states none; columns 8270 except C, which is cancelled in every row. */
export const resultStatuses: Table<ResultStatus> = {
  '': final,
  1: { N: 'unknown', M: 'amended', H: 'amended', A: 'unknown' },
  2: { N: 'preliminary', M: 'amended', H: 'preliminary', A: 'preliminary' },
  3: final,
  4: final,
  5: { N: 'registered', M: 'unknown', H: 'unknown', A: 'registered' },
  6: performed,
  7: performed,
  8: described,
  9: described,
  10: described,
  11: signed,
  12: { N: 'unknown', M: 'amended', H: 'unknown', A: 'preliminary' },
  13: signed,
  14: { N: 'unknown', M: 'unknown', H: 'unknown', A: 'unknown' },
  15: { N: 'registered', M: 'registered', H: 'final', A: 'registered' },
}

/** `status` of list 7306, `serviceType` of 7309. */
export function reportStatus(status: string | undefined, serviceType: string | undefined): ReportStatus {
  if (serviceType === 'C') return 'cancelled'
  return cellOf(reportStatuses, status, serviceType)
}

/** `status` of list 8245, undefined for none; `serviceType` of 8270. */
export function resultStatus(status: string | undefined, serviceType: string | undefined): ResultStatus {
  if (serviceType === 'C') return 'cancelled'
  return cellOf(resultStatuses, status, serviceType)
}

/** A cell of the tables; the codes come from a sender, and may be any text. */
function cellOf<Status extends string>(table: Table<Status>, row = '', column = ''): Status | 'unknown' {
  const cells = Object.hasOwn(table, row) ? table[row] : undefined
  return (cells && Object.hasOwn(cells, column) ? cells[column] : undefined) ?? 'unknown'
}

/** Between versions made at the same time, the one that comes later in the life of a report applies. */
const standings: readonly ReportStatus[] = [
  'unknown',
  'registered',
  'partial',
  'preliminary',
  'final',
  'appended',
  'amended',
  'corrected',
  'cancelled',
]

export function standingOf(status: ReportStatus): number {
  return Math.max(0, standings.indexOf(status))
}

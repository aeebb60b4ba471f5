/** What is asked about people who measure at home, and when an answer is right. */
import type { Bundle, Observation, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { FNR } from '../loading/people.ts'
import { SERVICE } from './load.ts'

export interface LookUp {
  name: string
  path: string
  form: Record<string, string>
  /** What is wrong with the answer about a person who has `rows` rows, or undefined. */
  wrong(answer: string, number: string, rows: number): string | undefined
}

const newest = 20

const trend = (name: string, form: Record<string, string>, kinds: number): LookUp => ({
  name,
  path: `/fhir/${SERVICE}/$trend`,
  form,
  wrong(answer, _number, rows) {
    const { parameter = [] } = JSON.parse(answer) as Parameters
    const counts = parameter.flatMap(({ name, part = [] }) => (name === 'series' ? [countsIn(part)] : []))
    const days = Math.max(0, ...counts.map((series) => series.length))
    const sum = counts.flat().reduce((all, one) => all + one, 0)
    if (rows === 10) return sum === 2 * kinds ? undefined : `${sum} measurements and not ${2 * kinds}`
    // The first and the last day are not whole.
    const whole = Math.min(rows / 50, 90)
    return days >= whole && sum >= (whole - 1) * 10 * kinds ? undefined : `${days} days with ${sum} measurements`
  },
})

/** How many were measured, of each day that has any. */
function countsIn(part: readonly ParametersParameter[]): number[] {
  const data = part.find(({ name }) => name === 'count')?.valueSampledData?.data ?? ''
  return data.split(' ').flatMap((text) => (text === 'E' ? [] : [Number(text)]))
}

export const lookUps: readonly LookUp[] = [
  {
    name: 'newest 20',
    path: `/fhir/${SERVICE}/Observation/_search`,
    form: { _count: String(newest) },
    wrong(answer, number, rows) {
      const { entry = [] } = JSON.parse(answer) as Bundle<Observation>
      const found = entry.flatMap(({ resource, search }) => (resource && search?.mode === 'match' ? [resource] : []))
      if (found.some(({ subject }) => subject?.identifier?.system !== FNR || subject.identifier.value !== number)) return 'another patient'
      const times = found.map(({ effectiveDateTime = '' }) => effectiveDateTime)
      if (times.some((time, at) => at > 0 && time > (times[at - 1] ?? ''))) return 'not newest first'
      return found.length === Math.min(newest, rows) ? undefined : `${found.length} found`
    },
  },
  trend('90-day trend of one kind', { kind: 'heart-rate' }, 1),
  trend('90-day trend of all kinds', {}, 5),
]

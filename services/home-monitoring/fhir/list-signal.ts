/**
 * What a list of patients shows of home measurements: level and total of NEWS2 that the newest session gives, on both scales, and the kinds
 * that are outside the person's own limits. docs/services/home-monitoring.md
 */
import { isTooYoung } from '@helsevev/clinical/news2/age'
import type { Score } from '@helsevev/clinical/news2/chart'
import { OLD_AFTER_HOURS } from '@helsevev/clinical/news2/picture'
import { bandOf } from '@helsevev/clinical/news2/score'
import { statedTokens } from '@helsevev/clinical/statuses'
import { timeOf } from '@helsevev/clinical/time'
import type { ListSignal } from '@helsevev/kernel/fhir/service'
import { instant } from '@helsevev/kernel/values/dates'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import type { Goal, Observation } from '@medplum/fhirtypes'
import { onScale2, outsideLimit, outsideOf, SIGNAL_SYSTEM, totalIs } from '../model/list-signal.ts'
import { type KindName, kinds } from '../model/vital-signs.ts'
import { isPlausible, measuredIn } from './measurement.ts'
import { type ComputedScore, newestScore, SESSION_COUNT } from './sessions.ts'
import { type Threshold, thresholdsOf } from './thresholds.ts'

interface Outside {
  kind: KindName
  observation: Observation
  time: string
}

function say(
  newestFirst: readonly Observation[],
  { also, birthDate, now }: Parameters<ListSignal['say']>[1],
): ReturnType<ListSignal['say']> {
  const goals = also as readonly Goal[]
  const isFresh = (time: string) => now.getTime() - (instant(time)?.getTime() ?? 0) <= OLD_AFTER_HOURS * 3_600_000
  const exceeded = outsideIn(newestFirst, thresholdsOf(goals, now)).filter(({ time }) => isFresh(time))
  const [outside] = exceeded
  const isChild = birthDate !== undefined && isTooYoung(birthDate, dayInNorway(now))
  const score = isChild ? undefined : newestScore(newestFirst)
  // A session of long ago would give its time to a limit that is exceeded now.
  const told = score && (isFresh(score.at) || !outside) ? score : undefined
  const code = [
    ...(told ? [levelOf(told)] : []),
    ...(outside ? [outsideLimit, ...exceeded.map(({ kind }) => `${outsideOf}${kind}`)] : []),
  ].join('.')
  const time = told?.at ?? outside?.time
  if (code === '' || time === undefined) return undefined
  return {
    system: SIGNAL_SYSTEM,
    code,
    time,
    from: [...(told?.from ?? []), ...new Set(exceeded.map(({ observation }) => observation)), ...(outside ? goals : [])],
  }
}

function levelOf({ total, worst, onScale2: second }: ComputedScore): string {
  const [first, other] = [bandOf(total, worst as Score), bandOf(second.total, second.worst as Score)]
  return [
    first,
    `${totalIs}${total}`,
    ...(first === other ? [] : [`${onScale2}${other}`]),
    ...(total === second.total ? [] : [`${onScale2}${totalIs}${second.total}`]),
  ].join('.')
}

/** The newest measurement of each kind, where it is outside the person's own limit; newest first. */
function outsideIn(newestFirst: readonly Observation[], thresholds: readonly Threshold[]): Outside[] {
  const seen = new Set<KindName>()
  return newestFirst.flatMap((observation) =>
    measuredIn(observation).flatMap((measured): Outside[] => {
      const { kind, value } = measured
      if (!kinds.includes(kind) || seen.has(kind.name) || value === undefined || !isPlausible(measured)) return []
      seen.add(kind.name)
      const { low, high } = thresholds.find((one) => one.kind === kind.name) ?? {}
      const isOutside = (low !== undefined && value < low) || (high !== undefined && value > high)
      return isOutside ? [{ kind: kind.name, observation, time: timeOf(observation) ?? '' }] : []
    }),
  )
}

export const listSignal: ListSignal = {
  type: 'Observation',
  tokens: { status: statedTokens },
  count: SESSION_COUNT,
  also: { type: 'Goal', tokens: {}, count: 100 },
  say,
}

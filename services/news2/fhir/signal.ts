/**
 * What a list of patients shows about a patient's newest NEWS2: level and total, and those of the score before, as a code, and nothing
 * about what they were made from. docs/services/news2.md
 */
import { bands, type Scale } from '@helsevev/clinical/news2/chart'
import { news2Total } from '@helsevev/clinical/news2/codes'
import { ACT_WITHIN_HOURS } from '@helsevev/clinical/news2/picture'
import { statedTokens } from '@helsevev/clinical/statuses'
import { timeOf } from '@helsevev/clinical/time'
import type { ListSignal } from '@helsevev/kernel/fhir/service'
import type { Observation } from '@medplum/fhirtypes'
import { ACT_WITHIN, actWithinHoursOf } from '../model/act-within.ts'
import { responseBand } from '../model/response-band.ts'
import { readAssessment } from './assessment.ts'

type Context = Parameters<ListSignal['say']>[1]

const NEWS2_LEVEL = 'http://helsevev.no/fhir/CodeSystem/news2-level'

/**
 * The gravest of the scores at the newest time, as the panel shows them all. `unscored`: NEWS2 does not apply, or the score is not known.
 * The last scale that was stated goes with it when it is scale 2: other measurements of the patient are then read on that scale. So does
 * whether the total rose or fell since the whole score before, what that one was and when, and the number of hours in which one may act on
 * it, where its controller has set another than the general one.
 */
function say(newestFirst: readonly Observation[], { settingOf }: Context): ReturnType<ListSignal['say']> {
  const [newest] = newestFirst
  const time = newest && timeOf(newest)
  if (!newest || !time) return undefined
  const levels = newestFirst
    .filter((score) => timeOf(score) === time)
    .flatMap((score) => {
      const level = levelOf(score)
      return level ? [{ ...level, score }] : []
    })
    .sort((a, b) => bands.indexOf(b.band) - bands.indexOf(a.band) || Number(b.certain) - Number(a.certain))
  const [gravest] = levels
  const code = !gravest ? 'unscored' : gravest.certain ? gravest.band : `${gravest.band}-uncertain`
  const chosen = newestFirst.find((score) => statedScale(score) !== undefined)
  const earlier = gravest?.certain ? newestFirst.find((score) => timeOf(score) !== time && levelOf(score)?.certain) : undefined
  const from = newestFirst.filter((score) => timeOf(score) === time || score === chosen || score === earlier)
  const hours = actWithinHoursOf(settingOf(gravest?.score ?? newest, ACT_WITHIN))
  const parts = [
    code,
    ...(chosen && statedScale(chosen) === 2 ? ['scale-2'] : []),
    ...(gravest?.certain ? totalIn('', gravest.score) : []),
    ...(earlier && gravest ? [directionOf(earlier, gravest.score), ...beforeIn(earlier)] : []),
    ...(hours === ACT_WITHIN_HOURS ? [] : [`within-${hours}`]),
  ]
  return { system: NEWS2_LEVEL, code: parts.join('.'), from }
}

function totalIn(prefix: string, score: Observation): string[] {
  const total = readAssessment(score)?.total
  return total === undefined ? [] : [`${prefix}total-${total}`]
}

/** The level and total of the score before, and its time to the minute. */
function beforeIn(score: Observation): string[] {
  const time = timeOf(score) ?? ''
  const since = time.includes('T') ? `${new Date(time).toISOString().slice(0, 16)}Z` : time
  return [`from-${levelOf(score)?.band}`, ...totalIn('from-', score), `since-${since}`]
}

function levelOf(score: Observation) {
  const assessment = readAssessment(score)
  return assessment && responseBand(assessment)
}

/** Whether the patient has got worse since the whole score before: by totals where both are known, else by level. */
function directionOf(before: Observation, now: Observation): 'up' | 'down' | 'same' {
  const [from, to] = [before, now].map((score) => readAssessment(score)?.total)
  const bandAt = (score: Observation) => {
    const band = levelOf(score)?.band
    return band === undefined ? -1 : bands.indexOf(band)
  }
  const by = from === undefined || to === undefined ? bandAt(now) - bandAt(before) : to - from
  return by === 0 ? 'same' : by > 0 ? 'up' : 'down'
}

function statedScale(score: Observation): Scale | undefined {
  const { scale, flags = [] } = readAssessment(score) ?? {}
  return flags.includes('scale-assumed') ? undefined : scale
}

export const listSignal: ListSignal = {
  type: 'Observation',
  tokens: { code: [news2Total], status: statedTokens },
  count: 10,
  settings: [ACT_WITHIN],
  say,
}

/**
 * What a list of patients shows about a patient's newest NEWS2: the level as a code, and nothing about what it was made from.
 * docs/services/news2.md
 */
import { bands, type Scale } from '@helsevev/clinical/news2/chart'
import { news2Total } from '@helsevev/clinical/news2/codes'
import { statedTokens } from '@helsevev/clinical/statuses'
import { timeOf } from '@helsevev/clinical/time'
import type { ListSignal } from '@helsevev/kernel/fhir/service'
import type { Observation } from '@medplum/fhirtypes'
import { responseBand } from '../model/response-band.ts'
import { readAssessment } from './assessment.ts'

const NEWS2_LEVEL = 'http://helsevev.no/fhir/CodeSystem/news2-level'

/**
 * The gravest of the scores at the newest time, as the panel shows them all. `unscored`: NEWS2 does not apply, or the score is not known.
 * The last scale that was stated goes with it when it is scale 2: other measurements of the patient are then read on that scale.
 */
function say(newestFirst: readonly Observation[]): ReturnType<ListSignal['say']> {
  const [newest] = newestFirst
  const time = newest && timeOf(newest)
  if (!newest || !time) return undefined
  const levels = newestFirst
    .filter((score) => timeOf(score) === time)
    .flatMap((score) => {
      const assessment = readAssessment(score)
      return (assessment && responseBand(assessment)) ?? []
    })
    .sort((a, b) => bands.indexOf(b.band) - bands.indexOf(a.band) || Number(b.certain) - Number(a.certain))
  const [gravest] = levels
  const code = !gravest ? 'unscored' : gravest.certain ? gravest.band : `${gravest.band}-uncertain`
  const chosen = newestFirst.find((score) => statedScale(score) !== undefined)
  const from = newestFirst.filter((score) => timeOf(score) === time || score === chosen)
  return { system: NEWS2_LEVEL, code: chosen && statedScale(chosen) === 2 ? `${code}.scale-2` : code, from }
}

function statedScale(score: Observation): Scale | undefined {
  const { scale, flags = [] } = readAssessment(score) ?? {}
  return flags.includes('scale-assumed') ? undefined : scale
}

export const listSignal: ListSignal = { type: 'Observation', tokens: { code: [news2Total], status: statedTokens }, count: 10, say }

/** The band of the response text that belongs to a score. */
import { type Band, bands, type Score } from '@helsevev/clinical/news2/chart'
import { bandOf } from '@helsevev/clinical/news2/score'

interface Scored {
  band?: Band
  bandAtLeast?: Band
  sentTotal?: number
  worstScore?: Score
  notApplicable: readonly unknown[]
  subScores: readonly unknown[]
}

/**
 * The band of a whole score. For a partial score, the gravest band that is known: what the sub-scores already reach, or the sender's total,
 * which cannot be checked. Without either, and where NEWS2 does not apply, there is no response.
 */
export function responseBand(score: Scored): { band: Band; certain: boolean } | undefined {
  if (score.notApplicable.length > 0) return undefined
  if (score.band) return { band: score.band, certain: true }
  const sent = score.sentTotal === undefined ? undefined : bandOf(score.sentTotal, score.worstScore ?? 0)
  const reached = score.subScores.length > 0 ? score.bandAtLeast : undefined
  const gravest = bands.filter((band) => band === sent || band === reached).at(-1)
  return gravest && { band: gravest, certain: false }
}

/** Makes one person's story: collects what controllers report, with keys and randomness that belong to that person alone. */
import { type SeedUnit, unitOf } from '../organizations.ts'
import { type Random, randomFrom } from '../random.ts'
import { type MunicipalService, municipalService } from './municipal-service.ts'
import { news2, type Score } from './news2.ts'
import type { StoryReport } from './story-report.ts'

type ReportedService = Omit<MunicipalService, 'code' | 'decision' | 'fullUrl'> & { decision?: string }
type ReportedScore = Omit<Score, 'key' | 'hoursAgo' | 'severity'>

export interface Teller {
  readonly random: Random
  readonly told: StoryReport[]
  /** A municipal service, with its code of Volven 9151. Give `decision` to report the same service again. */
  service(municipality: { number: string }, code: string, service: ReportedService): void
  /** Scores by hours ago and severity, oldest first. */
  scores(
    controller: { number: string },
    series: readonly (readonly [hoursAgo: number, severity: number])[],
    score: ReportedScore,
    unit?: SeedUnit['kind'],
  ): void
}

export function teller(id: string, now: Date): Teller {
  const random = randomFrom(`story of ${id}`)
  const told: StoryReport[] = []
  let decisions = 0
  let measurements = 0
  return {
    random,
    told,
    service({ number }, code, service) {
      decisions++
      const decision = service.decision ?? `${id}-${decisions}`
      told.push(municipalService(number, { ...service, code, decision, fullUrl: `urn:uuid:${random.uuid()}` }, now))
    },
    scores({ number }, series, score, kind = 'ward') {
      for (const [hoursAgo, severity] of series) {
        measurements++
        told.push(...news2(number, unitOf(number, kind), { ...score, hoursAgo, severity, key: `${id}-n${measurements}` }, random, now))
      }
    },
  }
}

/** A course that worsens to `worst` and recovers, `every` so many hours, the last score `endsHoursAgo`. */
export function course(endsHoursAgo: number, every: number, scores: number, worst: number): [hoursAgo: number, severity: number][] {
  const turn = Math.floor(scores * 0.4)
  return Array.from({ length: scores }, (_, at) => {
    const share = at <= turn ? at / Math.max(turn, 1) : (scores - 1 - at) / Math.max(scores - 1 - turn, 1)
    return [endsHoursAgo + (scores - 1 - at) * every, Math.round((0.02 + (worst - 0.02) * share) * 100) / 100]
  })
}

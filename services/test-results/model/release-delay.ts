/**
 * How long the patient waits for a report after staff can see it, in days. Results that change a life, and are hard to read alone, should
 * first be explained by a clinician: pathology and genetics. No law sets the number; it is ours. A Svarrapport has no element in which a
 * laboratory could state otherwise. docs/services/test-results.md
 */
import { disciplineOf } from './discipline.ts'

const DAYS: Readonly<Record<string, number>> = { PAT: 14, MGEN: 14 }

/** `discipline` of list 8202. */
export function releaseDelayDays(discipline: string | undefined): number {
  return DAYS[disciplineOf(discipline).expertise] ?? 0
}

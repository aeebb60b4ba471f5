/**
 * How long the patient waits for a report after staff can see it, in days. Answers that change a life, and are hard to read alone, are to be told
 * by somebody first: pathology and genetics. No law sets the number; it is ours, and a laboratory overrides it record by record with
 * meta.security (Volven 9603) and the extension release-date. docs/services/test-results.md
 */
import { disciplineOf } from './discipline.ts'

const DAYS: Readonly<Record<string, number>> = { PAT: 14, MGEN: 14 }

/** `discipline` of list 8202. */
export function releaseDelayDays(discipline: string | undefined): number {
  return DAYS[disciplineOf(discipline).expertise] ?? 0
}

/** From what was seen to what may be stated: for each criterion whether anything judged it, what did, and what it found. Pure. */
import { type Criterion, criteria } from './criteria.ts'
import type { Check, Finding, Results } from './results.ts'

export interface Verdict {
  criterion: Criterion
  /** Nothing of ours judged it: no claim is made. */
  state: 'met' | 'findings' | 'not-checked'
  /** What judged it. */
  by: { checks: Check[]; tests: Criterion['tests'] }
  findings: { visit: string; finding: Finding }[]
}

export function verdicts(results: Results): Verdict[] {
  const made = new Set(results.visits.flatMap(({ checks }) => checks))
  return criteria.map((criterion) => {
    const byAxe: Check[] = made.has('axe') && results.judgedByAxe.includes(criterion.number) ? ['axe'] : []
    const checks = [...byAxe, ...criterion.checks.filter((check) => made.has(check))]
    const findings = results.visits.flatMap(({ portal, page, state, findings }) =>
      findings
        .filter(({ criteria }) => criteria.includes(criterion.number))
        .map((finding) => ({ visit: `${portal}, ${page}, ${state}`, finding })),
    )
    const judged = checks.length > 0 || criterion.tests.length > 0
    const state = findings.length > 0 ? 'findings' : judged ? 'met' : 'not-checked'
    return { criterion, state, by: { checks, tests: criterion.tests }, findings }
  })
}

/** How many pages, in how many states and ways. */
export function extent({ visits }: Results): { pages: number; states: number; visits: number; widths: number[]; languages: string[] } {
  const different = (of: (visit: (typeof visits)[number]) => string) => new Set(visits.map(of)).size
  return {
    pages: different(({ portal, page }) => `${portal} ${page}`),
    states: different(({ state }) => state),
    visits: visits.length,
    widths: [...new Set(visits.map(({ width }) => width))].sort((a, b) => a - b),
    languages: [...new Set(visits.map(({ language }) => language))],
  }
}

/**
 * What `npm run docs -- accessibility` found, kept next to the page that shows it. Nobody writes these by hand: a browser has seen all that
 * stands here (e2e/accessibility.ts).
 */
import { readFileSync } from 'node:fs'

/** The checks of a visit; each is code in e2e/page-checks.ts, axe apart. */
const checks = [
  'axe',
  'media',
  'reflow',
  'zoom',
  'text-spacing',
  'keyboard',
  'forced-colours',
  'title',
  'language',
  'motion',
  'structure',
  'orientation',
  'shapes',
] as const
export type Check = (typeof checks)[number]

export interface Finding {
  check: Check
  /** Rule of axe, or what the check says is wrong. */
  rule: string
  /** Success criteria of WCAG that it touches, as in `1.4.3`; none for advice beyond them. */
  criteria: string[]
  /** CSS selector, or the words of the element. */
  where: string
}

/** One page as one person met it. */
export interface Visit {
  portal: string
  page: string
  /** `as it is`, or what its server was made to answer. */
  state: string
  /** CSS pixels. */
  width: number
  language: string
  checks: Check[]
  findings: Finding[]
}

export interface Results {
  /** Day of the test, ISO 8601. */
  tested: string
  axe: string
  browser: string
  /** Criteria that a rule of axe found something to judge by on some page, and passed or failed. */
  judgedByAxe: string[]
  visits: Visit[]
  /** Pages that have an address and that nothing led to. */
  notVisited: { portal: string; page: string }[]
}

export const resultsFile = new URL('results.json', import.meta.url)

export function readResults(): Results {
  return JSON.parse(readFileSync(resultsFile, 'utf8'))
}

/**
 * `npx helsevev coverage`: people with verified critical information against five per cent of the population, by municipality, and what the
 * national work set out from. docs/run/coverage.md, docs/decisions/0029-coverage-by-municipality.md
 */
import { table } from '@helsevev/replay/table'
import { defineCommand, optional } from '../define-command.ts'
import { DONE, REFUSED } from '../outcome.ts'
import { municipalityNumber } from '../values.ts'
import { type Covered, countCovered } from './count.ts'

/**
 * How many of the population have something that should be registered, and how many of those were when the national work began: about
 * five per cent, and about one third of these. Estimates of the national steering of e-health, and no counts.
 */
const EXPECTED = 0.05
const BASELINE = 1 / 3

export const commands = [
  defineCommand({
    name: 'coverage',
    summary: 'Count people with critical information against five per cent of the population, by municipality',
    options: { municipality: optional(municipalityNumber, 'this municipality alone') },
    exitCodes: { 1: 'nobody in the person register lives there' },
    example: '--municipality 4601',
    run: ({ values: { municipality }, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const rows = await countCovered(sql, new Date(), municipality)
        const text = rows.length > 0 ? coverageText(rows) : 'Nobody in the person register lives there.\n'
        return { result: { municipalities: rows }, text, exitCode: rows.length > 0 || !municipality ? DONE : REFUSED }
      }),
  }),
]

/** Exported for its test. */
export function coverageText(rows: readonly Covered[]): string {
  const heading = ['municipality', 'registered', 'verified', 'population', '5 %', 'one third', 'coverage']
  const known = rows.filter(({ population }) => population !== null)
  const lines = rows.map((row) => [nameOf(row), `${row.registered}`, `${row.verified}`, ...against(row.verified, row.population)])
  const total = ['in all', `${sum(rows, 'registered')}`, `${sum(rows, 'verified')}`]
  // A share of some municipalities next to a count of all would be read as a share of all.
  const share = known.length === rows.length ? against(sum(rows, 'verified'), sum(rows, 'population')) : ['', '', '', '']
  return [
    'People with critical information, by the municipality they live in.\n\n',
    table([heading, ...lines, [...total, ...share]]),
    '\nRegistered: an entry that applies today. Verified: confirmed, or of a kind that is not graded.\n',
    'Coverage: verified of five per cent of the population, who are expected to have something. ',
    'The national work set out from one third, 33 %.\n',
    ...sources(known),
    ...(known.length < rows.length ? [unknownText(rows.filter(({ population }) => population === null))] : []),
  ].join('')
}

function nameOf({ municipality, name }: Covered): string {
  return municipality === null ? 'not known' : `${municipality} ${name ?? ''}`
}

function against(verified: number, population: number | null): string[] {
  if (population === null) return ['', '', '', '']
  const expected = population * EXPECTED
  const percent = expected > 0 ? `${((100 * verified) / expected).toFixed(1)} %` : ''
  return [`${population}`, `${Math.round(expected)}`, `${Math.round(expected * BASELINE)}`, percent]
}

function sum(rows: readonly Covered[], column: 'registered' | 'verified' | 'population'): number {
  return rows.reduce((total, row) => total + (row[column] ?? 0), 0)
}

function sources(known: readonly Covered[]): string[] {
  const sentences = new Set(known.map(({ source, counted }) => `Population: ${source}, ${counted}.\n`))
  return [...sentences].sort()
}

function unknownText(rows: readonly Covered[]): string {
  const named = rows.flatMap(({ municipality }) => municipality ?? [])
  const nowhere = rows.some(({ municipality }) => municipality === null)
  return [
    ...(named.length > 0
      ? [`No population is known for ${named.join(', ')}, so there are counts only: npx helsevev import population FILE\n`]
      : []),
    ...(nowhere
      ? ['Of some people the person register does not know the municipality: they are counted, and no share is given in all.\n']
      : []),
  ].join('')
}

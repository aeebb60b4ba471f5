/**
 * `npm run coverage`: people with verified critical information against five per cent of the population, by municipality, with the point that
 * the national work set out from beside it. docs/run/commands.md, docs/decisions/0029-coverage-by-municipality.md
 */
import { parseArgs } from 'node:util'
import { table } from '@helsevev/replay/table'
import { type Covered, countCovered } from './coverage-count.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'

const usage = `Usage: npm run coverage
       npm run coverage -- --municipality NUMBER
`

/**
 * Of the population, how many have something that should be registered, and how many of those were when the national work began: about five per
 * cent, of whom about one third. Estimates of the national steering of e-health, and no count of anybody's.
 */
const EXPECTED = 0.05
const BASELINE = 1 / 3

/** Exit codes: 0 done, 1 the municipality is not known, 2 wrong use, 78 wrong environment. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  print: (text: string) => void,
): Promise<number> {
  const asked = readWords(words)
  if (!asked) {
    print(usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => {
    const rows = await countCovered(sql, asked.municipality)
    print(rows.length > 0 ? coverageText(rows) : 'Nobody in the person register lives there.\n')
    return rows.length > 0 || !asked.municipality ? DONE : REFUSED
  })
}

function readWords(words: readonly string[]): { municipality?: string } | undefined {
  try {
    const { municipality } = parseArgs({ args: [...words], options: { municipality: { type: 'string' } } }).values
    if (municipality === undefined) return {}
    return /^\d{4}$/.test(municipality) ? { municipality } : undefined
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

/** Exported for its test. */
export function coverageText(rows: readonly Covered[]): string {
  const heading = ['municipality', 'registered', 'verified', 'population', '5 %', 'one third', 'coverage']
  const known = rows.filter(({ population }) => population !== null)
  const lines = rows.map((row) => [nameOf(row), `${row.registered}`, `${row.verified}`, ...against(row.verified, row.population)])
  const total = ['in all', `${sum(rows, 'registered')}`, `${sum(rows, 'verified')}`]
  // A share of some municipalities beside a count of all would be read as a share of all.
  const share = known.length === rows.length ? against(sum(rows, 'verified'), sum(rows, 'population')) : ['', '', '', '']
  return [
    'People with critical information, by the municipality they live in.\n\n',
    table([heading, ...lines, [...total, ...share]]),
    '\nRegistered: an entry that is neither refuted nor entered in error. Verified: confirmed, or of a kind that is not graded.\n',
    'Coverage: verified of five per cent of the population, who are expected to have something. The national work set out from one third, 33 %.\n',
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
  const said = new Set(known.map(({ source, counted }) => `Population: ${source}, ${counted}.\n`))
  return [...said].sort()
}

function unknownText(rows: readonly Covered[]): string {
  const named = rows.flatMap(({ municipality }) => municipality ?? [])
  const nowhere = rows.some(({ municipality }) => municipality === null)
  return [
    ...(named.length > 0
      ? [`No population is known for ${named.join(', ')}, so there are counts only: npm run import -- population <file.csv>\n`]
      : []),
    ...(nowhere
      ? ['Of some people the person register does not know the municipality: they are counted, and no share is given in all.\n']
      : []),
  ].join('')
}

if (import.meta.main) process.exitCode = await run(process.argv.slice(2), process.env, (text) => process.stdout.write(text))

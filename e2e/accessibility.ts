/**
 * `npm run docs -- accessibility`: visits every page at two widths and in three languages, and writes what was found for the statement and
 * the docs. `npm run docs -- accessibility citizen` visits one portal again.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findingLines } from '@helsevev/server/pages/accessibility/accessibility-page'
import { whyNot } from '@helsevev/server/pages/accessibility/criteria'
import { type Results, readResults, resultsFile } from '@helsevev/server/pages/accessibility/results'
import { extent, verdicts } from '@helsevev/server/pages/accessibility/verdicts'
import { dayInNorway } from '@helsevev/ui/format.ts'
import { launchBrowser } from './browser.ts'
import { startTestSystem } from './test-system.ts'
import { visitAll } from './visiting.ts'

const docs = join(import.meta.dirname, '..', 'docs', 'accessibility.md')

const system = await startTestSystem({ withPortals: true, withStories: true })
const browser = await launchBrowser()
try {
  const results = await visited(process.argv.slice(2))
  const found = findingLines(results)
  console.log(`${results.visits.length} visits, ${found.length} kinds of findings${found.map((line) => `\n  ${line}`).join('')}`)
  await writeFile(resultsFile, asJson(results))
  await writeFile(docs, asPage(results))
} finally {
  await browser.close()
  await system.close()
}

/** Everything; or the portals that are named, in the place of what was seen of them before. */
async function visited(named: readonly string[]): Promise<Results> {
  const about = { browser: `Chromium ${browser.version().split('.')[0]}` }
  if (named.length === 0) {
    const { visits, judgedByAxe, axe, notVisited } = await visitAll(browser, system.system.baseUrl, 'whole')
    return { tested: dayInNorway(new Date()), axe, ...about, judgedByAxe: [...judgedByAxe].sort(), visits, notVisited }
  }
  // The day stays that of the oldest visit.
  let results = readResults()
  for (const name of named) {
    const { visits, judgedByAxe, axe, notVisited } = await visitAll(browser, system.system.baseUrl, 'whole', name)
    const others = <Row extends { portal: string }>(rows: Row[]) => rows.filter(({ portal }) => portal !== name)
    results = {
      ...results,
      ...about,
      axe,
      judgedByAxe: [...new Set([...results.judgedByAxe, ...judgedByAxe])].sort(),
      visits: [...others(results.visits), ...visits],
      notVisited: [...others(results.notVisited), ...notVisited],
    }
  }
  return results
}

/** One line for each visit, so that a change of one is a change of one line. */
function asJson({ visits, ...rest }: Results): string {
  const lines = visits.map((visit) => `    ${JSON.stringify(visit)}`)
  return `${JSON.stringify(rest, null, 2).replace(/\n}$/, ',')}\n  "visits": [\n${lines.join(',\n')}\n  ]\n}\n`
}

function asPage(results: Results): string {
  const { pages, states, visits, widths, languages } = extent(results)
  const found = findingLines(results)
  const rows = verdicts(results).map(({ criterion: { number, level, required, name }, state, by }) => {
    const ways = [...by.checks, ...by.tests.map(({ file, name: test }) => `[${test}](../${file})`)]
    const result = {
      met: 'no findings',
      findings: '**findings**',
      'not-checked': whyNot[number] ? `not checked: ${whyNot[number].en}` : 'not checked yet',
    }[state]
    return `| ${number} ${name.en} | ${level}${required ? '' : ', not among the 47'} | ${ways.join('; ') || '–'} | ${result} |`
  })
  const notVisited = results.notVisited.map(({ portal, page }) => `${portal} ${page}`).join(', ')
  return `# Accessibility

Written by \`npm run docs -- accessibility\` from what a browser found; the statement at \`/accessibility\` says the same to people.
Tested ${results.tested} with axe ${results.axe} in ${results.browser}: ${pages} pages in ${states} states, ${visits} visits
at ${widths.join(' and ')} pixels in ${languages.join(', ')}.

## Findings

${found.length > 0 ? found.map((line) => `- ${line}`).join('\n') : 'None.'}
${notVisited ? `\nNo link led to: ${notVisited}.\n` : ''}
## What a machine does not find

Nobody has yet tried the pages with a screen reader, or together with people who have reduced sight, hearing or movement. Rules find only
a part of the faults: a criterion without findings is one where the checks named in its row found nothing.

## The criteria

WCAG 2.2 at levels A and AA. Public bodies must meet 47 of the 50 of WCAG 2.1 (forskrift om universell utforming av IKT-løsninger § 4).
\`axe\` stands where one of its rules had something to judge; the other checks are those of [page-checks.ts](../e2e/page-checks.ts).

| Criterion | Level | Checked by | Result |
|---|---|---|---|
${rows.join('\n')}
`
}

/** `npm run accessibility`: visits every page at two widths and in three languages, and writes what was found for the statement and the docs. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findingLines } from '@helsevev/server/pages/accessibility/accessibility-page'
import { type Results, resultsFile } from '@helsevev/server/pages/accessibility/results'
import { extent, verdicts } from '@helsevev/server/pages/accessibility/verdicts'
import { dayInNorway } from '@helsevev/ui/format.ts'
import { launchBrowser } from './browser.ts'
import { startTestSystem } from './test-system.ts'
import { visitAll } from './visiting.ts'

const docs = join(import.meta.dirname, '..', 'docs', 'accessibility.md')

const system = await startTestSystem({ withPortals: true, withStories: true })
const browser = await launchBrowser()
try {
  const { visits, judgedByAxe, axe, notVisited } = await visitAll(browser, system.system.baseUrl, 'whole', process.argv[2])
  const results: Results = {
    tested: dayInNorway(new Date()),
    axe,
    browser: `Chromium ${browser.version().split('.')[0]}`,
    judgedByAxe: [...judgedByAxe].sort(),
    visits,
    notVisited,
  }
  const found = findingLines(results)
  console.log(`${visits.length} visits, ${found.length} kinds of findings${found.map((line) => `\n  ${line}`).join('')}`)
  // Part of the pages makes no statement about all of them.
  if (!process.argv[2]) {
    await writeFile(resultsFile, asJson(results))
    await writeFile(docs, asPage(results))
  } else
    for (const { page, state, width, language, findings } of visits)
      for (const { rule, where } of findings) console.log(`${page}, ${state}, ${width}, ${language}: ${rule} (${where})`)
} finally {
  await browser.close()
  await system.close()
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
    return `| ${number} ${name.en} | ${level}${required ? '' : ', not among the 47'} | ${ways.join('; ') || '–'} | ${{ met: 'no findings', findings: '**findings**', 'not-checked': 'not checked' }[state]} |`
  })
  return `# Accessibility

Written by \`npm run accessibility\` from what a browser found; the statement at \`/accessibility\` says the same to people. Tested ${results.tested} with axe ${results.axe} in ${results.browser}: ${pages} pages in ${states}
states, ${visits} visits at ${widths.join(' and ')} pixels in ${languages.join(', ')}.

## Findings

${found.length > 0 ? found.map((line) => `- ${line}`).join('\n') : 'None.'}
${results.notVisited.length > 0 ? `\nNo link led to: ${results.notVisited.map(({ portal, page }) => `${portal} ${page}`).join(', ')}.\n` : ''}
## What a machine does not find

Nobody has yet tried the pages with a screen reader, or together with people of reduced sight, hearing or movement. Rules find a part of the faults only; a criterion without findings is one in which what is named
in its row found nothing.

## The criteria

WCAG 2.1 at levels A and AA. Public bodies must meet 47 of the 50 (forskrift om universell utforming av IKT-løsninger § 4). \`axe\` stands where a rule of it had something to judge; the other checks are those of
[page-checks.ts](../e2e/page-checks.ts).

| Criterion | Level | Checked by | Result |
|---|---|---|---|
${rows.join('\n')}
`
}

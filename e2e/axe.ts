/** Runs axe in a page. It is put there once for each document, not for each question, and reports only what is asked of it. */
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules on WCAG 2.0, 2.1 and 2.2, A and AA, and the advice of axe. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Half the size of what axe-core exports by its name, and parsed in every document.
const { source }: { source: string } = createRequire(import.meta.url)('axe-core/axe.min.js')

/** `more`: rules that no tag turns on. A rule that the page passes is reported with one element. */
export async function runAxe(page: Page, more: readonly string[] = []): Promise<Pick<AxeResults, 'violations' | 'passes' | 'testEngine'>> {
  const there = await page.evaluate(() => 'axe' in window)
  if (!there) await page.evaluate(source)
  return await page.evaluate(
    async ({ values, rules }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const { violations, passes, testEngine } = await axe.run(document, {
        runOnly: { type: 'tag', values },
        rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
        // To write where an element stands costs more than most rules do.
        resultTypes: ['violations'],
      })
      return { violations, passes, testEngine }
    },
    { values: tags, rules: [...more] },
  )
}

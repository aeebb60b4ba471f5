/** What browser tests look for on every page: findings of axe, sideways scrolling; and pictures on request. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { runAxe } from './axe.ts'

export { launchBrowser } from '@helsevev/kernel/testing/browser'

export interface AxeFinding {
  id: string
  impact: string
  help: string
  /** Where: CSS selectors. */
  targets: string[]
}

/** Findings of axe with impact serious or critical (WCAG 2.0, 2.1 and 2.2, A and AA); a page is right when there are none. */
export async function axeSerious(page: Page): Promise<AxeFinding[]> {
  const { violations } = await runAxe(page)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({ id, impact: impact ?? '', help, targets: nodes.map(({ target }) => target.join(' ')) }))
}

/** Pixels by which the page is wider than its window; 0 when nothing needs sideways scrolling (WCAG 1.4.10). */
export async function sidewaysScroll(page: Page): Promise<number> {
  return await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}

/** Writes `{name}.png` of the whole page into the folder that HELSEVEV_SCREENSHOTS names; does nothing when it names none. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['HELSEVEV_SCREENSHOTS']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' })
}

/** Waits until an element has the focus. A page moves it when it has drawn what is new, so that a single look may come too early. */
export async function hasFocus(element: Locator): Promise<void> {
  await element.and(element.page().locator(':focus')).waitFor({ state: 'attached' })
}

/** Waits until what has the focus reads so. */
export async function focusReads(page: Page, words: RegExp): Promise<void> {
  await page.locator(':focus').filter({ hasText: words }).waitFor({ state: 'attached' })
}

/** The citizen portal's pages of health information as a person uses them. */
import type { Locator, Page } from 'playwright-core'
import { openPage } from './citizen-pages.ts'
import { panelsLoaded } from './clinician-pages.ts'

/** The page of all services, with every service answered. */
export async function openHealth(page: Page, heading = 'Mine helseopplysninger'): Promise<void> {
  await openPage(page, 'Helseopplysninger', heading)
  await panelsLoaded(page)
}

/** The page of one service, from the page of all. */
export async function openService(page: Page, name: string): Promise<Locator> {
  await page.getByRole('heading', { level: 2, name, exact: true }).getByRole('link').click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await panelsLoaded(page)
  return page.getByRole('region', { name, exact: true })
}

/** Opens everything that can be opened inside. */
export async function openDetails(within: Locator): Promise<void> {
  const closed = within.locator('details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}

/** How many screens high the page is. */
export async function screensOf(page: Page): Promise<number> {
  return (await page.evaluate(() => document.documentElement.scrollHeight)) / (page.viewportSize()?.height ?? 1)
}

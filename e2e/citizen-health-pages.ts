/** The citizen portal's page of health information as a person uses it. */
import type { Locator, Page } from 'playwright-core'
import { openPage } from './citizen-pages.ts'
import { panelsLoaded } from './clinician-pages.ts'

/** With every panel answered. */
export async function openHealth(page: Page): Promise<void> {
  await openPage(page, 'Helseopplysninger', 'Mine helseopplysninger')
  await panelsLoaded(page)
}

/** Opens everything that can be opened inside. */
export async function openDetails(within: Locator): Promise<void> {
  const closed = within.locator('details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}

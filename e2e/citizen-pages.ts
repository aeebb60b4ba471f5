/** The citizen portal's pages as a person uses them: by the words on the screen. */
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, screenshot, sidewaysScroll } from './browser.ts'
import { signInByRequest } from './clinician-pages.ts'
import { type Lent, lendPage } from './lent-pages.ts'

export interface Citizen extends Lent {
  /** What the browser complained of; answers that say no are none of it. */
  errors: string[]
  /** Every address the browser asked for. */
  addresses: string[]
}

/** Signed in as a made-up citizen, on the first page; `id` as in the seed, without `citizen-`. */
export async function signInCitizen(browser: Browser, address: string, id: string, { width = 320, height = 800 } = {}): Promise<Citizen> {
  const { page, context } = await lendPage(browser, { width, height })
  page.setDefaultTimeout(10_000)
  const errors: string[] = []
  const addresses: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (403|404|409|422)/.test(message.text())) errors.push(message.text())
  })
  page.on('request', (request) => addresses.push(request.url()))
  await signInByRequest(page, `${address}/citizen`, `citizen-${id}`)
  return { page, context, errors, addresses }
}

/** Opens a page by the navigation, behind its button on a phone. */
export async function openPage(page: Page, link: string, heading: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Sider' }).waitFor()
  const toggle = page.getByRole('button', { name: 'Meny' })
  if (await toggle.isVisible()) await toggle.click()
  await page.getByRole('navigation', { name: 'Sider' }).getByRole('link', { name: link, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await settled(page)
}

/** Nothing is being fetched any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
}

/** Nothing serious by axe, no sideways scrolling; pictured on request. */
export async function inspectPage(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  await screenshot(page, `${name}-${width}`)
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
}

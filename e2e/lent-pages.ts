/**
 * Pages that tests borrow, one after the other. To begin in a page that has loaded the portal before takes half the processor time of a
 * new one, as Chromium starts a process for each and compiles everything again.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Lent {
  page: Page
  /** `close()` gives the page back; the test that borrows it next finds it as new. */
  context: BrowserContext
}

/** Given back, and not borrowed again. */
const idle = new WeakMap<Browser, Set<Lent>>()

/** A page in a browser that nobody has used, with the clock and the language of a Norwegian who wants less motion. Pixels. */
export async function lendPage(browser: Browser, viewport: { width: number; height: number }): Promise<Lent> {
  const waiting = idle.get(browser) ?? new Set()
  idle.set(browser, waiting)
  for (const lent of waiting) {
    waiting.delete(lent)
    await lent.page.setViewportSize(viewport)
    return lent
  }
  const context = await browser.newContext({ viewport, locale: 'nb-NO', timezoneId: 'Europe/Oslo', reducedMotion: 'reduce' })
  const lent = { page: await context.newPage(), context }
  const end = context.close.bind(context)
  context.close = async () => {
    // A test file that is finished closes whatever is open, what waits as well.
    if (waiting.has(lent)) return
    if (await cleaned(lent).catch(() => false)) waiting.add(lent)
    else await end()
  }
  return lent
}

/** Takes away what the test left: other windows, cookies, what the pages keep, answers put in place, what it listened to. */
async function cleaned({ page, context }: Lent): Promise<boolean> {
  if (page.isClosed() || !context.browser()?.isConnected()) return false
  for (const event of ['pageerror', 'console', 'request', 'response', 'dialog', 'download'] as const) page.removeAllListeners(event)
  await Promise.all(context.pages().map((other) => other !== page && other.close()))
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await context.setOffline(false)
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: 'reduce', forcedColors: null })
  await Promise.all([context.clearCookies(), context.clearPermissions()])
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await page.goto('about:blank')
  return true
}

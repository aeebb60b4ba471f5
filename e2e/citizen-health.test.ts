/** What is registered, as people read it: plain words, what is new, whom to call, and their own copy. The whole system, a real browser, made-up people. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { openDetails, openHealth } from './citizen-health-pages.ts'
import { type Citizen, inspectPage, signInCitizen } from './citizen-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser
before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

async function health(citizen: string, width: number): Promise<Citizen> {
  const opened = await signInCitizen(browser, it.system.baseUrl, citizen, { width })
  await openHealth(opened.page)
  return opened
}

describe('health information of a citizen', () => {
  for (const width of [320, 1440])
    test(`Liv reads what is registered about her at ${width} pixels, without faults and without scrolling sideways`, async () => {
      const { page, context, errors, addresses } = await health('liv', width)
      await inspectPage(page, 'citizen-health')
      await openDetails(page.locator('main'))
      await inspectPage(page, 'citizen-health-open')
      assert.deepEqual(errors, [])
      for (const address of addresses) assert.doesNotMatch(address, /\d{11}/)
      await context.close()
    })
})

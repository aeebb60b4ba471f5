/**
 * Every page of every portal, as it is and when its source does not answer, the pages outside and the gallery: no finding of axe, no
 * sideways scrolling, the whole way by keyboard, and no name that a browser would translate. `npm run docs -- accessibility` does the same
 * in every state, at two widths and in three languages, and writes the statement.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { portals } from './portal-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'
import { visitAll } from './visiting.ts'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

describe('every page, for everyone', () => {
  for (const group of ['pages', 'gallery', ...portals.map(({ name }) => name)]) {
    test(`${group}: no finding, at 320 pixels, in bokmål`, async (t) => {
      const { visits, notVisited, names } = await visitAll(browser, it.system.baseUrl, 'quick', group)
      t.diagnostic(`${visits.length} visits; no way led to: ${notVisited.map(({ page }) => page).join(', ') || 'none is left out'}`)
      assert.ok(visits.length > 1)
      const findings = visits.flatMap(({ page, state, findings: found }) =>
        found.map(({ rule, where }) => `${page}, ${state}: ${rule} (${where})`),
      )
      assert.deepEqual(findings, [])
      assert.deepEqual(names.unmarked, [], 'a browser leaves names and numbers as they are')
      assert.equal(
        names.marked > 0,
        portals.some(({ name }) => name === group),
      )
    })
  }
})

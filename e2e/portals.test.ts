/** The portals for citizens and data controllers as people meet them: the whole system, a real browser, the made-up people of the seed. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { openPortal, personName, signInByHand } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

describe('portals for citizens and data controllers', () => {
  for (const [portal, person, words] of [
    ['citizen', 'citizen-hanne', ['Du ser dine egne opplysninger', 'Du ser dine eigne opplysningar', 'You see your own information']],
    [
      'controller',
      'owner-bergen',
      ['Du handler for Bergen kommune som eier.', 'Du handlar for Bergen kommune som eigar.', 'You act for Bergen kommune as owner.'],
    ],
  ] as const) {
    test(`${portal}: signs in, sees who that is in three languages, and signs out`, async () => {
      for (const width of [1440, 320]) {
        const { page, context, errors, addresses } = await openPortal(browser, it.system.baseUrl, { portal, width })
        await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
        await screenshot(page, `${portal}-sign-in-${width}`)
        assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
        await signInByHand(page, person, '')
        await page.getByRole('heading', { level: 1, name: personName(person) }).waitFor()
        await screenshot(page, `${portal}-home-${width}`)
        assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
        for (const [at, language] of ['Bokmål', 'Nynorsk', 'English'].entries()) {
          await page.getByRole('button', { name: language }).click()
          await page.getByText(words[at] ?? '').waitFor()
        }
        await page.getByRole('button', { name: 'Bokmål' }).click()
        await page.getByRole('button', { name: 'Logg ut' }).click()
        await page.waitForURL((url) => !url.href.startsWith(`${it.system.baseUrl}/${portal}/`))
        await page.goto(`${it.system.baseUrl}/${portal}/`)
        await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
        assert.deepEqual(errors, [])
        for (const address of addresses) assert.doesNotMatch(address, /\d{11}/)
        await context.close()
      }
    })
  }

  test('who has no role at a data controller is not let in there, and is told why', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { portal: 'controller' })
    await signInByHand(page, 'citizen-hanne', '')
    await page.getByText('Du har ingen rolle her. Eieren i virksomheten kan gi deg en.').waitFor()
    await screenshot(page, 'controller-refused-1440')
    await context.close()
  })

  test('the front page leads to each portal, and lets a test person in with one click', async () => {
    const page = await (await browser.newContext()).newPage()
    for (const portal of ['clinician', 'citizen', 'controller']) {
      await page.goto(it.system.baseUrl)
      assert.equal(await page.locator(`a[href="/${portal}/"]`).count(), 1, portal)
      await page.locator(`a[href^="/${portal}/login?as="]`).first().click()
      await page.waitForURL((url) => url.pathname.startsWith(`/${portal}/`) && !url.pathname.endsWith('/login'))
      await page.getByRole('button', { name: 'Logg ut' }).first().waitFor()
    }
    await page.goto(it.system.baseUrl)
    await screenshot(page, 'front-1440')
    await page.context().close()
  })
})

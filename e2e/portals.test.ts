/** The portals for citizens and data controllers as people meet them: the whole system, a real browser, the made-up people of the seed. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axeSerious, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { choosePlace, closePatient, openPatient, openPortal, personName, signInByHand, signInByRequest } from './clinician-pages.ts'
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

  test('the end of the session is warned of, put off by one key, and gives back what was written to the same person alone', async () => {
    const context = await browser.newContext({ locale: 'nb-NO', timezoneId: 'Europe/Oslo', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.clock.install()
    const home = `${it.system.baseUrl}/controller`
    const { owner: sql } = it.database
    /** As if nobody had touched it: for the server and for the page. */
    const leave = async (minutes: number) => {
      await sql`update portal_session set last_used = last_used - ${`${minutes} minutes`}::interval`
      await page.clock.fastForward(minutes * 60_000)
    }
    const warning = page.getByRole('alertdialog', { name: 'Er du her fortsatt?' })
    const reason = page.getByLabel('Begrunnelse')
    const words = 'Avtalt i møtet 12. mai'
    await signInByRequest(page, home, 'owner-bergen')
    await page.goto(`${home}/sharing/propose`)
    await reason.fill(words)
    await leave(26)
    await warning.getByText('blir tatt vare på').waitFor()
    assert.deepEqual(await axeSerious(page), [])
    await screenshot(page, 'controller-time-out-1440')
    await page.keyboard.press('f')
    await warning.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    const [row] = await sql<{ fresh: boolean }[]>`select max(last_used) > now() - interval '1 minute' as fresh from portal_session`
    assert.equal(row?.fresh, true)

    await leave(31)
    await page.getByText('Du er logget ut.').waitFor()
    assert.equal(
      await page.evaluate((text) => JSON.stringify([document.body.innerHTML, { ...sessionStorage }]).includes(text), words),
      false,
    )
    await screenshot(page, 'controller-ended-1440')
    await signInByRequest(page, home, 'owner-bergen')
    await page.getByText('Du ble logget ut mens du skrev.').first().waitFor()
    assert.deepEqual([new URL(page.url()).pathname, await reason.inputValue()], ['/controller/sharing/propose', words])
    assert.deepEqual(await axeSerious(page), [])
    await screenshot(page, 'controller-given-back-1440')

    // The person who signs in here next gets nothing of it.
    await leave(31)
    await page.getByText('Du er logget ut.').waitFor()
    await signInByRequest(page, home, 'second-owner-bergen')
    await page.getByRole('heading', { level: 1, name: /^Hei/ }).waitFor()
    assert.deepEqual(await page.evaluate(() => ({ ...sessionStorage })), {})
    await page.goto(`${home}/sharing/propose`)
    assert.equal(await reason.inputValue(), '')

    // The end of the eight hours is announced in time.
    await sql`update portal_session set expires = now() + interval '9 minutes'`
    await page.reload()
    await page.getByRole('alertdialog', { name: /^Du blir logget ut klokken/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })

    // A reason for emergency access comes back with the same patient, and with no other.
    const nurse = `${it.system.baseUrl}/clinician`
    const why = page.getByLabel('Hvorfor trenger du tilgang nå?')
    const urgent = 'Bevisstløs, vi må vite hva som er sperret'
    const open = async (patient: string) => {
      await openPatient(page, patient)
      await page.getByRole('button', { name: 'Nødtilgang', exact: true }).first().click()
    }
    await signInByRequest(page, nurse, 'nurse-bergen')
    await choosePlace(page, 'Bergen legevakt')
    await open('torbjorn')
    await why.fill(urgent)
    await leave(31)
    await page.getByText('Du er logget ut.').waitFor()
    await signInByRequest(page, nurse, 'nurse-bergen')
    await page.getByText('åpne «nødtilgang til den samme pasienten» igjen').first().waitFor()
    await choosePlace(page, 'Bergen legevakt')
    await open('astrid')
    assert.equal(await why.inputValue(), '')
    await page.keyboard.press('Escape')
    await closePatient(page)
    await open('torbjorn')
    assert.equal(await why.inputValue(), urgent)
    await page.keyboard.press('Escape')
    await context.close()
  })

  test('a wrong address is a page, and every foot leads to help, contact, accessibility and privacy; the name leads home', async () => {
    for (const portal of ['clinician', 'controller', 'citizen']) {
      const { page, context } = await openPortal(browser, it.system.baseUrl, { portal, width: 320 })
      await page.goto(`${it.system.baseUrl}/${portal}/xyz`)
      await page.getByRole('heading', { level: 1, name: 'Siden finnes ikke' }).waitFor()
      assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
      await page.getByRole('link', { name: 'Helsevev' }).click()
      await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
      assert.equal(new URL(page.url()).pathname, `/${portal}/`)
      assert.equal(await page.locator('.introduction[open] li').count(), 4)
      for (const name of ['Hjelp', 'Kontakt', 'Tilgjengelighet', 'Personvern']) {
        const href = await page.locator('.shell__footer').getByRole('link', { name, exact: true }).getAttribute('href')
        const answer = await page.request.get(`${it.system.baseUrl}${href}`, { headers: { accept: 'text/html' } })
        assert.equal(answer.status(), 200, `${portal} ${href}`)
      }
      await context.close()
    }
    const { page, context } = await openPortal(browser, it.system.baseUrl, { portal: 'citizen', width: 320 })
    for (const path of ['nonsense', 'help', 'help/citizen', 'help/clinician', 'help/controller', 'privacy']) {
      await page.goto(`${it.system.baseUrl}/${path}`)
      assert.deepEqual([path, await axeSerious(page), await sidewaysScroll(page)], [path, [], 0])
      await screenshot(page, `${path.replace('/', '-')}-320`)
    }
    await context.close()
  })

  test('a date is dd.mm.åååå in an English browser too, or chosen in the calendar by keyboard; a wrong one is explained', async () => {
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce' })
    const page = await context.newPage()
    const home = `${it.system.baseUrl}/controller`
    await signInByRequest(page, home, 'owner-bergen')
    await page.goto(`${home}/sharing/propose`)
    const field = page.getByLabel('Til og med')
    assert.equal(await field.getAttribute('placeholder'), 'dd.mm.åååå')
    await field.fill('31.11.2026')
    await page.keyboard.press('Tab')
    await page.getByText('Skriv datoen med dag, måned og år').waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    await page.getByRole('button', { name: 'Foreslå avtalen' }).click()
    await hasFocus(field)
    await field.fill('5.1.27')
    await page.keyboard.press('Tab')
    assert.equal(await field.inputValue(), '05.01.2027')
    await page.keyboard.press('Enter')
    const calendar = page.getByRole('dialog', { name: 'Velg dato i kalender' })
    await calendar.getByRole('heading', { name: 'januar 2027' }).waitFor()
    assert.deepEqual(await axeSerious(page), [])
    await screenshot(page, 'calendar-1280')
    // A window of 1280 × 1024 at 400 %.
    await page.setViewportSize({ width: 320, height: 256 })
    assert.equal(await sidewaysScroll(page), 0)
    await page.setViewportSize({ width: 1280, height: 720 })
    for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'Enter']) await page.keyboard.press(key)
    await calendar.waitFor({ state: 'detached' })
    assert.equal(await field.inputValue(), '13.02.2027')
    await hasFocus(field)
    // Where clocks show another time, the page says whose time it is.
    await page.getByText('Alle klokkeslett er norsk tid.').waitFor()
    await context.close()
  })

  test('a page that the browser has translated still shows what changes, and never an old text', async () => {
    const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { portal: 'controller' })
    await signInByRequest(page, `${it.system.baseUrl}/controller`, 'owner-bergen')
    await page.getByRole('heading', { level: 1, name: /^Hei, / }).waitFor()
    await page.waitForFunction(() => !document.querySelector('[data-state=loading]'))
    const translate = () =>
      page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        const texts: Text[] = []
        while (walker.nextNode()) texts.push(walker.currentNode as Text)
        for (const text of texts) {
          if (!text.data.trim() || text.parentElement?.closest('[translate=no], script, style')) continue
          const font = document.createElement('font')
          font.append(document.createElement('font'))
          font.firstElementChild?.append(`*${text.data}*`)
          text.replaceWith(font)
        }
      })
    await translate()
    assert.equal(await page.locator('.account__name [translate=no]').textContent(), personName('owner-bergen'))
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('You act for Bergen kommune as owner.', { exact: true }).waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), /Du handler|Oversikt|Nødtilgang/)
    await translate()
    await page.getByRole('navigation').locator('a[href="/controller/sharing"]').click()
    await page.locator('a[href="/controller/sharing"][aria-current=page]').waitFor()
    await page.waitForFunction(() => !document.querySelector('[data-state=loading]'))
    await page.getByRole('button', { name: 'Bokmål' }).click()
    await page.getByText('Du handler for Bergen kommune som eier.', { exact: true }).waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), /You act|Overview|Sharing/)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('choosing in a form changes the form alone, and the menu is the same on every page', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { portal: 'controller' })
    const home = `${it.system.baseUrl}/controller`
    await signInByRequest(page, home, 'owner-bergen')
    const menus = new Set<string>()
    for (const path of ['/', '/sharing', '/vendors', '/roles', '/use', '/refused-requests', '/misuse-cases']) {
      await page.goto(home + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForFunction(() => !document.querySelector('[data-state=loading]'))
      menus.add((await page.getByRole('navigation', { name: 'Sider', exact: true }).getByRole('link').allInnerTexts()).join('|'))
      const place = () =>
        page.evaluate(() => `${location.href} ${document.querySelector('h1')?.textContent} ${document.activeElement?.tagName}`)
      for (const field of await page.locator('main select').all()) {
        await field.focus()
        const before = await place()
        await field.selectOption({ index: (await field.locator('option').count()) - 1 })
        assert.equal(await place(), before)
      }
    }
    assert.equal(menus.size, 1, [...menus].join('\n'))
    await context.close()
  })

  test('who has no role at a data controller is not let in and sees why; the issuer groups people by portal and story', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { portal: 'controller' })
    await page.getByRole('link', { name: 'Logg inn med HelseID' }).click()
    await page.getByRole('heading', { level: 1, name: 'Velg testperson' }).waitFor()
    const groups = await page.getByRole('heading', { level: 2 }).allInnerTexts()
    assert.deepEqual(groups[0], 'Helsevev for dataansvarlige')
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 })
      assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
      await screenshot(page, `issuer-${width}`)
    }
    await page.getByRole('button', { name: personName('citizen-hanne') }).click()
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

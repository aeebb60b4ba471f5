/**
 * The first screen of a patient: what it answers without scrolling, how high the header is, and that header, panel and list show the same
 * of a patient who gets worse.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { numberOf, openPatient, openPortal, panel, panelsLoaded, patientName, signIn } from './clinician-pages.ts'
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

const answers = (page: Page) => panel(page, 'Det viktigste')
const spaced = (text: string) => text.replaceAll(/\s+/g, ' ')

/** The height of what stays at the top of the window after scrolling down. */
async function stuckHeight(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const stuck = [...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).position === 'sticky')
    return stuck.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)
  })
}

/** At most, in pixels: of a window as wide as a desk's or a phone's; and of any window with text of twice the size, as a share of it. */
const most = { 1440: 96, 320: 104, share: 1 / 3 }

/** What makes the header longest: a protected address, and emergency access. */
async function measureFullestHeaders(page: Page): Promise<void> {
  for (const id of ['nadia', 'torbjorn']) {
    await openPatient(page, id)
    if (id === 'torbjorn') await openInEmergency(page)
    for (const [width, height] of [
      [1440, 900],
      [320, 640],
    ] as const)
      for (const textSize of ['', '200%']) {
        await page.setViewportSize({ width, height })
        await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), textSize)
        // The page measures itself when it has been drawn.
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
        const stuck = await stuckHeight(page)
        assert.ok(stuck <= (textSize ? height * most.share : most[width]), `${id}, ${width}, ${textSize || 'usual text'}: ${stuck} px`)
      }
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'Lukk pasienten' }).click()
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  }
}

/** On a desk the whole header stays, with links to all panels in one row: it does not shrink to the name. */
async function keepsAllInSight(page: Page, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    await screenshot(page, `first-screen-${width}`)
    assert.equal(await page.locator('.in-sight--tall').count(), 0, `${width} px`)
    const last = page.getByRole('navigation', { name: 'Gå til' }).getByRole('link').last()
    await last.focus()
    const box = await last.boundingBox()
    assert.ok(box && box.x > 0 && box.x + box.width <= width, `the last link is seen when it is focused: ${box?.x}`)
  }
  await page.setViewportSize({ width: widths[0] ?? 1440, height: 900 })
}

async function openInEmergency(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Nødtilgang', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Hvorfor trenger du tilgang nå?').fill('Bevisstløs, må vite hva han bruker av medisin')
  await dialog.getByRole('button', { name: 'Åpne med nødtilgang' }).click()
  await page.getByText(/^Nødtilgang til kl\. \d\d:\d\d$/).waitFor()
  await panelsLoaded(page)
}

describe('the first screen of a patient', { concurrency: 2 }, () => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`at ${width} × ${height} the answers are seen without scrolling, under a header of at most 96 px`, async () => {
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width, height })
      await signIn(page, 'nurse-bergen')
      for (const id of ['astrid', 'gunnar']) {
        await openPatient(page, id)
        // Every cell has its answer.
        await page.waitForFunction(() => !document.querySelector('.answers')?.textContent?.includes('Henter'))
        const box = await answers(page).boundingBox()
        await screenshot(page, `first-screen-${id}-${width}`)
        assert.ok(box && box.y >= 0 && box.y + box.height <= height, `${id}: from ${box?.y} to ${(box?.y ?? 0) + (box?.height ?? 0)}`)
        assert.ok((await stuckHeight(page)) <= 96, `${id}: ${await stuckHeight(page)} px`)
        assert.equal(await sidewaysScroll(page), 0)
        assert.deepEqual(await axeSerious(page), [])
        if (width === 1440) await keepsAllInSight(page, [1440, 1280])
        if (id === 'astrid') {
          const told = spaced(await answers(page).innerText())
          for (const words of [
            'Penicilliner alvorlig, Anafylaktisk reaksjon',
            'NEWS2',
            'Kommunale tjenester',
            'Prøvesvar utenfor referanse',
            'Holdt tilbake',
          ])
            assert.ok(told.includes(words), `${words} in ${told}`)
          assert.ok((await answers(page).locator('a[href^="tel:"]').count()) > 0, 'a telephone number')
        }
        await page.getByRole('button', { name: 'Lukk pasienten' }).click()
        await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
      }
      if (width === 1440) await measureFullestHeaders(page)
      assert.deepEqual(errors, [])
      await context.close()
    })
  }

  test('whatever shows how a patient is shows the score computed at home and the limit that is exceeded, each with its time', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await signIn(page, 'nurse-bergen')
    await page.getByRole('radio', { name: 'Behandling', exact: true }).check()
    await page.getByRole('button', { name: 'Hent listen', exact: true }).click()
    const row = page.locator('.worklist__row', { hasText: patientName('gunnar') })
    const listed = spaced(await row.innerText())
    assert.match(
      listed,
      /NEWS2 5 Middels \(5–6\) .* beregnet.* 0 → 5, høyere enn skåren .* Utenfor egen grense: Oksygenmetning .* \d\d:\d\d/,
    )
    await openPatient(page, 'gunnar')
    const copied = async (what: () => Promise<void>) => {
      await what()
      await page.waitForFunction(async () => (await navigator.clipboard.readText()).length > 0)
      const text = await page.evaluate(() => navigator.clipboard.readText())
      await page.evaluate(() => navigator.clipboard.writeText(''))
      return text
    }
    const copyPanel = (name: string) =>
      copied(() =>
        panel(page, name)
          .getByRole('button', { name: `Kopier ${name} som tekst` })
          .click(),
      )
    const copyPage = () =>
      copied(async () => {
        await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
        await page.getByRole('button', { name: 'Kopier som tekst' }).click()
        await page.getByText('Kopiert.').first().waitFor()
        await page.keyboard.press('Escape')
      })
    const main = () => page.locator('main').innerText()
    const score = /\b5\b.*Middels \(5–6\)/
    const beyond = /86 %.*grense/
    const both = [score, /[Bb]eregnet/, beyond]
    const time = /Oksygenmetning 86 % \(grense minst 88\) (\d.*\d\d:\d\d)/.exec(spaced(await answers(page).innerText()))?.[1] ?? 'no time'
    const clock = time.slice(-5)
    // The score before it is nine hours older: in the small hours it is of the day before.
    const earlier = Number(clock.slice(0, 2)) >= 10 ? [/samme dag også: 0 av 20/] : []
    // What must be acted on stands before what need not.
    const order = await page.locator('.panel h2').allInnerTexts()
    assert.ok(order.indexOf('Hjemmemålinger') < order.indexOf('Kommunale tjenester'), order.join())
    const views: [what: string, read: () => Promise<string>, told: RegExp[]][] = [
      ['strip', () => answers(page).innerText(), [...both, /Skala 2 \(88–92 %\) Helse Vest RHF 0 → 5, høyere enn skåren/]],
      [
        'panel',
        () => panel(page, 'NEWS2').innerText(),
        [...both, /0 → 5, høyere enn skåren/, /Ingen har vurdert pasienten/, /fra 0 til 5/],
      ],
      ['panel of home', () => panel(page, 'Hjemmemålinger').innerText(), [/86 % utenfor egen grense/]],
      ['copy of the panel', () => copyPanel('NEWS2'), [score, /beregnet, Skala 2/, ...earlier]],
      ['copy of the panel of home', () => copyPanel('Hjemmemålinger'), [beyond]],
      ['copy of the page', copyPage, both],
      ['timeline', () => openView('Tidslinje').then(main), both],
      ['copy of the timeline', copyPage, both],
      ['comparison', compare, both],
      ['copy of the comparison', copyPage, both],
    ]
    async function openView(name: string) {
      await page.getByRole('link', { name }).click()
      await page
        .locator(name === 'Tidslinje' ? '.timeline__entry' : '.compare__form')
        .first()
        .waitFor()
      await page.evaluate(() => document.querySelector('.answers')?.remove())
    }
    async function compare() {
      await openView('Sammenlign')
      await page.locator('.compare__form').getByRole('button', { name: 'Sammenlign' }).click()
      await page.locator('.comparison').nth(5).waitFor()
      return main()
    }
    for (const [what, read, told] of views) {
      const text = spaced(await read())
      for (const words of told) assert.match(text, words, what)
      if (what !== 'panel of home') assert.ok(text.includes(clock), `${what}: ${clock} in ${text}`)
    }
    await page.getByRole('link', { name: 'Oversikt' }).click()
    await panelsLoaded(page)
    await page.emulateMedia({ media: 'print' })
    const paper = spaced(await main())
    for (const words of [...both, /Luft/, /A – våken/, /Puls \d+ per min/, /Overtrykk \d+ mmHg/, /Temperatur \d\d,\d °C/])
      assert.match(paper, words, 'paper')
    assert.doesNotMatch(paper, /minst hver 12\. time/, 'no action of the score before')
    await context.close()
  })

  test('what is jumped to by link or key is not under the header, from every view', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'astrid')
    const isFree = async (name: string) => {
      const heading = await panel(page, name).getByRole('heading', { level: 2 }).boundingBox()
      assert.ok(heading && heading.y >= (await stuckHeight(page)), `${name} at ${heading?.y}`)
    }
    const jump = page.getByRole('navigation', { name: 'Gå til' })
    for (const name of ['Kommunale tjenester', 'NEWS2']) {
      await jump.getByRole('link', { name }).click()
      await isFree(name)
    }
    for (const view of ['Tidslinje', 'Sammenlign']) {
      await page.getByRole('link', { name: view }).click()
      await answers(page).getByRole('link', { name: 'Kritisk informasjon' }).click()
      await panel(page, 'Kritisk informasjon').waitFor()
      await page.waitForFunction(() => document.activeElement?.id === 'panel-critical-information')
      await isFree('Kritisk informasjon')
    }
    await context.close()
  })

  test('nothing that has the focus is hidden by the header, forwards and backwards', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'astrid')
    await page.evaluate(() => document.querySelector<HTMLElement>('footer a, .panel:last-of-type button')?.focus())
    for (const key of ['Tab', 'Shift+Tab'] as const)
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press(key)
        const hidden = await page.evaluate(() => {
          const one = document.activeElement
          if (!one?.closest('.shell__content')) return ''
          const { bottom } = one.getBoundingClientRect()
          const top = document.querySelector('.in-sight')?.getBoundingClientRect().bottom ?? 0
          return bottom <= top ? `${one.outerHTML.slice(0, 80)} ends at ${bottom}, under ${top}` : ''
        })
        assert.equal(hidden, '')
      }
    await context.close()
  })

  test('the whole number is shown when asked for, and hidden again', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'astrid')
    const number = numberOf('astrid')
    const header = panel(page, 'Pasient')
    assert.ok(!(await header.innerText()).includes(number.slice(6)))
    await header.getByRole('button', { name: 'Vis hele nummeret' }).click()
    await header.getByText(`${number.slice(0, 6)} ${number.slice(6)}`).waitFor()
    await header.getByRole('button', { name: 'Skjul nummeret' }).click()
    assert.ok(!(await header.innerText()).includes(number.slice(6)))
    await context.close()
  })
})

/**
 * Scripts in every text that a vendor, a citizen, health personnel or a data controller can send: shown as text in every portal, and never
 * run.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { csrfHeader } from '@helsevev/portal/contract'
import { services } from '@helsevev/server/services'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { choosePlace, openPatient } from './clinician-pages.ts'
import { type Planted, plantScripts, script } from './hostile-texts.ts'
import { enter, linksOn, type PortalUnderTest, pathOf, portals, settled } from './portal-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const patient = 'liv'

let it: TestSystem
let browser: Browser
let planted: Planted[]
/** Still signed in. */
const open = new Map<string, { page: Page; context: BrowserContext; portal: PortalUnderTest }>()

/** Who looks, and how far they have come when they may see everything. */
const viewers: readonly PortalUnderTest[] = portals.map((portal) => {
  if (portal.name === 'clinician')
    return {
      ...portal,
      prepare: async (page: Page) => {
        await choosePlace(page, 'Bergen legevakt')
        await openPatient(page, patient)
      },
    }
  return portal.name === 'controller' ? { ...portal, person: 'privacy-officer-bergen' } : portal
})

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser()])
  planted = await plantScripts(it, patient)
  for (const portal of viewers) {
    const context = await browser.newContext({ locale: 'nb-NO', viewport: { width: 1440, height: 900 } })
    // The policy would keep a script from running; that the element is not there at all is asked for too.
    await context.addInitScript('window.hit = () => { window.wasHit = true }')
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await enter(page, it.system.baseUrl, portal)
    open.set(portal.name, { page, context, portal })
  }
})
after(async () => {
  await browser?.close()
  await it?.close()
})

function viewer(name: string) {
  const found = open.get(name)
  assert.ok(found)
  return found
}

/** What of the scripts is on the page; everything that folds is unfolded first. */
async function scriptsOn(page: Page): Promise<{ ran: boolean; elements: number; shown: number }> {
  return await page.evaluate((text) => {
    for (const one of document.querySelectorAll('details')) one.open = true
    return {
      ran: 'wasHit' in window,
      elements: document.querySelectorAll('img[src="x"], [onerror]').length,
      shown: (document.body.textContent ?? '').split(text).length - 1,
    }
  }, script)
}

/** On every page of the portal, or on those named; answers with how often the script was shown as text. */
async function assertHarmless(name: string, ...pages: string[]): Promise<number> {
  const { portal, page: about } = viewer(name)
  const met = new Set<string>()
  let shown = 0
  for (const one of pages.length > 0 ? pages : Object.keys(portal.pages)) {
    const path = pathOf(portal, one, met)
    if (!path) continue
    await about.goto(it.system.baseUrl + path)
    await settled(about)
    for (const link of await linksOn(about)) met.add(link)
    const found = await scriptsOn(about)
    assert.deepEqual([found.ran, found.elements], [false, 0], `${name} ${path}`)
    shown += found.shown
  }
  return shown
}

const csrfOf = async (name: string) =>
  (await (await viewer(name).context.request.get(`${it.system.baseUrl}/${name}/api/me`)).json()).csrf as string

describe('a script in a text', () => {
  test('every service takes some texts, and what it takes is known', (t) => {
    for (const { id } of services) {
      const texts = planted.filter(({ service }) => service === id).flatMap(({ texts: all }) => all)
      t.diagnostic(`${id}: ${[...new Set(texts)].join(', ') || 'no text of a vendor reaches it'}`)
    }
    assert.ok(planted.flatMap(({ texts }) => texts).length >= 10)
  })

  for (const name of ['clinician', 'citizen', 'controller'])
    test(`of a vendor is text in the ${name} portal`, async (t) => {
      const shown = await assertHarmless(name)
      t.diagnostic(`shown as text ${shown} times`)
      // Data controllers are shown no records; where records are shown, so are their texts.
      if (name !== 'controller') assert.ok(shown > 0, 'nothing of what was sent was shown, so nothing was tested')
    })

  test('that health personnel give as the reason for emergency access is text for everyone', async () => {
    const { page } = viewer('clinician')
    await page.goto(`${it.system.baseUrl}/clinician/patient`)
    await settled(page)
    await page.getByRole('button', { name: 'Nødtilgang', exact: true }).first().click()
    await page.getByLabel('Hvorfor trenger du tilgang nå?').fill(`Bevisstløs ${script}`)
    await page.getByRole('button', { name: 'Åpne med nødtilgang' }).click()
    await page.getByRole('region', { name: 'Nødtilgang', exact: true }).waitFor()
    await settled(page)
    await assertHarmless('clinician', 'patient')
    await assertHarmless('citizen', 'home', 'log')
    await assertHarmless('controller', 'home', 'followUps')
  })

  test('that a citizen asks, and that a data controller answers, is text for both', async () => {
    const { page } = viewer('citizen')
    await page.goto(`${it.system.baseUrl}/citizen/log`)
    await settled(page)
    const line = page
      .getByRole('listitem')
      .filter({ hasText: 'Bergen legevakt' })
      .filter({ has: page.getByRole('button', { name: 'Spør om dette' }) })
    await line.first().getByRole('button', { name: 'Spør om dette' }).click()
    await page.getByLabel('Hva lurer du på?').fill(`Hvorfor ${script}`)
    await page.getByRole('button', { name: 'Send spørsmålet' }).click()
    await page.getByText('Venter på svar fra').first().waitFor()
    assert.ok((await assertHarmless('citizen', 'log', 'questions')) > 0)
    assert.ok((await assertHarmless('controller', 'questions')) > 0, 'the question is shown to whom it is put')

    const { context } = viewer('controller')
    const address = `${it.system.baseUrl}/controller/api/questions`
    const listed = JSON.stringify(await (await context.request.get(address)).json())
    const id = /"id":"([^"]+)"/.exec(listed)?.[1]
    const answered = await context.request.post(`${address}/${encodeURIComponent(id ?? '')}/answer`, {
      headers: { origin: it.system.baseUrl, [csrfHeader]: await csrfOf('controller') },
      data: { answer: `Fordi ${script}`, role: `Rådgiver ${script}` },
    })
    assert.ok(answered.ok(), await answered.text())
    const { page: citizen } = viewer('citizen')
    await citizen.goto(`${it.system.baseUrl}/citizen/questions`)
    await citizen.getByText(`Fordi ${script}`).waitFor()
    assert.deepEqual(await scriptsOn(citizen).then(({ ran, elements }) => [ran, elements]), [false, 0])
    await assertHarmless('controller', 'questions')
  })
})

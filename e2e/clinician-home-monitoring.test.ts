/**
 * Home measurements as a clinician meets them: values against own thresholds, the course, a computed NEWS2, alarms, and each kind of
 * nothing.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { find, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const BERGEN = '964338531'
const OSLO = '958935420'
const route = '**/api/panels/home-monitoring'
const scope = ['helsevev:home-monitoring/write']
const LOINC = 'http://loinc.org'
const ALERT = 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090'
const EVENT = 'http://ehelse.no/fhir/CodeSystem/vkp-composition-event-v090'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const home = (page: Page) => panel(page, 'Hjemmemålinger')
const stateOf = async (page: Page) => await home(page).locator('[data-state]').first().getAttribute('data-state')

async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  // What happens to stand half under the header is no small target.
  await page.evaluate(() => scrollTo(0, 0))
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
  await screenshot(page, `home-${name}-${width}`)
}

type Identifier = { system: string; value: string }

const measurement = (identifier: Identifier, organization: string, value: number, hoursAgo: number, code = '8867-4') => ({
  resourceType: 'Observation',
  identifier: [{ system: 'https://platform.example/measurement', value: `${code}-${value}-${hoursAgo}` }],
  status: 'final',
  code: { coding: [{ system: LOINC, code }] },
  subject: { identifier },
  effectiveDateTime: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
  performer: [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: organization }, display: 'Digital hjemmeoppfølging' }],
  device: { identifier: { system: 'https://platform.example/device', value: 'P-12' }, display: 'Pulsoksymeter P-12' },
  valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
})

const alarm = (identifier: Identifier) => {
  const at = new Date(Date.now() - 3_600_000).toISOString()
  const type = { coding: [{ system: ALERT, code: '3' }], text: 'Trygghetsalarm' }
  return {
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'https://alarms.example/id', value: 'alarm-1' },
    timestamp: at,
    entry: [
      {
        fullUrl: 'urn:uuid:1f0e9a64-5f3a-4b6e-8f7b-0a1b2c3d4e01',
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type,
          subject: { identifier },
          date: at,
          author: [{ display: 'Responssenteret' }],
          title: 'Alarm',
          event: ['0', '3'].map((code) => ({ code: [{ coding: [{ system: EVENT, code }] }], period: { start: at } })),
          section: [{ title: 'Alarm', entry: [{ reference: 'urn:uuid:1f0e9a64-5f3a-4b6e-8f7b-0a1b2c3d4e02' }] }],
        },
      },
      {
        fullUrl: 'urn:uuid:1f0e9a64-5f3a-4b6e-8f7b-0a1b2c3d4e02',
        resource: { resourceType: 'DetectedIssue', status: 'final', code: type, patient: { identifier }, identifiedDateTime: at },
      },
    ],
  }
}

describe('home measurements in the clinician portal', { concurrency: 2 }, () => {
  for (const width of [1440, 320]) {
    test(`at ${width} px: who gets worse, against own thresholds, with the course and a score that is marked as computed`, async () => {
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width })
      await signIn(page, 'nurse-bergen')
      await openPatient(page, 'gunnar')
      await home(page)
        .getByText(/gir en NEWS2\. Den står under NEWS2\./)
        .waitFor()
      await panel(page, 'NEWS2').getByText('Beregnet av målinger. Ingen har vurdert pasienten.').waitFor()

      const saturation = home(page).getByRole('button', { name: /Oksygenmetning/ })
      assert.match(await saturation.innerText(), /86[\s\S]*utenfor egen grense/)
      assert.equal(await saturation.getAttribute('aria-pressed'), 'true', 'what is outside is drawn first')
      await home(page)
        .getByText(/Egen grense: minst 88 %/)
        .waitFor()
      await home(page)
        .getByRole('img', { name: /Forløp for Oksygenmetning/ })
        .waitFor()
      for (const words of ['Helse Vest RHF', 'Digital hjemmeoppfølging', 'Måleutstyr hjemme'])
        await home(page).getByText(words).first().waitFor()
      await inspect(page, 'gunnar')

      await home(page).getByRole('button', { name: /^Puls/ }).focus()
      await page.keyboard.press('Enter')
      await home(page)
        .getByText(/Egen grense: høyst 100 per min/)
        .waitFor()
      await home(page).getByText('Vis tallene').click()
      assert.ok((await home(page).getByRole('row').count()) > 50, 'a row for each day')
      await inspect(page, 'gunnar-numbers')
      assert.deepEqual(errors, [])
      await context.close()
    })
  }

  test('a platform sends a measurement and an alarm, corrects, and the nurse sees each when she fetches again', async () => {
    const { number, identifier } = await it.patient(21)
    const { page, context, errors } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await find(page, number)
    await panelsLoaded(page)
    assert.equal(await stateOf(page), 'unknown')
    await home(page).getByText('Personen kan likevel måle hjemme.').waitFor()
    await inspect(page, 'unknown')

    const platform = it.vendor('fjordjournal-ehr', BERGEN, scope)
    const sent = measurement(identifier, BERGEN, 172, 2)
    assert.equal((await platform.post('home-monitoring/Observation', sent)).status, 201)
    const kept = await platform.post('home-monitoring/$vkp-alarm', alarm(identifier))
    assert.equal(kept.status, 201, JSON.stringify(kept.body))
    const again = async () => {
      await page.getByRole('button', { name: 'Hent på nytt' }).click()
      await panelsLoaded(page)
    }
    await again()
    await home(page)
      .getByRole('button', { name: /^Puls[\s\S]*172/ })
      .waitFor()
    await home(page).getByText('Pulsoksymeter P-12').waitFor()
    assert.match(await home(page).getByRole('region', { name: 'Varsler' }).innerText(), /Trygghetsalarm[\s\S]*meldt → kvittert/)
    await inspect(page, 'alarm')

    const corrected = { ...sent, status: 'corrected', valueQuantity: { ...sent.valueQuantity, value: 72 } }
    assert.equal((await platform.post('home-monitoring/Observation', corrected)).status, 200)
    await again()
    await home(page)
      .getByRole('button', { name: /^Puls[\s\S]*\b72/ })
      .waitFor()
    assert.equal(await home(page).getByText('172').count(), 0)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('what no agreement opens is withheld, in words', async () => {
    const { number, identifier } = await it.patient(22)
    const platform = it.vendor('tindejournal-ehr', OSLO, scope)
    assert.equal((await platform.post('home-monitoring/Observation', measurement(identifier, OSLO, 70, 3))).status, 201)
    const { page, context } = await openPortal(browser, it.system.baseUrl, { width: 320 })
    await signIn(page, 'nurse-bergen')
    await find(page, number)
    await panelsLoaded(page)
    assert.equal(await stateOf(page), 'withheld')
    await home(page).getByText('Det finnes noe som ingen avtale åpner for dere.').waitFor()
    await inspect(page, 'other-controller')
    await context.close()
  })

  test('while it loads it says so, and when it fails it says that, with a way to try again', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    let release = (): void => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route(route, async (request) => {
      await held
      await request.fulfill({ status: 503, contentType: 'application/json', body: '{"code":"unavailable"}' })
    })
    await find(page, (await it.patient(23)).number)
    await home(page).waitFor()
    assert.equal(await home(page).getAttribute('aria-busy'), 'true')
    release()
    await panelsLoaded(page)
    await inspect(page, 'failed')
    assert.match(await home(page).innerText(), /Prøv igjen/)
    await context.close()
  })

  test('words are there in nynorsk and English', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'gunnar')
    for (const [language, name, words] of [
      ['Nynorsk', 'Heimemålingar', 'utanfor eiga grense'],
      ['English', 'Home measurements', 'outside own threshold'],
    ] as const) {
      await page
        .getByRole('button', { name: language })
        .or(page.getByRole('link', { name: language }))
        .first()
        .click()
      await panel(page, name).getByText(words).first().waitFor()
    }
    await context.close()
  })
})

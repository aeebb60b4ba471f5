/**
 * What clinicians come for, each with the greatest number of presses it may take: the tasks that users were watched at. One nurse, one
 * browser, one after the other; typing is not counted, and a choice in a list is one press.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { numberOf, type Opened, openPortal, panel, panelsLoaded, patientName, personName } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser
let opened: Opened
let page: Page
let presses = 0

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
  opened = await openPortal(browser, it.system.baseUrl)
  page = opened.page
  await opened.context.grantPermissions(['clipboard-read', 'clipboard-write'])
})

after(async () => {
  await opened?.context.close()
  await browser?.close()
  await it?.close()
})

async function press(what: Locator): Promise<void> {
  presses += 1
  await what.click()
}

async function select(field: Locator, label: string): Promise<void> {
  presses += 1
  await field.selectOption({ label })
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const link = (name: string) => page.getByRole('link', { name, exact: true })
const answers = () => panel(page, 'Det viktigste')
const told = async (where: Locator) => (await where.innerText()).replaceAll(/\s+/g, ' ')
const heading = async (name: string) => await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function signIn(): Promise<void> {
  await press(page.getByRole('link', { name: 'Logg inn med HelseID' }))
  await press(page.getByRole('button', { name: personName('nurse-bergen') }))
}

async function close(): Promise<void> {
  await button('Lukk pasienten').click()
  await heading('Finn pasient')
}

const tasks: [task: string, most: number, run: () => Promise<void>][] = [
  [
    'sign in and choose a place of work',
    4,
    async () => {
      await signIn()
      await select(page.getByLabel('Enhet'), 'Bergen legevakt')
      await press(button('Fortsett'))
      await heading('Finn pasient')
    },
  ],
  [
    'sign in again at the place of last time',
    3,
    async () => {
      await opened.context.clearCookies()
      await page.goto(`${it.system.baseUrl}/clinician/`)
      await signIn()
      await press(page.getByRole('button', { name: 'Som sist: Bergen legevakt' }))
      await heading('Finn pasient')
    },
  ],
  [
    'meet both errors of an empty form in one round',
    1,
    async () => {
      await press(button('Åpne pasienten'))
      await page.locator('.field__error', { hasText: 'Skriv fødselsnummeret.' }).waitFor()
      await page.locator('.field__error', { hasText: 'Velg hvorfor du slår opp.' }).waitFor()
      await hasFocus(page.locator('#identity-number'))
    },
  ],
  [
    'open a patient by number',
    2,
    async () => {
      await page.getByLabel('Fødselsnummer').fill(numberOf('astrid'))
      await press(page.getByRole('radio', { name: 'Behandling', exact: true }))
      await press(button('Åpne pasienten'))
      await heading(patientName('astrid'))
      await panelsLoaded(page)
    },
  ],
  [
    'read whether she is allergic, and how badly',
    0,
    async () => assert.match(await told(answers()), /Penicilliner alvorlig, Anafylaktisk/),
  ],
  ['read NEWS2, and whether it is worse', 0, async () => assert.match(await told(answers()), /NEWS2 \d+ .*(→|sammenligne)/)],
  ['find whom to call', 0, async () => assert.ok((await answers().locator('a[href^="tel:"]').count()) > 0)],
  ['read what is withheld', 0, async () => assert.match(await told(answers()), /Holdt tilbake (Ingen avtale|Pasienten|Ingenting)/)],
  [
    'read the latest potassium, that it was changed, its interval and those before',
    0,
    async () => {
      const row = panel(page, 'Prøvesvar')
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name: /Kalium/ }) })
      assert.match(await told(row.first()), /mmol\/L 3,5–\d(,\d)? 4,1 endret/i)
      assert.ok((await row.first().locator('time').count()) > 1)
    },
  ],
  [
    'see three months on the timeline, and come to critical information from there',
    2,
    async () => {
      await press(link('Tidslinje'))
      await page.locator('.timeline__entry', { hasText: 'Escherichia coli' }).first().waitFor()
      await press(answers().getByRole('link', { name: 'Kritisk informasjon' }))
      await page.waitForFunction(() => document.activeElement?.id === 'panel-critical-information')
    },
  ],
  [
    'compare two days',
    2,
    async () => {
      await press(link('Sammenlign'))
      await press(button('Sammenlign'))
      await page.locator('[data-change="changed"]').first().waitFor()
    },
  ],
  [
    'copy what is shown',
    2,
    async () => {
      await link('Oversikt').click()
      await press(button('Kopier eller skriv ut'))
      await press(button('Kopier som tekst'))
      await page.getByRole('dialog').getByText('Kopiert.').waitFor()
      await page.keyboard.press('Escape')
    },
  ],
  [
    'open with emergency access',
    2,
    async () => {
      await press(button('Nødtilgang').first())
      await page.getByLabel('Hvorfor trenger du tilgang nå?').fill('Bevisstløs, ingen andre kilder')
      await press(button('Åpne med nødtilgang'))
      await page.getByText('Vist med nødtilgang').first().waitFor()
    },
  ],
  [
    'fetch the list of the unit',
    1,
    async () => {
      await close()
      await press(button('Hent listen'))
      await page.locator('.worklist__row').nth(13).waitFor()
    },
  ],
  [
    'open somebody of the list',
    1,
    async () => {
      await press(page.getByRole('button', { name: `Åpne ${patientName('berit')}` }))
      await heading(patientName('berit'))
      await panelsLoaded(page)
    },
  ],
  [
    'go back to the patient before',
    1,
    async () => {
      await close()
      await press(page.getByRole('region', { name: 'Sist åpnet' }).getByRole('button', { name: patientName('astrid') }))
      await heading(patientName('astrid'))
      await panelsLoaded(page)
    },
  ],
  [
    'type a number that nobody has, and type again at once',
    1,
    async () => {
      await close()
      await page.getByLabel('Fødselsnummer').fill('05774700')
      await press(button('Åpne pasienten'))
      await page.locator('.field__error', { hasText: 'For få siffer. Skriv 11.' }).waitFor()
      assert.equal(await page.evaluate(() => window.getSelection()?.toString()), '05774700')
    },
  ],
  [
    'change the place of work, or stay',
    4,
    async () => {
      await press(button('Bytt arbeidssted'))
      await press(button('Bli der du er'))
      await heading('Finn pasient')
      await button('Bytt arbeidssted').click()
      await select(page.getByLabel('Enhet'), 'Bergen sykehjem')
      await press(button('Fortsett'))
      await page.getByRole('heading', { name: 'Pasienter på Bergen sykehjem' }).waitFor()
      // Who was open at the place before is not offered here.
      assert.equal(await page.getByRole('region', { name: 'Sist åpnet' }).count(), 0)
    },
  ],
]

describe('the tasks of a clinician', () => {
  for (const [task, most, run] of tasks)
    test(`${task}: ${most} presses at most`, async () => {
      presses = 0
      await run()
      assert.ok(presses <= most, `${presses} presses`)
    })

  test('nothing but codes of organisations and analyses is kept in the browser, and pages fit at four widths', async () => {
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    assert.doesNotMatch(kept, /\d{11}|Haugland|Dahl|Solheim/)
    for (const width of [1440, 1024, 390, 320]) {
      await page.setViewportSize({ width, height: 900 })
      assert.equal(await sidewaysScroll(page), 0, String(width))
      await screenshot(page, `tasks-find-${width}`)
    }
    assert.deepEqual(opened.errors, [])
  })
})

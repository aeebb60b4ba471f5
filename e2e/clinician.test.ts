/** The clinician portal as a person meets it: the whole system, a real browser, the made-up people of the seed. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createLog } from '@helsevev/kernel/log/log'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { parseEnvironment } from '@helsevev/server/env'
import { world } from '@helsevev/server/seed/index'
import { type System, startSystem } from '@helsevev/server/system'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'

const seeded = world()
const data = mkdtempSync(join(tmpdir(), 'helsevev-e2e-'))
let database: TestDatabase
let system: System
let browser: Browser

before(async () => {
  database = await testDatabase()
  const environment = parseEnvironment({
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER_PORT: '0',
    HELSEVEV_DATA: data,
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
  })
  assert.ok(!('sentences' in environment))
  system = await startSystem({ environment, log: createLog('silent') })
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  await system?.close()
  await database?.close()
  rmSync(data, { recursive: true, force: true })
})

const numberOf = (id: string) => seeded.patients.find((patient) => patient.id === id)?.identifiers.at(-1)?.value ?? ''
const nameOf = (id: string) => seeded.people.find((person) => person.id === id)?.name ?? ''

async function open(
  options: { width?: number; path?: string } = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[]; addresses: string[] }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: 900 },
    locale: 'nb-NO',
    timezoneId: 'Europe/Oslo',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const errors: string[] = []
  const addresses: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on(
    'console',
    (message) => message.type() === 'error' && !/status of (403|404|422)/.test(message.text()) && errors.push(message.text()),
  )
  page.on('request', (request) => addresses.push(request.url()))
  await page.goto(`${system.baseUrl}${options.path ?? '/clinician/'}`)
  return { page, context, errors, addresses }
}

async function signIn(page: Page, person: string): Promise<void> {
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).click()
  await page.getByRole('button', { name: nameOf(person) }).click()
  await page.waitForURL(`${system.baseUrl}/clinician/**`)
}

async function find(page: Page, identityNumber: string, purpose = 'Behandling'): Promise<void> {
  await page.getByLabel('Fødselsnummer').fill(identityNumber)
  await page.getByRole('radio', { name: purpose, exact: true }).check()
  await page.getByRole('button', { name: 'Åpne pasienten' }).click()
}

async function openPatient(page: Page, id: string): Promise<void> {
  await find(page, numberOf(id))
  await page.getByRole('heading', { level: 1, name: 'Pasient', exact: true }).waitFor()
  await page.waitForFunction(
    () => document.querySelectorAll('.panel[aria-busy="false"]').length === document.querySelectorAll('.panel').length,
  )
}

const panel = (page: Page, name: string) => page.getByRole('region', { name })

test('the out-of-hours nurse sees municipal services and NEWS2, each with source, unit and time', async () => {
  const { page, context, errors } = await open()
  await screenshot(page, 'sign-in-1440')
  await signIn(page, 'nurse-bergen')
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  await screenshot(page, 'find-1440')
  await openPatient(page, 'astrid')
  await screenshot(page, 'patient-astrid-1440')

  const services = panel(page, 'Kommunale tjenester')
  await services.getByText('Helsetjenester i hjemmet').first().waitFor()
  await services.getByText('Bergen kommune').first().waitFor()
  await services.getByText('Bergen hjemmetjenesten').first().waitFor()
  const news2 = panel(page, 'NEWS2')
  for (const controller of ['Helse Vest RHF', 'Bergen kommune', 'Helse Nord RHF'])
    await news2.getByText(controller).first().waitFor({ state: 'attached' })
  assert.ok((await news2.locator('time').count()) > 0)
  assert.ok((await services.locator('time').count()) > 0)

  const strip = page.getByRole('region', { name: 'Oppslaget' })
  for (const words of ['Bergen kommune', 'Behandling', 'Oppslag logges']) await strip.getByText(words).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('what is withheld, unknown, and nothing at all are told apart in words', async () => {
  const { page, context, errors } = await open()
  await signIn(page, 'nurse-bergen')
  const rows: [string, string, string][] = [
    ['kjell', 'Kommunale tjenester', 'withheld'],
    ['signe', 'Kommunale tjenester', 'unknown'],
    ['per', 'Kommunale tjenester', 'none'],
    ['signe', 'NEWS2', 'unknown'],
    ['kjell', 'NEWS2', 'withheld'],
  ]
  const said = new Set<string>()
  for (const [id, name, state] of rows) {
    await openPatient(page, id)
    const shown = panel(page, name).locator('[data-state]').first()
    assert.equal(await shown.getAttribute('data-state'), state, `${id}, ${name}`)
    said.add(`${name}: ${await shown.innerText()}`)
    await screenshot(page, `patient-${id}-1440`)
    await page.getByRole('button', { name: 'Lukk pasienten' }).click()
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  }
  assert.equal(said.size, rows.length)
  assert.deepEqual(errors, [])
  await context.close()
})

test('a wrong number is explained, and a person nobody knows is not opened', async () => {
  const { page, context, errors } = await open()
  await signIn(page, 'nurse-bergen')
  const field = page.getByLabel('Fødselsnummer')
  const unknown = '01705012314'
  assert.equal(
    seeded.patients.some(({ identifiers }) => identifiers.some(({ value }) => value === unknown)),
    false,
  )
  for (const [typed, words] of [
    ['', 'Skriv fødselsnummeret.'],
    ['0170501231', 'Det mangler noen.'],
    ['01705012315', 'Kontrollsifrene stemmer ikke.'],
    [unknown, 'Personen finnes ikke i registeret her.'],
  ] as const) {
    await find(page, typed)
    await page.getByText(words).first().waitFor()
    assert.equal(await field.evaluate((element) => element === document.activeElement), true, typed)
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
  }
  await screenshot(page, 'find-unknown-1440')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Tilbake til pasienten' }).count(), 0)
  assert.deepEqual(errors, [])
  await context.close()
})

test('the identity number stands in no address, title, storage or page', async () => {
  const { page, context, addresses } = await open()
  await signIn(page, 'nurse-bergen')
  await openPatient(page, 'gunnar')
  const number = numberOf('gunnar')
  await page.reload()
  await panel(page, 'NEWS2').waitFor()
  assert.equal(new URL(page.url()).pathname, '/clinician/patient')
  const kept = await page.evaluate(() =>
    JSON.stringify([document.title, { ...localStorage }, { ...sessionStorage }, document.cookie, document.body.innerText, history.state]),
  )
  assert.equal(kept.includes(number), false)
  assert.equal(
    addresses.some((address) => address.includes(number)),
    false,
  )
  const cookies = await context.cookies(`${system.baseUrl}/clinician/`)
  const [session] = cookies.filter(({ name }) => name.includes('helsevev-clinician'))
  assert.deepEqual([session?.httpOnly, session?.sameSite], [true, 'Strict'])
  await context.close()
})

test('after sign-out neither the back button nor the address shows the patient', async () => {
  const { page, context } = await open()
  await signIn(page, 'nurse-bergen')
  await openPatient(page, 'astrid')
  await page.getByRole('button', { name: 'Logg ut' }).click()
  // The issuer asks, because the portal puts no token into an address to show whose session it is.
  await page.waitForURL((url) => url.origin === system.issuer)
  await page.getByRole('button', { name: 'Logg ut' }).click()
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
  for (const go of [() => page.goBack(), () => page.goto(`${system.baseUrl}/clinician/patient`)]) {
    await go()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByText('Kommunale tjenester').count(), 0)
  }
  await context.close()
})

test('a source that does not answer is told as such, can be tried again, and does not wipe what was fetched before', async () => {
  const { page, context } = await open()
  await signIn(page, 'nurse-bergen')
  await page.route('**/api/panels/news2', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }), { times: 1 })
  await openPatient(page, 'berit')
  const news2 = panel(page, 'NEWS2')
  assert.equal(await news2.locator('[data-state]').getAttribute('data-state'), 'unavailable')
  await screenshot(page, 'patient-unavailable-1440')
  await news2.getByRole('button', { name: 'Prøv igjen' }).click()
  await news2.getByText('Siste skåring').first().waitFor()
  await page.route('**/api/panels/news2', (route) => route.abort(), { times: 1 })
  await page.getByRole('button', { name: 'Hent på nytt' }).click()
  await news2.locator('[data-state="stale"]').waitFor()
  assert.ok(await news2.getByText('Siste skåring').first().isVisible())
  await page.route('**/api/panels/news2', (route) => route.fulfill({ status: 403, json: { code: 'refused', reason: 'no-agreement' } }), {
    times: 1,
  })
  await page.getByRole('button', { name: 'Hent på nytt' }).click()
  await news2.getByText('Ingen avtale om deling åpner denne tjenesten').waitFor()
  assert.equal(await news2.getByText('Siste skåring').count(), 0)
  await context.close()
})

test('when another window opens another patient, this one stops showing the first', async () => {
  const { page, context } = await open()
  await signIn(page, 'nurse-bergen')
  await openPatient(page, 'astrid')
  const other = await context.newPage()
  await other.goto(`${system.baseUrl}/clinician/`)
  await openPatient(other, 'gunnar')
  await page.getByRole('heading', { level: 1, name: 'En annen pasient er åpnet' }).waitFor()
  assert.equal(await page.getByText('Kommunale tjenester').count(), 0)
  await page.getByRole('button', { name: 'Gå til finn pasient' }).click()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  await context.close()
})

test('a sign-in that is cancelled, and one without an HPR number, are explained', async () => {
  const { page, context } = await open()
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).click()
  await page.getByRole('button', { name: 'Avbryt' }).click()
  await page.getByText('Innloggingen ble avbrutt.').waitFor()
  await signIn(page, 'caseworker-oslo')
  await page.getByText('Du er ikke registrert i Helsepersonellregisteret').waitFor()
  assert.equal(new URL(page.url()).search, '')
  await context.close()
})

test('someone who works in two places chooses one, and can change it', async () => {
  const { page, context, errors } = await open()
  await signIn(page, 'nurse-bodo')
  await page.getByRole('heading', { level: 1, name: 'Velg virksomhet' }).waitFor()
  await screenshot(page, 'organization-1440')
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await page.getByText('Velg virksomheten du arbeider for nå.').waitFor()
  await page.getByRole('radio', { name: 'Bodø kommune' }).check()
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await openPatient(page, 'ivan')
  await page.getByRole('button', { name: 'Bytt virksomhet' }).click()
  await page.getByRole('radio', { name: 'Helse Nord RHF' }).check()
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  await page.getByRole('region', { name: 'Oppslaget' }).getByText('Helse Nord RHF').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Tilbake til pasienten' }).count(), 0)
  assert.deepEqual(errors, [])
  await context.close()
})

test('the whole way is walked with the keyboard, and the focus is always somewhere sensible', async () => {
  const { page, context } = await open()
  const focused = () => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
  await page.keyboard.press('Tab')
  assert.match(await focused(), /Hopp til hovedinnholdet/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.match(await focused(), /Logg inn med HelseID/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: nameOf('nurse-bergen') }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Fødselsnummer').waitFor()
  await page.keyboard.press('Tab')
  assert.match(await focused(), /Hopp til hovedinnholdet/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.match(await focused(), /^INPUT/)
  await page.keyboard.type(numberOf('astrid'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/clinician/patient')
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  await page.getByRole('region', { name: 'Oppslaget' }).getByText('Akutt behandling').waitFor()
  await page.keyboard.press('Shift+Tab')
  assert.match(await focused(), /Lukk pasienten/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  assert.match(await focused(), /^H1 Finn pasient/)
  await context.close()
})

test('the screen is in the language the person chose, and stays so', async () => {
  const { page, context } = await open()
  await page.getByRole('button', { name: 'Nynorsk' }).click()
  await page.getByText('For helsepersonell som treng å sjå').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.reload()
  await page.getByRole('link', { name: 'Sign in with HelseID' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB')
  await context.close()
})

for (const width of [1440, 320]) {
  test(`no page at ${width} pixels has a serious finding of axe or scrolls sideways`, async () => {
    const { page, context } = await open({ width })
    const findings: unknown[] = []
    async function inspect(name: string) {
      const [serious, sideways] = [await axeSerious(page), await sidewaysScroll(page)]
      if (serious.length > 0 || sideways > 0) findings.push({ name, serious, sideways })
      await screenshot(page, `${name}-${width}`)
    }
    await page.getByRole('heading', { level: 1 }).waitFor()
    await inspect('sign-in')
    await signIn(page, 'nurse-bergen')
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    await inspect('find')
    await find(page, '01705012315')
    await page.getByText('Kontrollsifrene stemmer ikke.').first().waitFor()
    await inspect('find-error')
    for (const id of ['astrid', 'berit', 'kjell']) {
      await openPatient(page, id)
      await inspect(`patient-${id}`)
      // 200 % zoom halves the width there is.
      await page.setViewportSize({ width: Math.max(320, width / 2), height: 900 })
      assert.equal(await sidewaysScroll(page), 0)
      await page.setViewportSize({ width, height: 900 })
      await page.getByRole('button', { name: 'Lukk pasienten' }).click()
      await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    }
    assert.deepEqual(findings, [])
    await context.close()
  })
}

/** The list of the unit in the clinician portal: the whole system, a real browser, the made-up people of the seed. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { choosePlace, closePatient, numberOf, openPatient, openPortal, panelsLoaded, patientName, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const BERGEN = '964338531'
const LEGEVAKT = '973925032'
const place = 'http://helsevev.no/fhir/StructureDefinition/worklist-place'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const open = (width?: number) => openPortal(browser, it.system.baseUrl, width === undefined ? {} : { width })

async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  await screenshot(page, `${name}-${width}`)
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
}

const list = (page: Page) => page.getByRole('region', { name: /^Pasienter på/ })
const rowOf = (page: Page, id: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Åpne ${patientName(id)}`, exact: true }) })
const names = async (page: Page) =>
  (
    await list(page)
      .getByRole('button', { name: /^Åpne / })
      .allInnerTexts()
  ).map((text) => text.trim())

async function fetchList(page: Page, purpose = 'Behandling'): Promise<void> {
  await page.getByRole('radio', { name: purpose, exact: true }).check()
  await page.getByRole('button', { name: 'Hent listen', exact: true }).click()
  await list(page).getByRole('list', { name: 'Pasientene på listen' }).waitFor()
}

describe('the list of the unit', { concurrency: 2 }, () => {
  test('the nurse sees who is at the clinic and what there is about each, worst first, and opens one with one press', async () => {
    const { page, context, errors, addresses } = await open()
    await signIn(page, 'nurse-bergen')
    await inspect(page, 'worklist-before')
    await page.getByRole('button', { name: 'Hent listen', exact: true }).click()
    await page.getByText('Velg hvorfor du slår opp.').first().waitFor()
    await hasFocus(page.getByRole('radio', { name: 'Behandling', exact: true }))
    await fetchList(page)
    await inspect(page, 'worklist')
    const rows = await list(page)
      .locator('.worklist__row')
      .evaluateAll((all) => all.map((row) => row.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })))
    const height = (rows.at(-1)?.bottom ?? 0) - (rows[0]?.top ?? 0)
    assert.ok(rows.length >= 14 && height <= 800, `${rows.length} patients in ${height} px`)

    const words = async (id: string) => (await rowOf(page, id).innerText()).replaceAll(/\s+/g, ' ')
    assert.match(await words('astrid'), /^Rom 1 Astrid Haugland 8\d år, kvinne, kom for .+ siden NEWS2 .+ for 3 timer siden/)
    assert.match(await words('signe'), /Ikke kjent: .*NEWS2/)
    assert.match(await words('rolf'), /^Akuttrom Rolf Sande .* NEWS2 \d+ Høyt \(7 eller mer\) .*↑ 7 → \d+, høyere enn skåren /)
    assert.match(await words('kjell'), /Holdt tilbake: NEWS2, Kommunale tjenester/)
    for (const id of ['torbjorn', 'ragnhild']) assert.match(await words(id), /Holdt tilbake: .*NEWS2/, id)
    assert.match(await words('vigdis'), /Holdt tilbake: /)
    assert.doesNotMatch(await words('vigdis'), /Opplysninger finnes/)
    assert.match(await words('amina'), /NEWS2 Uten nivå/)
    // Worse by what was measured at home than by the last score: the list shows what the page of the patient does.
    assert.match(await words('gunnar'), /NEWS2 [56] Middels \(5–6\) .*beregnet.* 0 → [56], høyere .*Utenfor egen/)
    await list(page).getByText('Én pasient i journalsystemet er ukjent her.').waitFor()

    const level = async () =>
      (await list(page).locator('.worklist__row').allInnerTexts()).map((text) =>
        ['Høyt', 'Middels', 'middels (3', 'Lavt'].findIndex((word) => text.includes(word) && !text.includes('eldre enn')),
      )
    const found = (await level()).map((at) => (at < 0 ? 9 : at))
    assert.deepEqual(
      found,
      found.toSorted((a, b) => a - b),
    )

    await page.getByRole('button', { name: `Åpne ${patientName('astrid')}` }).click()
    await page.getByRole('heading', { level: 1, name: patientName('astrid') }).waitFor()
    await panelsLoaded(page)
    await page.getByRole('region', { name: 'Oppslaget' }).getByText('Behandling').waitFor()
    // Coming back asks nothing of anybody.
    const asked = addresses.length
    await closePatient(page)
    await rowOf(page, 'berit').waitFor()
    assert.deepEqual(
      addresses.slice(asked).filter((address) => /worklist|has-data/.test(address)),
      [],
    )
    for (const id of ['astrid', 'berit']) assert.ok(!`${addresses.join()}${await page.content()}`.includes(numberOf(id)))
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('the patient reads who listed them, who read the list and that nothing was opened; once opened, where they were', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    await fetchList(page, 'Akutt behandling')
    await page.getByRole('button', { name: `Åpne ${patientName('gunnar')}` }).click()
    await page.getByRole('heading', { level: 1, name: patientName('gunnar') }).waitFor()
    await panelsLoaded(page)
    await context.close()
    const { sql } = it.system.database
    const rows = await sql<{ event: string; service: string; purpose: string | null; reason: string | null; at: string | null }[]>`
      select l.event, l.service, l.purpose, l.reason, a.patient_point_of_care as at
      from access_log l left join log_attestation a on a.id = l.attestation
      where l.patient = (select patient from person_identifier where value = ${numberOf('gunnar')}) and l.purpose = 'ETREAT' order by l.at`
    assert.deepEqual(
      rows.filter(({ service }) => service === 'worklist').map(({ reason, at }) => [reason, at]),
      [[`stood on the list of unit ${LEGEVAKT}`, null]],
    )
    assert.match(rows.find(({ event }) => event === '$has-data')?.reason ?? '', /news2: some \(/)
    const opened = rows.filter(({ service }) => service === 'news2')
    assert.ok(opened.length > 0 && opened.every(({ at }) => at === LEGEVAKT))
  })

  test('the list is sorted, searched and fetched again; script in a place is text', async () => {
    const { page, context, errors } = await open()
    await signIn(page, 'nurse-bergen', 'Bergen sykehjem')
    await page.getByRole('radio', { name: 'Behandling', exact: true }).check()
    await page.getByRole('button', { name: 'Hent listen', exact: true }).click()
    await list(page).getByText('Enheten har ingen liste her').waitFor()
    await inspect(page, 'worklist-none-sent')
    const unit = (await it.system.database.sql<{ number: string }[]>`select number from organization where name = 'Bergen sykehjem'`)[0]
      ?.number
    const ehr = it.vendor('fjordjournal-ehr', BERGEN, 'helsevev:worklist/write')
    const entry = (id: string, room?: string) => ({
      ...(room ? { extension: [{ url: place, valueString: room }] } : {}),
      item: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: numberOf(id) } },
    })
    const send = async (entries: object[], ago = 0) =>
      await ehr.put(`List/${unit}`, {
        resourceType: 'List',
        status: 'current',
        mode: 'snapshot',
        date: new Date(Date.now() - ago).toISOString(),
        ...(entries.length > 0 ? { entry: entries } : {}),
      })
    const hours = 3_600_000
    assert.equal((await send([entry('per', 'Rom 10'), entry('berit', '<img src=x>'), entry('gunnar', 'Rom 9')], 5 * hours)).status, 200)
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Listen er gammel').waitFor()
    await inspect(page, 'worklist-out-of-date')
    await list(page).getByText('<img src=x>').waitFor()
    const by = async (order: string) => {
      await page.getByLabel('Rekkefølge').selectOption({ label: order })
      return await names(page)
    }
    assert.deepEqual(await by('Etternavn'), ['berit', 'per', 'gunnar'].map(patientName))
    assert.deepEqual(await by('Rom'), ['berit', 'gunnar', 'per'].map(patientName))
    assert.deepEqual(await by('Som i journalsystemet'), ['per', 'berit', 'gunnar'].map(patientName))
    await page.getByLabel('Finn etter navn, fødselsdato eller rom').fill('rom 1')
    assert.deepEqual(await names(page), [patientName('per')])
    await page.getByText('Viser 1 av 3').last().waitFor()
    await page.getByLabel('Finn etter navn, fødselsdato eller rom').fill('nobody')
    await list(page).getByText('Ingen på listen har det navnet').waitFor()
    await page.getByLabel('Finn etter navn, fødselsdato eller rom').fill('')

    await page.route('**/api/worklist', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Listen under er fra kl.').waitFor()
    assert.equal((await names(page)).length, 3)
    await inspect(page, 'worklist-stale')
    await page.route('**/api/worklist', (route) => route.fulfill({ status: 403, json: { code: 'refused', reason: 'role-not-open' } }), {
      times: 1,
    })
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Tjenesten er ikke åpen for yrkesgruppen din').waitFor()
    assert.equal((await names(page)).length, 0)
    await inspect(page, 'worklist-refused')

    await page.route(
      '**/api/worklist',
      async (route) => {
        const response = await route.fetch()
        const answer = await response.json()
        for (const row of answer.rows) row.services = []
        await route.fulfill({ response, json: { ...answer, missing: { code: 'unavailable' } } })
      },
      { times: 1 },
    )
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Ukjent hva som finnes om pasientene').waitFor()
    assert.equal((await names(page)).length, 3)
    await inspect(page, 'worklist-partial')

    await send([entry('gunnar')])
    // Who has left since the list was fetched is still opened by its row until it is fetched again; then the row is gone.
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Viser 1 av 1').waitFor()
    assert.deepEqual(await names(page), [patientName('gunnar')])
    await send([])
    await page.getByRole('button', { name: 'Hent listen på nytt' }).click()
    await list(page).getByText('Ingen pasienter på listen').waitFor()
    await inspect(page, 'worklist-empty')
    assert.deepEqual(
      errors.filter((text) => !text.includes('ERR_FAILED')),
      [],
    )
    await context.close()
  })

  test('no list is fetched unasked: not with a purpose chosen before, after a reload, or at another place of work', async () => {
    const { page, context, addresses } = await open()
    await signIn(page, 'nurse-bergen')
    const asked = () => addresses.filter((address) => address.endsWith('/api/worklist')).length
    const nothingYet = async (unit: string) => {
      await page.getByRole('heading', { name: `Pasienter på ${unit}` }).waitFor()
      await page.getByRole('button', { name: 'Hent listen', exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
      assert.equal(await page.getByText(patientName('berit')).count(), 0)
    }
    await openPatient(page, 'signe')
    await closePatient(page)
    await nothingYet('Bergen legevakt')
    assert.equal(asked(), 0)
    await fetchList(page)
    await page.reload()
    await nothingYet('Bergen legevakt')
    assert.equal(await page.getByRole('radio', { name: 'Behandling', exact: true }).isChecked(), true)
    await page.getByRole('button', { name: 'Bytt arbeidssted' }).click()
    await choosePlace(page, 'Bergen dagsenter')
    await nothingYet('Bergen dagsenter')
    assert.equal(asked(), 1)
    await page.getByRole('button', { name: 'Hent listen', exact: true }).click()
    await list(page).getByText('Enheten har ingen liste her').waitFor()
    await context.close()
  })

  test('with the keyboard alone: why, the list, and a patient', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    const focused = () =>
      page.evaluate(
        () =>
          `${document.activeElement?.tagName} ${document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent}`,
      )
    const tabTo = async (expected: RegExp) => {
      for (let step = 0; step < 30; step++) {
        await page.keyboard.press('Tab')
        if (expected.test(await focused())) return
      }
      assert.match(await focused(), expected)
    }
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    // The number stands first, then why.
    await page.keyboard.press('Tab')
    await hasFocus(page.locator('#identity-number'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await tabTo(/Hent listen/)
    await page.keyboard.press('Enter')
    await rowOf(page, 'berit').waitFor()
    await page
      .getByRole('status')
      .or(page.locator('[aria-live]'))
      .filter({ hasText: 'Listen er hentet.' })
      .first()
      .waitFor({ state: 'attached' })
    await page.getByLabel('Finn etter navn, fødselsdato eller rom').focus()
    await tabTo(new RegExp(`Åpne ${patientName('berit')}`))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: patientName('berit') }).waitFor()
    await context.close()
  })

  test('on a phone, a tablet and zoomed in the list fits, in all three languages', async () => {
    const { page, context } = await open(320)
    await signIn(page, 'nurse-bergen')
    await fetchList(page)
    await inspect(page, 'worklist')
    for (const language of ['Nynorsk', 'English']) {
      await page.getByRole('button', { name: language }).click()
      await inspect(page, `worklist-${language}`)
    }
    for (const width of [640, 768, 1024]) {
      await page.setViewportSize({ width, height: 900 })
      assert.equal(await sidewaysScroll(page), 0, String(width))
      await screenshot(page, `worklist-${width}`)
    }
    await context.close()
  })
})

/**
 * Critical information as a clinician meets it: the answer on the first screen, the panel; and another organisation's entry at once. And
 * the medication list and prescriptions, with the same system and browser.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { bodo } from '@helsevev/server/seed/organizations'
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { find, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const OSLO = '958935420'
const route = '**/api/panels/critical-information'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const critical = (page: Page) => panel(page, 'Kritisk informasjon')
const prescriptions = (page: Page) => panel(page, 'Resepter')
const medicines = (page: Page) => panel(page, 'Legemiddelliste')
const answer = (page: Page) =>
  panel(page, 'Det viktigste')
    .locator('.answers__answer')
    .filter({ has: page.getByRole('link', { name: 'Kritisk informasjon' }) })

const coding = (list: number, code: string, display: string) => ({
  coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code, display }],
})
const hl7 = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/allergyintolerance-${system}`, code }],
})
const peanut = (identifier: object) => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('clinical', 'active'),
  verificationStatus: hl7('verification', 'confirmed'),
  category: ['food'],
  criticality: 'high',
  code: coding(7514, '10', 'Peanøtt'),
  patient: { identifier },
  reaction: [{ manifestation: [coding(7497, '1', 'Anafylaktisk reaksjon')] }],
})

async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
  await screenshot(page, `critical-${name}-${width}`)
}

/** `24.12.2025`, so many days ago. */
function dayBefore(days: number): string {
  const [year, month, day] = dayInNorway(new Date(Date.now() - days * 86_400_000)).split('-')
  return `${day}.${month}.${year}`
}

/** What stands on the paper that a button prints. */
async function paperOf(page: Page, print: () => Promise<void>): Promise<string> {
  await page.evaluate(() => Object.assign(window, { print: () => undefined }))
  await print()
  await page.locator('.paper-sheet').waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('body').innerText()
  await screenshot(page, `paper-${page.viewportSize()?.width}`)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  return paper
}

describe('critical information in the clinician portal', { concurrency: 2 }, () => {
  for (const width of [1440, 320]) {
    test(`at ${width} px what is in force is told on the first screen, once, and leads to the entries`, async () => {
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width })
      await signIn(page, 'nurse-bergen')
      await openPatient(page, 'astrid')
      const alert = answer(page).getByRole('alert')
      for (const label of ['Penicilliner', 'Antikoagulasjonsbehandling', 'Pacemaker']) {
        await alert.getByText(label).waitFor()
        await critical(page).getByRole('heading', { name: label }).waitFor()
      }
      const first = critical(page).getByRole('article').first()
      for (const words of ['Legemiddelreaksjon', 'Penicilliner', 'Alvorlig', 'Anafylaktisk reaksjon', 'Helse Vest RHF'])
        await first.getByText(words).first().waitFor()
      await inspect(page, 'some')
      assert.equal(await page.getByRole('alert').count(), 1)
      await answer(page).getByRole('link', { name: 'Kritisk informasjon' }).click()
      assert.ok(await critical(page).getByRole('heading', { level: 2 }).isVisible())
      await hasFocus(page.locator('#panel-critical-information'))
      assert.deepEqual(errors, [])
      await context.close()
    })
  }

  test('what was refuted is kept under what applies, and raises no alert by itself', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'olav')
    await answer(page).getByRole('alert').waitFor()
    assert.equal(await answer(page).getByText('Paracetamol').count(), 0)
    assert.equal(await critical(page).getByText('Paracetamol').isVisible(), false)
    await critical(page).getByText('Vis 1 som ikke gjelder nå').click()
    const refuted = critical(page).getByRole('article').filter({ hasText: 'Paracetamol' })
    await refuted.getByText('Avkreftet', { exact: true }).waitFor()
    await inspect(page, 'refuted')
    await context.close()
  })

  test('where nobody has registered anything there is no alert, and the panel does not say that there is none', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { width: 320 })
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'signe')
    assert.equal(await critical(page).locator('[data-state]').getAttribute('data-state'), 'unknown')
    assert.equal(await answer(page).getByRole('alert').count(), 0)
    await answer(page).getByText('Ikke kjent: ingen har delt her').waitFor()
    await inspect(page, 'unknown')
    await context.close()
  })

  test('when the service does not answer, or holds back, the first screen says so', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    for (const [status, words] of [
      ['unavailable', 'Ikke kjent: kilden svarer ikke'],
      ['withheld', 'Holdt tilbake'],
    ] as const) {
      await page.route(
        route,
        async (asked) => {
          const response = await asked.fetch()
          const answer = await response.json()
          await asked.fulfill({ response, json: { ...answer, status, data: { entries: [], partial: false } } })
        },
        { times: 1 },
      )
      if (status === 'unavailable') await openPatient(page, 'astrid')
      else await page.getByRole('button', { name: 'Hent på nytt' }).click()
      await answer(page).getByText(words, { exact: true }).waitFor()
      assert.equal(await page.getByRole('alert').count(), 0)
      await inspect(page, status)
    }
    await context.close()
  })

  for (const width of [1440, 320])
    test(`at ${width} px what can be dispensed comes first, with what is left; what was recalled is folded, with the reason`, async () => {
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width })
      await signIn(page, 'nurse-bergen')
      await openPatient(page, 'astrid')
      const open = prescriptions(page).getByRole('article').filter({ hasText: 'Metoprolol' })
      for (const words of ['Ekspederbar', '1 tablett morgen', '2 av 4 pakninger', 'Bryggen apotek', 'Helse Vest RHF'])
        await open.getByText(words).first().waitFor()
      assert.equal(await open.getByText('Bryggen apotek').count(), 2)
      assert.equal(await prescriptions(page).getByText('Ibux').isVisible(), false)
      await prescriptions(page).getByText('Vis 1 som er utløpt eller avsluttet').click()
      const recalled = prescriptions(page).getByRole('article').filter({ hasText: 'Ibux' })
      for (const words of ['Tilbakekalt', 'Seponert', 'Svar: tilbakekalt', 'Får antikoagulasjonsbehandling.'])
        await recalled.getByText(words).first().waitFor()
      await page.evaluate(() => scrollTo(0, 0))
      await inspect(page, 'prescriptions')
      const taken = medicines(page).getByRole('article')
      for (const words of ['1 tablett morgen og kveld', 'Ida Moe', 'blodfortynnende'])
        await taken.filter({ hasText: 'Eliquis' }).getByText(words).first().waitFor()
      assert.equal(await taken.filter({ hasText: 'Ibux' }).isVisible(), false)
      await medicines(page).getByText('Vis 1 seponert').click()
      await taken.filter({ hasText: 'Ibux' }).getByText('Interaksjon med annet legemiddel').waitFor()
      await medicines(page).scrollIntoViewIfNeeded()
      await inspect(page, 'medicines')
      await page.getByRole('button', { name: 'Lukk pasient' }).first().click()
      await openPatient(page, 'liv')
      const locked = prescriptions(page).getByRole('article').filter({ hasText: 'Låst resept' })
      await locked.getByText('Innholdet vises bare med referansenummer.').waitFor()
      assert.doesNotMatch(await locked.innerText(), /Paracet|83620417|tablett/)
      assert.deepEqual(errors, [])
      await context.close()
    })

  for (const width of [1440, 320])
    test(`at ${width} px what to act on is first, the hand-over says what the hospital changed, and an earlier day is marked`, async () => {
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width })
      await signIn(page, 'nurse-bergen')
      await openPatient(page, 'bodil')
      const list = medicines(page)
      const act = list.getByRole('region', { name: 'Se på først' })
      for (const words of [
        'samme virkestoff',
        'Furix Tab 40 mg',
        'Diural Tab 40 mg',
        'Resept uten linje på listen',
        'Listen er eldre enn den nyeste resepten',
      ])
        await act.getByText(words).first().waitFor()
      await list.getByText('Sist utlevert').waitFor()
      await list.scrollIntoViewIfNeeded()
      await inspect(page, 'medicines-act')
      await list.getByRole('button', { name: 'Overlevering' }).click()
      for (const words of [
        'Nytt (1)',
        'Endret (1)',
        'Avsluttet (1)',
        'Før: Ramipril Tab 2,5 mg',
        'Økt på grunn av hjertesvikt',
        'fallende nyrefunksjon',
        'Vis 2 uendrede',
      ])
        await list.getByText(words).first().waitFor()
      await inspect(page, 'medicines-hand-over')
      await list.getByRole('button', { name: 'Slik listen var' }).click()
      await list.getByLabel('Dag', { exact: true }).fill(dayBefore(30))
      await list.getByRole('button', { name: 'Vis listen', exact: true }).click()
      await list.getByText('Dette er ikke listen nå.').waitFor()
      await list.getByRole('article').filter({ hasText: 'Naproxen-E' }).waitFor()
      assert.equal(await list.getByText('Furix').count(), 0)
      await inspect(page, 'medicines-past')
      await list.getByRole('button', { name: 'Tilbake til listen nå' }).click()
      await page.getByRole('button', { name: 'Lukk pasient' }).first().click()
      await openPatient(page, 'ragnhild')
      for (const words of ['Tilsiktet', 'Ulik dose på hverdager og i helgen.', 'Frida Fossheim', 'I bruk, og resepten er utløpt'])
        await act.getByText(words).first().waitFor()
      await inspect(page, 'medicines-intended')
      const paper = await paperOf(page, () => list.getByRole('button', { name: 'Skriv ut pasientens liste' }).click())
      for (const words of ['Selo-Zok Depottab 100 mg', '1 tablett lørdag og søndag', 'mot lavt stoffskifte', 'Ragnhild Eide', 'Allergier:'])
        assert.ok(paper.includes(words), words)
      assert.doesNotMatch(paper, /Kritisk informasjon|Kilder|NEWS2|\d{11}/)
      assert.deepEqual(errors, [])
      await context.close()
    })

  test('an allergy that another organisation’s record system writes is on the nurse’s page when she fetches again', async (t) => {
    const { number, identifier } = await it.patient(9)
    const { page, context, errors } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-bergen')
    await find(page, number)
    await page.getByRole('heading', { level: 1, name: 'Navn ikke registrert' }).waitFor()
    await panelsLoaded(page)
    const ehr = it.vendor('tindejournal-ehr', OSLO, 'helsevev:critical-information/write')
    const start = performance.now()
    const posted = await ehr.post('critical-information/AllergyIntolerance', peanut(identifier))
    assert.equal(posted.status, 201, JSON.stringify(posted.body))
    const seen = page.waitForResponse((response) => response.url().includes('panels/critical-information'))
    await page.getByRole('button', { name: 'Hent på nytt' }).click()
    const body = await (await seen).text()
    const took = performance.now() - start
    assert.ok(body.includes('Peanøtt'))
    t.diagnostic(`${took.toFixed(0)} ms from the record system sent it until the nurse’s page had it`)
    await answer(page).getByText('Peanøtt').waitFor()
    assert.deepEqual(errors, [])
    await context.close()
  })

  for (const width of [1440, 320])
    test(`at ${width} px what two organisations have registered alike is one fact with both as sources`, async () => {
      const { number, identifier } = await it.patient(width === 320 ? 20 : 21)
      for (const organization of [OSLO, bodo.number]) {
        const ehr = it.vendor('tindejournal-ehr', organization, 'helsevev:critical-information/write')
        const posted = await ehr.post('critical-information/AllergyIntolerance', peanut(identifier))
        assert.equal(posted.status, 201, JSON.stringify(posted.body))
      }
      const { page, context, errors } = await openPortal(browser, it.system.baseUrl, { width })
      await signIn(page, 'nurse-bergen')
      await find(page, number)
      await page.getByRole('heading', { level: 1, name: 'Navn ikke registrert' }).waitFor()
      await panelsLoaded(page)
      await answer(page).getByText('Peanøtt').waitFor()
      assert.equal(await answer(page).getByRole('alert').getByText('Peanøtt').count(), 1)
      const [article] = await critical(page).getByRole('article').all()
      assert.equal(await critical(page).getByRole('article').count(), 1)
      for (const words of ['Registrert av 2:', 'Oslo kommune', 'Bodø kommune']) await article?.getByText(words).first().waitFor()
      await inspect(page, 'two-sources')
      assert.deepEqual(errors, [])
      await context.close()
    })
})

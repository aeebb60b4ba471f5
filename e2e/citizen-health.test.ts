/**
 * What is registered, as people read it: plain words, what is new, who to call, and their own copy. The whole system, a real browser,
 * made-up people.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { resourcesIn } from '@helsevev/kernel/testing/answers'
import { world } from '@helsevev/server/seed/index'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import type { Browser, Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { launchBrowser } from './browser.ts'
import { openDetails, openHealth, openService, screensOf } from './citizen-health-pages.ts'
import { type Citizen, inspectPage, openPage, signInCitizen } from './citizen-pages.ts'
import { panelsLoaded } from './clinician-pages.ts'
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

async function health(citizen: string, width: number): Promise<Citizen> {
  const opened = await signInCitizen(browser, it.system.baseUrl, citizen, { width })
  await openHealth(opened.page)
  return opened
}

describe('health information of a citizen', { concurrency: 2 }, () => {
  for (const width of [320, 1440])
    test(`Liv reads what is registered about her at ${width} pixels, without faults and without scrolling sideways`, async () => {
      const { page, context, errors, addresses } = await health('liv', width)
      await inspectPage(page, 'citizen-health')
      assert.ok((await screensOf(page)) <= 5, `${await screensOf(page)} screens`)
      const services = await page.getByRole('heading', { level: 2 }).allInnerTexts()
      assert.equal(
        services.find((name) => name !== 'Nytt siden sist'),
        'Kritisk informasjon',
      )
      await openService(page, 'Prøvesvar')
      await inspectPage(page, 'citizen-results')
      assert.ok((await screensOf(page)) <= 5, `${await screensOf(page)} screens`)
      await openDetails(page.locator('main'))
      await inspectPage(page, 'citizen-results-open')
      for (const name of ['Kritisk informasjon', 'Legemidler', 'Resepter', 'Målinger hjemmefra', 'Tjenester fra kommunen']) {
        await openHealth(page)
        await openService(page, name)
        await inspectPage(page, `citizen-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`)
      }
      assert.deepEqual(errors, [])
      for (const address of addresses) assert.doesNotMatch(address, /\d{11}/)
      await context.close()
    })

  test('plain words come first, then the medical term; comparisons are explained, and nothing has the colour of alarm', async () => {
    const { page, context } = await health('liv', 1440)
    const results = await openService(page, 'Prøvesvar')
    await openDetails(page.locator('main'))
    await results.getByText('omtrent 95 av 100 friske').waitFor()
    await results.getByText('Blodprosent (B-Hemoglobin)').first().waitFor()
    await results.getByText('Stoffet i røde blodceller som frakter oksygen.').waitFor()
    await results.getByText('Dette er generell informasjon, og ikke en vurdering av ditt svar.').first().waitFor()
    await results.getByText('Ampicillin: middelet virker ikke').waitFor()
    await results.getByText('Ingen infiltrater eller stuvning.').waitFor()
    await results.getByText('Svar på vevsprøver og gentester vises 14 dager etter').waitFor()
    assert.equal(await results.getByRole('img', { name: /Forløp for Blodprosent/ }).count(), 1)
    const reds = await page.locator('main *').evaluateAll(
      (all) =>
        all.filter((one) => {
          const [red = 0, green = 0, blue = 0] = (getComputedStyle(one).color.match(/\d+/g) ?? []).map(Number)
          return red > 150 && green < 100 && blue < 100
        }).length,
    )
    assert.equal(reds, 0)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    const paper = await page.locator('body').innerText()
    assert.match(paper, /Opplysninger om Liv Tangen, skrevet ut fra Helsevev av Liv Tangen\. Skrevet ut \d.+ kl\. \d\d:\d\d\./)
    assert.doesNotMatch(paper, /Logg ut|Hvem har sett opplysningene|Søk i svarene/)
    await page.emulateMedia({ media: 'screen' })
    assert.doesNotMatch(await page.locator('main').innerText(), /!|\{\{|undefined|NaN/)
    await openHealth(page)
    const prescriptions = await openService(page, 'Resepter')
    await prescriptions.getByText('Apoteket trenger referansenummeret du har fått.').waitFor()
    await prescriptions.getByRole('article').filter({ hasText: 'Levaxin' }).getByText('4 pakninger').waitFor()
    assert.doesNotMatch(await prescriptions.innerText(), /Paracet|83620417/)
    await openHealth(page)
    const medicines = await openService(page, 'Legemidler')
    await medicines.getByText('Låst resept').waitFor()
    await medicines.getByRole('article').filter({ hasText: 'Levaxin' }).getByText('Kan hentes. 4 pakninger igjen.').waitFor()
    assert.doesNotMatch(await medicines.innerText(), /83620417/)
    await page.evaluate(() => Object.assign(window, { print: () => undefined }))
    await medicines.getByRole('button', { name: 'Skriv ut listen' }).click()
    await page.locator('.paper-sheet').waitFor({ state: 'attached' })
    await page.emulateMedia({ media: 'print' })
    const sheet = await page.locator('body').innerText()
    for (const words of ['Liv Tangen', '1 tablett morgen', 'mot lavt stoffskifte', 'Allergier:']) assert.ok(sheet.includes(words), words)
    assert.ok(sheet.startsWith('Legemiddelliste'))
    assert.doesNotMatch(sheet, /Kan hentes|Helseopplysninger|Meny/)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await openHealth(page)
    const services = await openService(page, 'Tjenester fra kommunen')
    await services.getByRole('heading', { name: /^Trygghetsalarm/ }).waitFor()
    await services.getByText('1 time i uken').waitFor()
    const called = await services.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    assert.ok(called.length > 0 && called.every((href) => /^tel:\+?\d{8,}$/.test(href ?? '')), called.join())
    await context.close()
  })

  test('results are found by type, by a word and by what is outside; a value is read by pointing and by the arrow keys', async () => {
    const { page, context, errors } = await health('liv', 1440)
    await page.getByRole('link', { name: 'Bakterier og virus' }).click()
    await page.getByRole('heading', { level: 1, name: 'Bakterier og virus' }).waitFor()
    await panelsLoaded(page)
    assert.match(page.url(), /\/health\/test-results\/microbes$/)
    const titles = await page.locator('.entry__title').allInnerTexts()
    assert.ok(titles.length > 0 && titles.every((title) => title.startsWith('Prøve for bakterier og virus')), titles.join())
    await inspectPage(page, 'citizen-results-type')
    await page.getByRole('navigation', { name: 'Typer svar' }).getByRole('link', { name: 'Alle' }).click()
    await page.getByRole('heading', { level: 1, name: 'Prøvesvar' }).waitFor()
    await panelsLoaded(page)

    const rows = page.locator('.analysis__line')
    const all = await rows.count()
    const marks = (await rows.allInnerTexts()).map((row) => row.includes('referanseområdet'))
    assert.deepEqual(
      marks,
      marks.toSorted((one, other) => Number(other) - Number(one)),
      'what is outside comes first',
    )
    await page.getByLabel('Vis bare det som er utenfor referanseområdet').check()
    for (const row of await rows.allInnerTexts()) assert.match(row, /(over|under|utenfor) referanseområdet/)
    await page.getByLabel('Vis bare det som er utenfor referanseområdet').uncheck()
    await page.getByLabel('Søk i svarene').fill('finnes ikke')
    await page.getByText('Ingen treff.').waitFor()
    await page.getByLabel('Søk i svarene').fill('hemoglobin')
    await rows.filter({ hasText: 'Blodprosent' }).waitFor()
    assert.ok((await rows.count()) < all)

    await rows.filter({ hasText: 'Blodprosent' }).click()
    await page.getByText('Hva det er:').waitFor()
    const words = page.locator('.moments__words')
    const newest = await words.innerText()
    await page.getByRole('slider').press('Home')
    const oldest = await words.innerText()
    assert.notEqual(oldest, newest)
    assert.equal(await page.getByRole('slider').getAttribute('aria-valuetext'), oldest)
    const chart = page.getByRole('img', { name: /Forløp for Blodprosent/ })
    const box = await chart.boundingBox()
    if (!box) assert.fail('the graph is not seen')
    await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2)
    assert.equal(await words.innerText(), newest)
    await page.getByLabel('Vis sammen med').selectOption({ index: 1 })
    await page.getByRole('button', { name: /^Ta bort / }).waitFor()
    assert.equal(await chart.locator('polyline').count(), 2)
    await inspectPage(page, 'citizen-results-graph')
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('what is new since the last visit is on top, leads to where it stands, and is told apart from a first visit', async () => {
    const { page, context } = await health('thea', 320)
    await page.getByText('Nye opplysninger merkes fra neste gang du logger inn.').waitFor()
    await context.close()
    const liv = await health('liv', 320)
    // The API counts a new visit after half an hour; the browser gets one from before the made-up history.
    await visitedAt(liv.page, new Date('2025-01-01'))
    const news = liv.page.getByRole('region', { name: 'Nytt siden sist' })
    await news.getByRole('button', { name: /^Vis alle \d+$/ }).press('Enter')
    await inspectPage(liv.page, 'citizen-health-new')
    await news.getByRole('link', { name: 'Trygghetsalarm' }).press('Enter')
    await liv.page.getByRole('heading', { level: 1, name: 'Tjenester fra kommunen' }).waitFor()
    await liv.page.waitForFunction(() => /^Trygghetsalarm.*Nytt/is.test((document.activeElement as HTMLElement | null)?.innerText ?? ''))
    assert.equal(new URL(liv.page.url()).pathname + new URL(liv.page.url()).hash, '/citizen/health/municipal-services')
    await openHealth(liv.page)
    await visitedAt(liv.page, new Date())
    await news.getByText('Ingenting er nytt siden sist.').waitFor()
    await liv.context.close()
  })

  test('one service that does not answer leaves the others, says so, and is asked again', async () => {
    const { page, context } = await health('liv', 1440)
    const answer = (service: string, status: number, json: object) =>
      page.route(`**/citizen/api/panels/${service}`, (route) => route.fulfill({ status, json }))
    await answer('news2', 503, { code: 'unavailable' })
    await answer('home-monitoring', 403, { code: 'refused', reason: 'too-young' })
    await answer('test-results', 200, { status: 'some', data: {}, withheld: [], fetched: new Date().toISOString() })
    await page.reload()
    const news2 = page.getByRole('region', { name: /^NEWS2/ })
    await news2.getByText('Kilden svarer ikke').waitFor()
    await page.getByRole('region', { name: 'Målinger hjemmefra' }).getByText('Ikke tilgang').waitFor()
    // An answer that the panel cannot draw: the fault stays inside its frame.
    await page.getByRole('region', { name: 'Prøvesvar' }).getByText('Noe gikk galt').waitFor()
    await page.getByRole('region', { name: 'Tjenester fra kommunen' }).getByRole('link', { name: 'Trygghetsalarm' }).waitFor()
    await inspectPage(page, 'citizen-health-states')
    await page.unroute('**/citizen/api/panels/news2')
    await news2.getByRole('button', { name: 'Prøv igjen' }).click()
    await news2
      .getByRole('link', { name: /^NEWS2: \d+/ })
      .first()
      .waitFor()
    await (await openService(page, 'Prøvesvar')).getByText('Noe gikk galt').waitFor()
    await inspectPage(page, 'citizen-service-failed')
    await context.close()
  })

  test('opted out, too young for a service, and on behalf of a child: what is not shown says why', async () => {
    const ragnhild = await health('ragnhild', 320)
    await ragnhild.page.getByText('Du har reservert deg', { exact: true }).waitFor()
    await inspectPage(ragnhild.page, 'citizen-health-opted-out')
    await ragnhild.context.close()

    const ella = await health('ella', 320)
    await ella.page
      .getByRole('region', { name: /^NEWS2/ })
      .getByText('Vises ikke for deg')
      .waitFor()
    await inspectPage(ella.page, 'citizen-health-youth')
    await ella.context.close()

    const hanne = await signInCitizen(browser, it.system.baseUrl, 'hanne')
    await openPage(hanne.page, 'På vegne av', 'På vegne av andre')
    await hanne.page.getByRole('button', { name: 'Vis opplysningene til Oda Vik' }).click()
    await hanne.page.getByRole('region', { name: 'Hvem opplysningene gjelder' }).getByText('Du ser opplysningene til Oda Vik').waitFor()
    await openHealth(hanne.page, 'Helseopplysninger om Oda Vik')
    await hanne.page.getByText('Oda Vik kan ha skjult noe').waitFor()
    await inspectPage(hanne.page, 'citizen-health-oda')
    await hanne.context.close()
  })

  test('markup in what a laboratory wrote is shown as it was written, on the page and in the PDF', async () => {
    const attack = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    const message = kithMessage({
      patient: numberOf('vigdis'),
      reportId: 'R-XSS',
      generated: '2026-11-12T09:00:00',
      comment: attack,
      laboratory: { name: attack, organization: '999888777' },
      results: [{ id: 'a', codes: [[8212, 'X', attack]], number: '9.9', unit: 'g/L', comment: attack, interval: attack }],
    })
    const sent = await it
      .vendor('helse-midt-norge-ehr', undefined, 'helsevev:test-results/write')
      .post('test-results/$kith-report', message, { 'content-type': 'application/xml' })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    const { page, context, errors } = await health('vigdis', 320)
    await openService(page, 'Prøvesvar')
    await openDetails(page.locator('main'))
    assert.ok((await page.getByText(attack).count()) > 1)
    await inspectPage(page, 'citizen-health-markup')
    const { text } = await download(page, 'Sammendrag til å lese (PDF)')
    assert.ok(text.replaceAll(/\s/g, '').includes('<script>window.hit=1</script>'), text)
    assert.equal(await page.evaluate(() => 'hit' in window), false)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('Liv takes her information along in each form, by keyboard', async () => {
    const { page, context, errors } = await signInCitizen(browser, it.system.baseUrl, 'liv')
    await openPage(page, 'Last ned', 'Last ned')
    await inspectPage(page, 'citizen-download')
    const pdf = await download(page, 'Sammendrag til å lese (PDF)')
    assert.match(pdf.name, /^helsevev-sammendrag-\d{4}-\d\d-\d\d\.pdf$/)
    assert.ok(pdf.text.includes('Liv Tangen') && pdf.text.includes('Prøvesvar') && !pdf.text.includes(numberOf('liv')), pdf.text)
    await page.getByRole('checkbox', { name: 'Ta med fødselsnummer i PDF-en' }).check()
    assert.ok((await download(page, 'Sammendrag til å lese (PDF)')).text.includes(numberOf('liv')))
    assert.equal(JSON.parse((await download(page, 'Sammendrag til andre systemer (FHIR)')).text).type, 'document')
    const all = resourcesIn({ body: JSON.parse((await download(page, 'Alt (FHIR)')).text) })
    const types = new Set(all.map(({ resourceType }) => resourceType))
    for (const type of ['Patient', 'EpisodeOfCare', 'DiagnosticReport', 'Observation'] as const) assert.ok(types.has(type), type)
    await page.getByText('Filen er lastet ned.').waitFor()
    await inspectPage(page, 'citizen-download-done')
    assert.deepEqual(errors, [])
    await page.route('**/citizen/api/download', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }))
    await page.getByRole('button', { name: 'Last ned' }).press('Enter')
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
    await context.close()
  })
})

const numberOf = (id: string): string => world().people.find((person) => person.id === `citizen-${id}`)?.pid ?? ''

async function visitedAt(page: Page, at: Date): Promise<void> {
  await page.unroute('**/citizen/api/last-visit')
  await page.route('**/citizen/api/last-visit', (route) => route.fulfill({ json: { at: at.toISOString() } }))
  await page.reload()
}

async function download(page: Page, label: string): Promise<{ name: string; text: string }> {
  if (!page.url().endsWith('/download')) await openPage(page, 'Last ned', 'Last ned')
  await page.getByRole('radio', { name: label }).focus()
  await page.keyboard.press('Space')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Last ned' }).press('Enter')])
  const content = await readFile(await file.path())
  const name = file.suggestedFilename()
  if (!name.endsWith('.pdf')) return { name, text: content.toString('utf8') }
  return { name, text: (await extractText(await getDocumentProxy(new Uint8Array(content)), { mergePages: true })).text }
}

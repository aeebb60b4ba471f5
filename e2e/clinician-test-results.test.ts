/** The panel of test results as a nurse meets it: courses, reports by discipline, resistance, what was changed and what was cancelled. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import type { Browser, Locator, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { find, type Opened, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
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

const astrid = async (width: number): Promise<Opened> => {
  const opened = await openPortal(browser, it.system.baseUrl, { width })
  await signIn(opened.page, 'nurse-bergen')
  await openPatient(opened.page, 'astrid')
  return opened
}
const results = (page: Page) => panel(page, 'Prøvesvar')

/** Each goes away, or no longer matches, when it is pressed. */
const pressAll = async (ones: Locator): Promise<void> => {
  while ((await ones.count()) > 0) await ones.first().click()
}
const openAll = async (page: Page): Promise<void> => await pressAll(results(page).locator('details:not([open]) > summary'))

describe('the panel of test results', { concurrency: 2 }, () => {
  for (const width of [1440, 320])
    test(`reads without serious faults and without scrolling sideways at ${width} pixels`, async () => {
      const { page, context, errors } = await astrid(width)
      await openAll(page)
      assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
      await screenshot(page, `test-results-${width}`)
      assert.deepEqual(errors, [])
      await context.close()
    })

  test('analyses of several laboratories stand beside each other, and the chosen one is drawn with its band', async () => {
    const { page, context } = await astrid(1440)
    const table = results(page).getByRole('table').first()
    const row = table.getByRole('row').filter({ has: page.getByRole('button', { name: 'Hemoglobin' }) })
    assert.ok((await row.locator('time').count()) >= 3, await row.innerText())
    // One unit in each row, with its interval; what the laboratory wrote on demand.
    assert.doesNotMatch(await table.innerText(), /umol|10E9|10\*9/)
    const cells = async () => (await row.getByRole('cell').allInnerTexts()).join(' ')
    assert.doesNotMatch(await cells(), /g\/d?L/)
    assert.match(await cells(), /\d–\d/)
    await results(page).getByLabel('Vis slik laboratoriet skrev').check()
    assert.match(await cells(), /\d g\/d?L/)
    await row.locator('.results__choose').press('Enter')
    assert.equal(await row.locator('.results__choose').getAttribute('aria-pressed'), 'true')
    const figure = results(page).getByRole('figure')
    const words = await figure.innerText()
    assert.match(words, /Hemoglobin/)
    const text = await figure.innerHTML()
    for (const laboratory of ['Fjellsyn laboratorium', 'Helse Bergen HF', 'Oslo universitetssykehus HF'])
      assert.ok(text.includes(laboratory), laboratory)
    // Each moment is read with the keys, the values in words; several stand together on one axis, and a pinned one stays first.
    const slider = figure.getByLabel('Velg tidspunkt')
    const newest = await figure.locator('.moments__words').innerText()
    await slider.press('ArrowLeft')
    const before = await figure.locator('.moments__words').innerText()
    assert.notEqual(before, newest)
    assert.equal(await slider.getAttribute('aria-valuetext'), before)
    await figure
      .locator('svg')
      .first()
      .hover({ position: { x: 60, y: 60 } })
    assert.notEqual(await figure.locator('.moments__words').innerText(), before)
    await screenshot(page, 'test-results-graph-1440')
    const last = table.getByRole('row').last()
    const name = (await last.locator('.results__choose').innerText()).trim()
    await last.getByRole('button', { name: `Fest ${name} øverst` }).click()
    assert.equal((await table.getByRole('row').nth(1).locator('.results__choose').innerText()).trim(), name)
    await page.reload()
    await panelsLoaded(page)
    assert.equal((await table.getByRole('row').nth(1).locator('.results__choose').innerText()).trim(), name)
    assert.match(await page.evaluate(() => JSON.stringify({ ...localStorage })), /"helsevev-pinned-\w+":"[A-Z]{3}\d+"/)
    await context.close()
  })

  test('reports stand newest first by discipline, with who ordered, who performed and who else got it', async () => {
    const { page, context } = await astrid(1440)
    const headings = await results(page).getByRole('heading', { level: 3 }).allInnerTexts()
    for (const discipline of ['Medisinsk biokjemi', 'Mikrobiologi', 'Patologi', 'Radiologi'])
      assert.ok(headings.includes(discipline), headings.join())
    const times = await results(page)
      .locator('section')
      .nth(1)
      .locator('summary time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')))
    assert.deepEqual(
      times,
      times.toSorted((one, other) => Date.parse(other ?? '') - Date.parse(one ?? '')),
    )
    await openAll(page)
    const text = await results(page).innerText()
    for (const words of ['Rekvirert av', 'Fastlege Marit Solheim', 'Fjellsyn laboratorium', 'Laboratorieklinikken'])
      assert.ok(text.includes(words), words)
    await context.close()
  })

  test('resistance is a table; pathology and imaging are read as text', async () => {
    const { page, context } = await astrid(1440)
    const resistance = results(page).getByRole('table', { name: /Escherichia coli/ })
    await resistance.getByRole('row', { name: /Ampicillin.*R.*Resistent/ }).waitFor()
    await resistance.getByRole('row', { name: /Mecillinam.*S.*Følsom/ }).waitFor()
    await resistance.getByRole('row', { name: /Ciprofloxacin.*I.*økt/ }).waitFor()
    await results(page).getByText('Seboreisk keratose. Ikke tegn til malignitet.').waitFor()
    await results(page).getByText('Ingen infiltrater eller stuvning.').waitFor()
    await context.close()
  })

  test('a changed answer and a cancelled one are marked in words, and the cancelled number is in no course', async () => {
    const { page, context } = await astrid(1440)
    for (const more of await results(page)
      .getByRole('button', { name: /^Vis alle/ })
      .all())
      await more.click()
    await openAll(page)
    await results(page).getByText('Rettet: første prøve var hemolysert.').waitFor()
    await results(page).getByText('Kansellert: feil merking av prøveglass.').waitFor()
    assert.ok((await results(page).locator('.results__report--amended').count()) > 0)
    assert.equal(await results(page).locator('.results__report--cancelled').count(), 1)
    const table = results(page).getByRole('table').first()
    assert.ok(!(await table.innerText()).includes('5,9'))
    // The change is marked where the number stands.
    assert.match(await table.getByRole('cell', { name: /4,1/ }).first().innerText(), /endret/i)
    await context.close()
  })

  test('what no agreement opens is said to be withheld, and what nobody has sent is said to be unknown', async () => {
    const [unknown, withheld] = [await it.patient(31), await it.patient(32)]
    const message = kithMessage({
      patient: withheld.number,
      reportId: 'R-1',
      generated: '2026-01-12T09:00:00',
      laboratory: { name: 'St. Olavs hospital', organization: '999888777' },
      results: [{ id: 'hb', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: '9.9', unit: 'g/dL' }],
    })
    const sent = await it
      .vendor('helse-midt-norge-ehr', undefined, 'helsevev:test-results/write')
      .post('test-results/$kith-report', message, { 'content-type': 'application/xml' })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    for (const [{ number }, state] of [
      [unknown, 'unknown'],
      [withheld, 'withheld'],
    ] as const) {
      const { page, context } = await openPortal(browser, it.system.baseUrl)
      await signIn(page, 'nurse-bergen')
      await find(page, number)
      await panelsLoaded(page)
      assert.equal(await results(page).locator('[data-state]').getAttribute('data-state'), state)
      assert.ok(!(await results(page).innerText()).includes('9,9'))
      await context.close()
    }
  })
})

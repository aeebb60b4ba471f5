/** One patient's page as a clinician works with it: its order, timeline, comparison, copies, print, keyboard, and the kinds of nothing. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { services } from '@helsevev/server/services'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, focusReads, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { closePatient, numberOf, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
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

async function open(patient: string, width = 1440) {
  const opened = await openPortal(browser, it.system.baseUrl, { width })
  await opened.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(opened.page, 'nurse-bergen')
  await openPatient(opened.page, patient)
  return opened
}

async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
  await screenshot(page, `page-${name}-${width}`)
}

const titles = services.map(({ names }) => names.nb)
/** In the order they are needed; what else there is stands among them. */
const inOrder = ['Kritisk informasjon', 'NEWS2', 'Kommunale tjenester', 'Prøvesvar', 'Hjemmemålinger']
const view = (page: Page, name: string) => page.getByRole('navigation', { name: 'Visninger av pasienten' }).getByRole('link', { name })
const dialog = (page: Page) => page.getByRole('dialog')
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

describe('the page of one patient', { concurrency: 2 }, () => {
  for (const width of [1440, 320]) {
    test(`at ${width} px panels stand in the order they are needed, each says when it was fetched, and no column has a hole`, async () => {
      const { page, context, errors } = await open('astrid', width)
      const headings = await page.locator('.panel h2').allInnerTexts()
      assert.deepEqual(headings.toSorted(), titles.toSorted())
      assert.deepEqual(
        headings.filter((heading) => inOrder.includes(heading)),
        inOrder,
      )
      for (const title of titles)
        await panel(page, title)
          .getByText(/^Hentet \d/)
          .waitFor()
      const gaps = await page.locator('.panels__column').evaluateAll((columns) =>
        columns.flatMap((column) => {
          const boxes = [...column.children].map((child) => child.getBoundingClientRect())
          return boxes.slice(1).map((box, at) => Math.round(box.top - (boxes[at]?.bottom ?? 0)))
        }),
      )
      assert.ok(
        gaps.every((gap) => gap <= 24),
        gaps.join(),
      )
      await inspect(page, 'overview')
      // A phone has the answers of the first screen in the place of the links.
      const links = width > 768 ? page.getByRole('navigation', { name: 'Gå til' }) : panel(page, 'Det viktigste')
      await links.getByRole('link', { name: 'Prøvesvar' }).click()
      assert.equal(new URL(page.url()).hash, '#panel-test-results')

      await view(page, 'Tidslinje').click()
      await page.getByRole('heading', { level: 2, name: 'Tidslinje' }).waitFor()
      await inspect(page, 'timeline')
      await view(page, 'Sammenlign').click()
      await page.getByRole('button', { name: 'Sammenlign' }).click()
      await page.getByRole('heading', { level: 3, name: /^Fra .* til nå$/ }).waitFor()
      await inspect(page, 'compare')
      await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
      await inspect(page, 'share')
      await dialog(page).getByRole('button', { name: 'Lukk' }).click()
      await page.getByRole('button', { name: 'Hurtigtaster' }).click()
      await inspect(page, 'shortcuts')
      assert.deepEqual(errors, [])
      await context.close()
    })
  }

  test('the timeline is newest first by day over all services, says what is not all there, and is narrowed by each filter', async () => {
    const { page, context, errors } = await open('astrid')
    await view(page, 'Tidslinje').click()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2' && document.activeElement.textContent === 'Tidslinje')
    assert.match(await page.title(), /^Tidslinje/)
    const entries = page.locator('.timeline__entry')
    const all = await entries.count()
    assert.ok(all > 10)
    const times = await page
      .locator('.timeline__entry time')
      .evaluateAll((found) => found.map((time) => Date.parse(time.getAttribute('datetime') ?? '')))
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    )
    assert.deepEqual(
      (await page.locator('[data-gap]').evaluateAll((found) => found.map((gap) => gap.getAttribute('data-gap')))).slice(0, 2),
      ['partial', 'partial'],
    )
    for (const service of ['NEWS2', 'Prøvesvar']) {
      await page.getByLabel('Tjeneste').selectOption({ label: service })
      const services = new Set(
        await page.locator('.timeline__service').evaluateAll((found) => found.map((one) => one.firstChild?.textContent)),
      )
      assert.deepEqual([...services], [service])
    }
    await page.getByLabel('Tjeneste').selectOption({ label: 'NEWS2' })
    await page.getByLabel('Kilde').selectOption({ label: 'Bergen kommune' })
    for (const source of await page.locator('.line__source').allInnerTexts())
      assert.match(source, /^Bergen kommune .* siden\)$|^Bergen kommune/)
    await page.getByLabel('Periode').selectOption({ label: '7 døgn' })
    await page.getByLabel('Tjeneste').selectOption({ label: 'Kommunale tjenester' })
    await page.getByLabel('Type').selectOption({ label: 'Tjeneste startet' })
    await page.getByText('Ingen hendelser passer utvalget.').waitFor()
    await page.getByRole('button', { name: 'Vis alt' }).click()
    assert.ok((await entries.count()) >= all)
    assert.equal(await page.getByLabel('Periode').inputValue(), 'all')
    await page.goBack()
    await panelsLoaded(page)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('what is new, changed and ended since a day is told for each service, with source and time', async () => {
    const { page, context, errors } = await open('astrid')
    await view(page, 'Sammenlign').click()
    const of = (service: string) => page.locator(`[data-service="${service}"]`)
    // Thirty days back home nursing had fewer hours: a version that only the history has.
    await page.getByRole('button', { name: 'Sammenlign' }).click()
    const changed = of('municipal-services').locator('[data-change="changed"]')
    const told = await changed.innerText()
    assert.match(told, /Helsetjenester i hjemmet[\s\S]*10,5 timer per uke[\s\S]*Var: Aktiv, 7 timer per uke[\s\S]*Bergen kommune/)
    await page.getByLabel('Fra dato').fill('2020-01-01')
    await page.getByRole('button', { name: 'Sammenlign' }).click()
    await of('critical-information').locator('[data-change="added"]').first().waitFor()
    assert.ok((await of('municipal-services').locator('[data-change="added"]').count()) > 0)
    assert.match(await of('news2').innerText(), /NEWS2[\s\S]*av 20/)
    assert.match(await of('critical-information').innerText(), /Bergen kommune|Helse Vest RHF|Oslo kommune/)
    await page.getByLabel('Fra dato').fill('2999-01-01')
    await page.getByRole('button', { name: 'Sammenlign' }).click()
    await page.locator('#compare-error').waitFor()
    await hasFocus(page.locator('#compare-from'))
    assert.equal(await page.locator('.comparison').count(), 0, 'no answer under the error')
    // The timeline has the change that the comparison found, at the same time.
    const when = /endret (\d+\. \S+ \d{4} kl\. \d\d:\d\d)/.exec(told)?.[1] ?? ''
    assert.ok(when, told)
    await view(page, 'Tidslinje').click()
    await page.getByLabel('Tjeneste').selectOption({ label: 'Kommunale tjenester' })
    const entry = page.locator('.timeline__entry', { hasText: '10,5 timer per uke' }).filter({ hasText: 'Var:' })
    assert.match(await entry.innerText(), /Endret[\s\S]*Helsetjenester i hjemmet[\s\S]*7 timer per uke/)
    assert.ok(when.endsWith(await entry.locator('time').first().innerText()), when)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('a copy says who, what, source and time, and has the identity number only when somebody ticks that it is to', async () => {
    const { page, context, errors } = await open('astrid')
    const number = numberOf('astrid')
    await page.getByRole('button', { name: 'Kopier NEWS2 som tekst' }).click()
    await page.getByRole('status').filter({ hasText: 'Kopiert' }).waitFor()
    const one = await copied(page)
    assert.match(one, /^Astrid Haugland\nFødt 8\. mars 1941\nHentet fra Helsevev /)
    assert.match(one, / av Ingrid Solheim, Bergen kommune, Bergen legevakt\. Formål: Behandling\.\n\nNEWS2 \(hentet/)
    assert.match(one, /\n- NEWS2: \d+ av 20, .*\(.*kl\. \d\d:\d\d, .+\)$/)
    assert.ok(!one.includes(number))
    await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
    await dialog(page).getByRole('button', { name: 'Kopier som tekst' }).click()
    await dialog(page).getByText('Kopiert.').waitFor()
    const whole = await copied(page)
    for (const title of titles) assert.ok(whole.includes(`\n\n${title} (hentet`), title)
    const inWords = [
      /Escherichia coli: R Ampicillin/,
      /Seboreisk keratose/,
      /Ingen infiltrater eller stuvning/,
      /Helsetjenester i hjemmet.*, tlf\. /,
    ]
    for (const words of inWords) assert.match(whole, words)
    assert.ok(!whole.includes(number))
    await dialog(page).getByLabel('Ta med fødselsnummeret').check()
    await dialog(page).getByRole('button', { name: 'Kopier som tekst' }).click()
    await page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()).includes(wanted), `Nummer: ${number}`)
    assert.ok(!(await page.content()).includes(number))
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('a print has no number, nor the end of one, unless ticked, and nothing to press; the next print has none again', async () => {
    const { page, context } = await open('astrid')
    const number = numberOf('astrid')
    await page.evaluate(() => {
      window.print = () => {
        document.documentElement.dataset['printed'] = document.querySelector<HTMLElement>('main')?.innerText ?? ''
      }
    })
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await screenshot(page, 'page-print-1440')
    const paper = await page.locator('main').innerText()
    assert.match(paper, /Astrid Haugland[\s\S]*Hentet fra Helsevev .* av Ingrid Solheim, Bergen kommune, Bergen legevakt[\s\S]*NEWS2/)
    assert.doesNotMatch(paper, /Vis alle|Kopier|Hent på nytt/)
    assert.match(paper, /\d+ til er ikke med på papiret\./)
    assert.ok(!paper.includes(`•${number.slice(-2)}`))
    assert.equal(await page.getByRole('button', { name: 'Lukk pasienten' }).isVisible(), false)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
    await page.emulateMedia({ media: 'print' })
    const print = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('dialog button')]
          .find((one) => one.textContent === 'Skriv ut')
          ?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
      )
    const printed = async () => {
      await page.waitForFunction(() => document.documentElement.dataset['printed'])
      return await page.evaluate(() => {
        const text = document.documentElement.dataset['printed'] ?? ''
        delete document.documentElement.dataset['printed']
        return text
      })
    }
    await print()
    assert.match(await printed(), /Hentet fra Helsevev .* av Ingrid Solheim/)
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
    await dialog(page).getByLabel('Ta med fødselsnummeret').check()
    await page.emulateMedia({ media: 'print' })
    await print()
    assert.ok((await printed()).includes(`Nummer: ${number}`))
    assert.ok(!(await page.content()).includes(number))
    await context.close()
  })

  test('keys lead to views and panels, are listed under ?, do nothing in a field, and stay off when turned off', async () => {
    const { page, context, errors } = await open('astrid')
    await page.keyboard.press('?')
    await dialog(page).getByRole('heading', { name: 'Hurtigtaster' }).waitFor()
    await page.keyboard.press('t')
    assert.equal(await dialog(page).count(), 1)
    await page.keyboard.press('Escape')
    const orderOf = () => page.locator('.panel h2').evaluateAll((found) => found.map(({ id }) => id.replace('panel-', '')))
    const before = await orderOf()
    const place = before.indexOf('test-results')
    await page.keyboard.press(String(place + 1))
    await page.waitForFunction(() => document.activeElement?.id === 'panel-test-results')

    // The order of one's own, by keyboard: each move is read aloud, it holds for keys and after a reload, and can be given back.
    await page.getByRole('button', { name: 'Ordne panelene' }).click()
    const up = dialog(page).getByRole('button', { name: 'Flytt Prøvesvar opp' })
    for (let at = place; at > 0; at -= 1) {
      await up.press('Enter')
      await dialog(page).getByText(`Prøvesvar er nummer ${at} av ${before.length}.`).waitFor()
      await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Flytt Prøvesvar opp')
    }
    assert.equal(await up.getAttribute('aria-disabled'), 'true')
    await dialog(page).getByLabel('Kompakt visning').check()
    await inspect(page, 'arrange')
    await page.keyboard.press('Escape')
    const own = ['test-results', ...before.filter((one) => one !== 'test-results')]
    assert.deepEqual(await orderOf(), own)
    await page.keyboard.press('1')
    await page.waitForFunction(() => document.activeElement?.id === 'panel-test-results')
    await page.reload()
    await panelsLoaded(page)
    assert.deepEqual([await orderOf(), await page.locator('.panels--compact').count()], [own, 1])
    await inspect(page, 'compact')
    await page.getByRole('button', { name: 'Ordne panelene' }).click()
    await dialog(page).getByRole('button', { name: 'Vis det som haster, først' }).click()
    await dialog(page).getByLabel('Kompakt visning').uncheck()
    await page.keyboard.press('Escape')
    assert.deepEqual([await orderOf(), await page.locator('.panels--compact').count()], [before, 0])
    await page.keyboard.press('t')
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2' && document.activeElement.textContent === 'Tidslinje')
    await page.keyboard.press('s')
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2' && document.activeElement.textContent === 'Sammenlign')
    await page.getByLabel('Fra dato').focus()
    await page.keyboard.press('o')
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Sammenlign' }).count(), 1)
    await page.getByRole('heading', { level: 2, name: 'Sammenlign' }).focus()
    await page.keyboard.press('Control+o')
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Sammenlign' }).count(), 1)
    await page.keyboard.press('o')
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await focusReads(page, /Astrid Haugland/)

    await page.keyboard.press('?')
    await dialog(page).getByLabel('Bruk hurtigtaster').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.keyboard.press('?')
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Tidslinje' }).count(), 0)
    assert.equal(await dialog(page).count(), 0)
    await page.reload()
    await panelsLoaded(page)
    await page.keyboard.press('t')
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Tidslinje' }).count(), 0)
    await page.getByRole('button', { name: 'Hurtigtaster' }).click()
    await dialog(page).getByLabel('Bruk hurtigtaster').check()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.getByRole('heading', { level: 2, name: 'Tidslinje' }).waitFor()
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('what is seen under emergency access is marked in every view and copy, and gone from them when it ends', async () => {
    const { page, context } = await open('torbjorn')
    await view(page, 'Tidslinje').click()
    await page.locator('[data-gap="withheld-by-patient"]', { hasText: 'NEWS2' }).waitFor()
    await panel(page, 'Pasient').getByRole('button', { name: 'Nødtilgang' }).click()
    await dialog(page).getByLabel('Hvorfor trenger du tilgang nå?').fill('Bevisstløs på legevakten, ingen andre kilder')
    await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()
    await page.getByText('Vist med nødtilgang').waitFor()
    await page.getByLabel('Periode').selectOption({ label: 'Alt' })
    await page.getByLabel('Tjeneste').selectOption({ label: 'NEWS2' })
    await page.locator('.timeline__entry').first().waitFor()
    await inspect(page, 'timeline-emergency')
    await page.getByRole('button', { name: 'Kopier eller skriv ut' }).click()
    await dialog(page).getByRole('button', { name: 'Kopier som tekst' }).click()
    await page.waitForFunction(async () => /Nødtilgang \(BTG\)\.\nVist med nødtilgang/.test(await navigator.clipboard.readText()))
    await dialog(page).getByRole('button', { name: 'Lukk' }).click()
    await page.getByRole('button', { name: 'Avslutt nødtilgangen' }).click()
    await page.locator('[data-gap="withheld-by-patient"]', { hasText: 'NEWS2' }).waitFor()
    assert.equal(await page.getByText('Vist med nødtilgang').count(), 0)
    await page.getByLabel('Periode').selectOption({ label: 'Alt' })
    assert.equal(await page.locator('.timeline__service').filter({ hasText: 'NEWS2' }).count(), 0)
    await context.close()
  })

  test('markup in what vendors send is text in every view', async () => {
    const { page, context, errors } = await open('astrid')
    const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    const texts = new Set([
      'label',
      'title',
      'name',
      'text',
      'unit',
      'author',
      'recorder',
      'display',
      'written',
      'description',
      'requester',
    ])
    const poisoned = (value: unknown, name = ''): unknown => {
      if (typeof value === 'string') return texts.has(name) ? `${value}${markup}` : value
      if (Array.isArray(value)) return value.map((one) => poisoned(one, name))
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key)]))
    }
    await page.route(/\/api\/(panels|past)\//, async (asked) => {
      const response = await asked.fetch()
      const answer = await response.json()
      await asked.fulfill({ response, json: { ...answer, data: poisoned(answer.data) } })
    })
    await page.getByRole('button', { name: 'Hent på nytt' }).click()
    await page.waitForFunction(() => document.body.innerText.includes('<script>'))
    await panelsLoaded(page)
    for (const name of ['Tidslinje', 'Sammenlign', 'Oversikt']) {
      await view(page, name).click()
      if (name === 'Sammenlign') await page.getByRole('button', { name: 'Sammenlign' }).click()
      await page.locator('main').getByText('<script>').first().waitFor()
      assert.equal(await page.locator('main img[src="x"], main script').count(), 0, name)
    }
    assert.notEqual(await page.title(), '1')
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('of somebody with a protected address no place is shown, in no view and no copy, and the page says so', async () => {
    const { owner } = it.database
    await owner`
      update person set address_confidentiality = 'StrictlyConfidential'
      where patient = (select patient from person_identifier where value = ${numberOf('gunnar')})`
    const { page, context } = await open('gunnar')
    await panel(page, 'Pasient').getByText('Fortrolig adresse').waitFor()
    const places = /Bergen (kommune|hjemme|legevakt|respons)|\+47/
    for (const title of titles) assert.doesNotMatch(await panel(page, title).innerText(), places, title)
    assert.match(await panel(page, 'Kommunale tjenester').innerText(), /Kommune/)
    await inspect(page, 'protected')
    await page.getByRole('button', { name: 'Kopier Kommunale tjenester som tekst' }).click()
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('Kommunale tjenester (hentet'))
    assert.doesNotMatch((await copied(page)).split('\n\n').slice(1).join(), places)
    await view(page, 'Tidslinje').click()
    await page.locator('.timeline__entry').first().waitFor()
    assert.doesNotMatch(await page.locator('.gathered').innerText(), places)
    await context.close()
  })

  test('each panel words apart what is unknown, withheld, none and unavailable; and an attestation serves one patient only', async () => {
    const { page, context } = await open('signe')
    const stateOf = async (title: string) => await panel(page, title).locator('[data-state], [data-withheld]').first().innerText()
    const said: Record<string, string[]> = {}
    const collect = async () => {
      for (const title of titles) said[title] = [...(said[title] ?? []), await stateOf(title)]
    }
    await collect()
    await closePatient(page)
    for (const status of ['none', 'withheld', 'unavailable'] as const) {
      await page.route('**/api/panels/*', async (asked) => {
        const response = await asked.fetch()
        await asked.fulfill({ response, json: { ...(await response.json()), status } })
      })
      await openPatient(page, 'signe')
      await collect()
      await closePatient(page)
      await page.unroute('**/api/panels/*')
    }
    for (const title of titles) assert.equal(new Set(said[title]).size, 4, `${title}: ${said[title]?.join(' | ')}`)

    await openPatient(page, 'per')
    const rows = await it.system.database.sql<{ patient: bigint; decision: string }[]>`
      select distinct patient, decision_ref as decision from access_log where decision_ref is not null and patient is not null
        -- A list is looked at as a whole, under a decision that names nobody (ATT-6).
        and service <> 'worklist' and event <> '$has-data'`
    const patients = Map.groupBy(rows, ({ decision }) => decision)
    assert.ok(rows.length > 4)
    for (const [decision, of] of patients) assert.equal(new Set(of.map(({ patient }) => patient)).size, 1, decision)
    await context.close()
  })
})

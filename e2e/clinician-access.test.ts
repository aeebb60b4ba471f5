/**
 * What patients withhold, and how a clinician may open it, as it is met on the screen: the whole system, a real browser, made-up people.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { bergen, helsevev } from '@helsevev/server/seed/organizations'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { closePatient, find, numberOf, openPatient, openPortal, panel, panelsLoaded, patientName, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const reason = 'Bevisstløs på legevakten, ingen andre kilder'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await it?.close()
})

/** Signed in at Bergen legevakt, with the patient open. */
async function open(patient: string, width = 1440) {
  const opened = await openPortal(browser, it.system.baseUrl, { width })
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
  await screenshot(page, `${name}-${width}`)
}

const causes = (page: Page, service: string) =>
  panel(page, service)
    .locator('[data-withheld]')
    .evaluateAll((notices) => notices.map((notice) => notice.getAttribute('data-withheld')))
const bar = (page: Page) => page.getByRole('region', { name: 'Nødtilgang', exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Offered in the header where a restriction is shown, and next to what is withheld where none is. */
async function openInEmergency(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Nødtilgang', exact: true }).first().click()
  await dialog(page).getByLabel('Hvorfor trenger du tilgang nå?').fill(reason)
  await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()
  await bar(page).waitFor()
  await panelsLoaded(page)
}

/** Look-ups with that reason, as the access log has them. */
interface Logged {
  purpose: string | null
  reason: string
  basis: string | null
  decision: string | null
  event: string
}

async function logged(patient: string, why: string): Promise<Logged[]> {
  return await it.system.database.sql<Logged[]>`
    select l.purpose, l.reason, l.basis, l.decision_ref as "decision", l.event
    from access_log l join person_identifier i on i.patient = l.patient
    where i.value = ${numberOf(patient)} and l.service = 'news2' and l.reason = ${why}`
}

describe('what patients withhold, on the clinician’s page', { concurrency: 2 }, () => {
  test('restricted information shows its count and cause, opens in an emergency with a reason, is marked, and closes again', async () => {
    const { page, context, errors } = await open('torbjorn')
    const news2 = panel(page, 'NEWS2')
    assert.deepEqual(await causes(page, 'NEWS2'), ['GeneralBlock'])
    const words = await news2.innerText()
    assert.match(words, /Opplysninger er sperret[\s\S]*\d+ opplysninger i tjenesten er sperret og vises ikke/)
    assert.doesNotMatch(words, /avtale|Ikke kjent|Ingen NEWS2|Siste skåring/)
    assert.deepEqual(await causes(page, 'Kommunale tjenester'), [])
    await inspect(page, 'restricted')

    await news2.getByRole('button', { name: 'Nødtilgang' }).click()
    await dialog(page).getByText('Pasienten får vite at du brukte nødtilgang').waitFor()
    const field = dialog(page).getByLabel('Hvorfor trenger du tilgang nå?')
    await field.fill('haster nå')
    await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()
    await dialog(page).getByText('Skriv med ord hvorfor').waitFor()
    await hasFocus(field)
    await inspect(page, 'emergency-dialog')
    const why = 'Funnet bevisstløs hjemme, ingen pårørende'
    await field.fill(why)
    await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()

    await bar(page)
      .getByText(/^Nødtilgang til kl\. \d\d:\d\d$/)
      .waitFor()
    await panelsLoaded(page)
    await news2.getByText('Siste skåring').first().waitFor()
    assert.deepEqual(await causes(page, 'NEWS2'), [])
    for (const service of ['NEWS2', 'Kommunale tjenester']) await panel(page, service).getByText('Vist med nødtilgang').waitFor()
    await page.getByRole('region', { name: 'Oppslaget' }).getByText('Nødtilgang', { exact: true }).waitFor()
    assert.match(await bar(page).innerText(), new RegExp(`Pasienten får vite det[\\s\\S]*${why}`))
    await inspect(page, 'emergency')
    const looks = await logged('torbjorn', why)
    assert.ok(looks.length > 0)
    for (const { purpose, basis } of looks) assert.deepEqual([purpose, basis], ['BTG', 'emergency'])
    assert.equal(new Set(looks.map(({ decision }) => decision)).size, 1)

    await bar(page).getByRole('button', { name: 'Avslutt nødtilgangen' }).click()
    await news2.locator('[data-withheld="GeneralBlock"]').waitFor()
    await panelsLoaded(page)
    assert.equal(await bar(page).count(), 0)
    assert.equal(await page.getByText('Siste skåring').count(), 0)
    assert.equal(await page.getByText('Vist med nødtilgang').count(), 0)
    assert.equal((await logged('torbjorn', why)).length, looks.length)
    assert.ok(looks.length > 1, 'the page asked several times')
    const { sql } = it.system.database
    const [told] = await sql`
      select (select count(distinct l.episode)::integer from access_log l
          where l.patient = i.patient and l.purpose = 'BTG' and l.service <> 'persons' and l.reason = ${why}) as episodes,
        (select count(*)::integer from patient_notice n where n.patient = i.patient and n.cause = 'emergency-access') as notices,
        (select max(items)::integer from (
          select count(*) as items from emergency_follow_up f
          where f.patient = i.patient and f.reason = ${why} group by f.controller) c) as items
      from person_identifier i where i.value = ${numberOf('torbjorn')}`
    assert.deepEqual({ ...told }, { episodes: 1, notices: 1, items: 1 })
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('the consent of a patient who is there opens what is restricted, and is marked as that', async () => {
    const { page, context } = await open('torbjorn')
    const news2 = panel(page, 'NEWS2')
    await news2.getByRole('button', { name: 'Pasienten samtykker' }).click()
    await inspect(page, 'consent-dialog')
    await dialog(page).getByRole('button', { name: 'Ja, pasienten samtykker' }).click()
    await news2.getByText('Siste skåring').first().waitFor()
    await news2.getByText('Vist med samtykke').waitFor()
    await page.getByRole('region', { name: 'Oppslaget' }).getByText('Behandling').waitFor()
    await inspect(page, 'consent')
    await page.getByRole('button', { name: 'Avslutt', exact: true }).click()
    await news2.locator('[data-withheld="GeneralBlock"]').waitFor()
    await context.close()
  })

  test('a consent that the patient has registered opens without anybody declaring one', async () => {
    const { page, context } = await open('leif')
    assert.deepEqual(await causes(page, 'NEWS2'), [])
    await panel(page, 'NEWS2').getByText('Siste skåring').first().waitFor()
    await context.close()
  })

  test('a block stays closed to the one who is blocked, and no emergency access is offered', async () => {
    const { page, context } = await open('vigdis')
    const news2 = panel(page, 'NEWS2')
    assert.deepEqual(await causes(page, 'NEWS2'), ['SpecificBlock'])
    assert.deepEqual(await causes(page, 'Kommunale tjenester'), ['SpecificBlock'])
    assert.match(await news2.innerText(), /Bare pasienten kan oppheve blokkeringen/)
    assert.deepEqual(await news2.getByRole('button').allInnerTexts(), ['Kopier'])
    for (const service of ['NEWS2', 'Kommunale tjenester'])
      assert.doesNotMatch(await panel(page, service).innerText(), /ingen avtale åpner/)
    await inspect(page, 'blocked')
    assert.equal(await page.getByRole('button', { name: 'Nødtilgang' }).count(), 0, 'what would open nothing is not offered')
    await context.close()
  })

  test('a service the patient has opted out of shows nothing, not how much, and opens to nothing; the others are as before', async () => {
    const { page, context } = await open('ragnhild')
    const news2 = panel(page, 'NEWS2')
    assert.deepEqual(await causes(page, 'NEWS2'), ['Reservation'])
    assert.doesNotMatch((await news2.innerText()).replace('NEWS2', '').replace(/Hentet .*/, ''), /\d/)
    await panel(page, 'Kommunale tjenester').getByText('Helsetjenester i hjemmet').first().waitFor()
    await inspect(page, 'opted-out')
    await openInEmergency(page)
    assert.deepEqual(await causes(page, 'NEWS2'), ['Reservation'])
    await context.close()
  })

  test('emergency access ends by itself, and never follows to another patient', async () => {
    const { page, context } = await open('torbjorn')
    // Fifteen minutes pass in two seconds: the page is notified that two are left, and when it asks again the server has ended it.
    let told = false
    await page.route('**/api/me', async (route) => {
      let response = await route.fetch()
      let me = await response.json()
      if (me.patient?.access.kind === 'emergency') {
        if (told) {
          const headers = { origin: it.system.baseUrl, 'helsevev-csrf': me.csrf, 'helsevev-opening': me.patient.opening }
          await page.request.delete(`${it.system.baseUrl}/clinician/api/patient/access`, { headers })
          response = await route.fetch()
          me = await response.json()
        } else {
          told = true
          me.patient.access.secondsLeft = 2
        }
      }
      await route.fulfill({ response, json: me })
    })
    await panel(page, 'Pasient').getByRole('button', { name: 'Nødtilgang' }).click()
    await dialog(page).getByLabel('Hvorfor trenger du tilgang nå?').fill(reason)
    await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()
    await bar(page).waitFor()
    await bar(page).waitFor({ state: 'detached' })
    await panel(page, 'NEWS2').locator('[data-withheld="GeneralBlock"]').waitFor()
    await panelsLoaded(page)
    assert.equal(await page.getByText('Vist med nødtilgang').count(), 0)
    await page.unroute('**/api/me')

    await openInEmergency(page)
    await closePatient(page)
    await find(page, numberOf('vigdis'))
    await page.getByRole('heading', { level: 1, name: patientName('vigdis') }).waitFor()
    await panelsLoaded(page)
    assert.equal(await bar(page).count(), 0)
    assert.equal(await page.getByText('Vist med nødtilgang').count(), 0)
    await context.close()
  })

  test('emergency access is asked for, given up and ended with the keyboard, and the focus is where one reads on', async () => {
    const { page, context } = await open('torbjorn')
    const focused = () => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)
    const way = panel(page, 'NEWS2').getByRole('button', { name: 'Nødtilgang' })
    await way.focus()
    await page.keyboard.press('Enter')
    await dialog(page).waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await hasFocus(way)
    await page.keyboard.press('Enter')
    await dialog(page).waitFor()
    // Inside the dialog, and nowhere else.
    const stops: unknown[] = []
    for (let step = 0; step < 4; step++) {
      stops.push(await page.evaluate(() => document.activeElement?.closest('dialog') !== null && document.activeElement?.tagName))
      await page.keyboard.press('Tab')
    }
    assert.equal(stops.filter((stop) => stop === 'TEXTAREA').length >= 1, true, stops.join())
    await dialog(page).getByLabel('Hvorfor trenger du tilgang nå?').focus()
    await page.keyboard.type(reason)
    await page.keyboard.press('Tab')
    assert.match(await focused(), /Åpne med nødtilgang/)
    await page.keyboard.press('Enter')
    await bar(page).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Nødtilgang til'))
    await page.keyboard.press('Tab')
    assert.match(await focused(), /Avslutt nødtilgangen/)
    await page.keyboard.press('Enter')
    await bar(page).waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await context.close()
  })

  test('a nurse without an authorisation in force opens nobody, and is told why', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'nurse-revoked', 'Bergen legevakt')
    await find(page, numberOf('torbjorn'))
    await page.getByText('Helsepersonellregisteret har ingen gyldig autorisasjon på deg').first().waitFor()
    await inspect(page, 'authorization-not-held')
    const counted = await it.system.kernel.refusedCalls.counted({ organization: bergen.number }, '2020-01-01')
    assert.deepEqual(
      counted.filter(({ problem }) => problem === 'authorization-not-held').map(({ client, supplier, calls }) => [client, supplier, calls]),
      [['helsevev-clinician', helsevev.number, 1]],
      'the controller of the nurse sees the refusal at the vendor',
    )
    await context.close()
  })

  test('a service closed to a profession is told as that, and the others are shown', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'psychologist-helse-nord', 'Helse Nord RHF, ingen bestemt enhet')
    await openPatient(page, 'thea')
    await panel(page, 'NEWS2').getByText('Tjenesten er ikke åpen for yrkesgruppen din').waitFor()
    await panel(page, 'Kommunale tjenester').getByText('Bodø kommune').first().waitFor()
    await inspect(page, 'role-not-open')
    await context.close()
  })

  test('on a phone it fits, and in the other languages it is said too', async () => {
    const { page, context } = await open('torbjorn', 320)
    await inspect(page, 'restricted')
    await panel(page, 'NEWS2').getByRole('button', { name: 'Nødtilgang' }).click()
    await inspect(page, 'emergency-dialog')
    await dialog(page).getByLabel('Hvorfor trenger du tilgang nå?').fill(reason)
    await dialog(page).getByRole('button', { name: 'Åpne med nødtilgang' }).click()
    await bar(page).waitFor()
    await panelsLoaded(page)
    await inspect(page, 'emergency')
    await page.getByRole('button', { name: 'English' }).click()
    await panel(page, 'NEWS2').getByText('Shown under emergency access').waitFor()
    await page.getByRole('button', { name: 'End emergency access' }).click()
    await panel(page, 'NEWS2').getByText('Information is restricted').waitFor()
    await page.getByRole('button', { name: 'Nynorsk' }).click()
    await panel(page, 'NEWS2').getByText('Opplysningar er sperra').waitFor()
    await context.close()
  })
})

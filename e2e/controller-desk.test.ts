/** At the desk and in the office: a block is lifted by two persons, and a service is opened to case officers. In a real browser. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { confirm, enter, inspect, open, REASON, resultNotice } from './controller-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const HPR = '990999922'

let it: TestSystem
let browser: Browser
before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser()])
  await it.database.owner`
    insert into practitioner (hpr_number, given_name, family_name) values (${HPR}, 'Blokka', 'Behandler')`
})
after(async () => {
  await browser?.close()
  await it?.close()
})

describe('the controller portal, at the desk', () => {
  test('one registers that a block is lifted, another confirms, and the letter says who; on a phone too', async () => {
    const { number } = await it.patient(41)
    const marit = await enter(browser, it, 'owner-bergen')
    await open(marit.page, 'Oppheve blokkering')
    await marit.page.getByText('Ingen ønsker venter').waitFor()
    await inspect(marit.page, 'block-lifts-none')
    await marit.page.getByRole('button', { name: 'Registrer et ønske' }).click()
    const dialog = marit.page.getByRole('dialog')
    await dialog.getByText('Du får ikke vite om det finnes en blokkering.').waitFor()
    await dialog.getByLabel(/^(Fødselsnummer|Fødsels)/).fill(number)
    await dialog.getByLabel('HPR-nummer').fill(HPR)
    await dialog.getByLabel('Pasienten ble identifisert med').selectOption({ label: 'førerkort' })
    await inspect(marit.page, 'block-lift-ask')
    await confirm(marit.page, 'Registrer et ønske')
    await dialog.locator('.field__error').first().waitFor()
    const today = new Date().toISOString().slice(0, 10)
    await dialog.getByLabel('Når pasienten ble identifisert').fill(today)
    await confirm(marit.page, 'Registrer et ønske')
    await resultNotice(marit.page, 'Ønsket er registrert, og venter på en annen.')
    const title = 'Blokkering av Blokka Behandler'
    await marit.page.getByRole('heading', { level: 2, name: title }).waitFor()
    await inspect(marit.page, 'block-lifts')
    await marit.page.getByRole('button', { name: /^Bekreft/ }).click()
    await confirm(marit.page, 'Bekreft')
    await marit.page
      .getByRole('dialog')
      .getByText(/kan ikke|annen/)
      .last()
      .waitFor()
    await marit.page.keyboard.press('Escape')

    const kare = await enter(browser, it, 'second-owner-bergen', 320)
    await open(kare.page, 'Oppheve blokkering')
    await kare.page.getByRole('heading', { level: 2, name: title }).waitFor()
    await inspect(kare.page, 'block-lifts')
    await kare.page.getByRole('button', { name: /^Bekreft/ }).click()
    await inspect(kare.page, 'block-lift-confirm')
    await confirm(kare.page, 'Bekreft')
    await resultNotice(kare.page, 'Ingen blokkering gjelder lenger.')
    const letter = kare.page.getByRole('region', { name: 'Brev til pasienten' })
    await letter.getByText('Blokka Behandler', { exact: false }).waitFor()
    assert.match((await letter.textContent()) ?? '', /førerkort/)
    await inspect(kare.page, 'block-lift-letter')
    for (const { errors, addresses, context } of [marit, kare]) {
      assert.deepEqual(errors, [])
      for (const one of addresses) assert.doesNotMatch(one, /(?<![\da-f])\d{11}(?![\da-f])/)
      await context.close()
    }
  })

  test('a service is opened to our own case officers and closed again, in both widths', async () => {
    for (const width of [1440, 320]) {
      const marit = await enter(browser, it, 'owner-bergen', width)
      await open(marit.page, 'Deling')
      const section = marit.page.getByRole('region', { name: 'Saksbehandlere' })
      await section.getByText('Ingenting er åpent for saksbehandlere').waitFor()
      await section.getByRole('button', { name: 'Åpne for saksbehandlere' }).click()
      await marit.page.getByRole('dialog').getByLabel('Virksomhetens organisasjonsnummer').fill('12')
      await confirm(marit.page, 'Åpne for saksbehandlere')
      await marit.page.getByRole('dialog').locator('.field__error').first().waitFor()
      await inspect(marit.page, 'case-officers-open')
      await marit.page.getByRole('dialog').getByLabel('Virksomhetens organisasjonsnummer').fill('964338531')
      await confirm(marit.page, 'Åpne for saksbehandlere')
      await resultNotice(marit.page, 'Tjenesten er åpen for saksbehandlere.')
      await section.getByText(REASON, { exact: false }).waitFor()
      await section.scrollIntoViewIfNeeded()
      await inspect(marit.page, 'case-officers')
      await section.getByRole('button', { name: /^Steng/ }).click()
      await confirm(marit.page, 'Steng')
      await resultNotice(marit.page, 'Tjenesten er stengt for saksbehandlere.')
      await section.getByText('Ingenting er åpent for saksbehandlere').waitFor()
      assert.deepEqual(marit.errors, [])
      await marit.context.close()
    }
  })
})

/**
 * The controller portal as people of data controllers meet it, by story: a real browser, the whole system, the made-up people of the seed.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { focusReads, hasFocus, launchBrowser } from './browser.ts'
import {
  allergyInBergen,
  confirm,
  enter,
  hospitalLooks,
  inspect,
  open,
  REASON,
  ready,
  resultNotice,
  somethingWaits,
} from './controller-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

describe('the controller portal, by story', () => {
  test('one owner of Bergen proposes, the other signs, an owner of Oslo signs: and Bergen is open to Oslo', async () => {
    const marit = await enter(browser, it, 'owner-bergen')
    await open(marit.page, 'Deling')
    await marit.page.getByRole('list', { name: 'Bestemme' }).getByRole('link', { name: 'Foreslå avtale' }).click()
    await ready(marit.page, 'Foreslå avtale')
    await marit.page.getByRole('button', { name: 'Foreslå avtalen' }).click()
    await marit.page.locator('.field__error', { hasText: 'Søk fram og velg den andre parten.' }).waitFor()
    const parts = ['Den andre parten', 'Rettslig grunnlag', 'Begrunnelse']
    for (const name of parts) {
      const field = marit.page.getByLabel(new RegExp(`^${name} \\(må fylles ut\\)$`))
      assert.equal(await field.getAttribute('aria-invalid'), 'true', name)
      if (name === parts[0]) await hasFocus(field)
    }
    await inspect(marit.page, 'propose-missing')
    await marit.page.getByLabel('Den andre parten').fill('oslo')
    await marit.page.getByRole('button', { name: 'Søk' }).click()
    await marit.page.getByRole('radio', { name: /^Oslo kommune/ }).check()
    await marit.page.getByLabel('Tjeneste', { exact: true }).selectOption({ label: 'Hjemmemålinger' })
    await marit.page.getByLabel('Rettslig grunnlag').fill('pasientjournalloven § 19')
    await marit.page.getByLabel('Begrunnelse').fill(REASON)
    await inspect(marit.page, 'propose')
    await marit.page.getByRole('button', { name: 'Foreslå avtalen' }).click()
    const agreement = 'Hjemmemålinger fra Bergen kommune til Oslo kommune'
    await ready(marit.page, agreement)
    await resultNotice(marit.page, 'Avtalen er foreslått.')
    await marit.page.getByText('Ingen har signert ennå. Én fra hver side må signere.').waitFor()
    const address = marit.page.url()

    const kare = await enter(browser, it, 'second-owner-bergen')
    await kare.page.goto(address)
    await ready(kare.page, agreement)
    await kare.page.getByRole('button', { name: 'Signer', exact: true }).click()
    await kare.page.getByRole('dialog').getByText('De kan ikke være den samme.', { exact: false }).waitFor()
    await confirm(kare.page, 'Signer', 'kort')
    await kare.page.getByText('Skriv med ord hvorfor').first().waitFor()
    await inspect(kare.page, 'sign')
    await confirm(kare.page, 'Signer')
    await resultNotice(kare.page, 'Signert. Avtalen venter på den andre siden.')
    assert.equal(await kare.page.getByRole('button', { name: 'Signer', exact: true }).count(), 0)

    const turid = await enter(browser, it, 'owner-oslo')
    await turid.page.locator('.count', { hasText: 'Avtaler som venter på oss' }).getByText('1', { exact: true }).waitFor()
    await turid.page.getByRole('link', { name: 'Avtaler som venter på oss' }).click()
    await ready(turid.page, 'Avtaler som venter på oss')
    await inspect(turid.page, 'waiting')
    await turid.page.getByRole('link', { name: `${agreement}, versjon 1` }).click()
    await ready(turid.page, agreement)
    await turid.page.getByText('Den andre siden har signert. Avtalen venter på vår signatur.').waitFor()
    await turid.page.getByRole('button', { name: 'Signer', exact: true }).click()
    await confirm(turid.page, 'Signer')
    await resultNotice(turid.page, 'Signert av begge sider.')

    await open(marit.page, 'Deling')
    await marit.page.getByRole('link', { name: 'Åpen Hjemmemålinger, Oslo kommune' }).waitFor()
    await marit.page.getByRole('button', { name: 'Andre åpner for oss' }).click()
    await marit.page.getByRole('link', { name: 'Venter Kommunale tjenester, Bodø kommune' }).waitFor()
    for (const { errors, addresses, context } of [marit, kare, turid]) {
      assert.deepEqual(errors, [])
      for (const one of addresses) assert.doesNotMatch(one, /(?<![\da-f])\d{11}(?![\da-f])/)
      await context.close()
    }
  })

  test('an owner closes a service to a hospital, and the nurse’s next look-up there shows nothing; reopened, it shows again', async () => {
    const { number, identifier } = await it.patient(31)
    await allergyInBergen(it, identifier)
    assert.equal(await hospitalLooks(it, number), 1)
    const { page, context, errors } = await enter(browser, it, 'owner-bergen')
    await open(page, 'Deling')
    await page.getByLabel('Tjeneste', { exact: true }).selectOption({ label: 'Kritisk informasjon' })
    await page.getByRole('link', { name: /Åpen Kritisk informasjon, Helse Nord/ }).click()
    await page.getByRole('button', { name: 'Steng', exact: true }).click()
    await page
      .getByRole('dialog')
      .getByText(/heller ikke i nødstilfeller/)
      .waitFor()
    await confirm(page, 'Steng')
    await resultNotice(page, 'er stengt for Helse Nord')
    await inspect(page, 'closed')
    assert.equal(await hospitalLooks(it, number), 0)
    await page.getByRole('button', { name: /^Åpne igjen/ }).click()
    await confirm(page, 'Åpne igjen')
    await resultNotice(page, 'er åpen igjen for Helse Nord')
    assert.equal(await hospitalLooks(it, number), 1)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('the privacy officer closes an emergency access, by keyboard alone', async () => {
    const { number, identifier } = await it.patient(32)
    await allergyInBergen(it, identifier)
    await hospitalLooks(it, number, { purpose: 'BTG', reason: 'Bevisstløs i mottaket, haster.' })
    const { page, context, errors } = await enter(browser, it, 'privacy-officer-bergen')
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await page.getByRole('link', { name: 'Nødtilganger å vurdere' }).focus()
    await press('Enter')
    await ready(page, 'Nødtilgang')
    await focusReads(page, /^Nødtilgang$/)
    const item = page.locator('.item', { hasText: 'Bevisstløs i mottaket, haster.' })
    await item.getByText('Jonas Berntsen', { exact: false }).first().waitFor()
    await item.getByRole('button', { name: /^Vurder og avslutt/ }).focus()
    await press('Enter')
    await page.getByRole('dialog').getByText('Det som er avsluttet, åpnes ikke igjen.', { exact: false }).waitFor()
    await press('Escape')
    // By its element: one that is closed has no role, and is gone from the page a moment later.
    await page.locator('dialog').waitFor({ state: 'detached' })
    await item.getByRole('button', { name: /^Vurder og avslutt/ }).focus()
    await press('Enter')
    await page.getByRole('radio', { name: 'Berettiget', exact: true }).focus()
    await press('ArrowDown', 'ArrowUp', 'Tab')
    await page.keyboard.type('Ringte avdelingen, det var riktig.')
    await press('Tab', 'Enter')
    await resultNotice(page, 'Nødtilgangen er vurdert og avsluttet.')
    await page.getByText('Ingen nødtilganger venter').waitFor()
    await page.getByRole('button', { name: 'Avsluttet' }).click()
    await page.getByText('Ringte avdelingen, det var riktig.').waitFor()
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('an owner gives somebody without a health personnel number a role; she comes in as a reader, until it is ended', async () => {
    const { page, context, errors, addresses } = await enter(browser, it, 'owner-bergen')
    await open(page, 'Roller')
    await page.getByRole('button', { name: 'Gi rolle' }).click()
    await confirm(page, 'Gi rolle')
    await page.getByRole('dialog').getByText('Fødselsnummeret har 11 siffer.', { exact: true }).waitFor()
    await page.getByLabel('Fødselsnummer', { exact: true }).fill('307376 09436')
    await inspect(page, 'grant')
    await confirm(page, 'Gi rolle')
    await resultNotice(page, 'Rollen er gitt.')
    const tone = await enter(browser, it, 'caseworker-oslo')
    await tone.page.getByText('Du handler for Bergen kommune som leser.').waitFor()
    await page.getByRole('button', { name: /^Avslutt rollen Tone Bråthen/ }).click()
    await confirm(page, 'Avslutt rollen')
    await resultNotice(page, 'Rollen til Tone Bråthen er avsluttet.')
    await tone.page.reload()
    await tone.page.getByText('Du har ingen rolle for virksomheten.', { exact: false }).waitFor()
    await inspect(tone.page, 'role-ended')
    assert.deepEqual(errors, [])
    for (const one of addresses) assert.doesNotMatch(one, /(?<![\da-f])\d{11}(?![\da-f])/)
    await Promise.all([context.close(), tone.context.close()])
  })

  test('a reader is told nobody’s name, is offered no change, and is refused when asking all the same', async () => {
    await somethingWaits(it)
    const { page, context } = await enter(browser, it, 'reader-bergen')
    for (const name of [
      'Deling',
      'Standardavtaler',
      'Leverandører',
      'Enheter og telefoner',
      'Roller',
      'Nødtilgang',
      'Saker om mulig misbruk',
    ]) {
      await open(page, name)
      assert.deepEqual(await page.locator('.page button:not(.toggle__choice, .csv)').allInnerTexts(), [], name)
    }
    for (const name of ['Spørsmål fra pasienter', 'Meldinger uten pasient']) {
      await open(page, name)
      await page.locator('.item').first().waitFor()
      assert.deepEqual(await page.locator('.page button:not(.toggle__choice, .csv)').allInnerTexts(), [], name)
    }
    await open(page, 'Saker om mulig misbruk')
    await page.getByText('Vises ikke for rollen din').first().waitFor()
    assert.doesNotMatch(await page.locator('.page').innerText(), /Astrid|Haugland/)
    await page.goto(new URL('sharing/propose', page.url().replace(/misuse-cases.*/, '')).href)
    await page.getByText('Rollen din gir ikke adgang til dette.', { exact: false }).waitFor()
    const refused = await page.evaluate(async (reason) => {
      const me = await (await fetch('/controller/api/me')).json()
      const answer = await fetch('/controller/api/closures', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'helsevev-csrf': me.csrf },
        body: JSON.stringify({ service: 'news2', receiver: '983658725', reason }),
      })
      return { status: answer.status, ...(await answer.json()) }
    }, REASON)
    assert.deepEqual(refused, { status: 403, code: 'refused', reason: 'controller-role-insufficient' })
    await context.close()
  })
})

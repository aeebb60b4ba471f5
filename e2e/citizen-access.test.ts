/**
 * A citizen's own access, met on the screen: who has looked, questions, choices, on behalf of. The whole system, a real browser, made-up
 * people.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { focusReads, hasFocus, launchBrowser } from './browser.ts'
import { type Citizen, inspectPage, openPage, settled, signInCitizen } from './citizen-pages.ts'
import { closePatient, numberOf, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const reason = 'Bevisstløs <b>hjemme</b>, ingen pårørende'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
  // Ingrid Solheim, nurse, has looked at two of them, and wanted to look at one who has blocked her.
  const nurse = await openPortal(browser, it.system.baseUrl)
  await signIn(nurse.page, 'nurse-bergen')
  for (const patient of ['liv', 'ragnhild', 'vigdis']) {
    await openPatient(nurse.page, patient)
    await closePatient(nurse.page)
  }
  // What Helse Vest knows of Torbjørn is restricted; she opens it in an emergency.
  await openPatient(nurse.page, 'torbjorn')
  await panel(nurse.page, 'Pasient').getByRole('button', { name: 'Nødtilgang' }).click()
  await nurse.page.getByLabel('Hvorfor trenger du tilgang nå?').fill(reason)
  await nurse.page.getByRole('button', { name: 'Åpne med nødtilgang' }).click()
  await nurse.page.getByRole('region', { name: 'Nødtilgang', exact: true }).waitFor()
  await panelsLoaded(nurse.page)
  await nurse.context.close()
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const whose = (page: Page) => page.getByRole('region', { name: 'Hvem opplysningene gjelder' })
const citizen = (id: string, width = 320) => signInCitizen(browser, it.system.baseUrl, id, { width })

/** No number of anybody, and nothing that went wrong. */
function assertClean({ addresses, errors }: Citizen, ...ids: string[]): void {
  for (const id of ids) assert.ok(!addresses.some((address) => address.includes(numberOf(id))))
  assert.deepEqual(errors, [])
}

describe('a citizen sees to who may see', { concurrency: 2 }, () => {
  test('Liv sees on her phone who looked, in a sentence, and asks about it', async () => {
    const liv = await citizen('liv')
    const { page, context } = liv
    await page.getByRole('heading', { level: 1, name: 'Hei, Liv Tangen' }).waitFor()
    await whose(page).getByText('Du ser dine egne opplysninger').waitFor()
    await settled(page)
    const card = (name: string) => page.getByRole('region', { name, exact: true })
    await card('Nytt i helseopplysningene').getByRole('link', { name: 'Se alle helseopplysninger' }).waitFor()
    await card('Hvem har sett opplysningene i det siste').getByText('Ingrid Solheim, sykepleier ved Bergen legevakt').first().waitFor()
    await card('Spørsmål og svar').getByText('Du har ikke spurt om noe.').waitFor()
    await card('Valg som gjelder').getByText('Du har ikke sperret eller blokkert noe.').waitFor()
    await inspectPage(page, 'citizen-home')

    await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
    // What was seeded is of a segment that is signed for; the newest lines may wait for the next checkpoint.
    await page.locator('[data-proof="checked"]').getByText('er endret etter at de ble skrevet').waitFor()
    const visit = page.getByRole('listitem').filter({ hasText: 'Ingrid Solheim, sykepleier ved Bergen legevakt' }).filter({ hasText: 'så' })
    await visit.first().waitFor()
    assert.match(await visit.first().innerText(), /for å gi behandling\./)
    await inspectPage(page, 'citizen-log')

    await visit.first().getByRole('button', { name: 'Spør om dette' }).click()
    await visit.first().getByRole('button', { name: 'Send spørsmålet' }).click()
    await visit.first().locator('.field__error', { hasText: 'Skriv hva du lurer på' }).waitFor()
    await page.getByLabel('Hva lurer du på?').fill('Hvorfor så du på meg? <script>window.hit = 1</script>')
    await visit.first().getByRole('button', { name: 'Send spørsmålet' }).click()
    await visit.first().getByText('Venter på svar fra').waitFor()
    await focusReads(page, /Hvorfor så du på meg/)
    await openPage(page, 'Spørsmål og svar', 'Spørsmål og svar')
    await page.getByText('Hvorfor så du på meg? <script>window.hit = 1</script>').waitFor()
    assert.equal(await page.evaluate(() => 'hit' in window), false)
    await inspectPage(page, 'citizen-questions')
    assertClean(liv, 'liv')
    await context.close()
  })

  test('Vigdis reads that the nurse she has blocked was stopped, and what a system sent is told as sent', async () => {
    const { page, context } = await citizen('vigdis')
    await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
    const visit = page.getByRole('listitem').filter({ hasText: 'Ingrid Solheim, sykepleier ved Bergen legevakt' }).first()
    const stopped = /prøvde å se .+, men ble stoppet fordi du har blokkert personen, for å gi behandling\./
    await visit.getByRole('paragraph').filter({ hasText: stopped }).waitFor()
    const words = await visit.innerText()
    assert.doesNotMatch(words, /\) så |fant ingenting|holdt tilbake/)
    await visit.getByText('Vis detaljer').click()
    const details = await visit.locator('details li').allInnerTexts()
    assert.equal(new Set(details.map((line) => line.replace(/^[^:]+:/, ''))).size, details.length, 'what is the same is told once')
    const sent = page.getByRole('listitem').filter({ hasText: 'sendte inn' }).first()
    assert.match(await sent.innerText(), /^\s*kl\..+\s+[A-ZÆØÅ][^.]+ sendte inn /s)
    assert.doesNotMatch(await sent.innerText(), /Et datasystem/)
    await inspectPage(page, 'citizen-log-stopped')
    await context.close()
  })

  test('Liv filters and groups the log by place', async () => {
    const { page, context } = await citizen('liv', 1440)
    await page.getByRole('link', { name: 'Hvem har sett opplysningene', exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Hvem har sett opplysningene' }).waitFor()
    await settled(page)
    await page.getByText('Velg hva du vil se').click()
    await page.getByLabel('Ordne etter').selectOption('place')
    await page.getByRole('heading', { level: 2, name: 'Bergen kommune' }).waitFor()
    await inspectPage(page, 'citizen-log-filters')
    await page.getByLabel('Bare nødtilgang').check()
    await page.getByText('Ingen har sett opplysningene').waitFor()
    await context.close()
  })

  test('Liv restricts what a controller has, is told what happens first, and undoes it', async () => {
    const liv = await citizen('liv')
    const { page, context } = liv
    await openPage(page, 'Valg', 'Mine valg')
    await page.getByText('Ingen valg gjelder nå').waitFor()
    await page.getByRole('button', { name: 'Gjør et nytt valg' }).click()
    await page.getByRole('radio', { name: 'Sperre opplysninger' }).check()
    await page.getByRole('radio', { name: 'Alt fra ett sted' }).check()
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.locator('.field__error', { hasText: 'Hvem har registrert opplysningene?' }).waitFor()
    await page.getByLabel('Hvem har registrert opplysningene?').selectOption({ label: 'Oslo kommune' })
    await inspectPage(page, 'citizen-choice-form')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByRole('heading', { name: 'Dette skjer' }).waitFor()
    await page.getByText('Sperret: alt fra Oslo kommune. Gjelder for alle.').waitFor()
    await inspectPage(page, 'citizen-choice-happens')
    await page.getByRole('button', { name: 'Bekreft valget' }).click()
    await page.getByRole('heading', { name: 'Valget gjelder nå' }).waitFor()
    await page.getByText('Sperret: alt fra Oslo kommune. Gjelder for alle.').first().waitFor()
    await settled(page)
    await inspectPage(page, 'citizen-choice-made')
    await page.getByRole('button', { name: 'Angre' }).click()
    await page.getByText('Ingen valg gjelder nå').waitFor()
    await page.getByRole('region', { name: 'Tidligere valg' }).getByText('Sperret: alt fra Oslo kommune').waitFor()
    assertClean(liv, 'liv')
    await context.close()
  })

  test('a block is begun from the log, named, confirmed, and told in words', async () => {
    const { page, context } = await citizen('ragnhild')
    await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
    await page
      .getByRole('button', { name: /Blokkere denne personen ?: Ingrid Solheim/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: 'Mine valg' }).waitFor()
    await settled(page)
    await page.getByText('Ingrid Solheim ser ikke det du har valgt').waitFor()
    await focusReads(page, /^Du har valgt$/)
    await page.getByRole('button', { name: 'Tilbake', exact: true }).click()
    assert.equal(await page.getByRole('radio', { name: 'Blokkere en person' }).isChecked(), true)
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Blokkert: Ingrid Solheim (sykepleier). Personen ser ingen av opplysningene.').waitFor()
    await page.getByText('Gjelder til du opphever det.').waitFor()
    await page.getByRole('button', { name: 'Bekreft valget' }).click()
    await page.getByRole('heading', { name: 'Valget gjelder nå' }).waitFor()
    const [row] = await it.system.database.sql<{ kind: string; hpr: string }[]>`
      select c.kind, c.practitioner as hpr from patient_choice c join person_identifier i on i.patient = c.patient
      where i.value = ${numberOf('ragnhild')} and c.ended is null and c.kind = 'block'`
    assert.deepEqual({ ...row }, { kind: 'block', hpr: '990000011' })
    await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
    const visit = page.getByRole('listitem').filter({ hasText: 'Ingrid Solheim' }).first()
    await visit.getByRole('button', { name: /Opphev blokkeringen/ }).click()
    await inspectPage(page, 'citizen-unblock')
    await visit.getByRole('button', { name: 'Ja, opphev' }).click()
    await visit.getByRole('button', { name: /Blokkere denne personen/ }).waitFor()
    await focusReads(page, /^Blokkere denne personen/)
    await openPage(page, 'Valg', 'Mine valg')
    await page.getByRole('region', { name: 'Tidligere valg' }).getByText('Blokkert: Ingrid Solheim').first().waitFor()
    await context.close()
  })

  test('Hanne switches to Oda, sees always whose information it is, and why Selma is not there', async () => {
    const hanne = await citizen('hanne')
    const { page, context } = hanne
    await openPage(page, 'På vegne av', 'På vegne av andre')
    const selma = page.getByRole('listitem').filter({ hasText: 'Selma Vik' }).first()
    await selma.getByText('Barnet har fylt 12 år').waitFor()
    assert.equal(await selma.getByRole('button', { name: 'Vis opplysningene' }).count(), 0)
    await inspectPage(page, 'citizen-behalf')
    await page.getByRole('button', { name: 'Vis opplysningene til Oda Vik' }).click()
    await whose(page).getByText('Du ser opplysningene til Oda Vik').waitFor()
    for (const [link, heading] of [
      ['Hvem har sett opplysningene', 'Hvem har sett opplysningene'],
      ['Valg', 'Valg for Oda Vik'],
    ] as const) {
      await openPage(page, link, heading)
      await whose(page).getByText('Du ser opplysningene til Oda Vik').waitFor()
      await inspectPage(page, `citizen-oda-${link === 'Valg' ? 'choices' : 'log'}`)
    }
    // Another window, a reload: still Oda, and not Hanne under the name of Oda.
    await page.reload()
    await whose(page).getByText('Du ser opplysningene til Oda Vik').waitFor()
    await page.getByRole('button', { name: 'Tilbake til mine egne' }).click()
    await whose(page).getByText('Du ser dine egne opplysninger').waitFor()
    assertClean(hanne, 'hanne', 'oda', 'selma')
    await context.close()
  })

  test('a youth has a simpler page, an unconsented one is told what is missing, a protected address is told', async () => {
    const ella = await citizen('ella')
    await ella.page.getByText('Du er mellom 13 og 15 år').waitFor()
    await settled(ella.page)
    await ella.page.getByRole('button', { name: 'Meny' }).click()
    assert.equal(await ella.page.getByRole('navigation', { name: 'Sider' }).getByRole('link').count(), 6)
    await inspectPage(ella.page, 'citizen-youth')
    await ella.context.close()

    const sander = await citizen('sander')
    await sander.page.getByText('Du trenger samtykke fra en forelder for å logge inn her.').waitFor()
    await sander.page.getByText('logger en med foreldreansvar inn her, velger «På vegne av» og samtykker').waitFor()
    await inspectPage(sander.page, 'citizen-too-young')
    for (const [link, heading] of [
      ['Hvor du kan henvende deg', 'Hvor du kan henvende deg'],
      ['Personvern', 'Personvern'],
    ] as const) {
      await sander.page.getByRole('contentinfo').getByRole('link', { name: link }).click()
      await sander.page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await inspectPage(sander.page, `citizen-too-young-${link === 'Personvern' ? 'privacy' : 'help'}`)
    }
    await sander.page.getByRole('link', { name: 'Forsiden' }).click()
    await sander.page.getByRole('heading', { name: 'Hvem kan gjøre hva' }).waitFor()
    await sander.context.close()

    const nadia = await citizen('nadia')
    await openPage(nadia.page, 'På vegne av', 'På vegne av andre')
    await nadia.page.getByText('Har en av dere skjermet adresse').first().waitFor()
    assert.equal(await nadia.page.getByText('Yusuf').count(), 0)
    await nadia.context.close()
  })

  test('a power of attorney is given by number and family name, and withdrawn', async () => {
    const vigdis = await citizen('vigdis')
    const { page, context } = vigdis
    await openPage(page, 'På vegne av', 'På vegne av andre')
    await page.getByLabel('Fødselsnummeret til').fill('12345678901')
    await page.getByLabel('Etternavnet til').fill('Lindberg')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Lindberg (fødselsnummer som begynner med 123456) får fullmakt. Den gjelder digitale helsetjenester.').waitFor()
    await focusReads(page, /^Du har valgt$/)
    await inspectPage(page, 'citizen-power-happens')
    await page.getByRole('button', { name: 'Bekreft fullmakten' }).click()
    await page.locator('.field__error', { hasText: 'Fødselsnummeret stemmer ikke' }).waitFor()
    await inspectPage(page, 'citizen-power')
    await page.getByLabel('Fødselsnummeret til').fill(numberOf('siri'))
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByRole('button', { name: 'Bekreft fullmakten' }).click()
    await page.getByRole('heading', { name: 'Fullmakten gjelder nå' }).waitFor()
    await focusReads(page, /^Fullmakten gjelder nå$/)
    const acting = page.getByRole('region', { name: 'Hvem som handler for deg' })
    await acting.getByText('Lindberg', { exact: true }).first().waitFor()
    await acting.getByRole('button', { name: 'Trekk tilbake' }).first().click()
    await acting.getByRole('button', { name: 'Ja, trekk tilbake' }).click()
    await acting.getByText('Avsluttet').waitFor()
    assertClean(vigdis, 'vigdis', 'siri')
    await context.close()
  })

  test('emergency access is told at once on the first page, and in the log with the reason as it was written', async () => {
    const { page, context } = await citizen('torbjorn')
    const notices = page.getByRole('region', { name: 'Nytt til deg' })
    await notices.getByText('Noen brukte nødtilgang for å se opplysninger om deg: Ingrid Solheim.').waitFor()
    await settled(page)
    await inspectPage(page, 'citizen-notices')
    await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
    const visit = page.getByRole('listitem').filter({ hasText: 'Ingrid Solheim' }).filter({ hasText: 'med nødtilgang.' }).first()
    await visit.getByText(`Skrevet begrunnelse: «${reason}»`).waitFor()
    await inspectPage(page, 'citizen-emergency')
    await openPage(page, 'Forsiden', 'Hei, Torbjørn Hauge')
    await notices.getByRole('button', { name: 'Jeg har sett dette' }).click()
    await notices.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Hei, Torbjørn Hauge' }).waitFor()
    await settled(page)
    assert.equal(await notices.count(), 0)
    await context.close()
  })

  test('one record is restricted for one organisation, and the history tells what was before', async () => {
    const leif = await citizen('leif')
    const { page, context } = leif
    await openPage(page, 'Valg', 'Mine valg')
    await page.getByRole('region', { name: 'Gjelder nå' }).getByText('Merknad: Muntlig ønske fra pasienten (oppdiktet).').waitFor()
    await page.getByRole('button', { name: 'Gjør et nytt valg' }).click()
    await page.getByRole('radio', { name: 'Sperre opplysninger' }).check()
    await page.getByRole('radio', { name: 'Én opplysning' }).check()
    await page.getByText('Valget gjelder saken, og ikke bare linjen du velger.').waitFor()
    await page.getByLabel('Opplysning', { exact: true }).selectOption({ index: 1 })
    await page.getByLabel('Hvem skal ikke få se?').selectOption({ label: 'Bergen kommune' })
    await inspectPage(page, 'citizen-choice-record')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Velger du ett resultat, vises resten av svaret uten det.').waitFor()
    await inspectPage(page, 'citizen-choice-record-happens')
    await page.getByRole('button', { name: 'Bekreft valget' }).click()
    await page
      .getByText(/Sperret: én opplysning i .+\. Gjelder for Bergen kommune\./)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Angre' }).click()
    await page.getByRole('region', { name: 'Tidligere valg' }).getByText('Sperret: én opplysning').waitFor()
    await inspectPage(page, 'citizen-choices-history')
    assertClean(leif, 'leif')
    await context.close()
  })

  test('an opt-out tells before it is made and before it is ended what becomes of what comes meanwhile', async () => {
    const { page, context } = await citizen('torbjorn')
    await openPage(page, 'Valg', 'Mine valg')
    await page.getByRole('button', { name: 'Gjør et nytt valg' }).click()
    await page.getByRole('radio', { name: 'Reservere seg mot en tjeneste' }).check()
    await page.getByLabel('Tjeneste', { exact: true }).selectOption({ label: 'Kritisk informasjon' })
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Nytt som kommer imens, blir lagret, men ikke vist for noen.').waitFor()
    await page.getByText('Opphever du reservasjonen, vises alt igjen, også det som kom imens.').waitFor()
    await inspectPage(page, 'citizen-choice-opt-out-happens')
    await page.getByRole('button', { name: 'Bekreft valget' }).click()
    await page.getByText('Reservert mot Kritisk informasjon.').first().waitFor()
    const now = page.getByRole('region', { name: 'Gjelder nå' }).getByRole('listitem').filter({ hasText: 'Reservert mot Kritisk' })
    await now.getByRole('button', { name: 'Opphev' }).click()
    await page.getByText('Oppheve reservasjonen? Da vises alt igjen, også det som kom imens.').waitFor()
    await page.getByRole('button', { name: 'Ja, opphev' }).click()
    await page.getByRole('region', { name: 'Tidligere valg' }).getByText('Reservert mot Kritisk informasjon.').waitFor()
    await context.close()
  })

  test('where to turn names telephones, in three languages, and privacy is told', async () => {
    const { page, context, errors } = await citizen('liv')
    await page.getByRole('contentinfo').getByRole('link', { name: 'Hvor du kan henvende deg' }).click()
    await page.getByRole('heading', { level: 1, name: 'Hvor du kan henvende deg' }).waitFor()
    await settled(page)
    assert.equal(await page.getByRole('link', { name: '113', exact: true }).getAttribute('href'), 'tel:113')
    await page.getByRole('listitem').filter({ hasText: 'Oslo kommune' }).getByRole('link').waitFor()
    await inspectPage(page, 'citizen-help')
    await page.getByRole('button', { name: 'Nynorsk' }).click()
    await page.getByText('Du kan ikkje sende meldingar til tilsette her.').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('You cannot send messages to staff here.').waitFor()
    await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).click()
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor()
    await inspectPage(page, 'citizen-privacy')
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('with the keyboard alone: to the choices, one asked about and kept; the focus goes along', async () => {
    const { page, context } = await citizen('torbjorn', 1440)
    await page.getByRole('heading', { level: 1, name: 'Hei, Torbjørn Hauge' }).waitFor()
    await settled(page)
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    async function tabTo(name: string | RegExp): Promise<void> {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab')
        const now = await focused()
        if (typeof name === 'string' ? now === name : name.test(now)) return
      }
      assert.fail(`The keyboard does not reach ${name}`)
    }
    await tabTo('Valg')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Mine valg' }).waitFor()
    await focusReads(page, /^Mine valg$/)
    await settled(page)
    await tabTo(/^Opphev: Sperret/)
    await page.keyboard.press('Enter')
    await tabTo('Nei, behold')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Opphev ?: Sperret/ }).waitFor()
    await focusReads(page, /^Opphev: Sperret/)
    await context.close()
  })

  test('another person’s address typed by hand, an unknown one, and back after sign-out show nothing', async () => {
    const { page, context } = await citizen('liv')
    const ofOther = await page.evaluate(
      async () => await (await fetch('/citizen/api/choices', { headers: { 'helsevev-about': 'somebody-else' } })).json(),
    )
    assert.deepEqual(ofOther, { code: 'person-changed' })
    await page.goto(`${it.system.baseUrl}/citizen/log/${'a'.repeat(12)}`)
    assert.doesNotMatch(await page.locator('body').innerText(), /Ingrid|Liv/)
    await page.goto(`${it.system.baseUrl}/citizen/log`)
    await page.getByRole('heading', { level: 1, name: 'Hvem har sett opplysningene' }).waitFor()
    await settled(page)
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/log'))
    await page.goBack()
    await page.waitForLoadState()
    assert.doesNotMatch(await page.locator('body').innerText(), /Ingrid|Du ser dine egne/)
    await page.goto(`${it.system.baseUrl}/citizen/log`)
    await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
    assert.doesNotMatch(await page.locator('body').innerText(), /Ingrid|Liv Tangen/)
    await context.close()
  })

  test('Torbjørn asks for messages outside the portal: faults lead to their field, and what would be sent is shown', async () => {
    for (const width of [320, 1440]) {
      const { page, context, errors } = await citizen('torbjorn', width)
      await openPage(page, 'Varsler', 'Varsler på SMS og e-post')
      const sms = page.getByLabel('Mobilnummer')
      await sms.fill('123')
      await page.getByRole('button', { name: 'Lagre' }).press('Enter')
      await page.getByText('Skriv åtte sifre, eller et nummer med landkode').waitFor()
      await hasFocus(sms.and(page.locator('[aria-invalid=true]')))
      await inspectPage(page, 'citizen-notices-fault')
      await sms.fill(`999 999 ${width === 320 ? '11' : '12'}`)
      for (const box of await page.getByRole('checkbox').all()) await box.setChecked(false)
      await page.getByRole('button', { name: 'Lagre' }).press('Enter')
      await page.getByText('Velg hva du vil høre om').waitFor()
      await page.getByLabel('Jeg har fått svar på et spørsmål om loggen').check()
      await page.getByRole('button', { name: 'Lagre' }).press('Enter')
      await page.getByText('Lagret. Vi har sendt en melding').waitFor()
      assert.equal(await sms.inputValue(), `+47999999${width === 320 ? '11' : '12'}`)
      await inspectPage(page, 'citizen-notices')
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Varsler på SMS og e-post' }).waitFor()
      assert.equal(await page.getByLabel('Mobilnummer').inputValue(), `+47999999${width === 320 ? '11' : '12'}`)
      assert.ok(await page.getByLabel('Jeg har fått svar på et spørsmål om loggen').isChecked())
      assert.deepEqual(errors, [])
      if (width === 1440) {
        const isSent = async () => (await (await fetch(`${it.system.baseUrl}/test-notices`)).text()).includes('+4799999912')
        for (let tries = 0; tries < 40 && !(await isSent()); tries++) await setTimeout(250)
        await page.goto(`${it.system.baseUrl}/test-notices`)
        await page.getByRole('heading', { name: 'SMS: +4799999912' }).waitFor()
        assert.equal(await page.getByText('Varsler fra Helsevev kommer ikke lenger hit.').count(), 1)
        await inspectPage(page, 'test-notices')
      }
      await context.close()
    }
  })
})

/** The clinician portal as a person meets it: the whole system, a real browser, the made-up people of the seed. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { lookUps } from '@helsevev/kernel/areas/access-log/look-ups'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { world } from '@helsevev/server/seed/index'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, hasFocus, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import {
  choosePlace,
  closePatient,
  find,
  numberOf,
  openPatient,
  openPortal,
  panel,
  panelsLoaded,
  patientName,
  personName,
  signIn,
  signInByHand,
} from './clinician-pages.ts'
import { score } from './scores.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const BERGEN = '964338531'
const news2Panel = '**/api/panels/news2'

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

/** Each page and state is looked at with axe, must not scroll sideways, and is pictured when somebody asks for pictures. */
async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
  await screenshot(page, `${name}-${width}`)
}

// Each with a browser window of its own: what one waits for, the others use.
describe('the clinician portal', { concurrency: 2 }, () => {
  test('the out-of-hours nurse sees who it is, municipal services and NEWS2, each with source, unit and time', async () => {
    const { page, context, errors } = await open()
    await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
    await inspect(page, 'sign-in')
    await signInByHand(page, 'nurse-bergen')
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    await inspect(page, 'find')
    await openPatient(page, 'astrid')
    await inspect(page, 'patient-astrid')

    const who = await panel(page, 'Pasient').innerText()
    for (const words of ['Astrid Haugland', '8. mars 1941', 'kvinne', numberOf('astrid').slice(-2)]) assert.ok(who.includes(words), words)
    assert.match(who, /8[5-9] år|9\d år/)

    const services = panel(page, 'Kommunale tjenester')
    await services.getByText('Helsetjenester i hjemmet').first().waitFor()
    await services.getByText('Bergen kommune').first().waitFor()
    await services.getByText('Bergen hjemmetjenesten').first().waitFor()
    const news2 = panel(page, 'NEWS2')
    await news2.getByRole('button', { name: /^Vis alle \d+$/ }).click()
    for (const controller of ['Helse Vest RHF', 'Bergen kommune', 'Helse Nord RHF'])
      await news2.getByText(controller).first().waitFor({ state: 'attached' })
    assert.ok((await news2.locator('time').count()) > 0)
    assert.ok((await services.locator('time').count()) > 0)

    const strip = page.getByRole('region', { name: 'Oppslaget' })
    for (const words of ['Bergen kommune, Bergen legevakt', 'Behandling', 'Oppslag logges']) await strip.getByText(words).waitFor()
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('a vendor posts a score, the nurse sees it when she fetches again, and the patient finds both in the log', async () => {
    const { number, identifier } = await it.patient(7)
    const { page, context, errors } = await open()
    await signIn(page, 'nurse-bergen')
    await find(page, number)
    // Reported to the register by number alone: shown as somebody without a name, and with what there is.
    await page.getByRole('heading', { level: 1, name: 'Navn ikke registrert' }).waitFor()
    await panelsLoaded(page)
    const news2 = panel(page, 'NEWS2')
    assert.equal(await news2.locator('[data-state]').getAttribute('data-state'), 'unknown')
    await inspect(page, 'patient-nameless')

    const effectiveDateTime = new Date(Date.now() - 20 * 60_000).toISOString()
    const posted = await it
      .vendor('fjordjournal-ehr', BERGEN, 'helsevev:news2/write')
      .post('news2/Observation', score(identifier, { effectiveDateTime }))
    assert.equal(posted.status, 201, JSON.stringify(posted.body))
    await page.getByRole('button', { name: 'Hent på nytt' }).click()
    await news2.getByText('for 20 minutter siden').waitFor()
    assert.match(
      await news2.getByRole('article').first().innerText(),
      /Siste skåring[\s\S]*\b3\s+av 20[\s\S]*Respirasjons\u00adfrekvens: 2 poeng/,
    )
    assert.deepEqual(errors, [])
    await context.close()

    const { sql } = it.system.database
    const [person] = await sql<{ patient: PatientKey }[]>`select patient from person_identifier where value = ${number}`
    assert.ok(person)
    const seen = await lookUps(sql, person.patient)
    const rows = seen.map(({ name, organizationName, event, service, type, outcome }) =>
      [name, organizationName, event, service, type, outcome].join(', '),
    )
    const compared = rows.filter((row) => /, (news2|municipal-services|persons), /.test(row))
    assert.deepEqual([...new Set(compared)].sort(), [
      'Fjordjournal, Bergen kommune, create, news2, Observation, ok',
      'Ingrid Solheim, Bergen kommune, $response-texts, news2, , ok',
      'Ingrid Solheim, Bergen kommune, $status, municipal-services, , ok',
      'Ingrid Solheim, Bergen kommune, search-type, municipal-services, EpisodeOfCare, ok',
      'Ingrid Solheim, Bergen kommune, search-type, news2, Observation, ok',
      'Ingrid Solheim, Bergen kommune, search-type, persons, Patient, ok',
    ])
    assert.equal(rows.filter((row) => row.includes('persons')).length, 1)
    const others = rows.filter((row) => !compared.includes(row))
    assert.ok(others.every((row) => row.startsWith('Ingrid Solheim, Bergen kommune, ') && row.endsWith(', ok')))
  })

  test('what is withheld, unknown, and nothing at all are told apart in words', async () => {
    const { page, context, errors } = await open()
    await signIn(page, 'nurse-bergen')
    const patients: [string, [string, string][]][] = [
      [
        'kjell',
        [
          ['Kommunale tjenester', 'withheld'],
          ['NEWS2', 'withheld'],
        ],
      ],
      [
        'signe',
        [
          ['Kommunale tjenester', 'unknown'],
          ['NEWS2', 'unknown'],
        ],
      ],
      ['per', [['Kommunale tjenester', 'none']]],
    ]
    const said: string[] = []
    for (const [id, panels] of patients) {
      await openPatient(page, id)
      for (const [name, state] of panels) {
        const shown = panel(page, name).locator('[data-state]').first()
        assert.equal(await shown.getAttribute('data-state'), state, `${id}, ${name}`)
        said.push(`${name}: ${await shown.innerText()}`)
      }
      await inspect(page, `patient-${id}`)
      await closePatient(page)
    }
    assert.equal(new Set(said).size, said.length)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('a partial score, one that does not apply and one on scale 2 are each shown as what they are', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    const patients: [string, RegExp[]][] = [
      ['berit', [/Ufullstendig/, /Linjen er brutt/, /Avsenders sum: 4/]],
      ['amina', [/NEWS2 gjelder ikke gravide/, /Ingen hel sum å vise utvikling for/]],
      ['gunnar', [/Skala 2 \(88–92 %\), som i siste skåring/]],
    ]
    for (const [id, words] of patients) {
      await openPatient(page, id)
      const text = await panel(page, 'NEWS2').innerText()
      for (const word of words) assert.match(text, word, id)
      await inspect(page, `patient-${id}`)
      await closePatient(page)
    }
    await context.close()
  })

  test('the trend begins with the latest episode, breaks its line over long gaps, and shows the period chosen by keyboard', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'astrid')
    const news2 = panel(page, 'NEWS2')
    const lines = news2.locator('.news2-chart__line')
    const caption = news2.locator('figcaption')
    assert.equal(await news2.getByRole('radio', { name: 'Siste forløp' }).isChecked(), true)
    assert.equal(await lines.count(), 1)
    const episode = Number(/^\d+/.exec(await caption.innerText())?.[0])
    await news2.getByRole('radio', { name: 'Siste forløp' }).focus()
    await page.keyboard.press('ArrowLeft')
    assert.equal(await news2.getByRole('radio', { name: 'Alt' }).isChecked(), true)
    assert.ok((await lines.count()) >= 2)
    assert.ok(Number(/^\d+/.exec(await caption.innerText())?.[0]) > episode)
    assert.match(await caption.innerText(), /Linjen er brutt ved mer enn 48 timer mellom/)
    await screenshot(page, 'patient-astrid-all-1440')

    const rows = news2.locator('.news2-table--scores tbody tr')
    assert.equal(await rows.count(), 5)
    const more = news2.getByRole('button', { name: /^Vis alle \d+$/ })
    await more.focus()
    await page.keyboard.press('Enter')
    assert.ok((await rows.count()) > 5)
    await hasFocus(rows.nth(5))
    await context.close()
  })

  test('a wrong number is explained, and a person nobody knows is not opened', async () => {
    const { page, context, errors } = await open()
    await signIn(page, 'nurse-bergen')
    const field = page.getByLabel('Fødselsnummer')
    const unknown = '01705012314'
    assert.equal(
      world().patients.some(({ identifiers }) => identifiers.some(({ value }) => value === unknown)),
      false,
    )
    for (const [typed, words] of [
      ['', 'Skriv fødselsnummeret.'],
      ['0170501231', 'For få siffer.'],
      ['01705012315', 'Kontrollsifrene stemmer ikke.'],
      [unknown, 'ingen som deler her, har meldt om personen'],
    ] as const) {
      await find(page, typed)
      await page.getByText(words).first().waitFor()
      await hasFocus(field)
      assert.equal(await field.getAttribute('aria-invalid'), 'true')
    }
    await inspect(page, 'find-unknown')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Tilbake til pasienten' }).count(), 0)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('the identity number stands in no address, title, storage or page, and the name in no address or title', async () => {
    const { page, context, addresses } = await open()
    await signInByHand(page, 'nurse-bergen')
    await openPatient(page, 'gunnar')
    const [number, name] = [numberOf('gunnar'), patientName('gunnar')]
    await page.reload()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await panelsLoaded(page)
    assert.equal(new URL(page.url()).pathname, '/clinician/patient')
    const kept = await page.evaluate(() =>
      JSON.stringify([document.title, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
    )
    const text = await page.evaluate(() => document.body.innerText)
    assert.deepEqual([kept.includes(number), kept.includes(name), text.includes(number)], [false, false, false])
    assert.equal(
      addresses.some((address) => address.includes(number) || decodeURIComponent(address).includes(name)),
      false,
    )
    const cookies = await context.cookies(`${it.system.baseUrl}/clinician/`)
    const [session] = cookies.filter((cookie) => cookie.name.includes('helsevev-clinician'))
    assert.deepEqual([session?.httpOnly, session?.sameSite], [true, 'Strict'])
    await context.close()
  })

  test('after sign-out neither the back button nor the address shows the patient', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'signe')
    await page.getByRole('button', { name: 'Logg ut' }).click()
    // The issuer asks, because the portal puts no token into an address to show whose session it is.
    await page.waitForURL((url) => url.origin === it.system.issuer)
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
    for (const go of [() => page.goBack(), () => page.goto(`${it.system.baseUrl}/clinician/patient`)]) {
      await go()
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal(await page.getByText(patientName('signe')).count(), 0)
      assert.equal(await page.getByText('Kommunale tjenester').count(), 0)
    }
    await context.close()
  })

  test('a source that does not answer is told as such, can be tried again, and does not wipe what was fetched before', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    await page.route(news2Panel, (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }), { times: 1 })
    await openPatient(page, 'berit')
    const news2 = panel(page, 'NEWS2')
    assert.equal(await news2.locator('[data-state]').getAttribute('data-state'), 'unavailable')
    await inspect(page, 'patient-unavailable')
    await news2.getByRole('button', { name: 'Prøv igjen' }).click()
    await news2.getByText('Siste skåring').first().waitFor()
    await page.route(news2Panel, (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: 'Hent på nytt' }).click()
    await news2.locator('[data-state="stale"]').waitFor()
    assert.ok(await news2.getByText('Siste skåring').first().isVisible())
    await inspect(page, 'patient-stale')
    await page.route(news2Panel, (route) => route.fulfill({ status: 403, json: { code: 'refused', reason: 'no-agreement' } }), { times: 1 })
    await page.getByRole('button', { name: 'Hent på nytt' }).click()
    await news2.getByText('Ingen avtale åpner tjenesten').waitFor()
    assert.equal(await news2.getByText('Siste skåring').count(), 0)
    await inspect(page, 'patient-refused')
    await context.close()
  })

  test('while a panel loads the page says so, and a register that does not tell the name is asked again', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(news2Panel, async (route) => {
      await held
      await route.continue()
    })
    // The register does not answer, as the portal's server reports it.
    await page.route('**/api/me', async (route) => {
      const response = await route.fetch()
      const me = await response.json()
      if (me.patient) delete me.patient.person
      await route.fulfill({ response, json: me })
    })
    await find(page, numberOf('maria'))
    await page.getByRole('heading', { level: 1, name: 'Pasient', exact: true }).waitFor()
    await page.getByText('Navnet kunne ikke hentes. Kontroller nummeret.').waitFor()
    await panel(page, 'NEWS2').locator('[data-state="loading"]').waitFor()
    await inspect(page, 'patient-loading')
    release()
    await page.unroute('**/api/me')
    await page.getByRole('button', { name: 'Hent navnet på nytt' }).click()
    await page.getByRole('heading', { level: 1, name: patientName('maria') }).waitFor()
    await panel(page, 'Pasient').getByText('Felles hjelpenummer').waitFor()
    await context.close()
  })

  test('when another window opens another patient, this one stops showing the first', async () => {
    const { page, context } = await open()
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'signe')
    const other = await context.newPage()
    await other.goto(`${it.system.baseUrl}/clinician/`)
    await openPatient(other, 'per')
    await page.getByRole('heading', { level: 1, name: 'En annen pasient er åpnet' }).waitFor()
    assert.equal(await page.getByText(patientName('signe')).count(), 0)
    assert.equal(await page.getByText('Kommunale tjenester').count(), 0)
    await inspect(page, 'patient-changed')
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
    await page.getByText('Du er ikke i Helsepersonellregisteret').waitFor()
    assert.equal(new URL(page.url()).search, '')
    await inspect(page, 'sign-in-refused')
    await context.close()
  })

  test('someone who works in two places chooses one, and can change it', async () => {
    const { page, context, errors } = await open()
    await signIn(page, 'nurse-bodo')
    await page.getByRole('heading', { level: 1, name: 'Velg arbeidssted' }).waitFor()
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await page.getByText('Velg virksomheten du arbeider for nå.').first().waitFor()
    await inspect(page, 'organization')
    await page.getByRole('radio', { name: 'Bodø kommune' }).check()
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await page.getByText('Velg enheten du arbeider i nå.').first().waitFor()
    await hasFocus(page.getByLabel('Enhet'))
    await inspect(page, 'organization-unit')
    await choosePlace(page, 'Bodø hjemmetjenesten')
    await openPatient(page, 'ivan')
    await page.getByRole('button', { name: 'Bytt arbeidssted' }).click()
    await page.getByRole('radio', { name: 'Helse Nord RHF' }).check()
    await choosePlace(page, 'Nordlandssykehuset Bodø, medisinsk post')
    await page.getByRole('region', { name: 'Oppslaget' }).getByText('Helse Nord RHF, Nordlandssykehuset Bodø').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Tilbake til pasienten' }).count(), 0)
    assert.deepEqual(errors, [])
    await context.close()
  })

  test('the whole way is walked with the keyboard, and the focus is always somewhere sensible', async () => {
    const { page, context } = await open()
    const focused = () => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)
    const tab = async (expected: RegExp, key = 'Tab') => {
      await page.keyboard.press(key)
      assert.match(await focused(), expected)
    }
    const skip = async () => {
      await tab(/Hopp til hovedinnholdet/)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
    await skip()
    await tab(/Logg inn med HelseID/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: personName('nurse-bergen') }).waitFor()
    do await tab(/^(A|BUTTON) /)
    while (!(await focused()).includes(personName('nurse-bergen')))
    await page.keyboard.press('Enter')
    await page.getByLabel('Enhet').waitFor()
    await skip()
    await tab(/^SELECT/)
    await page.keyboard.type('Bergen lege')
    await tab(/Fortsett/)
    await page.keyboard.press('Enter')
    await page.getByLabel('Fødselsnummer').waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await tab(/^INPUT/)
    await page.keyboard.type(numberOf('astrid'))
    await tab(/^INPUT/)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: patientName('astrid') }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await page.getByRole('region', { name: 'Oppslaget' }).getByText('Akutt behandling').waitFor()
    await panelsLoaded(page)
    await tab(/^BUTTON Vis/)
    await tab(/Hent på nytt/)
    await tab(/Lukk pasienten/)
    // Through the panels: every stop is a link to call, a button or a choice, and is seen with its focus.
    for (let step = 0; step < 60 && !/^INPUT/.test(await focused()); step++) {
      await tab(/^(A|BUTTON|INPUT) /)
      // The design system marks the inside of its buttons, and radio buttons are marked next to them.
      const outline = await page.evaluate(() => {
        const element = document.activeElement
        const marked = [element, element?.firstElementChild, element?.nextElementSibling].filter(
          (candidate) => candidate instanceof Element,
        )
        return marked
          .map((candidate) => getComputedStyle(candidate))
          .some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none')
      })
      assert.equal(outline, true, `no focus is seen on: ${await focused()}`)
    }
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.getByRole('radio', { name: '24 timer' }).isChecked(), true)
    // The slider that reads the chart.
    await tab(/^INPUT/)
    await tab(/Vis alle/)
    await page.getByRole('button', { name: 'Lukk pasienten' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    await hasFocus(page.getByRole('heading', { level: 1, name: 'Finn pasient' }))
    await context.close()
  })

  test('the screen is in the language the person chose, and stays so', async () => {
    const { page, context } = await open()
    await page.getByRole('button', { name: 'Nynorsk' }).click()
    await page.getByText('For helsepersonell som treng').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in with HelseID' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB')
    await context.close()
  })

  test('on a phone and a tablet, and zoomed in, every page fits and has no serious finding', async () => {
    const { page, context } = await open(320)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await inspect(page, 'sign-in')
    await signIn(page, 'nurse-bergen')
    await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
    await inspect(page, 'find')
    await find(page, '01705012315')
    await page.getByText('Kontrollsifrene stemmer ikke.').first().waitFor()
    await inspect(page, 'find-error')
    for (const id of ['astrid', 'berit', 'kjell']) {
      await openPatient(page, id)
      if (id === 'astrid') await inspect(page, `patient-${id}`)
      for (const width of [768, 640, 320]) {
        await page.setViewportSize({ width, height: 900 })
        assert.equal(await sidewaysScroll(page), 0, `${id}, ${width}`)
        await screenshot(page, `patient-${id}-${width}`)
      }
      await closePatient(page)
    }
    await context.close()
  })
})

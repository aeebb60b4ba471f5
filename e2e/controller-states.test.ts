/** Every page of the controller portal, in both widths and in its states: readable, reachable, and safe from what others send. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { openPortal, signIn } from './clinician-pages.ts'
import {
  allergyInBergen,
  BERGEN,
  confirm,
  enter,
  hospitalLooks,
  inspect,
  OSLO,
  open,
  REASON,
  ready,
  resultNotice,
  SCRIPT,
  somethingWaits,
} from './controller-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser()])
  const { number, identifier } = await it.patient(33)
  await allergyInBergen(it, identifier)
  await hospitalLooks(it, number, { purpose: 'BTG', reason: `Bevisstløs i mottaket. ${SCRIPT}` })
  await somethingWaits(it)
})
after(async () => {
  await browser?.close()
  await it?.close()
})

const pages: [name: string, picture: string][] = [
  ['Deling', 'sharing'],
  ['Standardavtaler', 'standard'],
  ['Leverandører', 'vendors'],
  ['Enheter og telefoner', 'units'],
  ['Roller', 'roles'],
  ['Nødtilgang', 'emergency-access'],
  ['Saker om mulig misbruk', 'misuse-cases'],
  ['Spørsmål fra pasienter', 'questions'],
  ['Meldinger uten pasient', 'messages'],
  ['Avviste forespørsler', 'refused-requests'],
  ['Oppslag', 'use'],
  ['Tilkoblet og i bruk', 'adoption'],
]

/** What the first button for it on the page saves. */
async function savedCsv(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.csv').first().click()])
  return await readFile(await file.path(), 'utf8')
}
const saved: string[] = []

describe('pages of the controller portal', { concurrency: 2 }, () => {
  for (const width of [1440, 320]) {
    test(`every page at ${width} px, with script in what others send shown as text`, async () => {
      const { page, context, errors } = await enter(browser, it, 'owner-bergen', width)
      await page.waitForFunction(() => document.querySelectorAll('.count').length === 6)
      await inspect(page, 'home')
      for (const [name, picture] of pages) {
        await open(page, name)
        await inspect(page, picture)
        if (picture === 'sharing') saved.push(await savedCsv(page))
      }
      await open(page, 'Leverandører')
      await page.locator('.item').getByRole('link').first().click()
      await page.getByRole('heading', { level: 2, name: /^Avvist de siste 28 dagene/ }).waitFor()
      await page.waitForFunction(() => !document.querySelector('[data-state=loading]'))
      await inspect(page, 'vendor')
      await open(page, 'Meldinger uten pasient')
      await page.getByText('<img src=x onerror=', { exact: false }).first().waitFor()
      await page.getByRole('button', { name: /^Les meldingen/ }).click()
      await confirm(page, 'Les meldingen')
      await resultNotice(page, 'Meldingen vises under.')
      await page.getByRole('region', { name: 'Innholdet i meldingen' }).getByText('<Melding>', { exact: false }).waitFor()
      await inspect(page, 'message-read')
      await open(page, 'Saker om mulig misbruk')
      await page.locator('.item').getByRole('link').click()
      await ready(page, 'Sak om mulig misbruk')
      await inspect(page, 'misuse-case')
      await page.getByRole('button', { name: 'Avgjør saken' }).click()
      await page.getByRole('dialog').getByText('Dette skjer:').waitFor()
      await inspect(page, 'judge')
      await page.keyboard.press('Escape')
      await open(page, 'Deling')
      // On a phone the list begins with its first rows.
      const more = page.getByRole('button', { name: /^Vis alle \d+$/ })
      await page.locator('.matrix, .matrix-list').first().waitFor()
      if (await more.isVisible()) await more.click()
      await page
        .getByRole('link', { name: /^Åpen NEWS2/ })
        .first()
        .click()
      await page.getByRole('heading', { level: 1, name: /^NEWS2 og / }).waitFor()
      await inspect(page, 'cell')
      await page.getByRole('link', { name: /^NEWS2 fra Bergen kommune til .*, versjon 1$/ }).click()
      await page.getByRole('heading', { level: 1, name: /^NEWS2 fra Bergen kommune til / }).waitFor()
      await inspect(page, 'agreement')
      assert.deepEqual(errors, [])
      await context.close()
    })
  }

  test('a phone saves the same table as a wide screen', () => {
    assert.match(saved[0] ?? '', /^\uFEFF[^\n]*;NEWS2[;\r]/)
    assert.equal(saved[0], saved[1])
  })

  test('what cannot be fetched is told apart from none: a figure, a page, a list that was there', async () => {
    const { page, context } = await enter(browser, it, 'owner-bergen', 320)
    const unknown = {
      followUps: { count: 0, more: false },
      misuseCases: null,
      questions: null,
      messages: null,
      signatures: null,
      refusals: null,
    }
    await page.route('**/api/overview', async (route) => await route.fulfill({ json: unknown }), { times: 1 })
    await page.reload()
    await page.locator('[data-state=partial]').waitFor()
    await inspect(page, 'home-partial')
    await page.route('**/api/vendors', async (route) => await route.fulfill({ status: 503, json: { code: 'unavailable' } }), { times: 2 })
    await open(page, 'Leverandører')
    await page.locator('[data-state=unavailable]').waitFor()
    await inspect(page, 'vendors-unavailable')
    for (const words of ['Tjenesten svarer ikke.', 'Hentet.']) {
      await page.getByRole('button', { name: 'Prøv igjen' }).click()
      await page.waitForFunction((said) => document.querySelector('[role=status]')?.textContent?.includes(said), words)
    }
    await page.locator('.item').first().waitFor()
    await page.route('**/api/units?**', async (route) => await route.fulfill({ status: 502, json: { code: 'failed' } }), { times: 1 })
    await open(page, 'Enheter og telefoner')
    await page.locator('[data-state=failed]').waitFor()
    await inspect(page, 'units-failed')
    await page.goto(`${it.system.baseUrl}/controller/sharing/agreements/abcdefghijkl`)
    await page.getByText('Vi har ingen slik avtale.').waitFor()
    await inspect(page, 'agreement-unknown')
    await context.close()
  })

  test('who may act for two chooses one; when the role there ends, the way to the other is open', async () => {
    const { owner: sql } = it.database
    const end = async (until: string | null) => {
      await sql`
        update controller_role set valid_until = ${until}
        where organization = ${OSLO} and person in (select person from controller_role where organization = ${BERGEN})`
    }
    await sql`
      insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
      select gen_random_uuid(), ${OSLO}, r.person, 'reader', r.valid_from, 'Test', 'for the test'
      from controller_role r join person p on p.patient = r.person where p.family_name = 'Tveit' and r.organization = ${BERGEN}`
    const { page, context } = await openPortal(browser, it.system.baseUrl, { portal: 'controller', width: 320 })
    await signIn(page, 'second-owner-bergen', '')
    await page.getByRole('radio', { name: 'Oslo kommune' }).check()
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await page.getByText('Du handler for Oslo kommune som leser.').waitFor()
    await page.getByRole('button', { name: 'Bytt virksomhet' }).click()
    await page.getByRole('radio', { name: 'Oslo kommune', checked: true }).waitFor()
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await page.getByText('Du handler for Oslo kommune som leser.').waitFor()
    await end(new Date().toISOString())
    await page.reload()
    await page.getByText('Du har ingen rolle for virksomheten.', { exact: false }).waitFor()
    await inspect(page, 'role-ended')
    await page.getByRole('button', { name: 'Bytt virksomhet' }).click()
    await page.getByRole('radio', { name: 'Bergen kommune' }).check()
    await page.getByRole('button', { name: 'Fortsett' }).click()
    await page.getByText('Du handler for Bergen kommune som eier.').waitFor()
    await context.close()
  })

  test('a telephone is changed, the owner’s own portal cannot be switched off, a message nobody has a number of stays', async () => {
    const { page, context } = await enter(browser, it, 'owner-bergen')
    await open(page, 'Enheter og telefoner')
    await page
      .getByRole('button', { name: /^Endre telefon Bergen legevakt/ })
      .first()
      .click()
    await page.getByLabel('Telefonnummer').fill('ring meg')
    await confirm(page, 'Endre telefon')
    await page.getByRole('dialog').getByText('Telefonnummer: 3 til 19 siffer', { exact: false }).waitFor()
    await page.getByLabel('Telefonnummer').fill('55 56 87 60')
    await confirm(page, 'Endre telefon')
    await resultNotice(page, 'har nå telefon 55 56 87 60.')
    await page.getByText('Telefon 55 56 87 60').first().waitFor()
    await open(page, 'Leverandører')
    const own = page.locator('.item', { has: page.getByRole('heading', { name: 'Helsevev', exact: true }) })
    await own.getByText('Portalen bruker denne leverandøren.', { exact: false }).waitFor()
    assert.equal(await own.getByRole('button').count(), 0)
    await open(page, 'Meldinger uten pasient')
    await page.getByRole('button', { name: /^Knytt til en person/ }).click()
    await page.getByLabel('Fødselsnummeret til den det gjelder').fill('30817900035')
    await confirm(page, 'Knytt til en person')
    await page.getByRole('dialog').getByText('ikke et gyldig fødselsnummer', { exact: false }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Forkast/ }).click()
    await confirm(page, 'Forkast')
    await resultNotice(page, 'Meldingen er forkastet.')
    await page.getByText('Ingen meldinger venter').waitFor()
    await open(page, 'Spørsmål fra pasienter')
    await page.getByRole('button', { name: /^Svar/ }).click()
    await page.getByLabel('Svaret').fill('Vi så på det fordi legevakten ringte oss.')
    await page.getByRole('dialog').getByRole('button', { name: 'Svar', exact: true }).click()
    await resultNotice(page, 'Svaret er sendt.')
    await context.close()
  })
})

interface Steps {
  page: Page
  press(role: 'link' | 'button', name: string | RegExp): Promise<void>
}

const agreement = 'Hjemmemålinger fra Bergen kommune til Oslo kommune'
const reason = async ({ page }: Steps, label = 'Begrunnelse') => await page.getByRole('dialog').getByLabel(label).fill(REASON)

async function sign(steps: Steps, notice: string): Promise<void> {
  await steps.press('link', 'Avtaler som venter på oss')
  await steps.press('button', `Signer ${agreement}, versjon 1`)
  await reason(steps)
  await steps.press('button', 'Signer')
  await resultNotice(steps.page, notice)
}

/** In this order: one signs what the one before has proposed. Presses as measured when people tried it, fewer where they hesitated. */
const tasks: [task: string, person: string, atMost: number, steps: (steps: Steps) => Promise<void>][] = [
  [
    'close a service to a hospital, and open it again',
    'owner-bergen',
    6,
    async (steps) => {
      const { page, press } = steps
      await press('link', 'Deling')
      await press('link', /^Åpen Kritisk informasjon, Helse Nord/)
      await press('button', 'Steng')
      await reason(steps)
      await press('button', 'Steng')
      await resultNotice(page, 'er stengt for Helse Nord')
      await press('button', /^Åpne igjen/)
      await reason(steps)
      await press('button', /^Åpne igjen/)
      await resultNotice(page, 'er åpen igjen for Helse Nord')
    },
  ],
  [
    'propose an agreement',
    'owner-bergen',
    2,
    async ({ page, press }) => {
      await press('link', 'Foreslå avtale')
      await page.getByLabel('Den andre parten').fill('Oslo kommune')
      await page.getByLabel('Den andre parten').press('Enter')
      await page.getByRole('radio', { name: /^Oslo kommune/, checked: true }).waitFor()
      await page.getByLabel('Tjeneste', { exact: true }).selectOption({ label: 'Hjemmemålinger' })
      await page.getByLabel('Rettslig grunnlag').fill('pasientjournalloven § 19')
      await page.getByLabel('Begrunnelse').fill(REASON)
      await press('button', 'Foreslå avtalen')
      await resultNotice(page, 'Avtalen er foreslått.')
    },
  ],
  [
    'sign what a colleague has proposed',
    'second-owner-bergen',
    3,
    async (steps) => await sign(steps, 'Signert. Avtalen venter på den andre siden.'),
  ],
  ['sign for the other side', 'owner-oslo', 3, async (steps) => await sign(steps, 'Signert av begge sider.')],
  [
    'judge a case of possible misuse',
    'privacy-officer-bergen',
    3,
    async (steps) => {
      const { page, press } = steps
      await press('link', 'Saker om mulig misbruk')
      await press('button', /^Avgjør saken/)
      await reason(steps)
      await press('button', 'Avgjør saken')
      await resultNotice(page, 'Saken er avgjort.')
    },
  ],
  [
    'answer a question',
    'privacy-officer-bergen',
    3,
    async (steps) => {
      const { page, press } = steps
      await press('link', 'Spørsmål fra pasienter')
      await press('button', /^Svar/)
      await reason(steps, 'Svaret')
      await press('button', 'Svar')
      await resultNotice(page, 'Svaret er sendt.')
    },
  ],
  [
    'see why requests of vendors were refused, and what mends it',
    'owner-bergen',
    1,
    async ({ page, press }) => {
      await press('link', 'Avviste forespørsler')
      await page.getByText('Forespørsler', { exact: true }).first().waitFor()
    },
  ],
  [
    'see use, in openings of patients, beside adoption',
    'owner-bergen',
    1,
    async ({ page, press }) => {
      await press('link', 'Tilkoblet og i bruk')
      await page.getByRole('table').first().waitFor()
    },
  ],
]

describe('what people of data controllers come for', () => {
  before(async () => await somethingWaits(it, 911))
  for (const [task, person, atMost, steps] of tasks)
    test(`${person}: ${task}, in ${atMost} presses`, async () => {
      const { page, errors, context } = await enter(browser, it, person)
      let presses = 0
      await steps({
        page,
        async press(role, name) {
          presses += 1
          const dialog = page.getByRole('dialog')
          const within = (await dialog.count()) > 0 ? dialog : page
          await within
            .getByRole(role, { name, exact: typeof name === 'string' })
            .first()
            .click()
        },
      })
      assert.ok(presses <= atMost, `${presses} presses`)
      assert.deepEqual(errors, [])
      await context.close()
    })
})

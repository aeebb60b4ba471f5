/**
 * What people come to the citizen portal for, as they do it at 1440 pixels from the first page, with the presses it may take: no more than
 * measured when people tried it. Fields that are filled in and choices in a list do not count.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { inspectPage, settled, signInCitizen } from './citizen-pages.ts'
import { numberOf } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const BERGEN = '964338531'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
  const nurse = await it.person('nurse-bergen', BERGEN, 'helsevev:news2/read')
  const answers = await Promise.all(
    ['liv', 'ragnhild'].map((id) =>
      nurse.search('news2', 'Observation', { 'patient.identifier': `urn:oid:2.16.578.1.12.4.1.4.1|${numberOf(id)}` }),
    ),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
})

after(async () => {
  await browser?.close()
  await it?.close()
})

interface Steps {
  page: Page
  press(role: 'link' | 'button' | 'radio', name: string | RegExp): Promise<void>
}

/** Each step waits for what the person looks for before the next press. */
const tasks: [task: string, citizen: string, atMost: number, steps: (steps: Steps) => Promise<void>][] = [
  [
    'see the newest results',
    'liv',
    1,
    async ({ page, press }) => {
      await press('link', /og \d+ til$/)
      await page.locator('.analysis__line').first().waitFor()
    },
  ],
  [
    'see who has looked, and why',
    'liv',
    1,
    async ({ page, press }) => {
      await press('link', 'Se hele listen')
      await page
        .getByText(/Ingrid Solheim, sykepleier ved .+, for å gi behandling\./)
        .first()
        .waitFor()
    },
  ],
  [
    'ask about a look-up',
    'liv',
    3,
    async ({ page, press }) => {
      await press('link', 'Hvem har sett opplysningene')
      await press('button', /^Spør om dette/)
      await page.getByLabel('Hva lurer du på?').fill('Hvorfor så du på opplysningene mine?')
      await press('button', 'Send spørsmålet')
      await page.getByText('Venter på svar fra').waitFor()
    },
  ],
  [
    'restrict what a hospital has, and undo it',
    'liv',
    7,
    async ({ page, press }) => {
      await press('link', 'Valg')
      await press('button', 'Gjør et nytt valg')
      await press('radio', 'Sperre opplysninger')
      await press('radio', 'Alt fra ett sted')
      await page.getByLabel('Hvem har registrert opplysningene?').selectOption({ label: 'Helse Vest RHF' })
      await press('button', 'Se hva som skjer')
      await page.getByText('Sperret: alt fra Helse Vest RHF. Gjelder for alle.').waitFor()
      await press('button', 'Bekreft valget')
      await page.getByRole('heading', { name: 'Valget gjelder nå' }).waitFor()
      await press('button', 'Angre')
      await page.getByText('Ingen valg gjelder nå').waitFor()
    },
  ],
  [
    'block a nurse',
    'ragnhild',
    3,
    async ({ page, press }) => {
      await press('link', 'Hvem har sett opplysningene')
      await press('button', /^Blokkere denne personen ?: Ingrid Solheim/)
      await page.getByText('Blokkert: Ingrid Solheim (sykepleier). Personen ser ingen av opplysningene.').waitFor()
      await press('button', 'Bekreft valget')
      await page.getByRole('heading', { name: 'Valget gjelder nå' }).waitFor()
    },
  ],
  [
    'give a power of attorney',
    'vigdis',
    3,
    async ({ page, press }) => {
      await press('link', 'På vegne av')
      await page.getByLabel('Fødselsnummeret til').fill(numberOf('siri'))
      await page.getByLabel('Etternavnet til').fill('Lindberg')
      await press('button', 'Se hva som skjer')
      await press('button', 'Bekreft fullmakten')
      await page.getByRole('heading', { name: 'Fullmakten gjelder nå' }).waitFor()
    },
  ],
  [
    'take a summary along, as a PDF and for another system',
    'liv',
    4,
    async ({ page, press }) => {
      await press('link', 'Last ned')
      await Promise.all([page.waitForEvent('download'), press('button', 'Last ned')])
      await press('radio', 'Sammendrag til andre systemer (FHIR)')
      await Promise.all([page.waitForEvent('download'), press('button', 'Last ned')])
    },
  ],
  ...(
    [
      ['hanne', 'Jakob Vik'],
      ['grete', undefined],
      ['siri', undefined],
    ] as const
  ).map(([citizen, name]): (typeof tasks)[number] => [
    'see the information of the person one acts for',
    citizen,
    2,
    async ({ page, press }) => {
      await press('link', 'På vegne av')
      await press('button', name ? `Vis opplysningene til ${name}` : /^Vis opplysningene til /)
      await page
        .getByText(/^Du ser opplysningene til /)
        .first()
        .waitFor()
      await settled(page)
      assert.equal(await page.getByRole('region', { name: 'Nytt i helseopplysningene' }).getByRole('link').first().isVisible(), true)
      if (!name) return
      await page.getByRole('navigation', { name: 'Sider' }).getByRole('link', { name: 'Helseopplysninger' }).press('Enter')
      await page.getByRole('heading', { level: 1, name: `Helseopplysninger om ${name}` }).waitFor()
    },
  ]),
  [
    'learn that a youth needs a consent, and where it is given',
    'kristin',
    1,
    async ({ page, press }) => {
      await page.getByRole('region', { name: 'Å gjøre' }).getByText('Sander Moen trenger samtykke fra en forelder').waitFor()
      await inspectPage(page, 'citizen-home')
      await press('link', 'Til «På vegne av»')
      await page.getByRole('button', { name: 'Samtykk til at Sander Moen logger inn' }).waitFor()
    },
  ],
  [
    'refused as a youth: find help',
    'sander',
    1,
    async ({ page, press }) => {
      await page.getByText('logger en med foreldreansvar inn her, velger «På vegne av» og samtykker').waitFor()
      await press('link', 'Hvor du kan henvende deg')
      await page.getByRole('link', { name: '116 117' }).waitFor()
    },
  ],
]

describe('what people come for', { concurrency: 2 }, () => {
  for (const [task, citizen, atMost, steps] of tasks)
    test(`${citizen}: ${task}, in ${atMost} presses`, async () => {
      const { page, context, errors } = await signInCitizen(browser, it.system.baseUrl, citizen, { width: 1440 })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      let presses = 0
      await steps({
        page,
        async press(role, name) {
          presses += 1
          await page
            .getByRole(role, { name, exact: typeof name === 'string' })
            .first()
            .click()
          await settled(page)
        },
      })
      assert.ok(presses <= atMost, `${presses} presses`)
      assert.deepEqual(errors, [])
      await context.close()
    })
})

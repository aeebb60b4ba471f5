/**
 * Every page of every portal, and how a person gets to it: for those who look at all of them (accessibility, attacks, pictures). A page
 * that is added to `routes.ts` of a portal is among them by itself; what needs more than its address has a line in `portals`.
 */
import { pages as citizenPages } from '@helsevev/portal-citizen/routes'
import { pages as clinicianPages } from '@helsevev/portal-clinician/routes'
import { pages as controllerPages } from '@helsevev/portal-controller/routes'
import type { PortalName } from '@helsevev/server/env'
import type { Page } from 'playwright-core'
import { choosePlace, numberOf, patientName } from './clinician-pages.ts'

export interface PortalUnderTest {
  name: PortalName
  /** Path below the portal of each page; `:id` stands for a part that differs. */
  pages: Readonly<Record<string, string>>
  /** Who signs in. */
  person: string
  /** After sign-in, in bokmål: until every page may be seen. */
  prepare?: (page: Page) => Promise<void>
  /** What the frame around every page asks, below `api/`: left alone when the answers to a page are put in their place. */
  frame: readonly string[]
}

export const portals: readonly PortalUnderTest[] = [
  {
    name: 'clinician',
    pages: clinicianPages,
    person: 'nurse-bergen',
    frame: ['me', 'patient/person', 'organization'],
    async prepare(page) {
      await choosePlace(page, 'Bergen legevakt')
      await page.getByLabel('Fødselsnummer').fill(numberOf('astrid'))
      await page.getByRole('radio', { name: 'Behandling', exact: true }).check()
      await page.getByRole('button', { name: 'Åpne pasienten' }).click()
      await page.getByRole('heading', { level: 1, name: patientName('astrid'), exact: true }).waitFor()
    },
  },
  { name: 'citizen', pages: citizenPages, person: 'citizen-liv', frame: ['me', 'people'] },
  { name: 'controller', pages: controllerPages, person: 'owner-bergen', frame: ['me', 'organization', 'role'] },
]

/** In one click, as from the front page, and on to where every page may be seen. */
export async function enter(page: Page, address: string, { name, person, prepare }: PortalUnderTest): Promise<void> {
  await page.goto(address)
  const link = page.locator(`a[href="/${name}/login?as=${person}"]`)
  // Not everybody is named there; a link of the same page does for all.
  if ((await link.count()) === 0)
    await page
      .locator(`a[href^="/${name}/login?as="]`)
      .first()
      .evaluate((one, href) => one.setAttribute('href', href), `/${name}/login?as=${person}`)
  await page.locator(`a[href="/${name}/login?as=${person}"]`).click()
  await page.waitForURL((url) => url.pathname.startsWith(`/${name}/`) && !url.pathname.endsWith('/login'))
  await settled(page)
  const me = await page.request.get(`${address}/${name}/api/me`)
  if (!(await me.json()).signedIn) throw new Error(`${person} was not let in to ${name}: ${page.url()}`)
  await prepare?.(page)
  await settled(page)
}

/**
 * Nothing loads any more, or it has loaded for so long that it is what a person would see. `busyForEver`: the page shows on purpose what a
 * page looks like that loads.
 */
export async function settled(page: Page, milliseconds = 8_000, { busyForEver = false } = {}): Promise<void> {
  await page
    .waitForFunction(
      (lasting) =>
        document.querySelector('main h1, main h2') && (lasting || !document.querySelector('main [aria-busy="true"]:not([data-lasting])')),
      busyForEver,
      { timeout: milliseconds },
    )
    .catch(() => undefined)
  await page.waitForLoadState('networkidle', { timeout: milliseconds }).catch(() => undefined)
}

/** The address of a page; for one with a part that differs, the first link to it that was met. */
export function pathOf({ name, pages }: PortalUnderTest, page: string, met: Iterable<string>): string | undefined {
  const path = `/${name}${pages[page]}`
  if (!path.includes(':')) return path
  const pattern = new RegExp(`^${path.replace(/:[a-zA-Z]+/g, '[^/]+')}$`)
  for (const link of met) if (pattern.test(link)) return link
  return undefined
}

/** Paths that links on the page lead to, in this installation. */
export async function linksOn(page: Page): Promise<string[]> {
  return await page.evaluate(() => [...document.links].filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname))
}

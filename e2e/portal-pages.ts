/**
 * Every page of every portal, and how a person gets to it: for those who look at all of them (accessibility, attacks, pictures). A page
 * that is added to `routes.ts` of a portal is among them by itself; what needs more than its address has a line in `portals`.
 */
import { pages as citizenPages } from '@helsevev/portal-citizen/routes'
import { pages as clinicianPages } from '@helsevev/portal-clinician/routes'
import { pages as controllerPages } from '@helsevev/portal-controller/routes'
import type { PortalName } from '@helsevev/server/env'
import type { Page, Request } from 'playwright-core'
import { choosePlace, numberOf, patientName, signInByRequest } from './clinician-pages.ts'

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

/** Signs in, and goes on to where every page may be seen. */
export async function enter(page: Page, address: string, { name, person, prepare }: PortalUnderTest): Promise<void> {
  await signInByRequest(page, `${address}/${name}`, person)
  await settled(page)
  const me = await page.request.get(`${address}/${name}/api/me`)
  if (!(await me.json()).signedIn) throw new Error(`${person} was not let in to ${name}: ${page.url()}`)
  if (!prepare) return
  await prepare(page)
  await settled(page)
}

/** Milliseconds without a change on the page and without an answer from the server, after which the page is as a person finds it. */
const STILL = 100

/**
 * Waits until nothing loads, or until `milliseconds` have passed and a person would look at the page as it is. `busyForEver`: the page
 * shows on purpose what loading looks like. The page watches itself: Playwright would draw it again at every question, and wait half a
 * second after the last answer.
 */
export async function settled(page: Page, milliseconds = 8_000, { busyForEver = false } = {}): Promise<void> {
  const deadline = performance.now() + milliseconds
  const underWay = requestsUnderWay(page)
  for (let left = milliseconds; left > 0 && !page.isClosed(); left = deadline - performance.now()) {
    // Throws when the page goes elsewhere meanwhile; then the next page is the one to wait for.
    const still = await page.evaluate(whenStill, { still: STILL, limit: left, busyForEver }).catch(() => false)
    if (still && underWay.size === 0) return
  }
}

/** Runs in the page: true when it has a heading, is not busy, and has stood still; false when `limit` milliseconds have passed. */
async function whenStill({ still, limit, busyForEver }: { still: number; limit: number; busyForEver: boolean }): Promise<boolean> {
  const isReady = () =>
    document.querySelector('main h1, main h2') !== null &&
    (busyForEver || !document.querySelector('main [aria-busy="true"]:not([data-lasting])'))
  return await new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const changes = new MutationObserver(() => wait())
    const answers = new PerformanceObserver(() => wait())
    const end = (result: boolean) => {
      changes.disconnect()
      answers.disconnect()
      clearTimeout(timer)
      clearTimeout(last)
      resolve(result)
    }
    const wait = () => {
      clearTimeout(timer)
      if (isReady()) timer = setTimeout(end, still, true)
    }
    const last = setTimeout(end, limit, false)
    changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    answers.observe({ type: 'resource' })
    wait()
  })
}

const followed = new WeakMap<Page, Set<Request>>()

/** Requests of a page that have no answer yet, counted from the first time that this is asked. */
function requestsUnderWay(page: Page): ReadonlySet<Request> {
  const known = followed.get(page)
  if (known) return known
  const underWay = new Set<Request>()
  followed.set(page, underWay)
  page.on('request', (request) => underWay.add(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
  // Requests that a page made before it went elsewhere do not count.
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) for (const request of underWay) if (!request.isNavigationRequest()) underWay.delete(request)
  })
  return underWay
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

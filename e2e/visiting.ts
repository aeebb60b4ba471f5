/**
 * Visits pages as people do and looks at each with the checks of page-checks.ts: every page of every portal as it is and in the states that
 * its server can put it in, the pages outside the portals, and the gallery.
 */
import { looks, pathOf as pathOfLook } from '@helsevev/portal-gallery/looks'
import type { Check, Results, Visit } from '@helsevev/server/pages/accessibility/results'
import { world } from '@helsevev/server/seed/index'
import { type Language, languages } from '@helsevev/ui/format.ts'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { type Lent, lendPage } from './lent-pages.ts'
import { axe, pageChecks, translatableNames } from './page-checks.ts'
import { enter, linksOn, type PortalUnderTest, pathOf, portals, settled } from './portal-pages.ts'

/** How thoroughly: the statement is made from `whole`; `quick` is what every run of the tests can afford. */
export type Depth = 'quick' | 'whole'

/** What the server answers to whatever a page asks; nothing at all for the page that loads. */
const answers: Readonly<Record<string, { status: number; code: string } | undefined>> = {
  'source does not answer': { status: 503, code: 'unavailable' },
  refused: { status: 403, code: 'refused' },
  failed: { status: 502, code: 'failed' },
  loading: undefined,
}

const everyCheck = ['axe', ...Object.keys(pageChecks)] as Check[]
/** Those that need no more than the page as it stands. */
const fewChecks: Check[] = ['axe', 'media', 'title', 'language', 'motion']

const { organizations, patients, people } = world()
const seededNames = [
  ...organizations.flatMap(({ name, number }) => [name, number]),
  ...patients.map(({ givenName, familyName }) => `${givenName} ${familyName}`),
  ...people.map(({ name }) => name),
]

export interface Visits {
  visits: Visit[]
  judgedByAxe: Set<string>
  axe: string
  notVisited: Results['notVisited']
  /** Names of people and organisations, and their numbers: those that a browser would translate, and how many it leaves. */
  names: { unmarked: string[]; marked: number }
}

export async function visitAll(browser: Browser, address: string, depth: Depth, only?: string): Promise<Visits> {
  const all: Visits = { visits: [], judgedByAxe: new Set(), axe: '', notVisited: [], names: { unmarked: [], marked: 0 } }
  const widths = depth === 'whole' ? [320, 1440] : [320]
  const read = depth === 'whole' ? languages : (['nb'] as const)
  const states = depth === 'whole' ? Object.keys(answers) : ['source does not answer']
  const groups: Record<string, () => Promise<void>> = {
    pages: () => visitPaths(browser, address, 'pages', { 'front page': '/', accessibility: '/accessibility' }, { all, widths, read }),
    gallery: () =>
      visitPaths(browser, address, 'gallery', Object.fromEntries(looks.map((look) => [look, `/gallery${pathOfLook(look)}`])), {
        all,
        widths,
        read,
      }),
    ...Object.fromEntries(
      portals.map((portal) => [portal.name, () => visitPortal(browser, address, portal, { all, widths, read, states })]),
    ),
  }
  for (const [name, visit] of Object.entries(groups)) if (!only || only === name) await visit()
  return all
}

interface Extent {
  all: Visits
  widths: readonly number[]
  read: readonly Language[]
}

interface PortalExtent extends Extent {
  /** Names of `answers`, visited in addition to the page as it is. */
  states: readonly string[]
}

async function open(browser: Browser, width: number): Promise<Lent> {
  const { page, context } = await lendPage(browser, { width, height: 900 })
  page.setDefaultTimeout(20_000)
  const broken = (error: Error) => {
    throw new Error(`${page.url()} broke: ${error.message}`)
  }
  page.on('pageerror', broken)
  return { page, context }
}

/** The choice as the language switch leaves it. */
async function speak(context: BrowserContext, address: string, language: Language): Promise<void> {
  await context.addCookies([{ name: 'helsevev-language', value: language, url: address }])
}

async function visitPaths(browser: Browser, address: string, portal: string, paths: Record<string, string>, { all, widths, read }: Extent) {
  for (const width of widths) {
    const { page, context } = await open(browser, width)
    for (const language of read) {
      await speak(context, address, language)
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(address + path)
        await settled(page, undefined, { busyForEver: portal === 'gallery' })
        const checks = language === 'nb' ? everyCheck : fewChecks
        await look(page, { portal, page: name, state: 'as it is', width, language }, checks, all)
      }
    }
    await context.close()
  }
}

async function visitPortal(
  browser: Browser,
  address: string,
  portal: PortalUnderTest,
  { all, widths, read, states }: PortalExtent,
): Promise<void> {
  const { name } = portal
  for (const width of widths) {
    const { page, context } = await open(browser, width)
    await page.goto(`${address}/${name}/`)
    for (const language of read) {
      await speak(context, address, language)
      await page.reload()
      await settled(page)
      await look(
        page,
        { portal: name, page: 'sign-in', state: 'as it is', width, language },
        language === 'nb' ? everyCheck : fewChecks,
        all,
      )
    }
    await speak(context, address, 'nb')
    await enter(page, address, portal)
    const met = new Set(await linksOn(page))
    for (const one of Object.keys(portal.pages)) {
      const path = pathOf(portal, one, met)
      if (!path) {
        if (!all.notVisited.some((left) => left.portal === name && left.page === one)) all.notVisited.push({ portal: name, page: one })
        continue
      }
      for (const language of read) {
        await speak(context, address, language)
        await page.goto(address + path)
        await settled(page)
        for (const link of await linksOn(page)) met.add(link)
        await look(page, { portal: name, page: one, state: 'as it is', width, language }, language === 'nb' ? everyCheck : fewChecks, all)
        const { unmarked, marked } = await translatableNames(page, seededNames)
        all.names = { unmarked: [...all.names.unmarked, ...unmarked], marked: all.names.marked + marked }
      }
      if (width !== widths[0]) continue
      await speak(context, address, 'nb')
      for (const state of states) {
        await answerWith(page, portal, state)
        await page.goto(address + path)
        await settled(page, 2_000, { busyForEver: state === 'loading' })
        await look(page, { portal: name, page: one, state, width, language: 'nb' }, ['axe', 'reflow', 'title', 'language', 'motion'], all)
        await page.unrouteAll({ behavior: 'ignoreErrors' })
      }
    }
    await context.close()
  }
}

/** Puts the answer in the place of the server's to what the page asks; what the frame asks is answered as ever. */
async function answerWith(page: Page, { name, frame }: PortalUnderTest, state: string): Promise<void> {
  const answer = answers[state]
  await page.route(`**/${name}/api/**`, async (route: Route) => {
    const asked = new URL(route.request().url()).pathname.slice(`/${name}/api/`.length)
    if (frame.includes(asked)) return await route.fallback()
    if (answer) return await route.fulfill({ status: answer.status, json: { code: answer.code } })
    // Never answered: the page waits for as long as anyone looks at it.
    return undefined
  })
}

async function look(page: Page, visit: Omit<Visit, 'checks' | 'findings'>, checks: Check[], all: Visits): Promise<void> {
  const findings: Visit['findings'] = []
  for (const check of checks) {
    if (check === 'axe') {
      const seen = await axe(page)
      findings.push(...seen.findings)
      for (const criterion of seen.judged) all.judgedByAxe.add(criterion)
      all.axe = seen.version
    } else findings.push(...(await pageChecks[check](page, visit.language)).map((finding) => ({ check, ...finding })))
  }
  all.visits.push({ ...visit, checks, findings })
}

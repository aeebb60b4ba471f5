/** What is asked of a page in addition to the rules of axe, by what a person would notice: each check answers with what is wrong. */
import type { Check, Finding } from '@helsevev/server/pages/accessibility/results'
import type { Page } from 'playwright-core'
import { runAxe } from './axe.ts'
import { sidewaysScroll } from './browser.ts'

type PageCheck = (page: Page, language: string) => Promise<Omit<Finding, 'check'>[]>

/**
 * Names and numbers on the page that a browser would translate with the text around them, and how many stand marked. What has no script
 * and what describes a drawing is not translated.
 */
export async function translatableNames(page: Page, names: readonly string[]): Promise<{ unmarked: string[]; marked: number }> {
  return await page.evaluate((known) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const unmarked: string[] = []
    let marked = 0
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode
      if (!known.some((name) => textContent?.includes(name)) || parentElement?.closest('noscript, script')) continue
      if (parentElement?.closest('[translate=no]')) marked += 1
      else unmarked.push(`${location.pathname}: ${textContent?.slice(0, 80)}`)
    }
    return { unmarked, marked }
  }, names)
}

/** `wcag143` is 1.4.3, `wcag1410` is 1.4.10. */
const criteriaIn = (names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const [, principle, guideline, rest] = /^wcag(\d)(\d)(\d+)$/.exec(name) ?? []
    return rest ? [`${principle}.${guideline}.${rest}`] : []
  })

/** Every rule of axe on WCAG 2.0 to 2.2, A and AA, and its advice. `judged`: criteria that a rule passed or failed something by. */
export async function axe(page: Page): Promise<{ findings: Finding[]; judged: string[]; version: string }> {
  const { violations, passes, testEngine } = await runAxe(page, ['label-content-name-mismatch'])
  return {
    findings: violations.flatMap(({ id, tags: names, nodes }) =>
      nodes.slice(0, 3).map(({ target }) => ({ check: 'axe' as const, rule: id, criteria: criteriaIn(names), where: target.join(' ') })),
    ),
    judged: [...violations, ...passes].flatMap(({ tags: names }) => criteriaIn(names)),
    version: testEngine.version,
  }
}

const overflow = async (page: Page, rule: string, criteria: string[]) => {
  const pixels = await sidewaysScroll(page)
  return pixels > 0 ? [{ rule: `${rule}: ${pixels} pixels`, criteria, where: await widest(page) }] : []
}

async function widest(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const wide = [...document.querySelectorAll('main *, header *, footer *')].find((one) => one.getBoundingClientRect().right > width + 1)
    return wide ? `${wide.tagName.toLowerCase()}.${wide.className}` : ''
  })
}

/** With the window changed for the check and back again. */
async function inWindow<Answer>(page: Page, width: number, height: number, look: () => Promise<Answer>): Promise<Answer> {
  const before = page.viewportSize()
  await page.setViewportSize({ width, height })
  await redrawn(page, width)
  try {
    return await look()
  } finally {
    if (before) await page.setViewportSize(before)
  }
}

/** The page may draw itself again for another width: what it does then is done some frames later. */
async function redrawn(page: Page, width: number): Promise<void> {
  await page.waitForFunction((wanted) => window.innerWidth === wanted, width)
  await page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames++) await new Promise((done) => requestAnimationFrame(done))
  })
}

/** With style that a person has set for themselves; a sheet made by script is let in where one from elsewhere is not. */
async function withStyle<Answer>(page: Page, css: string, look: () => Promise<Answer>): Promise<Answer> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }, css)
  try {
    return await look()
  } finally {
    await page.evaluate(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)
    })
  }
}

/** WCAG 1.4.12: what text must bear. */
const spaced = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`

/** Words that their box cuts off, where nothing says that there is more. */
async function clipped(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, header *')]
      .filter((one) => {
        const style = getComputedStyle(one)
        const hides =
          style.overflowX === 'hidden' || style.overflowX === 'clip' || style.overflowY === 'hidden' || style.overflowY === 'clip'
        const text = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
        const seen = one.clientWidth > 2 && one.clientHeight > 2 && style.clipPath === 'none'
        return hides && text && seen && (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2)
      })
      .slice(0, 3)
      .map((one) => `${one.tagName.toLowerCase()}: ${one.textContent?.slice(0, 40)}`),
  )
}

export const pageChecks: Record<Exclude<Check, 'axe'>, PageCheck> = {
  media: async (page) => {
    const found = await page.evaluate(() =>
      [...document.querySelectorAll('video, audio, iframe, object, embed')].map(({ tagName }) => tagName),
    )
    return found.map((tag) => ({
      rule: 'sound, video or another page in the page',
      criteria: ['1.2.1', '1.2.2', '1.2.5', '1.4.2'],
      where: tag,
    }))
  },
  reflow: async (page) => await inWindow(page, 320, 900, () => overflow(page, 'sideways scrolling at 320 pixels', ['1.4.10'])),
  // A window of 1280 pixels at 200 % has room for 640.
  zoom: async (page) => await inWindow(page, 640, 450, () => overflow(page, 'sideways scrolling at 200 % zoom', ['1.4.4'])),
  'text-spacing': async (page) =>
    await withStyle(page, spaced, async () => [
      ...(await overflow(page, 'sideways scrolling with spaced text', ['1.4.12'])),
      ...(await clipped(page)).map((where) => ({ rule: 'words cut off with spaced text', criteria: ['1.4.12'], where })),
    ]),
  keyboard: (page) => walkWithTab(page),
  structure: async (page) => await page.evaluate(structureFaults),
  // A phone that is held sideways.
  orientation: async (page) =>
    await inWindow(page, 844, 390, async () => [
      ...(await overflow(page, 'sideways scrolling when held sideways', ['1.3.4'])),
      ...((await page.locator('main').isVisible())
        ? []
        : [{ rule: 'shows nothing when held sideways', criteria: ['1.3.4'], where: 'main' }]),
    ]),
  shapes: async (page) => await page.evaluate(faintShapes),
  'forced-colours': async (page) => {
    // White on black: what is drawn dark is then not seen.
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
    try {
      const walked = (await walkWithTab(page)).map((finding) => ({ ...finding, rule: `${finding.rule}, with forced colours` }))
      const seen = await page.evaluate(lostInForcedColours)
      return [...walked, ...seen.map(({ rule, where }) => ({ rule, where, criteria: ['1.4.1', '1.4.11'] }))]
    } finally {
      await page.emulateMedia({ forcedColors: 'none', colorScheme: null })
    }
  },
  title: async (page) => {
    const title = await page.title()
    return /^.{3,} – Helsevev$|^Helsevev – .{3,}$/.test(title)
      ? []
      : [{ rule: 'title of the window says not which page', criteria: ['2.4.2'], where: title }]
  },
  language: async (page, language) => {
    const marked = (await page.locator('html').getAttribute('lang')) ?? ''
    return marked.slice(0, 2) === language ? [] : [{ rule: `marked as ${marked}, and is ${language}`, criteria: ['3.1.1'], where: 'html' }]
  },
  // Anyone who asks for less motion gets none, and nobody gets any that lasts.
  motion: async (page) => {
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.className.toString() ?? '') : '')),
    )
    return moving.map((where) => ({ rule: 'moves', criteria: ['2.2.2', '2.3.1'], where }))
  },
}

/** Runs in the page: an order on the screen that is not that of the document, text in pictures, and ids that stand twice. */
function structureFaults(): { rule: string; criteria: string[]; where: string }[] {
  const found: { rule: string; criteria: string[]; where: string }[] = []
  const seen = new Set<string>()
  for (const one of document.querySelectorAll<HTMLElement>('body *')) {
    const where = `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}`
    const { order, flexDirection, display } = getComputedStyle(one)
    const turned = /flex|grid/.test(display) && flexDirection.endsWith('reverse')
    if ((order !== '0' && one.parentElement) || turned || one.tabIndex > 0)
      found.push({ rule: 'stands in another order on the screen', criteria: ['1.3.2'], where })
    if (/^(img|canvas|image|picture)$/i.test(one.tagName)) found.push({ rule: 'a picture', criteria: ['1.4.5'], where })
    if (one.id && seen.has(one.id)) found.push({ rule: 'an id stands twice', criteria: ['4.1.1'], where: `#${one.id}` })
    seen.add(one.id)
  }
  return found.slice(0, 5)
}

/** Runs in the page: fields whose edge, and icons whose lines, differ too little from what is behind them. */
function faintShapes(): { rule: string; criteria: string[]; where: string }[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string) =>
    channels(colour)
      .slice(0, 3)
      .map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const contrast = (one: string, other: string) => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const isSeen = (colour: string) => channels(colour)[3] !== 0
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return isSeen(backgroundColor) ? backgroundColor : behind(element.parentElement)
  }
  const fields = 'input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea'
  const edges = [...document.querySelectorAll(fields)].filter((one) => {
    const { borderBottomColor, borderBottomStyle } = getComputedStyle(one)
    return one.checkVisibility() && borderBottomStyle !== 'none' && contrast(borderBottomColor, behind(one.parentElement)) < 3
  })
  const lines = [...document.querySelectorAll('svg.hnds-style-icon')].filter((one) => {
    const { fill } = getComputedStyle(one)
    const isOff = one.closest(':disabled, [aria-disabled="true"]')
    return one.checkVisibility() && !isOff && fill !== 'none' && isSeen(fill) && contrast(fill, behind(one)) < 3
  })
  return [...edges, ...lines].slice(0, 3).map((one) => ({
    rule: 'differs too little from what is behind it',
    criteria: ['1.4.11'],
    where: `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}`,
  }))
}

/** Runs in the page: drawings that cannot be seen, grounds that hide the words on them, and menus where every link looks current. */
function lostInForcedColours(): { rule: string; where: string }[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string) =>
    channels(colour)
      .slice(0, 3)
      .map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const contrast = (one: string, other: string) => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const isPaint = (paint: string) => paint !== 'none' && channels(paint)[3] !== 0
  const ground = getComputedStyle(document.body).backgroundColor
  const found: { rule: string; where: string }[] = []
  for (const shape of document.querySelectorAll('main svg :is(path, circle, rect, line, polyline, text)')) {
    if (!shape.checkVisibility()) continue
    const { fill, stroke } = getComputedStyle(shape)
    const paints = [fill, stroke].filter(isPaint)
    const where = `${shape.tagName} ${shape.getAttribute('class') ?? shape.closest('svg')?.getAttribute('class') ?? ''}`
    const onButton = shape.closest('a, button, [aria-current], [aria-pressed]')
    if (!onButton && paints.every((paint) => contrast(paint, ground) < 3) && paints.some((paint) => contrast(paint, ground) > 1.05))
      found.push({ rule: 'is not seen with forced colours', where })
    const hasWords = shape.closest('svg')?.querySelector('text')
    if (shape.tagName === 'rect' && hasWords && isPaint(fill) && contrast(fill, ground) > 1.3)
      found.push({ rule: 'hides words with forced colours', where })
  }
  const look = (link: Element) => {
    const { backgroundColor, borderBottomColor, borderLeftColor } = getComputedStyle(link)
    return [backgroundColor, borderBottomColor, borderLeftColor].join()
  }
  for (const menu of document.querySelectorAll('nav')) {
    const current = menu.querySelector('a[aria-current]')
    const other = menu.querySelector('a:not([aria-current])')
    if (current?.checkVisibility() && other && look(current) === look(other))
      found.push({ rule: 'the current link looks like the others with forced colours', where: menu.getAttribute('aria-label') ?? 'nav' })
  }
  return found.filter(({ rule, where }, at) => found.findIndex((one) => one.rule === rule && one.where === where) === at)
}

interface Stop {
  where: string
  name: string
  /** Where it stands among all that can be reached. */
  at: number
  marked: boolean
  /** Whether nothing lies over all of it. */
  seen: boolean
}

/** Parts of one field that Tab may stop at: day, month, year, hour, minute, and the button that opens a calendar. */
const mostParts = 6
/** More stops than this are a trap. */
const mostStops = 400

/**
 * From the top of the page to its end with Tab: each stop has a name, is seen, comes in order, and changes nothing; and none is left out.
 */
async function walkWithTab(page: Page): Promise<Omit<Finding, 'check'>[]> {
  const findings: Omit<Finding, 'check'>[] = []
  const place = () => page.evaluate(() => `${location.pathname} ${document.querySelector('h1')?.textContent}`)
  const before = await place()
  await page.evaluate(() => {
    // Begin at the top, whatever had the focus.
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    window.scrollTo(0, 0)
  })
  const stops: Stop[] = []
  let same = 0
  for (; stops.length < mostStops; ) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    if (!stop || stop.at === stops[0]?.at) break
    if (stop.at === stops.at(-1)?.at) {
      // A date is written in parts, and Tab goes through them.
      same++
      if (same < mostParts) continue
      findings.push({ rule: 'Tab does not leave it', criteria: ['2.1.2'], where: stop.where })
      break
    }
    same = 0
    stops.push(stop)
  }
  if (stops.length === mostStops)
    findings.push({ rule: `Tab does not come to an end in ${mostStops} stops`, criteria: ['2.1.2'], where: '' })
  for (const [index, { where, name, at, marked, seen }] of stops.entries()) {
    if (!seen) findings.push({ rule: 'has the focus and lies under something', criteria: ['2.4.11'], where })
    if (!name) findings.push({ rule: 'has the focus and no name', criteria: ['4.1.2'], where })
    if (!marked) findings.push({ rule: 'has the focus and does not show it', criteria: ['2.4.7'], where })
    if (index > 0 && at < (stops[index - 1]?.at ?? 0)) findings.push({ rule: 'gets the focus out of order', criteria: ['2.4.3'], where })
  }
  const visited = new Set(stops.map(({ at }) => at))
  for (const { at, where } of await reachable(page))
    if (!visited.has(at)) findings.push({ rule: 'is not reached with Tab', criteria: ['2.1.1'], where })
  if ((await place()) !== before) findings.push({ rule: 'moving the focus changes the page', criteria: ['3.2.1'], where: before })
  return findings
}

/** What Tab may stop at; of radio buttons of one name, one. */
const stopsSelector =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]'

async function focused(page: Page): Promise<Stop | undefined> {
  return await page.evaluate((selector) => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body) return undefined
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
        ? [...(element.labels ?? [])].map(({ textContent }) => textContent)
        : []
    const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent)
    const alternatives = [...element.querySelectorAll('img[alt], svg[aria-label]')].map(
      (one) => one.getAttribute('alt') ?? one.getAttribute('aria-label'),
    )
    const name = [element.getAttribute('aria-label'), ...by, ...labels, element.textContent, ...alternatives, element.getAttribute('title')]
      .join(' ')
      .trim()
    // The design system marks the inside of its buttons, and radio buttons are marked next to them or around them.
    const around = [element, ...element.querySelectorAll('*'), element.nextElementSibling, element.parentElement, element.closest('label')]
    const marked = around
      .filter((one): one is Element => one instanceof Element)
      .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after'), getComputedStyle(one, '::before')])
      .some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none')
    const { left, top, width, height } = element.getBoundingClientRect()
    const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [left + width * x, top + height * y] as const))
    const seen = points.some(([x, y]) => {
      const over = document.elementFromPoint(x, y)
      return over !== null && (element.contains(over) || over.contains(element) || element.parentElement?.contains(over) === true)
    })
    return {
      where: `${element.tagName.toLowerCase()}: ${name.slice(0, 60)}`,
      name,
      at: [...document.querySelectorAll(`${selector}, [tabindex]`)].indexOf(element),
      marked,
      seen,
    }
  }, stopsSelector)
}

async function reachable(page: Page): Promise<{ at: number; where: string }[]> {
  return await page.evaluate((selector) => {
    const all = [...document.querySelectorAll(`${selector}, [tabindex]`)]
    return [...document.querySelectorAll(selector)].flatMap((one) => {
      const radio = one instanceof HTMLInputElement && one.type === 'radio'
      const shown =
        one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !one.closest('[inert], [aria-hidden="true"]')
      const taken = one.getAttribute('tabindex') === '-1'
      return shown && !radio && !taken
        ? [{ at: all.indexOf(one), where: `${one.tagName.toLowerCase()}: ${one.textContent?.trim().slice(0, 60)}` }]
        : []
    })
  }, stopsSelector)
}

/**
 * `npm run docs -- screenshots`: every page of every portal, and the front page, at 1440 and 320 pixels, from the system as it is, with
 * made-up people. A page that is added to `routes.ts` of a portal is pictured by itself.
 * README shows two.
 */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from './browser.ts'
import { enter, linksOn, type PortalUnderTest, pathOf, portals, settled } from './portal-pages.ts'
import { startTestSystem } from './test-system.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'images')
/** What README carries along at most. */
const largestBytes = 300_000
const widths = [1440, 320]
const height = 1340

/** A page is pictured once, whatever part of its address differs; the patient's page has the name that README knows. */
const pictureOf = (portal: PortalUnderTest, page: string) => (page === 'patient' ? page : `${portal.name}-${page}`)

await mkdir(folder, { recursive: true })
const { system, close } = await startTestSystem({ withPortals: true, withStories: true })
const browser = await launchBrowser()
try {
  for (const width of widths) {
    for (const portal of portals) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: 'nb-NO',
        timezoneId: 'Europe/Oslo',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      if (portal.name === 'clinician') {
        await page.goto(system.baseUrl)
        await settled(page)
        await picture('front')
      }
      await enter(page, system.baseUrl, portal)
      // Pages whose address has a part that differs come when a page that leads to them has been seen.
      const met = new Set<string>()
      let left = Object.keys(portal.pages)
      for (let before = Number.POSITIVE_INFINITY; left.length < before; ) {
        before = left.length
        for (const name of left) {
          const path = pathOf(portal, name, met)
          if (path === undefined) continue
          await page.goto(`${system.baseUrl}${path}`)
          await settled(page)
          await picture(pictureOf(portal, name))
          for (const link of await linksOn(page)) met.add(link)
          left = left.filter((one) => one !== name)
        }
      }
      if (left.length > 0) throw new Error(`No page of the ${portal.name} portal leads to ${left.join(', ')}.`)
      await context.close()

      async function picture(name: string): Promise<void> {
        const path = join(folder, `${name}-${width}.png`)
        await page.screenshot({ path, animations: 'disabled' })
        const { size } = await stat(path)
        console.log(`docs/images/${name}-${width}.png, ${Math.round(size / 1000)} kB`)
        if (size > largestBytes)
          throw new Error(`${name}-${width}.png has ${size} bytes, and README carries at most ${largestBytes}. Picture less of the page.`)
      }
    }
  }
} finally {
  await browser.close()
  await close()
}

/**
 * `npm run docs -- screenshots`: the main pages of every portal at 1440 and 320 pixels, from the system as it is, with made-up people.
 * README shows two.
 */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PortalName } from '@helsevev/server/env'
import { launchBrowser } from './browser.ts'
import { enter, portals, settled } from './portal-pages.ts'
import { startTestSystem } from './test-system.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'images')
/** What README carries along at most. */
const largestBytes = 300_000
const widths = [1440, 320]
const height = 1340

/** Name of the picture, portal and page. One line for each. */
const pictures: readonly [name: string, portal: PortalName, page: string][] = [
  ['patient', 'clinician', 'patient'],
  ['citizen-home', 'citizen', 'home'],
  ['citizen-log', 'citizen', 'log'],
  ['controller-sharing', 'controller', 'sharing'],
]

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
      for (const [name, , at] of pictures.filter(([, of]) => of === portal.name)) {
        await page.goto(`${system.baseUrl}/${portal.name}${portal.pages[at]}`)
        await settled(page)
        await picture(name)
      }
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

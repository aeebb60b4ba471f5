/** `npm run screenshots`: pictures of the patient page for README, from the system as it is, with a made-up patient. */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from './browser.ts'
import { openPatient, openPortal, signIn } from './clinician-pages.ts'
import { startTestSystem } from './test-system.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'images')
/** What README carries along at most. */
const largestBytes = 300_000
const pictures = [
  { name: 'patient-1440', width: 1440, height: 1340 },
  { name: 'patient-320', width: 320, height: 1340 },
]

await mkdir(folder, { recursive: true })
const system = await startTestSystem({ withPortals: true, withStories: true })
const browser = await launchBrowser()
try {
  for (const { name, width, height } of pictures) {
    const { page, context } = await openPortal(browser, system.system.baseUrl, { width, height })
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'astrid')
    // The design system fetches its icons one by one.
    await page.waitForLoadState('networkidle')
    const path = join(folder, `${name}.png`)
    await page.screenshot({ path, animations: 'disabled' })
    await context.close()
    const { size } = await stat(path)
    console.log(`docs/images/${name}.png, ${Math.round(size / 1000)} kB`)
    if (size > largestBytes)
      throw new Error(`${name}.png has ${size} bytes, and README carries at most ${largestBytes}. Picture less of the page.`)
  }
} finally {
  await browser.close()
  await system.close()
}

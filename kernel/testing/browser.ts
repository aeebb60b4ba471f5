/**
 * A real Chromium that comes with `npm ci` (@sparticuz/chromium), for journeys through the portals. It works as root and without a display.
 * All its own work in the background is switched off, so that a test sees only what the page does.
 */
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { type Shared, sharedByFiles } from './shared.ts'

// `chromium.args` is not used: it switches off web security, and with it the Origin header and the same-origin policy that the portals
// need.
const args = [
  '--no-sandbox', // as root there is no other way
  '--no-zygote',
  '--disable-gpu',
  '--renderer-process-limit=1', // a page that goes elsewhere does so in the process that it has
  '--font-render-hinting=none',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
]

/** Starts the browser, and unpacks it first where that is not done. Test files in one process share it. */
export async function launchBrowser(): Promise<Browser> {
  return await sharedByFiles('browser', launch, (browser) => browser.isConnected())
}

/**
 * Unpacks the browser where it is not unpacked yet, and returns where it is. Do this before several processes start it: one that finds
 * the file while another still writes it would start half of it.
 */
export async function unpackBrowser(): Promise<string> {
  return await chromium.executablePath()
}

async function launch(): Promise<Shared<Browser>> {
  const browser = await playwright.launch({
    executablePath: await unpackBrowser(),
    args,
    chromiumSandbox: false,
    headless: true,
  })
  const end = browser.close.bind(browser)
  // A test file that is finished leaves no page open in it.
  const leave = async () => void (await Promise.all(browser.contexts().map((context) => context.close())))
  const whenShared = () => {
    browser.close = leave
  }
  return { value: browser, end, whenShared }
}

/** The measured one: a real browser, from the click that opens a patient until what it brings is painted. */
import type { Browser, Page } from 'playwright-core'

export interface Painted {
  /** Milliseconds from the click until the banner says who it is and the first panel has its content. */
  first: number
  /** Until every panel has. */
  all: number
}

/** Signed in, at the page where patients are found. */
export async function signedInPage(browser: Browser, baseUrl: string, name: string, place: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'nb-NO', timezoneId: 'Europe/Oslo' })
  const page = await context.newPage()
  await page.goto(`${baseUrl}/clinician/`)
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).click()
  await page.getByRole('button', { name }).click()
  await page.getByLabel('Enhet').selectOption({ label: place })
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await page.getByRole('radio', { name: 'Behandling', exact: true }).check()
  return page
}

/** Opens a patient, waits for all of it, and goes back to where patients are found. */
export async function openMeasured(page: Page, identityNumber: string): Promise<Painted> {
  await page.getByLabel('Fødselsnummer').fill(identityNumber)
  await page.evaluate(watch)
  await page.getByRole('button', { name: 'Åpne pasienten' }).click()
  const painted = await page.evaluate(async () => await (window as unknown as { painted: Promise<Painted> }).painted)
  await page.getByRole('button', { name: 'Lukk pasienten' }).click()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
  return painted
}

/** Runs in the page. Two frames after the content is in the document it is on the screen. */
function watch(): void {
  let started = 0
  document.addEventListener('click', () => (started = performance.now()), { capture: true, once: true })
  const when = (ready: () => boolean) =>
    new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!ready()) return
        observer.disconnect()
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)))
      })
      observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true })
    })
  const named = () => (document.querySelector('.patient h1')?.textContent ?? '') !== ''
  const panels = () => [...document.querySelectorAll('.panel')]
  const done = (panel: Element) => panel.getAttribute('aria-busy') === 'false'
  const first = when(() => named() && panels().some(done))
  const all = when(() => named() && panels().length > 0 && panels().every(done))
  ;(window as unknown as { painted: Promise<Painted> }).painted = Promise.all([first, all]).then((times) => ({
    first: times[0],
    all: times[1],
  }))
}

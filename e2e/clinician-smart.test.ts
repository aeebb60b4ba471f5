/** The clinician portal as a SMART app of the test record system: the whole system, a real browser, made-up people. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { numberOf, openPortal, panelsLoaded, patientName, personName, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const nurse = 'nurse-bergen'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const heading = (name: string) => ({ level: 1, name, exact: true }) as const

async function openInRecordSystem(page: Page, patient: string, user = nurse): Promise<void> {
  await page.getByLabel('Du arbeider som').selectOption({ label: personName(user) })
  await page
    .getByRole('listitem')
    .filter({ hasText: patientName(patient) })
    .getByRole('button')
    .click()
}

test('from the record system: whoever works there signs in as the same person, and the patient is open', async () => {
  for (const width of [320, 1440]) {
    const { page, context, addresses } = await openPortal(browser, it.system.baseUrl, { width })
    await page.goto(`${it.system.baseUrl}/ehr-test/`)
    assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
    await screenshot(page, `record-system-${width}`)
    await openInRecordSystem(page, 'astrid')
    await page.getByRole('button', { name: personName(nurse) }).click()
    await page.getByRole('heading', heading(patientName('astrid'))).waitFor()
    await panelsLoaded(page)
    assert.ok(!addresses.some((address) => address.includes(numberOf('astrid'))), 'no identity number in an address')
    await context.close()
  }
})

test('somebody else at HelseID than in the record system opens nothing', async () => {
  const { page, context } = await openPortal(browser, it.system.baseUrl)
  await page.goto(`${it.system.baseUrl}/ehr-test/`)
  await openInRecordSystem(page, 'astrid')
  await page.getByRole('button', { name: personName('nurse-oslo') }).click()
  await page.getByText('Du er ikke den som er pålogget i journalsystemet').waitFor()
  await context.close()
})

test('from the portal: the patient is chosen in the record system', async () => {
  for (const width of [320, 1440]) {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { width })
    await signIn(page, nurse)
    assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
    await screenshot(page, `find-with-record-system-${width}`)
    await page.getByRole('link', { name: 'Testjournalen' }).click()
    await openInRecordSystem(page, 'gunnar')
    await page.getByRole('button', { name: personName(nurse) }).click()
    await page.getByRole('heading', heading(patientName('gunnar'))).waitFor()
    await context.close()
  }
})

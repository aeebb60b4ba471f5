/** A doctor reconciles the medicines of a patient in the portal, while another writer changes the list. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { helseVest } from '@helsevev/server/seed/organizations'
import type { Bundle, MedicationStatement, Parameters } from '@medplum/fhirtypes'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { closePatient, numberOf, openPatient, openPortal, panel, signIn } from './clinician-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  await screenshot(page, `reconciliation-${name}-${width}`)
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page) },
    { name, width, serious: [], sideways: 0 },
  )
}

/** The rows with that drug: on the list first. */
const rows = (page: Page, drug: string) =>
  page.locator('.reconciliation__rows > li').filter({ has: page.getByRole('heading', { name: drug, exact: true }) })

async function decide(page: Page, drug: string, decision: string, nth = 0): Promise<void> {
  await rows(page, drug).nth(nth).getByRole('radio', { name: decision, exact: true }).check()
}

async function settledWith(page: Page, kind: string): Promise<void> {
  await page.getByLabel('Når', { exact: true }).selectOption({ label: kind })
  await page.getByLabel('Samstemt med').fill('Pasienten')
}

async function toReconciliation(page: Page): Promise<void> {
  await panel(page, 'Legemiddelliste').getByRole('link', { name: 'Samstem listen' }).click()
  await page.getByRole('heading', { level: 2, name: 'Samstem legemidler' }).waitFor()
  await page.getByRole('list', { name: 'Rader' }).waitFor()
}

/** Somebody else at the hospital sends the list, with another use of one drug. */
async function otherWriter(drug: string, area: string): Promise<void> {
  const scopes = ['medication-list/read', 'medication-list/write', 'e-prescriptions/read', 'e-prescriptions/write'].map(
    (one) => `helsevev:${one}`,
  )
  const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: numberOf('astrid') }
  const api = await it.person('doctor-helse-vest', helseVest.number, scopes, { patient: identifier.value })
  const form = new URLSearchParams({ 'patient.identifier': `${identifier.system}|${identifier.value}` }).toString()
  const read = await api.post<Parameters>('/medication-list/$getMedication', form, { 'content-type': 'application/x-www-form-urlencoded' })
  const { parameter = [] } = read.body
  const document = parameter.find(({ name }) => name === 'medication')?.resource as Bundle
  const at = new Date().toISOString()
  const entry = (document.entry ?? []).map((one) => {
    const line = one.resource as MedicationStatement
    if (line.resourceType !== 'MedicationStatement' || !JSON.stringify(line.contained ?? []).includes(drug)) return one
    const extension = line.extension?.map((each) => ({
      ...each,
      ...(each.extension && {
        extension: each.extension.map((part) => (part.url === 'lastchanged' ? { ...part, valueDateTime: at } : part)),
      }),
    }))
    return { ...one, resource: { ...line, extension, dateAsserted: at, reasonCode: [{ text: area }] } }
  })
  const kept = parameter.filter(({ name }) => name === 'listVersion' || name === 'readAt')
  const sent = { resourceType: 'Parameters', parameter: [{ name: 'medication', resource: { ...document, entry } }, ...kept] }
  const answer = await api.post('/medication-list/$sendMedication', sent)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
}

const PLACE = 'Haukeland universitetssjukehus, medisinsk post'

describe('reconciliation of medicines', () => {
  test('a doctor decides on each row, loses nothing by a reload, marks a pair, settles a change of another, and sends', async () => {
    const { page, context, errors } = await openPortal(browser, it.system.baseUrl)
    await signIn(page, 'doctor-helse-vest', PLACE)
    await openPatient(page, 'astrid')
    await toReconciliation(page)
    await settledWith(page, 'Utskriving')
    await decide(page, 'Eliquis Tab 5 mg', 'Behold')
    await decide(page, 'Metoprolol Depottab 50 mg', 'Avslutt')
    await rows(page, 'Metoprolol Depottab 50 mg').getByLabel('Årsak').selectOption({ label: 'Avsluttet behandling' })
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('Paracet Tab 500 mg: ta stilling').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Send listen' }).count(), 0)
    await page.getByRole('button', { name: 'Tilbake til radene' }).click()
    await decide(page, 'Paracet Tab 500 mg', 'Endre')
    const paracet = rows(page, 'Paracet Tab 500 mg')
    await paracet.getByLabel('Dosering').fill('1 tablett ved behov')
    await paracet.getByLabel('Hvorfor endres det').fill('Nedsatt leverfunksjon')
    await inspect(page, 'decided')

    await page.reload()
    await page.getByRole('list', { name: 'Rader' }).waitFor()
    assert.equal(await paracet.getByLabel('Dosering').inputValue(), '1 tablett ved behov')
    await closePatient(page)
    await openPatient(page, 'ragnhild')
    await toReconciliation(page)
    assert.equal(await page.locator('.reconciliation__rows input:checked').count(), 0, 'the draft is of another patient')
    await page.setViewportSize({ width: 320, height: 900 })
    await settledWith(page, 'Annet')
    const pair = page.getByRole('region', { name: 'Mulig dobbeltforskrivning' })
    await pair.getByLabel('Begge er tilsiktet').check()
    await pair.getByLabel('Hvorfor begge brukes').fill('Lav dose ved lavt blodtrykk')
    for (const drug of ['Metoprolol Depottab 50 mg', 'Selo-Zok Depottab 100 mg', 'Levaxin Tab 50 mikrog', 'Levaxin Tab 100 mikrog'])
      await decide(page, drug, 'Behold')
    await inspect(page, 'decided')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByText('1 par merkes som tilsiktet').waitFor()
    await page.getByRole('button', { name: 'Send listen' }).click()
    await page.getByRole('heading', { name: 'Listen er sendt' }).waitFor()
    await page.getByRole('button', { name: 'Til oversikten' }).click()
    await toReconciliation(page)
    await pair.getByText(/Merket av Håkon Lothe/).waitFor()
    await pair.getByText('Lav dose ved lavt blodtrykk').waitFor()
    await inspect(page, 'intended')
    await page.setViewportSize({ width: 1440, height: 900 })
    await closePatient(page)

    await openPatient(page, 'astrid')
    await toReconciliation(page)
    await otherWriter('Eliquis', 'mot blodpropp')
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    for (const words of ['1 beholdes', '1 endres', '1 avsluttes', '1 resept tilbakekalles'])
      await page.getByText(words, { exact: true }).waitFor()
    await inspect(page, 'outlook')
    await page.getByRole('button', { name: 'Send listen' }).click()
    await page.getByRole('heading', { name: 'Listen er endret av en annen' }).waitFor()
    const eliquis = rows(page, 'Eliquis Tab 5 mg')
    await eliquis.getByText(/^Endret av en annen: Håkon Lothe/).waitFor()
    await eliquis.getByText('mot blodpropp').waitFor()
    await paracet.getByText('Endret bare av deg').waitFor()
    await inspect(page, 'conflict')
    await decide(page, 'Eliquis Tab 5 mg', 'Slik den er nå')
    await decide(page, 'Paracet Tab 500 mg', 'Mitt valg gjelder')
    await decide(page, 'Metoprolol Depottab 50 mg', 'Mitt valg gjelder')
    await page.getByRole('button', { name: 'Fortsett med den nye listen' }).click()
    await page.getByRole('button', { name: 'Se hva som skjer' }).click()
    await page.getByRole('button', { name: 'Send listen' }).click()
    await page.getByRole('heading', { name: 'Listen er sendt' }).waitFor()
    await page.getByText('Metoprolol Depottab 50 mg: Bedt om tilbakekalling, venter på svar').waitFor()
    await inspect(page, 'sent')
    await page.getByRole('button', { name: 'Til oversikten' }).click()
    await panel(page, 'Legemiddelliste').getByText('1 tablett ved behov').first().waitFor()
    assert.deepEqual(
      errors.filter((error) => !error.includes('412')),
      [],
    )
    await context.close()
  })

  test('a nurse reads, and sees why she may not send', async () => {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { width: 320 })
    await signIn(page, 'nurse-bergen')
    await openPatient(page, 'berit')
    await toReconciliation(page)
    await page.getByText('Du kan lese, men ikke sende').waitFor()
    await page.getByText(/^Leger sender listen/).waitFor()
    await inspect(page, 'nurse')
    assert.equal(await page.getByRole('radio').count(), 0)
    await context.close()
  })
})

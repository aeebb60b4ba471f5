/**
 * The story of one list: the general practitioner who made it ends a drug, a nurse of the municipality who has the patient open sees it,
 * the recall of its prescription is sent and answered, and the page of the patient shows both. Three browsers, one system, a mediator.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn } from '@helsevev/kernel/testing/answers'
import { createMediator } from '@helsevev/prescriptions-test/mediator'
import { sandvikaLegesenter } from '@helsevev/server/seed/organizations'
import { clientOf, supplierOf } from '@helsevev/server/seed/sign-in'
import { prescriptionIdOf } from '@helsevev/server/seed/stories/prescription-ids'
import { m1 } from '@helsevev/service-e-prescriptions/testing/messages'
import type { Task } from '@medplum/fhirtypes'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { openHealth, openService } from './citizen-health-pages.ts'
import { signInCitizen } from './citizen-pages.ts'
import { numberOf, openPatient, openPortal, panel, panelsLoaded, signIn } from './clinician-pages.ts'
import { signedRecall } from './signed-recall.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const DRUG = 'Levaxin Tab 50 mikrog'
const PRESCRIPTION = prescriptionIdOf('liv', 'levothyroxine')

let it: TestSystem
let browser: Browser

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await it?.close()
})

/** A mediator that holds the prescription, as it has held it since it was written. */
function mediatorWith(patient: string) {
  let ids = 0
  const mediator = createMediator({ clock: () => new Date(), id: () => `00000000-0000-4000-9000-${String((ids += 1)).padStart(12, '0')}` })
  const written = new Date(Date.now() - 30 * 24 * 3_600_000)
  const validUntil = new Date(Date.now() + 300 * 24 * 3_600_000).toISOString().slice(0, 10)
  assert.ok(mediator.receive(m1({ patient, id: PRESCRIPTION }, written.toISOString(), { validUntil }))?.isAccepted)
  return mediator
}

/** The record system of the doctor: it fetches what waits, sends it, and shares what was answered. */
async function sendWhatWaits(patient: string): Promise<Task[]> {
  const mediator = mediatorWith(patient)
  const { number } = sandvikaLegesenter
  const scopes = ['helsevev:e-prescriptions/read', 'helsevev:e-prescriptions/write']
  const system = it.vendor(clientOf(number), supplierOf(number) ? number : undefined, scopes)
  const tasks = async (status: string) => {
    const { body } = await system.search('e-prescriptions', 'Task', { 'patient.identifier': patient, status })
    return matchesIn({ body } as never, 'Task')
  }
  for (const task of await tasks('requested')) {
    const handled = mediator.receive(signedRecall(task, patient))
    for (const { text } of handled?.answers ?? []) {
      const { status } = await system.post('e-prescriptions/$e-prescription', text, { 'content-type': 'application/xml' })
      assert.equal(status, 201)
    }
  }
  assert.equal(mediator.stateOf(PRESCRIPTION), 'T')
  return await tasks('completed')
}

test('a drug that the GP ends is ended for the nurse, its prescription is recalled, and the patient reads both', async (t) => {
  const nurse = await openPortal(browser, it.system.baseUrl)
  await signIn(nurse.page, 'nurse-bergen')
  await openPatient(nurse.page, 'liv')
  const list = panel(nurse.page, 'Legemiddelliste')
  await list.getByRole('heading', { name: DRUG }).first().waitFor()

  const doctor = await openPortal(browser, it.system.baseUrl)
  const { page } = doctor
  await signIn(page, 'gp-barum')
  await openPatient(page, 'liv')
  await panel(page, 'Legemiddelliste').getByRole('link', { name: 'Samstem listen' }).click()
  await page.getByRole('list', { name: 'Rader' }).waitFor()
  await page.getByLabel('Når', { exact: true }).selectOption({ label: 'Annet' })
  await page.getByLabel('Samstemt med').fill('Pasienten')
  const rows = page.locator('.reconciliation__rows > li')
  for (const row of await rows.all()) {
    const isEnded = (await row.getByRole('heading').first().innerText()) === DRUG
    if (isEnded) await row.getByRole('radio', { name: 'Avslutt', exact: true }).check()
    else if ((await row.getByRole('radio', { name: 'Behold', exact: true }).count()) > 0)
      await row.getByRole('radio', { name: 'Behold', exact: true }).check()
    else await row.getByRole('radio', { name: 'Ta ikke inn', exact: true }).check()
    if (isEnded) await row.getByLabel('Årsak').selectOption({ label: 'Avsluttet behandling' })
  }
  await page.getByRole('button', { name: 'Se hva som skjer' }).click()
  await page.getByRole('button', { name: 'Send listen' }).click()
  await page.getByRole('heading', { name: 'Listen er sendt' }).waitFor()

  const asked = performance.now()
  await nurse.page.getByRole('button', { name: 'Hent på nytt' }).click()
  await list.getByText('Seponert').first().waitFor({ state: 'attached' })
  t.diagnostic(`the nurse had the new list ${Math.round(performance.now() - asked)} ms after she asked for it`)
  await panelsLoaded(nurse.page)
  assert.equal(await list.locator('.medication__one--in-use').filter({ hasText: DRUG }).count(), 0)
  assert.equal(await list.locator('.medication__one--stopped').filter({ hasText: DRUG }).count(), 1)

  const [done, ...others] = await sendWhatWaits(numberOf('liv'))
  assert.deepEqual([done?.focus?.identifier?.value, others], [PRESCRIPTION, []])

  const liv = await signInCitizen(browser, it.system.baseUrl, 'liv')
  await openHealth(liv.page)
  await openService(liv.page, 'Legemidler')
  await liv.page.getByText('Du skal ikke ta det fra').first().waitFor({ state: 'attached' })
  await openHealth(liv.page)
  await openService(liv.page, 'Resepter')
  await liv.page
    .getByText(/^Trukket tilbake .*: du skal slutte med den/)
    .first()
    .waitFor({ state: 'attached' })
  assert.deepEqual([nurse.errors, doctor.errors, liv.errors], [[], [], []])
  for (const { context } of [nurse, doctor, liv]) await context.close()
})

/** The clinician portal opened from a record system: the whole system, real tokens and proofs, a real browser, made-up people. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { world } from '@helsevev/server/seed/index'
import type { Browser } from 'playwright-core'
import { axeSerious, launchBrowser, screenshot, sidewaysScroll } from './browser.ts'
import { numberOf, openPortal, panelsLoaded, patientName, personName } from './clinician-pages.ts'
import { type RecordSystem, recordSystem } from './record-system.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

const nurse = 'nurse-bergen'
const bergen = world().staff.find(({ id }) => id === nurse)?.employers[0]?.number ?? ''

let it: TestSystem
let browser: Browser
let ehr: RecordSystem

before(async () => {
  ;[it, browser] = await Promise.all([startTestSystem({ withPortals: true, withStories: true }), launchBrowser()])
  ehr = await recordSystem(it, nurse, bergen)
})

after(async () => {
  await browser?.close()
  await it?.close()
})

const heading = (name: string) => ({ level: 1, name, exact: true }) as const

test('one click in the record system: the patient is open, without a sign-in', async () => {
  const { page, context, errors, addresses } = await openPortal(browser, it.system.baseUrl)
  const { address, sessionId } = await ehr.handOver(numberOf('solveig'))
  addresses.length = 0
  await page.goto(address)
  await page.getByRole('heading', heading(patientName('solveig'))).waitFor()
  await panelsLoaded(page)
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/clinician/patient')
  assert.ok(!addresses.some((each) => each.startsWith(it.system.issuer)), 'nobody went by the identity provider')
  await page.getByText(personName(nurse)).first().waitFor()
  await page.getByText('Akutt behandling').first().waitFor()
  await screenshot(page, 'launched-1440')

  // The log names the portal as the client, the organisation that the record system acted for, and the purpose it stated.
  const [row] = await it.system.database.sql<{ client: string; organization: string; purpose: string }[]>`
    select a.client, a.organization, l.purpose from access_log l join log_actor a on a.id = l.actor
    where a.client = 'helsevev-clinician' order by l.at desc limit 1`
  assert.deepEqual([row?.client, row?.organization, row?.purpose], ['helsevev-clinician', bergen, 'ETREAT'])

  // Another patient of the same user: the window that shows the first is notified at once, and then shows nothing of that patient.
  const next = await context.newPage()
  const { address: nextAddress, sessionId: nextSession } = await ehr.handOver(numberOf('astrid'), 'SAMTYKKE')
  await next.goto(nextAddress)
  await next.getByRole('heading', heading(patientName('astrid'))).waitFor()
  await page.getByRole('heading', heading('En annen pasient er åpnet')).waitFor()
  assert.equal(await page.getByText(patientName('solveig')).count(), 0)

  assert.equal((await ehr.call('refresh', { sessionId: nextSession })).status, 204)
  assert.equal((await ehr.call('end', { sessionId: nextSession })).status, 204)
  await next.reload()
  await next.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
  assert.equal((await ehr.call('refresh', { sessionId })).status, 404, 'the first ended when the second began in the same browser')
  assert.deepEqual(errors, [])
  await context.close()
})

test('the same address opened again says so, in words, at both widths', async () => {
  for (const width of [320, 1440]) {
    const { page, context } = await openPortal(browser, it.system.baseUrl, { width })
    const { address } = await ehr.handOver(numberOf('solveig'))
    await page.goto(address)
    await page.getByRole('heading', heading(patientName('solveig'))).waitFor()
    await page.goto(address)
    await page.getByRole('heading', heading('Pasienten ble ikke åpnet')).waitFor()
    await page.getByText('Lenken er brukt').waitFor()
    assert.deepEqual([await axeSerious(page), await sidewaysScroll(page)], [[], 0])
    await screenshot(page, `launch-failed-${width}`)
    await context.close()
  }
})

test('a form sent by a page of the record system opens the patient, with nothing in the address', async () => {
  const { code, verifier } = await ehr.handOver(numberOf('solveig'))
  const context = await browser.newContext({ locale: 'nb-NO' })
  const page = await context.newPage()
  await page.route('http://ehr.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${it.system.baseUrl}/clinician/launch">
        <input type="hidden" name="code" value="${code}"><input type="hidden" name="ehr_code_verifier" value="${verifier}">
        <button>Åpne i Helsevev</button></form>`,
    }),
  )
  await page.goto('http://ehr.example/')
  await page.getByRole('button').click()
  await page.getByRole('heading', heading(patientName('solveig'))).waitFor()
  await context.close()
})

test('a proof without ath ends nothing: the token’s end does', async () => {
  const { sessionId } = await ehr.handOver(numberOf('solveig'))
  const url = `${it.system.baseUrl}/clinician/api/session/end`
  const withoutAth = await ehr.token.dpopKey.proof('POST', url)
  const refused = await ehr.call('end', { sessionId }, withoutAth)
  assert.equal(refused.status, 401)
  assert.match(refused.headers.get('www-authenticate') ?? '', /invalid_dpop_proof.*ath/)
  assert.equal((await ehr.call('end', { sessionId })).status, 204)
})

test('a token for the API without the scope of a launch hands nothing over', async () => {
  const token = await it.personToken(nurse, bergen, 'helsevev:news2/read')
  const url = `${it.system.baseUrl}/clinician/api/session/create`
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `DPoP ${token.accessToken}`,
      dpop: await token.proof('POST', url),
      'x-source-system': 'Fjordjournal 7.2',
      'content-type': 'application/json',
    },
    body: '{}',
  })
  assert.equal(answer.status, 403)
  assert.match(await answer.text(), /helsevev:clinician\/launch/)
})

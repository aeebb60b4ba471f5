/** The controller portal's pages as a person uses them, and what waits for people of Bergen. For the tests of the portal. */
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { axeSerious, screenshot, sidewaysScroll } from './browser.ts'
import { numberOf, type Opened, openPortal, signIn } from './clinician-pages.ts'
import type { TestSystem } from './test-system.ts'

export const [BERGEN, OSLO] = ['964338531', '958935420']
const HELSE_NORD = '883658752'
export const REASON = 'Besluttet i ledermøtet i går'
/** In every text that somebody else can send. */
export const SCRIPT = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'

/** Signed in, on the first page. */
export async function enter(browser: Browser, it: TestSystem, person: string, width = 1440): Promise<Opened> {
  const opened = await openPortal(browser, it.system.baseUrl, { portal: 'controller', width })
  await signIn(opened.page, person, '')
  await opened.page.getByRole('heading', { level: 1, name: /^Hei, / }).waitFor()
  return opened
}

/** By the navigation; on a phone behind its button. */
export async function open(page: Page, name: string): Promise<void> {
  const toggle = page.getByRole('button', { name: 'Alle sider' })
  if (await toggle.isVisible()) await toggle.click()
  await page.getByRole('navigation', { name: 'Sider', exact: true }).getByRole('link', { name, exact: true }).click()
  await ready(page, name)
}

export async function ready(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  await page.waitForFunction(() => !document.querySelector('[data-state=loading]'))
}

/** In the dialog that is open. */
export async function confirm(page: Page, button: string, reason = REASON): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Dette skjer:').waitFor()
  await dialog.getByLabel('Begrunnelse').fill(reason)
  await dialog.getByRole('button', { name: button, exact: true }).click()
}

/** Waits for the result of an action: shown, and announced to screen readers. */
export async function resultNotice(page: Page, words: string): Promise<void> {
  await page.locator('.result-notice', { hasText: words }).waitFor()
  await page.waitForFunction((text) => document.querySelector('[role=status]')?.textContent?.includes(text), words)
}

export async function inspect(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0
  assert.deepEqual(
    { name, width, serious: await axeSerious(page), sideways: await sidewaysScroll(page), title: /taken/.test(await page.title()) },
    { name, width, serious: [], sideways: 0, title: false },
  )
  await screenshot(page, `controller-${name}-${width}`)
}

/** An allergy in Bergen's records, of a patient who nobody else knows. */
export async function allergyInBergen(it: TestSystem, identifier: object): Promise<void> {
  const coding = (list: number, code: string, display: string) => ({
    coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code, display }],
  })
  const hl7 = (system: string, code: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/allergyintolerance-${system}`, code }],
  })
  const posted = await it
    .vendor('fjordjournal-ehr', BERGEN, 'helsevev:critical-information/write')
    .post('critical-information/AllergyIntolerance', {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: hl7('clinical', 'active'),
      verificationStatus: hl7('verification', 'confirmed'),
      category: ['food'],
      criticality: 'high',
      code: coding(7514, '10', 'Peanøtt'),
      patient: { identifier },
      reaction: [{ manifestation: [coding(7497, '1', 'Anafylaktisk reaksjon')] }],
    })
  assert.equal(posted.status, 201, JSON.stringify(posted.body))
}

/** A nurse at the hospital looks at critical information; answers how many entries she was shown. */
export async function hospitalLooks(it: TestSystem, number: string, more: { purpose?: 'BTG'; reason?: string } = {}): Promise<number> {
  const { purpose = 'TREAT', reason } = more
  const api = await it.person('nurse-bodo', HELSE_NORD, 'helsevev:critical-information/read', {
    service: { list: '8668', code: 'S03' },
    purpose,
    decision: { id: 'test-of-the-portal', chosenByUser: true, ...(reason ? { reason } : {}) },
  })
  const form = { 'patient.identifier': `urn:oid:2.16.578.1.12.4.1.4.1|${number}` }
  const { status, body } = await api.search<{ total: number }>('critical-information', 'AllergyIntolerance', form)
  assert.equal(status, 200, JSON.stringify(body))
  return body.total
}

/** A case, a question and a message for Bergen, with script in what others send. `id` is the first of two that no others have. */
export async function somethingWaits(it: TestSystem, id = 901): Promise<void> {
  const { owner: sql } = it.database
  const [patient] = await sql<{ patient: string }[]>`select patient from person_identifier where value = ${numberOf('astrid')}`
  const [line] = await sql<{ segment: string; seq: string; eventId: string }[]>`
    select segment, seq, event_id as "eventId" from access_log order by segment, seq limit 1`
  assert.ok(patient && line)
  await sql`
    insert into misuse_case (patient, id, rule, organization, actor_name, first_at, last_at, events, facts, opened)
    values (${patient.patient}, ${id}, 'same-family-name', ${BERGEN}, ${`Ola ${SCRIPT}`}, now(), now(), ${[line.eventId]},
      ${sql.json({})}, now())`
  await sql`
    insert into patient_question (patient, id, log_segment, log_seq, event_id, controller, question, asked, asked_by, asked_as)
    values (${patient.patient}, ${id + 1}, ${line.segment}, ${line.seq}, ${line.eventId}, ${BERGEN},
      ${`Hvorfor så dere på dette? ${SCRIPT}`}, now(), ${patient.patient}, 'self')`
  await sql`
    insert into unattached_message (id, service, adapter, controller, received, reason, detail, label, media_type, digest, content)
    values (gen_random_uuid(), 'test-results', 'kith-report', ${BERGEN}, now(), 'no-identity-number', ${SCRIPT}, ${`Svar 17 ${SCRIPT}`},
      'application/xml', ${Buffer.from(`digest ${id}`)}, ${Buffer.from(`<Melding>${SCRIPT}</Melding>`)})`
}

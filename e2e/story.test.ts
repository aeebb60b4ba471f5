/**
 * The story that must always work: a nurse opens a patient who several controllers share, the patient keeps something from her, her screen
 * says so, and the patient finds both look-ups. Three portals, three people, one system; a real browser.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { openPage, settled, signInCitizen } from './citizen-pages.ts'
import { openPatient, openPortal, panel, panelsLoaded, signInByHand } from './clinician-pages.ts'
import { enter, open } from './controller-pages.ts'
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

test('what four controllers share is on one page; what the patient restricts leaves it, with a notice; her log has both', async () => {
  const nurse = await openPortal(browser, it.system.baseUrl)
  await signInByHand(nurse.page, 'nurse-bergen')
  await openPatient(nurse.page, 'astrid')
  const text = async () => await nurse.page.locator('.panels').innerText()
  await panel(nurse.page, 'NEWS2')
    .getByRole('button', { name: /^Vis alle/ })
    .click()
  const shown = await text()
  for (const controller of ['Bergen kommune', 'Helse Vest RHF', 'Helse Nord RHF', 'Helse Sør-Øst RHF'])
    assert.ok(shown.includes(controller), `${controller} in ${shown}`)

  const astrid = await signInCitizen(browser, it.system.baseUrl, 'astrid', { width: 1440 })
  const { page } = astrid
  await openPage(page, 'Valg', 'Mine valg')
  await page.getByRole('button', { name: 'Gjør et nytt valg' }).click()
  await page.getByRole('radio', { name: 'Sperre opplysninger' }).check()
  await page.getByRole('radio', { name: 'Alt fra ett sted' }).check()
  await page.getByLabel('Hvem har registrert opplysningene?').selectOption({ label: 'Helse Vest RHF' })
  await page.getByRole('button', { name: 'Se hva som skjer' }).click()
  await page.getByRole('button', { name: 'Bekreft valget' }).click()
  await page.getByRole('heading', { name: 'Valget gjelder nå' }).waitFor()

  await nurse.page.getByRole('button', { name: 'Hent på nytt' }).click()
  await panel(nurse.page, 'NEWS2').getByText('sperret').first().waitFor()
  await panelsLoaded(nurse.page)
  assert.doesNotMatch(await text(), /Helse Vest RHF/)
  assert.match(await text(), /Bergen kommune/)

  await openPage(page, 'Hvem har sett opplysningene', 'Hvem har sett opplysningene')
  await settled(page)
  const seen = page.getByRole('listitem').filter({ hasText: 'Ingrid Solheim, sykepleier ved Bergen legevakt' }).filter({ hasText: 'NEWS2' })
  await seen.first().waitFor()
  const { sql } = it.system.database
  const [look] = await sql<{ count: number }[]>`
    select count(*)::int as count from access_log l join log_actor a on a.id = l.actor
    where l.service = 'news2' and l.event = 'search-type' and a.name = 'Ingrid Solheim' and a.client = 'helsevev-clinician'`
  assert.ok((look?.count ?? 0) >= 2)
  assert.deepEqual([nurse.errors, astrid.errors], [[], []])
  await nurse.context.close()
  await astrid.context.close()
})

test('a privacy officer of Bergen has cases and emergency accesses to ask about from the first start', async () => {
  const { page, context, errors } = await enter(browser, it, 'privacy-officer-bergen')
  await open(page, 'Saker om mulig misbruk')
  const cases = await page.locator('.item').allInnerTexts()
  assert.ok(cases.length >= 2 && cases.every((text) => text.includes('Ingrid Solheim')), cases.join('\n'))
  for (const why of [/nysgjerrighet/, /etternavn/])
    assert.ok(
      cases.some((text) => why.test(text)),
      cases.join('\n'),
    )
  await open(page, 'Nødtilgang')
  const accesses = await page.getByRole('main').innerText()
  for (const words of ['Ingrid Solheim', 'Håkon Lothe', 'Kom med ambulanse etter fall']) assert.ok(accesses.includes(words), accesses)
  assert.deepEqual(errors, [])
  await context.close()
})

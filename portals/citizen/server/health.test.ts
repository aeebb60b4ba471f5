import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { aboutHeader, contract } from '../contract.ts'
import { actsFor, signedIn, type TestPortal, testPortal } from './testing/portal.ts'

const childNumber = '18852150080'
const open = [{ id: 'municipal-services', open: true }]
const people = actsFor([
  { self: true, name: 'Ida Testesen', number: '17866412308', services: open },
  { name: 'Oda Testesen', number: childNumber, relation: 'parental-responsibility', services: open },
])
const nothing = {
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [],
}

let it: TestPortal
beforeEach(async () => {
  it = await testPortal()
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = { body: people }
  it.issuer.answers['POST /fhir/municipal-services/$status'] = {
    body: { resourceType: 'Parameters', parameter: [{ name: 'status', valueCode: 'none' }] },
  }
  it.issuer.answers['POST /fhir/municipal-services/EpisodeOfCare/_search'] = { body: nothing }
})
afterEach(async () => await it.close())

const about = (id = 'me') => ({ [aboutHeader]: id }) as const
const municipal = (id?: string) => ({ service: 'municipal-services', headers: about(id) })

const bodies = () =>
  it.issuer.seen.apiRequests.filter(({ url }) => url.includes('municipal-services')).map(({ body }) => new URLSearchParams(body))

test('a panel is asked for oneself without a number, and for another with the number in the body', async () => {
  const page = await signedIn(it)
  const { people: told } = await page.answer(contract.people)
  const own = await page.answer(contract.panel, municipal())
  assert.equal(own.status, 'none')
  assert.ok(bodies().every((form) => !form.has('patient.identifier')))
  it.issuer.seen.apiRequests.length = 0
  assert.equal((await page.answer(contract.panel, municipal(told[1]?.id))).status, 'none')
  assert.deepEqual(new Set(bodies().map((form) => form.get('patient.identifier')?.split('|')[1])), new Set([childNumber]))
  assert.ok(it.issuer.seen.apiRequests.every(({ url, attestation }) => !url.includes(childNumber) && !attestation?.practitioner))
  assert.ok(!page.received.some((text) => text.includes(childNumber)))
})

test('about nobody the session knows, and of no such service, nothing is asked', async () => {
  const page = await signedIn(it)
  assert.deepEqual((await page.ask(contract.panel, municipal(childNumber))).json(), { code: 'person-changed' })
  assert.deepEqual((await page.ask(contract.lastVisit, { headers: about('constructor') })).json(), { code: 'person-changed' })
  for (const service of ['nothing', 'constructor', '..%2Fpeople'])
    assert.equal((await page.get(`/api/panels/${service}`)).statusCode, 400, service)
  assert.deepEqual(bodies(), [])
})

test('a refusal of one service is told with its reason, and a source that is away as such', async () => {
  const page = await signedIn(it)
  it.issuer.answers['POST /fhir/municipal-services/$status'] = { status: 403, code: 'too-young' }
  assert.deepEqual((await page.ask(contract.panel, municipal())).json(), { code: 'refused', reason: 'too-young' })
  it.issuer.answers['POST /fhir/municipal-services/$status'] = { status: 503, code: 'unavailable' }
  assert.equal((await page.answer(contract.panel, municipal())).status, 'unavailable')
})

test('the last visit is told, or that there was none', async () => {
  const page = await signedIn(it)
  it.issuer.answers['POST /fhir/Patient/$last-visit'] = {
    body: { resourceType: 'Parameters', parameter: [{ name: 'lastVisit', valueInstant: '2026-11-01T10:00:00.000Z' }] },
  }
  assert.deepEqual(await page.answer(contract.lastVisit, { headers: about() }), { at: '2026-11-01T10:00:00.000Z' })
  it.issuer.answers['POST /fhir/Patient/$last-visit'] = { body: { resourceType: 'Parameters', parameter: [] } }
  assert.deepEqual(await page.answer(contract.lastVisit, { headers: about() }), {})
  const visits = it.issuer.seen.apiRequests.filter(({ url }) => url.endsWith('$last-visit'))
  assert.deepEqual(
    visits.map(({ isAutomatic }) => isAutomatic),
    [true, true],
  )
})

test('nobody who is not signed in is told anything', async () => {
  for (const url of ['/api/panels/municipal-services', '/api/last-visit'])
    assert.deepEqual((await it.app.inject({ url: `/citizen${url}`, headers: { 'helsevev-about': 'me' } })).json(), { code: 'signed-out' })
})

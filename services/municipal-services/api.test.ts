import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeIn, entriesOf, matchesIn, noticesIn, placesOf, responsesOf, tagsOf, valuesOf } from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import { municipalServices } from './service.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:municipal-services/read', 'helsevev:municipal-services/write']
const form = { 'content-type': 'application/x-www-form-urlencoded', 'purpose-of-use': 'TREAT' }
const NOON = new Date('2026-06-15T12:00:00+02:00')
let api: TestApi

before(async () => {
  api = await testApi([municipalServices], () => NOON)
  await api.agreement({ controller: bergen, receiver: oslo })
})
after(() => api.close())

const event = (personIdentifier: string, ...oktMessages: object[]) =>
  api.as(system(bergen, { scopes })).post('/fhir/municipal-services/$okt-event', { personIdentifier, oktMessages })

const statusFor = (identifier: { system: string; value: string }) =>
  api
    .as(nurse(oslo, { scopes }))
    .post(
      '/fhir/municipal-services/$status',
      new URLSearchParams({ 'patient.identifier': `${identifier.system}|${identifier.value}` }).toString(),
      form,
    )

const attestationFor = (number: string) => ({
  attestation: attestationHeader(attestation(nurse(oslo, { scopes }), number, 'TREAT', undefined, NOON)),
})
const parameter = (reply: Reply, name: string) => valuesOf(reply)[name]

test('what one municipality sends as OktEvent, a nurse in another sees with its flags', async () => {
  const person = await api.person(1)
  const sent = await event(
    person.number,
    { startDate: '2026-01-15', iplosCode: { iplosCodeValue: '015' }, weeklyExtent: '7,5' },
    { startDate: '2026-02-01', iplosCode: { iplosCodeValue: '6' }, temporaryCessation: true },
  )
  assert.equal(sent.status, 200)

  const found = await api.as(nurse(oslo, { scopes })).search('EpisodeOfCare', {
    'patient.identifier': `${person.identifier.system}|${person.identifier.value}`,
    status: 'active,onhold',
  })
  const services = matchesIn(found, 'EpisodeOfCare')
  assert.deepEqual(
    services.map(({ status, type }) => [status, codeIn(type?.[0])]),
    [
      ['onhold', '6'],
      ['active', '15'],
    ],
  )
  assert.deepEqual(tagsOf(services[1]), ['iplos-code-zero-padded', 'weekly-extent-unit-assumed'])
  assert.equal(entriesOf(found).at(-1)?.search?.mode, 'outcome')
  assert.equal(codeIn(noticesIn(found).at(-1)?.details), 'categories-not-listed')

  const status = await statusFor(person.identifier)
  assert.deepEqual([parameter(status, 'status'), parameter(status, 'active'), parameter(status, 'onHold')], ['some', 1, 1])
})

test('the same event again changes nothing, and a changed one is a new version of the same service', async () => {
  const person = await api.person(2)
  const message = { startDate: '2026-01-15', iplosCode: { iplosCodeValue: '15' } }
  const first = await event(person.number, message)
  const again = await event(person.number, message)
  const changed = await event(person.number, { ...message, weeklyExtent: '5' })
  const etags = [first, again, changed].map((reply) => responsesOf(reply)[0]?.etag)
  assert.deepEqual(etags, ['W/"1"', 'W/"1"', 'W/"2"'])
})

test('an extra-sensitive service leaves no trace: the answer is as if nobody had reported', async () => {
  const [hidden, never] = [await api.person(3), await api.person(4)]
  const sent = await event(hidden.number, { startDate: '2026-01-15', iplosCode: { iplosCodeValue: '024' } })
  assert.equal(sent.status, 200)
  const [about, aboutNever] = [await statusFor(hidden.identifier), await statusFor(never.identifier)]
  assert.deepEqual(about.body, aboutNever.body)

  // The log of the controller that the reader acted for says why: in a search, and for the record by its id.
  const id = responsesOf(sent)[0]?.location?.split('EpisodeOfCare/')[1]?.split('/')[0] ?? ''
  const missed = await api.as(nurse(oslo, { scopes })).get(`/fhir/municipal-services/EpisodeOfCare/${id}`, attestationFor(hidden.number))
  assert.equal(missed.status, 404)
  const unseen = async ({ headers }: Reply) =>
    (await api.sql<{ unseen: string[] | null }[]>`select unseen from access_log where event_id = ${String(headers['x-event-id'])}`)[0]
      ?.unseen
  assert.deepEqual(
    [await unseen(about), await unseen(missed), await unseen(aboutNever)],
    [['extra-sensitive'], ['extra-sensitive'], ['nothing']],
  )
})

test('one wrong message stops the whole event', async () => {
  const person = await api.person(5)
  const refused = await event(
    person.number,
    { startDate: '2026-01-15' },
    { startDate: '2026-01-15', iplosCode: { iplosCodeValue: '6' }, weeklyExtent: '5 timer' },
  )
  assert.equal(refused.status, 422)
  assert.deepEqual(placesOf(refused), ['oktMessages[1].weeklyExtent'])
  assert.equal(parameter(await statusFor(person.identifier), 'status'), 'unknown')
})

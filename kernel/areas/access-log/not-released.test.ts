/** The patient's own log about records that are not yet released to the patient: it neither counts nor names them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AuditEvent } from '@medplum/fhirtypes'
import { bundleOf, idOf, matchesIn } from '../../testing/answers.ts'
import { NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import type { SentBody } from '../../testing/sent.ts'

const { bergen } = organizations
let now = NOW
let api: TestApi
before(async () => {
  api = await testApi(undefined, () => now)
})
after(async () => await api.close())

const secured = (code: string) => ({ meta: { security: [{ code }] } })
const delayed: SentBody = {
  ...secured('NORU'),
  extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/release-date', valueUnsignedInt: 1 }],
}
type Person = Awaited<ReturnType<TestApi['person']>>

async function log(person: Person): Promise<{ total: number | undefined; lines: AuditEvent[] }> {
  const self = system(bergen, { kind: 'citizen', pid: person.number, name: 'Kari', scopes: ['helsevev:access-log/citizen'] })
  const reply = await api.as(self).get('/fhir/AuditEvent')
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  const own = ({ purposeOfEvent }: AuditEvent) => JSON.stringify(purposeOfEvent ?? []).includes('PATRQT')
  return { total: bundleOf(reply).total, lines: matchesIn(reply, 'AuditEvent').filter((line) => !own(line)) }
}
/** What each line says was done and seen. */
const said = (lines: readonly AuditEvent[]) => lines.map(({ subtype, entity }) => JSON.stringify([subtype, entity]))

test('a look-up of nothing but delayed records reads as a look-up of nothing, and their coming is no line, until the release', async () => {
  now = NOW
  const [kari, nobody] = [await api.person(401), await api.person(402)]
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(kari, delayed))
  for (const person of [kari, nobody]) {
    const found = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': person.number })
    assert.equal(bundleOf(found).total, person === kari ? 1 : 0)
  }
  const [delay, none] = [await log(kari), await log(nobody)]
  assert.deepEqual([delay.lines.length, delay.total], [1, none.total])
  assert.deepEqual(said(delay.lines), said(none.lines))

  now = new Date(NOW.getTime() + 86_400_000)
  const released = await log(kari)
  assert.equal(released.lines.length, 2)
  assert.notDeepEqual(said(released.lines.slice(0, 1)), said(none.lines))
  now = NOW
})

test('a delayed record that was read by its id is neither named nor counted', async () => {
  const kari = await api.person(405)
  const written = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(kari, delayed))
  assert.equal((await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${idOf(written)}`)).status, 200)
  const { lines } = await log(kari)
  assert.equal(lines.length, 1)
  assert.doesNotMatch(JSON.stringify(lines), /Observation|"valueString":"1"/)
})

test('of a look-up of released and withheld records the released ones are counted', async () => {
  const kari = await api.person(403)
  const own = api.as(system(bergen))
  await own.post('/fhir/measurements/Observation', pulse(kari))
  await own.post('/fhir/measurements/Observation', pulse(kari, { ...secured('NORN_ALL'), identifier: [{ system: 'a', value: 'b' }] }))
  const other = await api.person(404)
  await own.post('/fhir/measurements/Observation', pulse(other))
  for (const person of [kari, other]) await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': person.number })
  const [mixed, alone] = [await log(kari), await log(other)]
  assert.equal(mixed.lines.length, alone.lines.length)
  assert.deepEqual(said(mixed.lines), said(alone.lines))
})

/** When the patient sees what staff see at once, through the citizen's API, before and after the day. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { matchesIn } from '@helsevev/kernel/testing/answers'
import { NOW, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { kithMessage, type MadeReport } from './made-up/kith-message.ts'
import testResults from './service.ts'

const DAY = 24 * 60 * 60 * 1000
const laboratory = system(organizations.oslo, { scopes: ['helsevev:test-results/read', 'helsevev:test-results/write'] })
let now = NOW
let api: TestApi
before(async () => {
  api = await testApi([testResults], () => now)
})
after(async () => await api.close())

let series = 100
const somebody = async () => {
  series += 1
  return await api.person(series)
}
const citizen = (number: string): Caller => ({
  ...system(organizations.vendor),
  kind: 'citizen',
  pid: number,
  organization: organizations.bergen,
  scopes: ['helsevev:test-results/citizen'],
})
const send = async (number: string, more: Partial<MadeReport>): Promise<void> => {
  const message = kithMessage({
    patient: number,
    reportId: 'H-1',
    generated: '2026-01-12T09:00:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    results: [{ id: '1', heading: 'FU', text: 'Beskrivelse', name: 'Mikroskopi' }],
    ...more,
  })
  const reply = await api.as(laboratory).post('/fhir/test-results/$kith-report', message, { 'content-type': 'application/xml' })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
}
/** How many of each type the caller finds. */
const seen = async (number: string, who: Caller): Promise<number[]> => {
  const types = ['DiagnosticReport', 'Observation', 'Specimen', 'ServiceRequest', 'PractitionerRole'] as const
  const found = types.map(async (type) => matchesIn(await api.as(who).search(type, { 'patient.identifier': number }), type))
  return (await Promise.all(found)).map(({ length }) => length)
}
const all = [1, 1, 1, 1, 1]
const none = [0, 0, 0, 0, 0]

const rows: [discipline: string, days: number][] = [
  ['CLIN', 0],
  ['MBIO', 0],
  ['RTG', 0],
  ['FARM', 0],
  ['HIST', 14],
  ['CYTO', 14],
  ['PAT', 14],
  ['MGEN', 14],
]
for (const [discipline, days] of rows)
  test(`the patient sees ${discipline} ${days === 0 ? 'at once' : `${days} days after staff`}`, async () => {
    now = NOW
    const { number } = await somebody()
    await send(number, { discipline })
    assert.deepEqual(await seen(number, laboratory), all)
    assert.deepEqual(await seen(number, citizen(number)), days === 0 ? all : none)
    if (days === 0) return
    now = new Date(NOW.getTime() + days * DAY - 1000)
    assert.deepEqual(await seen(number, citizen(number)), none)
    now = new Date(NOW.getTime() + days * DAY)
    assert.deepEqual(await seen(number, citizen(number)), all)
  })

test('a corrected version waits its own days', async () => {
  now = NOW
  const { number } = await somebody()
  await send(number, { discipline: 'HIST' })
  now = new Date(NOW.getTime() + 20 * DAY)
  await send(number, { discipline: 'HIST', generated: '2026-02-04T09:00:00', serviceType: 'M' })
  const heads = async () => (await seen(number, citizen(number)))[0]
  assert.equal(await heads(), 0)
  now = new Date(NOW.getTime() + 34 * DAY)
  assert.equal(await heads(), 1)
})

test('analyses and status tell the patient nothing of what waits', async () => {
  now = NOW
  const { number } = await somebody()
  await send(number, { discipline: 'HIST', results: [{ id: '1', codes: [[7280, 'NPU1', 'Mitoser']], number: '3', unit: 'mmol/L' }] })
  for (const operation of ['analyses', 'status']) {
    const { body } = await api
      .as(citizen(number))
      .post(`/fhir/test-results/$${operation}`, new URLSearchParams({ 'patient.identifier': number }).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
      })
    assert.ok(!/Mitoser|NPU1|"valueInteger":1/.test(JSON.stringify(body)), JSON.stringify(body))
  }
})

/** Attempts to read by writing: a person who may write for an organisation may not therefore read. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nurse, organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen } = organizations
const path = '/fhir/measurements/Observation'

let api: TestApi
let series = 1
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

const person = () => api.person(series++)

async function block(patient: string): Promise<void> {
  await api.sql`
    insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
    values (${patient}, ${api.kernel.ids.recordId()}, 'block', '990000001', '2025-01-01', '2025-01-01', 1, 'self')`
}

const writer = nurse(bergen, { scopes: ['helsevev:measurements/read', 'helsevev:measurements/write'] })

test('who is blocked is not shown a record by writing to it: neither a conditional create nor a resend hands it over', async () => {
  const mine = await person()
  const identifier = [{ system: 'urn:test', value: 'blood-pressure-of-today' }]
  await api.as(system(bergen)).post(path, pulse(mine, { identifier, note: [{ text: 'what the patient keeps from her' }] }))
  await block(mine.key)
  const ways = [
    await api.as(writer).post(path, pulse(mine), { 'if-none-exist': 'identifier=urn:test|blood-pressure-of-today' }),
    await api.as(writer).post(path, pulse(mine), { 'if-none-exist': 'code=8867-4' }),
    await api.as(writer).post('/fhir/measurements', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        {
          resource: pulse(mine),
          request: { method: 'POST', url: 'Observation', ifNoneExist: 'identifier=urn:test|blood-pressure-of-today' },
        },
      ],
    }),
  ]
  for (const { body } of ways) assert.doesNotMatch(JSON.stringify(body), /keeps from her/)
})

test('who writes reads no more than who reads: a conditional create without an attestation shows no stored record', async () => {
  const mine = await person()
  await api
    .as(system(bergen))
    .post(path, pulse(mine, { identifier: [{ system: 'urn:test', value: '1' }], note: [{ text: 'seen by the treating nurse alone' }] }))
  const { body } = await api.as(writer).post(path, pulse(mine), { 'if-none-exist': 'identifier=urn:test|1', attestation: '' })
  assert.doesNotMatch(JSON.stringify(body), /treating nurse alone/)
})

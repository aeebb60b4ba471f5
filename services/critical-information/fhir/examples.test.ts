/** The examples show what really happens: each request, sent in the order of the names for one patient, gets the answer in its file. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { attestation, attestationHeader, nurse, organizations, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import criticalInformation from '../service.ts'

const { oslo } = organizations
const scopes = ['helsevev:critical-information/read', 'helsevev:critical-information/write']
const writer = nurse(oslo, { scopes, name: 'Rita Recorder' })
const folder = new URL('./examples/', import.meta.url)
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.request.json') ? [file.replace('.request.json', '')] : []))
const statuses: Readonly<Record<string, number>> = {
  duplicate: 409,
  'refused-status-and-validity': 422,
  'refused-without-category': 422,
  transaction: 200,
}
const read = (file: string): SentBody => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  assert.equal((await api.person(350)).number, '17855042487')
})
after(async () => await api.close())

/** With `{id}` for the ids, which are drawn. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(/\b[a-p]{32}\b/g, '{id}'))
}

test('there is an answer to every request, and no other', () => {
  assert.deepEqual(readdirSync(folder).sort(), names.flatMap((name) => [`${name}.answer.json`, `${name}.request.json`]).sort())
  assert.equal(names.length, 15)
})

for (const name of names) {
  test(`${name} is answered as its example says`, async () => {
    const request = read(`${name}.request.json`)
    const path = request.resourceType === 'Bundle' ? '' : `/${request.resourceType}`
    const headers = { attestation: attestationHeader(attestation(writer, '17855042487')) }
    const { status, body } = await api.as(writer).post(`/fhir/critical-information${path}`, request, headers)
    assert.deepEqual([status, withoutIds(body)], [statuses[name] ?? 201, read(`${name}.answer.json`)])
  })
}

/** The pairs of request and answer that the documentation links to, sent through the API of a real database. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import hospitalMedicines from '../service.ts'
import { BASE, scopes } from '../testing/delivery.ts'

const folder = join(import.meta.dirname, 'examples')
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.request.json') ? [name.replace('.request.json', '')] : []))
/** Stands for the number of the person of the examples, which belongs to nobody. */
const PATIENT = '{number}'
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8')

let api: TestApi
let number: string
before(async () => {
  api = await testApi([hospitalMedicines])
  ;({ number } = await api.person(100))
})
after(async () => await api.close())

/** Ids are drawn: the same id is the same word. */
function comparable(body: unknown): unknown {
  const seen = new Map<string, string>()
  const text = JSON.stringify(body)
    .replaceAll(number, PATIENT)
    .replaceAll(/\b[a-p]{32}\b/g, (id) => {
      seen.set(id, seen.get(id) ?? `{id-${seen.size + 1}}`)
      return seen.get(id) ?? ''
    })
  return JSON.parse(text)
}

for (const name of names) {
  test(`${name} is answered as its example says`, async () => {
    const request = JSON.parse(read(`${name}.request`).replaceAll(PATIENT, number))
    const path = request.resourceType === 'Bundle' ? '$lmdi' : request.resourceType
    const { status, body } = await api.as(system(organizations.oslo, { scopes })).post(`${BASE}/${path}`, request)
    assert.deepEqual({ status, body: comparable(body) }, JSON.parse(read(`${name}.answer`)))
  })
}

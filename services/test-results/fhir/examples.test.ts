/**
 * The pairs of request and answer in fhir/examples, in the order of their names, sent to the API. Ids are replaced by numbers, since they
 * are random.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import testResults from '../service.ts'

const folder = new URL('./examples/', import.meta.url)
const laboratory = system(organizations.oslo, { scopes: ['helsevev:test-results/read', 'helsevev:test-results/write'] })
/** The person of the examples: register series 1. */
const SERIES = 1

let api: TestApi
before(async () => {
  api = await testApi([testResults])
  await api.person(SERIES)
})
after(async () => await api.close())

const requests = readdirSync(folder).filter((name) => name.includes('.request.'))

async function answer(name: string): Promise<{ status: number; body: unknown }> {
  const text = readFileSync(new URL(name, folder), 'utf8')
  if (name.endsWith('.xml'))
    return await api.as(laboratory).post('/fhir/test-results/$kith-report', text, { 'content-type': 'application/xml' })
  const { type, form } = JSON.parse(text) as { type: string; form: Record<string, string> }
  return await api.as(laboratory).search(type, form)
}

/** `id-1`, `id-2` … in the order in which they appear. */
function numbered(text: string): string {
  const seen = new Map<string, string>()
  return text.replace(/\b[a-p]{32}\b/g, (id) => {
    if (!seen.has(id)) seen.set(id, `id-${seen.size + 1}`)
    return seen.get(id) ?? id
  })
}

for (const name of requests)
  test(`${name} is answered as its example says`, async () => {
    const { status, body } = await answer(name)
    const expected = JSON.parse(readFileSync(new URL(name.replace(/\.request\.\w+$/, '.answer.json'), folder), 'utf8'))
    assert.deepEqual(JSON.parse(numbered(JSON.stringify({ status, body }))), expected)
  })

/** The pairs of request and answer that the documentation links to, sent through the API of a real database. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import homeMonitoring from '../service.ts'
import { BASE, scopes } from '../testing/measurement.ts'

const { bergen, oslo } = organizations
const folder = join(import.meta.dirname, 'examples')
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.request.json') ? [name.replace('.request.json', '')] : []))
/** Stands for the number of the person of the examples, which belongs to nobody. */
const PATIENT = '{number}'

interface Example {
  /** Sent first, in this order, and answered with 2xx. */
  before?: Call[]
  call: Call
}

interface Call {
  as: 'platform' | 'reader'
  /** Below the address of the service. */
  path: string
  body: unknown
}

const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8')

let api: TestApi
let number: string
let series = 100
before(async () => {
  api = await testApi([homeMonitoring])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

async function send({ as, path, body }: Call): Promise<Reply> {
  const who = api.as(as === 'platform' ? system(oslo, { scopes }) : nurse(bergen, { scopes }))
  if (typeof body !== 'string') return await who.post(`${BASE}${path}`, body)
  return await who.post(`${BASE}${path}`, body.replace(PATIENT, encodeURIComponent(number)), {
    'content-type': 'application/x-www-form-urlencoded',
  })
}

/** Ids and instants of ours are made again in each run: the same id is the same word. */
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
    series += 1
    ;({ number } = await api.person(series))
    const example: Example = JSON.parse(read(`${name}.request`).replaceAll(`"${PATIENT}"`, JSON.stringify(number)))
    for (const call of example.before ?? []) {
      const { status, body } = await send(call)
      assert.ok(status < 300, JSON.stringify(body))
    }
    const { status, body } = await send(example.call)
    const answer = { status, body: comparable(body) }
    assert.deepEqual(answer, JSON.parse(read(`${name}.answer`)))
  })
}

/**
 * Readers are safe: a record that was stored with a wrong shape, before a rule was there, takes no other record from an operation, the
 * summary, a list or a panel. docs/decisions/0057-readers-are-safe.md
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readableBundle } from '@helsevev/kernel/fhir/validation/readable'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { parseLogicalId } from '@helsevev/kernel/store/ids'
import { idOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import { loaders, services } from '@helsevev/server/services'
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { examplesOf } from './wrong-shapes/examples.ts'
import { mutantsOf, sample } from './wrong-shapes/mutants.ts'

/** The bad records that are tried of each service. */
const COUNT = Number(process.env['HELSEVEV_BAD_RECORDS'] || 12)
const SEED = Number(process.env['HELSEVEV_SEED'] || 1)

/** Later than the newest of the examples. */
const now = new Date('2026-06-15T12:00:00Z')

let api: TestApi
before(async () => {
  api = await testApi(services, () => now)
})
after(async () => await api.close())

const scopes = [...services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`]), 'helsevev:persons/read']
const writer = system(organizations.bergen, { scopes })
const reader = nurse(organizations.bergen, { scopes })

let series = 1
for (const service of services) {
  test(`a bad record of ${service.id} takes nothing from its readers but itself`, async (t) => {
    const { identifier } = await api.person(series++)
    const examples = examplesOf(service, createValidator(api.kernel.codes), identifier)
    // Test results are written by messages alone; the adapter makes their shape.
    if (examples.length === 0) return
    const stored: { type: string; id: string }[] = []
    for (const { resource } of examples) {
      const answer = await api.as(writer).post(`/fhir/${service.id}/${resource.resourceType}`, resource)
      if (answer.status === 201) stored.push({ type: resource.resourceType, id: idOf(answer) })
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const asked = `patient.identifier=${encodeURIComponent(`${identifier.system}|${identifier.value}`)}`
    const ask = async (path: string, more: Record<string, string> = {}): Promise<Reply> =>
      await api.as(reader).post(path, Buffer.from(`${asked}&${new URLSearchParams(more)}`), form)
    assert.ok(stored.length > 0, 'no example was stored')
    let tried = 0
    for (const [index, { type, id }] of stored.entries()) {
      const neighbours = stored.filter((_one, at) => at !== index)
      const content = await contentOf(id)
      for (const { make, what } of sample([...mutantsOf(JSON.parse(content))], COUNT / stored.length, SEED + index)) {
        await store(id, JSON.stringify({ ...make(), resourceType: type }))
        tried += 1
        for (const { name } of service.operations ?? []) {
          const { status, body } = await ask(`/fhir/${service.id}/$${name}`)
          assert.equal(status, 200, `$${name} with ${type}.${what}: ${JSON.stringify(body)}`)
        }
        const summary = await ask('/fhir/Patient/$summary')
        assert.equal(summary.status, 200, `$summary with ${type}.${what}: ${JSON.stringify(summary.body)}`)
        const loader = loaders.find((one) => one.service === service.id)
        const loaded = await loader?.load(panelApi(ask), now)
        if (neighbours.length > 0) assert.equal(loaded?.status, 'some', `the panel with ${type}.${what}`)
      }
      await store(id, content)
    }
    t.diagnostic(`${tried} bad records; HELSEVEV_BAD_RECORDS=${COUNT} HELSEVEV_SEED=${SEED}`)
  })
}

/** What stands in the row of a record, without the patient. */
async function contentOf(id: string): Promise<string> {
  const key = parseLogicalId(id)
  const [row] = await api.sql<{ content: string }[]>`
    select content from record where patient = ${key?.patient ?? ''} and id = ${key?.id ?? ''} and superseded is null`
  return row?.content ?? ''
}

/** Puts a text into the row of a record, as a server of an earlier version may have. */
async function store(id: string, content: string): Promise<void> {
  const key = parseLogicalId(id)
  await api.database.owner`
    update record set content = ${content} where patient = ${key?.patient ?? ''} and id = ${key?.id ?? ''} and superseded is null`
}

/** What a panel asks, as the portals ask it. */
function panelApi(ask: (path: string, more?: Record<string, string>) => Promise<Reply>): PatientApi {
  const answered = async (path: string, more?: Record<string, string>) => {
    const { status, body } = await ask(path, more)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  return {
    search: async (service, type, more) => readableBundle((await answered(`/fhir/${service}/${type}/_search`, more)) as Bundle),
    operation: async (service, operation, more) => (await answered(`/fhir/${service}/$${operation}`, more)) as Parameters,
  }
}

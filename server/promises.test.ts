/** Each service's CapabilityStatement promises what works, and nothing else: all that is promised is called, and what is not is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { logicalId } from '@helsevev/kernel/store/ids'
import { problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { CapabilityStatementRest } from '@medplum/fhirtypes'
import { services } from './services.ts'

let api: TestApi
let person: Awaited<ReturnType<TestApi['person']>>
before(async () => {
  api = await testApi(services)
  person = await api.person(1)
})
after(async () => await api.close())

const values: Record<string, string> = { token: 'http://x|a', date: 'ge2026-01-01', quantity: 'gt5||kg', reference: 'a', string: 'a' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

for (const service of services as readonly InformationService[])
  test(`${service.id} promises what works`, { timeout: 120_000 }, async () => {
    const asking = api.as(system(organizations.bergen, { scopes: [`helsevev:${service.id}/read`, `helsevev:${service.id}/write`] }))
    const base = `/fhir/${service.id}`
    const statement = resourceOf(await asking.get(`${base}/metadata`), 'CapabilityStatement')
    const rest = statement.rest?.[0] as CapabilityStatementRest
    assert.doesNotMatch(JSON.stringify(statement), /\[\]/)
    assert.equal(statement.url, `http://test${base}/metadata`)
    const id = logicalId(person.key, api.kernel.ids.recordId())
    const search = async (type: string, more: string) =>
      await asking.post(`${base}/${type}/_search`, `patient.identifier=${person.number}&${more}`, form)

    for (const { type, interaction = [], searchParam = [], searchInclude = [], searchRevInclude = [] } of rest.resource ?? []) {
      const calls: Record<string, () => Promise<{ status: number; body: unknown }>> = {
        read: async () => await asking.get(`${base}/${type}/${id}`),
        vread: async () => await asking.get(`${base}/${type}/${id}/_history/1`),
        'history-instance': async () => await asking.get(`${base}/${type}/${id}/_history`),
        'search-type': async () => await search(type, '_count=1'),
        create: async () => await asking.post(`${base}/${type}`, { resourceType: type }),
        update: async () => await asking.put(`${base}/${type}/${id}`, { resourceType: type, id }),
        delete: async () => await asking.delete(`${base}/${type}/${id}`),
      }
      for (const [code, call] of Object.entries(calls)) {
        const reply = await call()
        const isRefused = problemOf(reply) === 'unknown-interaction'
        const isPromised = interaction.some((one) => one.code === code)
        assert.equal(isRefused, !isPromised, `${code} of ${type}: ${reply.status} ${problemOf(reply)}`)
      }
      for (const { name = '', type: kind } of searchParam) {
        if (name === 'patient.identifier') continue
        const declared = service.resources[type ?? '']?.searchParameters.find((one) => one.name === name)
        const value = declared?.findsPresent ? 'true' : (values[kind ?? ''] ?? '')
        assert.equal((await search(type ?? '', `${name}=${value}`)).status, 200, `${type}?${name}`)
      }
      for (const link of searchInclude) assert.equal((await search(type ?? '', `_include=${link}`)).status, 200, link)
      for (const link of searchRevInclude) {
        assert.equal((await search(type ?? '', `_revinclude=${link}`)).status, 200, link)
        assert.equal((await search(type ?? '', `_has:${link}:_lastUpdated=ge2026`)).status, 200, link)
      }
      for (const unknown of ['colour=red', '_include=Patient:link', '_has:Observation:code:code=a', '_text=a', '_filter=a', '_query=a'])
        assert.equal(problemOf(await search(type ?? '', unknown)), 'invalid-parameter', `${type}?${unknown}`)
    }
    for (const { name, definition } of rest.operation ?? []) {
      assert.equal((await asking.get(new URL(definition).pathname)).status, 200, definition)
      const reply = await asking.post(`${base}/$${name}`, `patient.identifier=${person.number}`, form)
      assert.ok([200, 400].includes(reply.status) && problemOf(reply) !== 'unknown-interaction', `$${name}: ${reply.status}`)
    }
    assert.equal(problemOf(await asking.post(`${base}/$bogus`, 'a=b', form)), 'unknown-interaction')
    const isWritten = (rest.resource ?? []).some((one) => one.interaction?.some(({ code }) => code === 'create'))
    assert.equal(rest.interaction?.some(({ code }) => code === 'transaction') ?? false, isWritten)
    const read = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `${rest.resource?.[0]?.type}/${id}` } }],
    }
    assert.equal((await asking.post(base, read)).status, 200)
  })

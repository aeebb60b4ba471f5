/** What each service publishes about its form: it can be found, read and followed, and is right by FHIR R4 itself. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator, type Validator } from '@helsevev/kernel/fhir/validation/validator'
import { resourceOf, resourcesIn } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'
import type { CapabilityStatement, ElementDefinition, Resource, StructureDefinition } from '@medplum/fhirtypes'

const types = ['StructureDefinition', 'OperationDefinition', 'SearchParameter', 'ValueSet', 'CodeSystem'] as const

let api: TestApi
let validator: Validator
before(async () => {
  api = await testApi(services)
  validator = createValidator(api.kernel.codes)
})
after(async () => await api.close())

const get = async (path: string) => await api.as(system(organizations.bergen)).get(path)
const faultsOf = (resource: Resource) => validator.validate(resource).map(({ code, expression }) => `${code} at ${expression}`)
type Definition = Resource & { url: string; name: string }

for (const { id: service, operations = [], resources } of services) {
  test(`everything that ${service} publishes is right by FHIR, and found by its url and its name`, async () => {
    for (const type of types) {
      const all = resourcesIn(await get(`/fhir/${service}/${type}`)) as Definition[]
      for (const definition of all) {
        assert.deepEqual(faultsOf(definition), [], `${type} ${definition.name}`)
        assert.deepEqual((await get(`/fhir/${service}/${type}/${definition.id}`)).body, definition)
        const found = resourcesIn(await get(`/fhir/${service}/${type}?url=${encodeURIComponent(definition.url)}`))
        assert.deepEqual(found, [definition])
        assert.ok(resourcesIn(await get(`/fhir/${service}/${type}?name=${definition.name}`)).some(({ id }) => id === definition.id))
      }
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length, type)
    }
  })

  test(`what the profiles and the capabilities of ${service} name is published`, async () => {
    const published = async (type: string) =>
      new Set((resourcesIn(await get(`/fhir/${service}/${type}`)) as Definition[]).map(({ url }) => url))
    const { rest = [] } = resourceOf(await get(`/fhir/${service}/metadata`), 'CapabilityStatement') as CapabilityStatement
    const profiles = await published('StructureDefinition')
    for (const url of rest.flatMap(({ resource = [] }) => resource.flatMap(({ supportedProfile = [] }) => supportedProfile)))
      assert.ok(profiles.has(url), url)
    assert.equal((await published('OperationDefinition')).size, operations.length)
    const parameters = Object.values(resources).reduce((sum, { searchParameters }) => sum + searchParameters.length, 0)
    assert.ok((await published('SearchParameter')).size >= parameters)
    const valueSets = await published('ValueSet')
    const definitions = resourcesIn(await get(`/fhir/${service}/StructureDefinition`)) as StructureDefinition[]
    for (const { valueSet = '' } of definitions.flatMap(
      ({ differential }) => differential?.element.flatMap(({ binding }) => binding ?? []) ?? [],
    ))
      assert.ok(valueSets.has(valueSet), valueSet)
  })

  test(`the snapshots of ${service} have the elements of the type, and the rules of the differential`, async () => {
    const definitions = resourcesIn(await get(`/fhir/${service}/StructureDefinition`)) as StructureDefinition[]
    for (const { name, type, snapshot, differential } of definitions) {
      const byId = new Map((snapshot?.element ?? []).map((element): [string, ElementDefinition] => [element.id ?? '', element]))
      for (const path of ['', '.id', '.meta', '.extension', '.contained']) assert.ok(byId.has(`${type}${path}`), `${name}: ${type}${path}`)
      for (const rule of differential?.element ?? []) {
        const element = byId.get(rule.id ?? '')
        assert.ok(element, `${name}: ${rule.id} is in the differential alone`)
        for (const [member, value] of Object.entries(rule))
          assert.deepEqual(element[member as keyof ElementDefinition], value, `${name}: ${rule.id} ${member}`)
      }
    }
  })
}

test('a definition is found by url and name alone, in a service that there is', async () => {
  assert.equal((await get('/fhir/news2/StructureDefinition?status=active')).status, 400)
  assert.equal((await get('/fhir/nothing/ValueSet')).status, 404)
  assert.equal((await get('/fhir/news2/ValueSet/nothing')).status, 404)
  assert.deepEqual(resourcesIn(await get('/fhir/news2/SearchParameter?name=nothing')), [])
})

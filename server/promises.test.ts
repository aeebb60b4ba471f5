/**
 * The CapabilityStatements of the server and of each service promise what works, and nothing else: all that is promised is called, and what
 * is not is refused. http://hl7.org/fhir/R4/capabilitystatement.html
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { areaRoutes } from '@helsevev/kernel/areas/routes'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { logicalId } from '@helsevev/kernel/store/ids'
import { problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
import { organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
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
    for (const url of (rest.resource ?? []).flatMap(({ supportedProfile = [] }) => supportedProfile)) {
      const found = resourceOf(await asking.get(`${base}/StructureDefinition?url=${encodeURIComponent(url)}`), 'Bundle')
      assert.equal(found.total, 1, url)
      assert.equal((await asking.get(new URL(found.entry?.[0]?.fullUrl ?? '').pathname)).status, 200, url)
    }
    const id = logicalId(person.key, api.kernel.ids.recordId())
    const search = async (type: string, more: string) =>
      await asking.post(`${base}/${type}/_search`, `patient.identifier=${person.number}&${more}`, form)

    for (const resource of rest.resource ?? []) {
      const { type, interaction = [], searchParam = [], searchInclude = [], searchRevInclude = [] } = resource
      const { conditionalUpdate, operation = [] } = resource
      const calls: Record<string, () => Promise<{ status: number; body: unknown }>> = {
        read: async () => await asking.get(`${base}/${type}/${id}`),
        vread: async () => await asking.get(`${base}/${type}/${id}/_history/1`),
        'history-instance': async () => await asking.get(`${base}/${type}/${id}/_history`),
        'search-type': async () => await search(type, '_count=1'),
        create: async () => await asking.post(`${base}/${type}`, { resourceType: type }),
        update: async () => await asking.put(`${base}/${type}/${id}`, { resourceType: type, id }),
        patch: async () => await asking.patch(`${base}/${type}/${id}`, [{ op: 'remove', path: '/note' }]),
        delete: async () => await asking.delete(`${base}/${type}/${id}`),
      }
      for (const [code, call] of Object.entries(calls)) {
        const reply = await call()
        const isRefused = problemOf(reply) === 'unknown-interaction'
        const isPromised = interaction.some((one) => one.code === code)
        assert.equal(isRefused, !isPromised, `${code} of ${type}: ${reply.status} ${problemOf(reply)}`)
      }
      const conditional = await asking.put(`${base}/${type}?identifier=urn:x|a`, { resourceType: type })
      const offersUpdate = interaction.some((one) => one.code === 'update')
      assert.equal(problemOf(conditional) === 'unknown-interaction', !offersUpdate, `conditional update of ${type}`)
      assert.equal(conditionalUpdate ?? false, offersUpdate && interaction.some((one) => one.code === 'create'), type)
      const validated = await asking.post(`${base}/${type}/$validate`, { resourceType: type })
      const creates = interaction.some((one) => one.code === 'create')
      assert.equal(validated.status, creates ? 200 : 404, `$validate of ${type}: ${problemOf(validated)}`)
      assert.deepEqual(
        operation.map((one) => one.name),
        creates || offersUpdate ? ['validate'] : [],
      )
      for (const { name = '', type: kind, definition = '' } of searchParam) {
        if (name === 'patient.identifier') continue
        const defined = resourceOf(await asking.get(new URL(definition).pathname), 'SearchParameter')
        assert.deepEqual([defined.url, defined.code, defined.type], [definition, name, kind])
        const declared = service.resources[type ?? '']?.searchParameters.find((one) => one.name === name)
        const isBoolean = declared?.findsPresent || name === 'active'
        const value = isBoolean ? 'true' : (values[kind ?? ''] ?? '')
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
    assert.deepEqual(
      statement.patchFormat,
      rest.resource?.some(({ interaction }) => interaction?.some(({ code }) => code === 'patch'))
        ? ['application/json-patch+json']
        : undefined,
    )
    assert.equal(problemOf(await asking.post(`${base}/$bogus`, 'a=b', form)), 'unknown-interaction')
    const isWritten = (rest.resource ?? []).some((one) => one.interaction?.some(({ code }) => code === 'create'))
    assert.equal(rest.interaction?.some(({ code }) => code === 'transaction') ?? false, isWritten)
    const read = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `${rest.resource?.[0]?.type}/${id}` } }],
    }
    const empty = { resourceType: 'Bundle', type: 'batch' }
    const bundles: [bundle: { resourceType: string; type: string; entry?: unknown[] }, status: number][] = [
      [read, 200],
      [empty, 200],
      [{ ...empty, entry: [] }, 400],
      // A transaction that is offered refuses the GET in it.
      [{ ...read, type: 'transaction' }, isWritten ? 400 : 404],
      [{ ...empty, type: 'transaction' }, isWritten ? 200 : 404],
      [{ ...empty, type: 'transaction', entry: [] }, isWritten ? 400 : 404],
    ]
    for (const [bundle, status] of bundles) {
      const reply = await asking.post(base, bundle)
      assert.equal(reply.status, status, `${service.id} ${JSON.stringify(bundle)}: ${JSON.stringify(reply.body)}`)
      if (status === 404) assert.equal(problemOf(reply), 'unknown-interaction')
      if (!bundle.entry && status === 200) assert.equal(JSON.stringify(reply.body).includes('entry'), false)
    }
  })

/** Problems of an address that does not offer what is asked for. */
const notOffered = ['unknown-interaction', 'unknown-service', 'method-not-allowed']

/** What the parameters are asked with that no date or number of a person suits. */
const asked: Record<string, [string, string]> = {
  'Communication?received': ['received:missing', 'true'],
  'Patient/$set-notice-settings?sms': ['sms', '%2B4790000000'],
  'Patient/$set-notice-settings?email': ['email', 'kari@example.no'],
  'Patient/$set-notice-settings?topic': ['topic', 'emergency'],
  'Patient/$set-notice-settings?language': ['language', 'nn'],
}

/** The tokens of areas, each with a code: asked for in every spelling of http://hl7.org/fhir/R4/search.html#token */
const tokens: Record<string, { system: string; code: string }> = {
  'Consent?status': { system: 'http://hl7.org/fhir/consent-state-codes', code: 'active' },
  'Consent?category': { system: 'http://helsevev.no/fhir/CodeSystem/patient-choice', code: 'block' },
  'Communication?category': { system: 'http://helsevev.no/fhir/CodeSystem/communication-kind', code: 'notice' },
  'RelatedPerson?active': { system: 'http://terminology.hl7.org/CodeSystem/special-values', code: 'true' },
}

test('the server promises what works', { timeout: 120_000 }, async () => {
  const scopes = ['persons', 'privacy', 'representation', 'access-log', 'has-data', 'worklist', ...services.map(({ id }) => id)]
  const of = (...directions: string[]) => scopes.flatMap((id) => directions.map((direction) => `helsevev:${id}/${direction}`))
  const callers = [
    api.as(system(organizations.bergen, { kind: 'citizen', pid: person.number, name: 'Kari', client: 'portal', scopes: of('citizen') })),
    api.as(system(organizations.bergen, { scopes: of('read', 'write') })),
  ]
  type Call = (caller: (typeof callers)[number]) => Promise<Reply>
  const replies = async (call: Call) => await Promise.all(callers.map(call))
  const [first] = callers
  const statement = resourceOf((await first?.get('/fhir/metadata')) as Reply, 'CapabilityStatement')
  const rest = statement.rest?.[0] as CapabilityStatementRest
  assert.doesNotMatch(JSON.stringify(statement), /\[\]/)
  const id = logicalId(person.key, api.kernel.ids.recordId())

  for (const { type = '', interaction = [], searchParam = [] } of rest.resource ?? []) {
    const base = `/fhir/${type}`
    const calls: Record<string, Call> = {
      read: async (caller) => await caller.get(`${base}/${id}`),
      vread: async (caller) => await caller.get(`${base}/${id}/_history/1`),
      'history-instance': async (caller) => await caller.get(`${base}/${id}/_history`),
      'search-type': async (caller) => await caller.post(`${base}/_search`, '', form),
      create: async (caller) => await caller.post(base, { resourceType: type }),
      update: async (caller) => await caller.put(`${base}/${id}`, { resourceType: type, id }),
      delete: async (caller) => await caller.delete(`${base}/${id}`),
    }
    for (const [code, call] of Object.entries(calls)) {
      const all = await replies(call)
      const isPromised = interaction.some((one) => one.code === code)
      for (const reply of all)
        assert.equal(!notOffered.includes(problemOf(reply) ?? ''), isPromised, `${code} of ${type}: ${reply.status} ${problemOf(reply)}`)
    }
    for (const { name = '', type: kind } of searchParam) {
      assert.ok(kind !== 'token' || name.endsWith('identifier') || tokens[`${type}?${name}`], `${type}?${name} has no spellings here`)
      const token = tokens[`${type}?${name}`]
      if (token) {
        const { system, code } = token
        const taken = ['', ':not'].flatMap((modifier) =>
          [code, `${system}|${code}`, `|${code}`, `${code},|${code}`].map((value) => [`${name}${modifier}`, value, 200] as const),
        )
        const refused = [`${system}|`, '|', `http://x|${code}`, `${code}|${code}`, `${code},`, code.toUpperCase(), 'bogus', ''].map(
          (value) => [name, value, 400] as const,
        )
        for (const [modified, value, status] of [...taken, ...refused, [`${name}:text`, code, 400] as const]) {
          const [reply] = await replies(
            async (caller) => await caller.post(`${base}/_search`, String(new URLSearchParams({ [modified]: value })), form),
          )
          assert.equal(reply?.status, status, `${type}?${modified}=${value}: ${problemOf(reply as Reply)}`)
        }
        continue
      }
      const [parameter, value] = asked[`${type}?${name}`] ?? [name, name.endsWith('identifier') ? person.number : 'ge2026-01-01']
      const [reply] = await replies(async (caller) => await caller.post(`${base}/_search`, `${parameter}=${value}`, form))
      assert.equal(reply?.status, 200, `${type}?${name}: ${problemOf(reply as Reply)}`)
    }
    if (interaction.some(({ code }) => code === 'search-type'))
      for (const reply of await replies(async (caller) => await caller.post(`${base}/_search`, 'colour=red', form)))
        assert.equal(reply.status, 400, `${type}?colour`)
  }

  const operations = [
    ...(rest.operation ?? []).map((one) => ({ ...one, base: '/fhir' })),
    ...(rest.resource ?? []).flatMap(({ type, operation = [] }) => operation.map((one) => ({ ...one, base: `/fhir/${type}` }))),
  ]
  assert.ok(operations.length > 8)
  for (const { name, definition, base } of operations) {
    const defined = resourceOf((await first?.get(new URL(definition).pathname)) as Reply, 'OperationDefinition')
    assert.deepEqual([defined.url, defined.code], [definition, name])
    const path = `${base}/$${name}`
    const all = [
      ...(await replies(async (caller) => await caller.post(path, '', form))),
      ...(await replies(async (caller) => await caller.post(path, { resourceType: 'Parameters' }))),
      ...(await replies(async (caller) => await caller.get(`${path}${name === 'export' ? '?date=ge2026-01-01&date=lt2026-02-01' : ''}`))),
    ]
    const worked = name === 'has-data' ? 'patient-required' : undefined
    assert.ok(
      all.some((reply) => (worked ? problemOf(reply) === worked : reply.status === 200)),
      `${path}: ${all.map((reply) => problemOf(reply) ?? reply.status).join()}`,
    )
    const bogus = await replies(async (caller) => await caller.post(path, 'colour=red', form))
    assert.ok(
      bogus.every(({ status }) => [400, 405, 415].includes(status)),
      `${path}?colour: ${bogus.map(({ status }) => status)}`,
    )
    for (const one of defined.parameter?.filter(({ use }) => use === 'in') ?? []) {
      if (name === 'has-data' || name === 'export') continue
      const { name: parameter = '' } = one
      const [sent, value] = asked[`${path.slice(6)}?${parameter}`] ?? [parameter, parameter.endsWith('identifier') ? person.number : id]
      const [reply] = await replies(async (caller) => await caller.post(path, `${sent}=${value}`, form))
      assert.equal(reply?.status, 200, `${path}?${parameter}: ${problemOf(reply as Reply)}`)
    }
  }
  for (const path of ['/fhir/$bogus', '/fhir/Patient/$bogus', '/fhir/Consent/$bogus'])
    for (const reply of await replies(async (caller) => await caller.post(path, '', form)))
      assert.ok(notOffered.includes(problemOf(reply) ?? ''), `${path}: ${problemOf(reply)}`)
})

/** Values that no operation takes for a parameter, whichever it is (http://hl7.org/fhir/R4/search.html#errors). */
const empty = ['', '%20', '%E2%80%8B', '%00']
/** Values of another type than each parameter has. */
const wrong: Record<string, string[]> = {
  kind: ['bogus', 'pulse,,weight', 'http://loinc.org|', ','],
  from: ['2026', '2026-02-30', '0000-01-01', '2026-13-01', 'ge2026-01-01', '9999-01-01'],
  to: ['2026', '2026-02-30', '0000-01-01', '2026-01-01T10:00:00Z', '0001-01-01'],
  code: ['a|b|c', 'a,,b', '|', 'a%5Cb'],
  date: ['bogus', 'ge2026-02-30', '20260101', 'ge'],
  _id: ['bogus', ','],
  at: ['bogus', '2026-01-01', '2026-01-01T10:00:00', '2026-13-01T10:00:00Z', 'ge2026-01-01T10:00:00Z'],
  sms: ['90000000', '+47', 'a'],
  email: ['a', 'a@b', 'a@b.c,d@e.f'],
  topic: ['bogus', 'answers,,changes'],
  language: ['sv', 'nb,nn', 'NB'],
  'patient.identifier': ['a|b|c'],
}
/** Parameters that may come several times. */
const repeating = ['date', '_id', 'topic']

test('every operation reads its parameters as searches do', { timeout: 120_000 }, async () => {
  const scopes = ['persons', 'privacy', 'representation', 'access-log', ...services.map(({ id }) => id)]
  const of = (direction: string) => scopes.map((id) => `helsevev:${id}/${direction}`)
  const system_ = api.as(system(organizations.bergen, { scopes: of('read') }))
  const citizen = api.as(system(organizations.bergen, { kind: 'citizen', pid: person.number, name: 'Kari', scopes: of('citizen') }))
  const operations = [
    ...(services as readonly InformationService[]).flatMap(({ id, operations = [] }) =>
      operations.map(({ name, parameters = [] }) => ({
        path: `/fhir/${id}/$${name}`,
        isGet: false,
        takes: ['patient.identifier', ...parameters.map((one) => one.name)],
      })),
    ),
    ...areaRoutes
      .filter(({ path, inParameters }) => path.includes('$') && !inParameters)
      .map(({ path, method, takes = [] }) => ({ path: `/fhir/${path}`, isGet: method === 'GET', takes: takes.map(({ name }) => name) })),
  ]
  assert.ok(operations.length > 14)
  for (const { path, takes, isGet } of operations) {
    const given = takes.includes('patient.identifier') ? `patient.identifier=${person.number}` : ''
    const ask = async (more: string) => {
      const query = [given, more].filter(Boolean).join('&')
      if (isGet) return await system_.get(`${path}?${query}`)
      return await citizen.post(path, query, form)
    }
    const refused = async (more: string) => {
      const reply = await ask(more)
      assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], `${path} ${more}`)
    }
    const whole = await ask(path.endsWith('$export') ? 'date=ge2026-01-01&date=lt2026-01-10' : '_format=json')
    assert.ok([200, 404].includes(whole.status), `${path}: ${whole.status} ${problemOf(whole)}`)
    for (const more of ['colour=red', 'colour', '_count=1', '_count=', '_format=json&_format=json']) await refused(more)
    for (const name of takes) {
      for (const value of empty) if (name !== 'patient.identifier') await refused(`${name}=${value}`)
      await refused(`${name}:not=a`)
      for (const value of wrong[name] ?? assert.fail(`no wrong value of ${name}`)) await refused(`${name}=${value}`)
      if (!repeating.includes(name) && name !== 'patient.identifier') await refused(`${name}=a&${name}=a`)
    }
    if (!isGet) {
      const reply = await citizen.post(path, { resourceType: 'Parameters', parameter: [{ name: 'colour', valueString: 'red' }] })
      assert.deepEqual([reply.status, problemOf(reply)], [415, 'unsupported-media-type'], path)
    }
  }
})

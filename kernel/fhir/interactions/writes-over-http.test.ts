/** Patch, conditional update and $validate: what is sent and what comes of it, each row with its clause. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation, OperationOutcome } from '@medplum/fhirtypes'
import { idOf, problemOf, resourceOf } from '../../testing/answers.ts'
import { nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { writeJson } from '../../values/json.ts'

let api: TestApi
type Person = Awaited<ReturnType<TestApi['person']>>
let kari: Person
let ola: Person
before(async () => {
  api = await testApi()
  kari = await api.person(1)
  ola = await api.person(2)
})
after(async () => await api.close())

const bergen = system(organizations.bergen)
const base = '/fhir/measurements/Observation'
const keyed = (value: string) => ({ identifier: [{ system: 'urn:test', value }] })
const current = async (id: string) => resourceOf(await api.as(bergen).get(`${base}/${id}`), 'Observation')
const rows = async () => (await api.logged()).length

/** http://hl7.org/fhir/R4/http.html#patch: the operations are those of RFC 6902, and the result is processed as an update. */
// biome-ignore format: a table, one row to a line
const patches: [clause: string, operations: unknown, headers: Record<string, string>, status: number, problem?: string][] = [
  ['the document is processed as an update', [{ op: 'replace', path: '/status', value: 'amended' }], {}, 200],
  ['Prefer applies as to an update', [{ op: 'replace', path: '/status', value: 'amended' }], { prefer: 'return=minimal' }, 200],
  ['concurrency: no If-Match', [{ op: 'replace', path: '/status', value: 'amended' }], { 'if-match': '' }, 400, 'if-match-required'],
  ['concurrency: another version', [{ op: 'replace', path: '/status', value: 'amended' }], { 'if-match': 'W/"9"' }, 412, 'version-conflict'],
  ['RFC 6902 § 5: test fails, nothing is changed', [{ op: 'replace', path: '/status', value: 'amended' }, { op: 'test', path: '/status', value: 'final' }], {}, 422, 'invalid-resource'],
  ['RFC 6902 § 4: no such place', [{ op: 'remove', path: '/note/0' }], {}, 422, 'invalid-resource'],
  ['RFC 6902 § 3: no list', { op: 'remove', path: '/status' }, {}, 400, 'body-invalid'],
  ['RFC 6902 § 4: no such op', [{ op: 'merge', path: '/status' }], {}, 400, 'body-invalid'],
  ['RFC 5789 § 2.2: another media type', [{ op: 'remove', path: '/status' }], { 'content-type': 'application/fhir+json' }, 415, 'unsupported-media-type'],
  ['not JSON', '[{"op":', {}, 400, 'not-json'],
  ['the result is validated', [{ op: 'remove', path: '/code' }], {}, 422, 'cardinality'],
  ['the id stays', [{ op: 'replace', path: '/id', value: 'a' }], {}, 422, 'invalid-resource'],
  ['the type stays', [{ op: 'replace', path: '/resourceType', value: 'Patient' }], {}, 422, 'invalid-resource'],
  ['the whole is a value like any other', [{ op: 'replace', path: '', value: { resourceType: 'Observation' } }], {}, 422, 'invalid-resource'],
]
test('a patch', async () => {
  for (const [at, [clause, operations, headers, status, code]] of patches.entries()) {
    const id = idOf(await api.as(bergen).post(base, writeJson(pulse(kari, keyed(`patch-${at}`)))))
    const before = await rows()
    const { 'if-match': ifMatch = 'W/"1"', ...more } = headers
    const sent = { ...more, ...(ifMatch === '' ? {} : { 'if-match': ifMatch }) }
    const reply = await api.as(bergen).patch(`${base}/${id}`, operations, sent)
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], clause)
    const { meta, status: stored } = await current(id)
    assert.deepEqual([meta?.versionId, stored], status === 200 ? ['2', 'amended'] : ['1', 'final'], clause)
    assert.equal(reply.body === undefined, headers['prefer'] === 'return=minimal', clause)
    // The row of the patch, and that of the read.
    assert.equal((await rows()) - before, code === 'not-json' ? 1 + 1 : 2, clause)
  }
})

test('a patch keeps digits, moves nothing to another person, and needs what a read needs', async () => {
  const sent = `${JSON.stringify(pulse(kari, keyed('digits'))).replace('"value":72', '"value":72.0')}`
  const id = idOf(await api.as(bergen).post(base, sent))
  const one = '[{"op":"add","path":"/valueQuantity/unit","value":"/min"},{"op":"add","path":"/note","value":[{"text":"a"}]}]'
  assert.equal((await api.as(bergen).patch(`${base}/${id}`, one, { 'if-match': 'W/"1"' })).status, 200)
  const { body } = await api.as(bergen).get(`${base}/${id}`)
  assert.match(writeJson(body), /"value":72\.0/)
  const two = '[{"op":"replace","path":"/valueQuantity/value","value":7.10e1}]'
  const patched = await api.as(bergen).patch(`${base}/${id}`, two, { 'if-match': 'W/"2"' })
  assert.match(writeJson(patched.body), /"value":7\.10e1/)

  const moved = [{ op: 'replace', path: '/subject/identifier/value', value: ola.number }]
  const refused = await api.as(bergen).patch(`${base}/${id}`, moved, { 'if-match': 'W/"3"' })
  assert.deepEqual([refused.status, problemOf(refused)], [422, 'invalid-resource'])

  const change = [{ op: 'replace', path: '/status', value: 'amended' }]
  // biome-ignore format: a table, one row to a line
  const callers: [string, Reply][] = [
    ['not-found', await api.as(system(organizations.oslo)).patch(`${base}/${id}`, change, { 'if-match': 'W/"3"' })],
    ['insufficient-scope', await api.as({ ...bergen, scopes: ['helsevev:measurements/write'] }).patch(`${base}/${id}`, change, { 'if-match': 'W/"3"' })],
    ['insufficient-scope', await api.as({ ...bergen, scopes: ['helsevev:measurements/read'] }).patch(`${base}/${id}`, change, { 'if-match': 'W/"3"' })],
    ['attestation-missing', await api.as(nurse(organizations.bergen)).patch(`${base}/${id}`, change, { 'if-match': 'W/"3"', attestation: '' })],
  ]
  for (const [code, reply] of callers) assert.equal(problemOf(reply), code)
  assert.equal((await current(id)).meta?.versionId, '3')
})

test('a conditional update (http://hl7.org/fhir/R4/http.html#cond-update)', async () => {
  const put = async (query: string, resource: object, headers: Record<string, string> = {}) =>
    await api.as(bergen).put(`${base}?${query}`, resource, headers)
  const named = (value: string, more: object = {}) => pulse(ola, { ...keyed(value), ...more })
  const created = await put('identifier=urn:test|a', named('a'))
  assert.deepEqual([created.status, created.headers['etag']], [201, 'W/"1"'], 'no match: a new resource')
  const id = idOf(created)
  const updated = await put('identifier=urn:test|a', named('a', { status: 'amended' }))
  assert.deepEqual([updated.status, idOf(updated), updated.headers['etag']], [200, id, 'W/"2"'], 'one match: its next version')
  const withId = await put('identifier=urn:test|a', named('a', { id, status: 'corrected' }))
  assert.deepEqual([withId.status, withId.headers['etag']], [200, 'W/"3"'], 'one match, the id agrees')
  const stored = await api.as(bergen).post(base, named('b'))
  // biome-ignore format: a table, one row to a line
  const refused: [clause: string, query: string, resource: object, headers: Record<string, string>, status: number, code: string][] = [
    ['one match, another id',          'identifier=urn:test|a', named('a', { id: idOf(stored) }), {}, 400, 'invalid-parameter'],
    ['no match, an id',                'identifier=urn:test|c', named('c', { id }), {}, 422, 'invalid-resource'],
    ['several match',                  'code=8867-4', named('a'), {}, 412, 'several-matches'],
    ['not selective',                  '', named('a'), {}, 400, 'invalid-parameter'],
    ['not selective',                  '_count=1', named('a'), {}, 400, 'invalid-parameter'],
    ['an unknown parameter',           'colour=red', named('a'), {}, 400, 'invalid-parameter'],
    ['no value',                       'identifier=', named('a'), {}, 400, 'invalid-parameter'],
    ['If-Match of another version',    'identifier=urn:test|a', named('a'), { 'if-match': 'W/"1"' }, 412, 'version-conflict'],
    ['If-Match, and nothing matches',  'identifier=urn:test|d', named('d'), { 'if-match': 'W/"1"' }, 412, 'version-conflict'],
    ['what does not follow a profile', 'identifier=urn:test|a', named('a', { status: 'odd' }), {}, 422, 'required-code'],
  ]
  for (const [clause, query, resource, headers, status, code] of refused) {
    const reply = await put(query, resource, headers)
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], `${clause}: ${query}`)
  }
  const byPerson = await api.as(nurse(organizations.bergen)).put(`${base}?identifier=urn:test|a`, named('a'))
  assert.equal(problemOf(byPerson), 'access-denied')
  assert.equal((await current(id)).meta?.versionId, '3')
})

/** http://hl7.org/fhir/R4/resource-operation-validate.html; `id` asks about the record of Kari. */
// biome-ignore format: a table, one row to a line
const checks: [clause: string, path: string, body: (id: string) => object, status: number, codes: string][] = [
  ['the resource as the body',            '$validate',               () => pulse(kari, keyed('v1')), 200, 'accepted'],
  ['the parameter resource',              '$validate',               () => inParameters(pulse(kari, keyed('v1')), 'create'), 200, 'accepted'],
  ['issues, with 200',                    '$validate',               () => pulse(kari, { status: 'odd' }), 200, 'required-code'],
  ['no patient, and the other faults',    '$validate',               () => ({ ...pulse(kari), subject: undefined, status: 'odd' }), 200, 'patient-identifier required-code'],
  ['what a service refuses',              '$validate',               () => pulse(kari, { code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } }), 200, 'not-here'],
  ['a reference to nothing',              '$validate',               () => pulse(kari, { hasMember: [{ reference: 'urn:uuid:2f8e0f5e-7c0d-4f7b-9d3b-6d1f0c9a0001' }] }), 200, 'reference-not-resolved'],
  ['a profile',                           '$validate?mode=profile&profile=http://helsevev.no/fhir/StructureDefinition/test-measurement', () => pulse(kari), 200, 'accepted'],
  ['a profile that is none here',         '$validate?profile=http://x', () => pulse(kari), 400, 'invalid-parameter'],
  ['an update',                           '{id}/$validate',          (id) => pulse(kari, { id, status: 'amended' }), 200, 'accepted'],
  ['an update to another person',         '{id}/$validate',          (id) => pulse(ola, { id }), 200, 'invalid-resource'],
  ['an update under another id',          '{id}/$validate?mode=update', () => pulse(kari, { id: 'a' }), 200, 'invalid-resource'],
  ['a delete',                            '{id}/$validate?mode=delete', () => ({ resourceType: 'Parameters', parameter: [] }), 200, 'accepted'],
  ['a create of what has an id',          '{id}/$validate?mode=create', (id) => pulse(kari, { id }), 400, 'invalid-parameter'],
  ['an unknown parameter',                '$validate?colour=red',    () => pulse(kari), 400, 'invalid-parameter'],
  ['a mode that is none',                 '$validate?mode=odd',      () => pulse(kari), 400, 'invalid-parameter'],
]
const inParameters = (resource: object, mode: string) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'resource', resource },
    { name: 'mode', valueCode: mode },
  ],
})
test('$validate stores nothing, and leaves a row', async () => {
  const id = idOf(await api.as(bergen).post(base, pulse(kari, keyed('validated'))))
  const count = async () => Number((await api.sql<{ count: number }[]>`select count(*)::int as count from record`)[0]?.count)
  const records = await count()
  for (const [clause, path, body, status, codes] of checks) {
    const before = await rows()
    const reply = await api.as(bergen).post(`${base}/${path.replace('{id}', id)}`, body(id))
    const { issue = [] } = resourceOf(reply, 'OperationOutcome') as OperationOutcome
    const said = new Set(issue.flatMap(({ details }) => details?.coding?.[0]?.code ?? []))
    assert.deepEqual([reply.status, [...said].toSorted().join(' ')], [status, codes], clause)
    assert.equal((await rows()) - before, 1, clause)
  }
  const last = (await api.logged()).at(-1)
  assert.equal(last?.event, '$validate')
  assert.equal(await count(), records)
  assert.equal((await current(id) as Observation).meta?.versionId, '1')
  const outsider = { ...bergen, scopes: ['helsevev:measurements/read'] }
  assert.equal(problemOf(await api.as(outsider).post(`${base}/$validate`, pulse(kari))), 'insufficient-scope')
  assert.equal(problemOf(await api.as(system(organizations.oslo)).post(`${base}/${id}/$validate`, pulse(kari, { id }))), 'not-found')
})

/** Patch, conditional update and $validate: what is sent and what comes of it, each row with its clause. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation, OperationOutcome } from '@medplum/fhirtypes'
import { bundleOf, idOf, problemOf, resourceOf, responsesOf } from '../../testing/answers.ts'
import { nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { writeJson } from '../../values/json.ts'
import { stepsOf } from '../async-batch.ts'
import { checkBundle } from '../messages/check-message.ts'

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
  ['RFC 7240 § 2: the first of two preferences counts', [{ op: 'replace', path: '/status', value: 'amended' }], { prefer: 'return=minimal, return=representation' }, 200],
  ['RFC 7240 § 2: the first of two preferences counts', [{ op: 'replace', path: '/status', value: 'amended' }], { prefer: 'return=representation, return=minimal' }, 200],
  ['RFC 6902 § 3: no operation is a patch that changes nothing', [], {}, 200],
  ['concurrency: no If-Match', [{ op: 'replace', path: '/status', value: 'amended' }], { 'if-match': '' }, 400, 'if-match-required'],
  ['concurrency: a version without quotation marks', [{ op: 'replace', path: '/status', value: 'amended' }], { 'if-match': '1' }, 400, 'if-match-required'],
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
  ['nothing is left', [{ op: 'remove', path: '' }], {}, 422, 'invalid-resource'],
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
    const isChanged = status === 200 && (operations as unknown[]).length > 0
    assert.deepEqual([meta?.versionId, stored], isChanged ? ['2', 'amended'] : ['1', 'final'], clause)
    if (status === 200) assert.equal(reply.headers['etag'], isChanged ? 'W/"2"' : 'W/"1"', clause)
    assert.equal(reply.body === undefined, headers['prefer']?.startsWith('return=minimal') ?? false, clause)
    // The row of the patch, and that of the read.
    assert.equal((await rows()) - before, code === 'not-json' ? 1 + 1 : 2, clause)
  }
})

test("the sender's own address of the patient may have any form, and is not stored; another address may not", async () => {
  const identifier = kari.identifier
  const taken = await api.as(bergen).post(base, pulse(kari, { ...keyed('own-address'), subject: { identifier, reference: 'patient/x y' } }))
  assert.equal(taken.status, 201)
  assert.deepEqual((await current(idOf(taken))).subject, { identifier })
  const refused = await api.as(bergen).post(base, pulse(kari, { ...keyed('other'), device: { reference: 'device/x' } }))
  assert.deepEqual([refused.status, problemOf(refused)], [422, 'reference-format'])
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
    ['several match',                  'identifier=urn:test|a,urn:test|b', named('a'), {}, 412, 'several-matches'],
    ['what is common to many',         'code=8867-4', named('a'), {}, 400, 'invalid-parameter'],
    ['not selective',                  '', named('a'), {}, 400, 'invalid-parameter'],
    ['not selective',                  '_count=1', named('a'), {}, 400, 'invalid-parameter'],
    ['an unknown parameter',           'colour=red', named('a'), {}, 400, 'invalid-parameter'],
    ['no value',                       'identifier=', named('a'), {}, 400, 'invalid-parameter'],
    ['no match, the fact of another',  'identifier=urn:test|9none', named('b'), {}, 409, 'business-key-conflict'],
    ['a part of a resource',           'identifier=urn:test|a', named('a', { meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }] } }), {}, 422, 'subsetted'],
    ['If-None-Exist with PUT',         'identifier=urn:test|a', named('a'), { 'if-none-exist': 'identifier=urn:test|a' }, 400, 'invalid-parameter'],
    ['If-None-Match with PUT',         'identifier=urn:test|a', named('a'), { 'if-none-match': '*' }, 400, 'invalid-parameter'],
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

const entry = (more: object = {}, request: object = {}) => ({
  resource: pulse(kari, keyed('entry')),
  request: { method: 'POST', url: 'Observation', ...request },
  ...more,
})
const inBundle = (more: object, ...entries: unknown[]) => ({ entry: entries.length > 0 ? entries : [entry()], ...more })
const ENTRY = 'Bundle.entry[0]'

/** What a Bundle says next to its resources, http://hl7.org/fhir/R4/bundle.html; the same in a batch, a transaction and `validate`. */
// biome-ignore format: a table, one row to a line
const envelopes: [name: string, bundle: () => object, code: string, place: string][] = [
  ['rules that are not known',      () => inBundle({ implicitRules: 'urn:x' }), 'implicit-rules', 'Bundle.implicitRules'],
  ['a meaning that is not known',   () => inBundle({ modifierExtension: [{ url: 'urn:x', valueCode: 'x' }] }), 'unknown-element', 'Bundle.modifierExtension'],
  ['an unknown element',            () => inBundle({ foo: 1 }), 'unknown-element', 'Bundle.foo'],
  ['meta of another type',          () => inBundle({ meta: 7 }), 'json-type', 'Bundle.meta'],
  ['a language that is none',       () => inBundle({ language: '!!' }), 'required-code', 'Bundle.language'],
  ['an odd signature',              () => inBundle({ signature: { foo: 1 } }), 'unknown-element', 'Bundle.signature.foo'],
  ['null in place of entries',      () => ({ entry: null }), 'json-type', 'Bundle.entry'],
  ['null in place of an entry',     () => inBundle({}, null), 'bundle-entry', `${ENTRY}.request`],
  ['an empty fullUrl',              () => inBundle({}, entry({ fullUrl: '' })), 'blank', `${ENTRY}.fullUrl`],
  ['a fullUrl of something else',   () => inBundle({}, entry({ fullUrl: 'http://x.example/Device/a' })), 'bundle-entry', `${ENTRY}.fullUrl`],
  ['a modifier of an entry',        () => inBundle({}, entry({ modifierExtension: [{ url: 'urn:x', valueCode: 'x' }] })), 'modifier-extension', `${ENTRY}.modifierExtension`],
  ['a modifier of a request',       () => inBundle({}, entry({}, { modifierExtension: [{ url: 'urn:x', valueCode: 'x' }] })), 'modifier-extension', `${ENTRY}.request.modifierExtension`],
  ['an answer in a request (bdl-4)', () => inBundle({}, entry({ response: { status: '200' } })), 'bdl-4', ENTRY],
  ['a misspelt condition',          () => inBundle({}, entry({}, { ifNonExist: 'identifier=urn:test|entry' })), 'unknown-element', `${ENTRY}.request.ifNonExist`],
  ['a condition without criteria',  () => inBundle({}, entry({}, { ifNoneExist: '?' })), 'invalid-parameter', `${ENTRY}.resource`],
  ['an empty condition',            () => inBundle({}, entry({}, { ifNoneExist: '' })), 'blank', `${ENTRY}.request.ifNoneExist`],
  ['If-None-Match on POST',         () => inBundle({}, entry({}, { ifNoneMatch: 'W/"1"' })), 'bundle-entry', `${ENTRY}.request`],
  ['If-Match on POST',              () => inBundle({}, entry({}, { ifMatch: 'W/"1"' })), 'bundle-entry', `${ENTRY}.request`],
  ['If-None-Exist on PUT',          () => inBundle({}, entry({}, { method: 'PUT', url: 'Observation?identifier=urn:test|entry', ifNoneExist: 'identifier=urn:test|entry' })), 'bundle-entry', `${ENTRY}.request`],
]
test('a Bundle is read whole, or refused: alone, and as validate says', async () => {
  const service = api.kernel.services.get('measurements')
  assert.ok(service)
  for (const [name, more, code, place] of envelopes)
    for (const type of ['batch', 'transaction'] as const) {
      const sent = { resourceType: 'Bundle' as const, type, ...more() }
      const reply = await api.as(bergen).post('/fhir/measurements', sent)
      const outcome = reply.status < 300 ? responsesOf(reply)[0]?.outcome : reply.body
      const said = ((outcome as OperationOutcome | undefined)?.issue ?? []).map((one) => [
        one.details?.coding?.[0]?.code,
        one.expression?.[0],
      ])
      assert.deepEqual(said[0], [code, place], `${type}: ${name}`)
      const own = await checkBundle({ kernel: api.kernel, service }, sent as never)
      assert.deepEqual(
        own.map((one) => [one.code, one.expression]),
        said,
        `validate, ${type}: ${name}`,
      )
    }
  assert.equal((await api.sql`select 1 from record where content like ${'%"entry"%'}`).length, 0)
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
  ['a delete',                            '{id}/$validate?mode=delete', () => ({ resourceType: 'Parameters' }), 200, 'accepted'],
  ['Parameters of another shape',         '{id}/$validate?mode=delete', () => ({ resourceType: 'Parameters', parameter: [], meta: 7 }), 400, 'empty json-type'],
  ['an element that Parameters lack',     '$validate',               () => ({ ...inParameters(pulse(kari), 'create'), foo: 1, implicitRules: 'urn:x' }), 400, 'implicit-rules unknown-element'],
  ['a part of a resource',                '$validate',               () => pulse(kari, { meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }] } }), 200, 'subsetted'],
  ['a create of what has an id',          '{id}/$validate?mode=create', (id) => pulse(kari, { id }), 400, 'invalid-parameter'],
  ['an unknown parameter',                '$validate?colour=red',    () => pulse(kari), 400, 'invalid-parameter'],
  ['a mode that is none',                 '$validate?mode=odd',      () => pulse(kari), 400, 'invalid-parameter'],
  ['a mode without value',                '$validate?mode=',         () => pulse(kari), 400, 'invalid-parameter'],
  ['a mode of another type',              '$validate',               () => ({ resourceType: 'Parameters', parameter: [{ name: 'resource', resource: pulse(kari) }, { name: 'mode', valueInteger: 1 }] }), 400, 'invalid-parameter'],
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
  assert.equal(((await current(id)) as Observation).meta?.versionId, '1')
  const outsider = { ...bergen, scopes: ['helsevev:measurements/read'] }
  assert.equal(problemOf(await api.as(outsider).post(`${base}/$validate`, pulse(kari))), 'insufficient-scope')
  assert.equal(problemOf(await api.as(system(organizations.oslo)).post(`${base}/${id}/$validate`, pulse(kari, { id }))), 'not-found')
})

const later = { prefer: 'return=minimal, respond-async' }
const bundle = (prefix: string, count: number, more: (at: number) => object = () => ({})) => ({
  resourceType: 'Bundle',
  type: 'batch',
  entry: Array.from({ length: count }, (_, at) => ({
    fullUrl: `urn:uuid:${prefix}-${at}`,
    resource: pulse(kari, { ...keyed(`${prefix}-${at}`), ...more(at) }),
    request: { method: 'POST', url: 'Observation' },
  })),
})
const storedOf = async (prefix: string) =>
  Number((await api.sql<{ count: number }[]>`select count(*)::int as count from record where content like ${`%"${prefix}-%`}`)[0]?.count)
const addressOf = (reply: Reply) => String(reply.headers['content-location']).replace('http://test', '')
async function ended(address: string): Promise<Reply> {
  for (;;) {
    const reply = await api.as(bergen).get(address)
    if (reply.status !== 202) return reply
    assert.match(String(reply.headers['x-progress']), /^\d+ of \d+ entries$/)
  }
}

test('a batch with Prefer: respond-async is answered later (http://hl7.org/fhir/R4/async.html)', async () => {
  const odd = (at: number) => ({
    ...(at === 3 ? { status: 'odd' } : {}),
    ...(at === 5 ? { hasMember: [{ reference: 'urn:uuid:later-30' }] } : {}),
  })
  const begun = await api.as(bergen).post('/fhir/measurements', bundle('later', 45, odd), later)
  assert.deepEqual([begun.status, begun.body], [202, undefined])
  const address = addressOf(begun)
  const reply = await ended(address)
  assert.deepEqual([reply.status, bundleOf(reply).type], [200, 'batch-response'])
  const responses = responsesOf(reply)
  assert.deepEqual(
    responses.map(({ status }) => status),
    Array.from({ length: 45 }, (_, at) => (at === 3 ? '422' : '201')),
  )
  assert.ok(responses[3]?.outcome && bundleOf(reply).entry?.every(({ resource }) => resource === undefined))
  assert.doesNotMatch(JSON.stringify(reply.body), new RegExp(kari.number))
  assert.equal(await storedOf('later'), 44)
  const written = (await api.logged()).filter(({ event, outcome, disclosed }) => event === 'batch' && outcome === 'ok' && disclosed)
  assert.equal(new Set(written.flatMap(({ disclosed }) => disclosed ?? [])).size, 44, 'each record stands in a row')

  // biome-ignore format: a table, one row to a line
  const others: [string, Reply][] = [
    ['another organisation', await api.as(system(organizations.oslo)).get(address)],
    ['another client',       await api.as(system(organizations.bergen, { client: 'other' })).get(address)],
    ['another vendor',       await api.as(system(organizations.bergen, { supplier: organizations.vendor })).get(address)],
    ['to end it',            await api.as(system(organizations.oslo)).delete(address)],
    ['no such batch',        await api.as(bergen).get(`${address.slice(0, -1)}x`)],
  ]
  for (const [who, { status }] of others) assert.equal(status, 404, who)
  assert.equal((await api.as(bergen).delete(address)).status, 202)
  assert.equal((await api.as(bergen).get(address)).status, 404)
})

test('a batch is answered at once where it is read, sent by a person, or a transaction', async () => {
  const read = { ...bundle('once', 1), entry: [{ request: { method: 'GET', url: 'Observation/a' } }] }
  const transaction = { ...bundle('once', 1), type: 'transaction' }
  for (const [caller, sent] of [
    [bergen, read],
    [nurse(organizations.bergen), bundle('once', 1)],
    [bergen, transaction],
  ] as const)
    assert.notEqual((await api.as(caller).post('/fhir/measurements', sent, later)).status, 202)
})

test('entries that refer to each other are handled together, and the others in steps', () => {
  const link = (to: number) => ({ hasMember: [{ reference: `urn:uuid:x-${to}` }] })
  const links: Record<number, number> = { 2: 25, 30: 28 }
  const { entry } = bundle('x', 50, (at) => (links[at] === undefined ? {} : link(links[at])))
  const steps = stepsOf(entry as never)
  assert.deepEqual(
    steps.map((places) => [places[0], places.at(-1)]),
    [
      [0, 25],
      [26, 45],
      [46, 49],
    ],
  )
})

test('what a process that ended has left says what was stored', async () => {
  const insert = async (id: string, state: string, seconds: number) => {
    const alive = new Date(api.kernel.clock().getTime() - seconds * 1000)
    const organization = bergen.organization ?? ''
    await api.sql`
      insert into batch_job (controller, id, client, supplier, service, entries, answers, state, begun, alive)
      values (${organization}, ${id.repeat(32)}, 'ehr', '', 'measurements', 2, '{"0":{"response":{"status":"201"}}}', ${state},
        ${alive}, ${alive})`
    return await api.as(bergen).get(`/fhir/measurements/$batch/${id.repeat(32)}`)
  }
  const running = await insert('a', 'running', 60)
  assert.deepEqual([running.status, running.headers['x-progress'], running.headers['retry-after']], [202, '1 of 2 entries', '1'])
  for (const reply of [await insert('b', 'running', 180), await insert('c', 'cut-off', 10)])
    assert.deepEqual(
      responsesOf(reply).map(({ status }) => status),
      ['201', '503'],
    )
  await api.sql`update batch_job set state = 'running', alive = ${api.kernel.clock()}`
  const third = await api.as(bergen).post('/fhir/measurements', bundle('third', 1), later)
  assert.deepEqual([third.status, problemOf(third)], [429, 'busy'])
  await api.sql`delete from batch_job`
})

test('a batch that is ended, or whose process ends, stops and tells what it has stored', async () => {
  const first = addressOf(await api.as(bergen).post('/fhir/measurements', bundle('ended', 200), later))
  assert.equal((await api.as(bergen).delete(first)).status, 202)
  const second = addressOf(await api.as(bergen).post('/fhir/measurements', bundle('closed', 200), later))
  await api.kernel.jobs.close()
  const reply = await api.as(bergen).get(second)
  const statuses = responsesOf(reply).map(({ status }) => status)
  assert.equal(statuses.length, 200)
  assert.equal(statuses.filter((status) => status === '201').length, await storedOf('closed'))
  assert.ok(statuses.includes('503'))
  assert.ok((await storedOf('ended')) < 200)
})

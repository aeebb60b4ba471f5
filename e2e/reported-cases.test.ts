/**
 * Cases from public bug reports of other servers that once failed here, as data: what is sent, what the answer is, and the clause. Values
 * of laboratories have rows of their own in services/test-results (kith/values.test.ts, model/reference-interval.test.ts).
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { matchesIn, problemsOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'

const R4 = 'http://hl7.org/fhir/R4/'
const scopes = services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`])
const writer = system(organizations.bergen, { scopes })
const reader = nurse(organizations.bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi(services, () => new Date('2026-06-15T12:00:00Z'))
})
after(async () => await api.close())

type Who = Awaited<ReturnType<TestApi['person']>>
let series = 1
let sent = 1

const HOME = '/fhir/home-monitoring/Observation'
function weight(who: Who, more: Record<string, unknown> = {}): Record<string, unknown> {
  sent += 1
  return {
    resourceType: 'Observation',
    status: 'final',
    identifier: [{ system: 'urn:x', value: `w${sent}` }],
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { identifier: who.identifier },
    effectiveDateTime: '2026-01-12T08:00:00+01:00',
    valueQuantity: { value: 80 + sent / 100, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    ...more,
  }
}
const pulse = (who: Who, more: Record<string, unknown> = {}) =>
  weight(who, {
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    ...more,
  })
const stored = async (who: Who): Promise<Record<string, unknown>[]> =>
  matchesIn(
    await api
      .as(reader)
      .post(`${HOME}/_search`, `patient.identifier=${who.number}`, { 'content-type': 'application/x-www-form-urlencoded' }),
    'Observation',
  ) as unknown as Record<string, unknown>[]

/** A case with the answers: statuses in their order, a problem code of the last, and how many records stand afterwards. */
interface Case {
  name: string
  clause: string
  send(who: Who): Promise<Reply[]>
  statuses: number[]
  problem?: string
  stored?: number
}

const post = async (body: unknown, headers?: Record<string, string>, path = HOME): Promise<Reply> =>
  await api.as(writer).post(path, Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body), headers)
const created = async (who: Who): Promise<{ id: string; reply: Reply; body: Record<string, unknown> }> => {
  const body = weight(who)
  const reply = await post(body)
  return { id: (reply.body as { id: string }).id, reply, body }
}

const conditions = ['', '?', ' ', '&', '_format=json', '_count=1', '_sort=-date', '_total=none', '_summary=count', 'date=ge2000']
const wrongMatches = ['W/"4', 'W/""1"', '*', 'W/"01"', 'x', '"1', '1', 'W/1']

const transaction = (entry: object[]): object => ({ resourceType: 'Bundle', type: 'transaction', entry })
const entryOf = (resource: object, fullUrl: string, more: object = {}) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: 'Observation', ...more },
})
const [A, B] = ['urn:uuid:0b1f3c52-8f0a-4b7e-9c7d-000000000001', 'urn:uuid:0b1f3c52-8f0a-4b7e-9c7d-000000000002']
const bundled = async (entry: object[]): Promise<Reply[]> => [await post(transaction(entry), undefined, '/fhir/home-monitoring')]
const linkedTo = (reference: string) => ({ derivedFrom: [{ reference }] })

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
/** A search or an operation about the person; `{number}` in the form is the number. */
const asked = (name: string, clause: string, path: string, form: string, status: number, headers: Record<string, string> = FORM): Case => ({
  name: `${name}: ${path} ${form} ${Object.values(headers).join()}`,
  clause: `${R4}${clause}`,
  send: async (who) => [await api.as(reader).post(path, form.replace('{number}', who.number), { ...FORM, ...headers })],
  statuses: [status],
})
const PERSON = 'patient.identifier={number}'
const JSON_BODY = { 'content-type': 'application/fhir+json' }

// biome-ignore format: a table, one row to a line
const searches: Case[] = [
  // What is asked for in the address counts as in the body, or is refused: nothing is passed over.
  asked('HTTP-1', 'search.html#errors', `${HOME}/_search?unknown=1`, PERSON, 400),
  asked('HTTP-1', 'search.html#errors', `${HOME}/_search?_count=odd`, PERSON, 400),
  asked('HTTP-1', 'search.html#errors', '/fhir/home-monitoring/$trend?bogus=1', PERSON, 400),
  asked('HTTP-1', 'operations.html', '/fhir/Patient/$summary?bogus=1', PERSON, 400),
  asked('HTTP-1', 'operations.html', '/fhir/Patient/$last-visit?bogus=1', PERSON, 400),
  asked('HTTP-1', 'operations.html', '/fhir/Patient/$everything?_since=2026-01-01', PERSON, 400),
  asked('HTTP-2', 'http.html#search', `${HOME}/_search`, '{"resourceType":"Parameters"}', 415, JSON_BODY),
  asked('HTTP-2', 'operations.html', '/fhir/home-monitoring/$trend', '{"resourceType":"Parameters"}', 415, JSON_BODY),
  asked('HTTP-10', 'http.html#mime-type', `${HOME}/_search`, PERSON, 406, { accept: 'application/fhir+xml' }),
  asked('HTTP-10', 'http.html#mime-type', `${HOME}/_search`, PERSON, 406, { accept: 'application/fhir+json;q=0' }),
  asked('HTTP-10', 'http.html#parameters', `${HOME}/_search`, `${PERSON}&_format=xml`, 406),
  asked('HTTP-10', 'http.html#parameters', `${HOME}/_search?_format=bogus`, PERSON, 406),
  asked('HTTP-11', 'http.html#version-parameter', HOME, '{}', 415, { 'content-type': 'application/fhir+json; fhirVersion=5.0' }),
  asked('HTTP-11', 'http.html#version-parameter', `${HOME}/_search`, PERSON, 406, { accept: 'application/fhir+json; fhirVersion=3.0' }),
  asked('SR-6', 'search.html#combining', `${HOME}/_search`, `${PERSON}&patient.identifier=17855042487`, 400),
  asked('SR-6', 'search.html#combining', `${HOME}/_search`, `${PERSON},17855042487`, 400),
  asked('SR-6', 'operations.html', '/fhir/home-monitoring/$trend', `${PERSON}&patient.identifier=17855042487`, 400),
  asked('SR-7', 'search.html#quantity', `${HOME}/_search`, `${PERSON}&value-quantity=5.4||g%2Bm`, 400),
  asked('SR-7', 'search.html#token', `${HOME}/_search`, `${PERSON}&code=`, 400),
  asked('SR-7', 'search.html#token', `${HOME}/_search`, `${PERSON}&identifier=`, 400),
  {
    name: 'HTTP-3: an address of a search that is asked otherwise says what it takes',
    clause: 'RFC 9110 15.5.6',
    send: async () => [await api.as(reader).get(`${HOME}/_search`), await api.as(writer).put(`${HOME}/_search`, {})],
    statuses: [405, 405],
    problem: 'method-not-allowed',
  },
]

const cases: Case[] = [
  ...searches,
  {
    name: 'HTTP-4: a second DELETE',
    clause: `${R4}http.html#delete`,
    async send(who) {
      const { id } = await created(who)
      const version = { 'if-match': 'W/"1"' }
      return [await api.as(writer).delete(`${HOME}/${id}`, version), await api.as(writer).delete(`${HOME}/${id}`, version)]
    },
    statuses: [204, 204],
    stored: 0,
  },
  {
    name: 'HTTP-5: If-Match as a list with the current version',
    clause: 'RFC 9110 13.1.1',
    async send(who) {
      const { id, body } = await created(who)
      return [await api.as(writer).put(`${HOME}/${id}`, { ...body, id }, { 'if-match': 'W/"7", W/"1"' })]
    },
    statuses: [200],
  },
  ...wrongMatches.map(
    (value): Case => ({
      name: `HTTP-5: If-Match ${value}`,
      clause: `RFC 9110 13.1.1, 8.8.3; ${R4}http.html#concurrency`,
      async send(who) {
        const { id, body } = await created(who)
        const reply = await api.as(writer).put(`${HOME}/${id}`, { ...body, id, note: [{ text: 'changed' }] }, { 'if-match': value })
        const [record] = await stored(who)
        assert.equal(record?.['note'], undefined, value)
        return [{ ...reply, status: Math.floor(reply.status / 100) }]
      },
      statuses: [4],
    }),
  ),
  {
    name: 'HTTP-7: gzip is inflated',
    clause: 'RFC 9110 8.4',
    send: async (who) => [await post(gzipSync(JSON.stringify(weight(who))), { 'content-encoding': 'gzip' })],
    statuses: [201],
    stored: 1,
  },
  {
    name: 'HTTP-7: gzip that is none',
    clause: 'RFC 9110 8.4',
    send: async (who) => [await post(weight(who), { 'content-encoding': 'gzip' })],
    statuses: [400],
    stored: 0,
  },
  {
    name: 'HTTP-7: an encoding that is not taken',
    clause: 'RFC 9110 15.5.16',
    send: async (who) => [await post(weight(who), { 'content-encoding': 'zstd' })],
    statuses: [415],
    stored: 0,
  },
  {
    name: 'HTTP-8: ISO-8859-1',
    clause: 'RFC 8259 8.1',
    send: async (who) => [await post(Buffer.from(JSON.stringify(weight(who, { note: [{ text: 'Bodø' }] })), 'latin1'))],
    statuses: [400],
    problem: 'not-json',
    stored: 0,
  },
  {
    name: 'HTTP-9: two identifiers that differ in half a character do not become one',
    clause: 'RFC 8259 8.2; Unicode 3.9 D75',
    send: async (who) =>
      await Promise.all(['Q\\ud83d', 'Q\\ud83e'].map((value) => post(JSON.stringify(weight(who)).replace(/"w\d+"/, `"${value}"`)))),
    statuses: [400, 400],
    stored: 0,
  },
  {
    name: 'BU-1: a reference to an entry whose condition matches a stored record',
    clause: `${R4}http.html#trules`,
    async send(who) {
      const { id, body } = await created(who)
      const ifNoneExist = `identifier=urn:x|${(body['identifier'] as { value: string }[])[0]?.value}`
      const replies = await bundled([entryOf(weight(who), A, { ifNoneExist }), entryOf(pulse(who, linkedTo(A)), B)])
      assert.ok(JSON.stringify(await stored(who)).includes(`"reference":"Observation/${id}"`))
      return replies
    },
    statuses: [200],
    stored: 2,
  },
  {
    name: 'BU-3: one fullUrl twice',
    clause: `${R4}bundle.html#invs (bdl-7)`,
    send: async (who) => await bundled([entryOf(weight(who), A), entryOf(weight(who), A)]),
    statuses: [400],
    problem: 'bundle-entry',
    stored: 0,
  },
  {
    name: 'BU-3: a reference in capitals',
    clause: 'RFC 9562 4, RFC 8141 3.1',
    async send(who) {
      const replies = await bundled([
        entryOf(weight(who), A),
        entryOf(pulse(who, linkedTo(A.toUpperCase().replace('URN:UUID', 'urn:uuid'))), B),
      ])
      assert.ok(!JSON.stringify(await stored(who)).includes('urn:uuid'))
      return replies
    },
    statuses: [200],
    stored: 2,
  },
  {
    name: 'BU-3: a reference to an entry that is nowhere',
    clause: `${R4}bundle.html#references`,
    send: async (who) => await bundled([entryOf(weight(who, linkedTo(B)), A)]),
    statuses: [422],
    problem: 'reference-not-resolved',
    stored: 0,
  },
  {
    name: 'BU-3: the same by itself',
    clause: `${R4}bundle.html#references`,
    send: async (who) => [await post(weight(who, linkedTo(B)))],
    statuses: [422],
    problem: 'reference-not-resolved',
    stored: 0,
  },
  {
    name: 'BU-4: a reference that is relative to the fullUrl of its entry, with a version',
    clause: `${R4}bundle.html#references`,
    async send(who) {
      const base = 'https://ehr.test/fhir/Observation/'
      const replies = await bundled([
        entryOf(weight(who), `${base}17`),
        entryOf(pulse(who, linkedTo('Observation/17/_history/2')), `${base}18`),
      ])
      assert.ok(!JSON.stringify(await stored(who)).includes('Observation/17'))
      return replies
    },
    statuses: [200],
    stored: 2,
  },
  {
    name: 'BU-5: an address of an entry in valueUri',
    clause: `${R4}http.html#trules`,
    async send(who) {
      const extension = [{ url: 'http://sender.test/about', valueUri: A }]
      const replies = await bundled([entryOf(weight(who), A), entryOf(pulse(who, { extension }), B)])
      assert.ok(!JSON.stringify(await stored(who)).includes(A))
      return replies
    },
    statuses: [200],
  },
  ...conditions.map(
    (condition): Case => ({
      name: `BU-7: If-None-Exist ${JSON.stringify(condition)}`,
      clause: `${R4}http.html#ccreate`,
      send: async (who) => [(await created(who)).reply, await post(pulse(who), { 'if-none-exist': condition })],
      statuses: [201, 400],
      problem: 'invalid-parameter',
      stored: 1,
    }),
  ),
  ...['5.0', '5e0', '22.0', '1E400'].map(
    (number): Case => ({
      name: `N-2: valueInteger ${number}`,
      clause: `${R4}datatypes.html#integer`,
      send: async (who) => [
        await post(
          JSON.stringify(
            weight(who, {
              code: { coding: [{ system: 'http://loinc.org', code: '74465-6' }] },
              valueQuantity: undefined,
              valueInteger: '@',
            }),
          ).replace('"@"', number),
        ),
      ],
      statuses: [422],
      stored: 0,
    }),
  ),
  ...['{}', '[]', '""', 'null', '" "', '"\\u200b"'].map(
    (value): Case => ({
      name: `CI-3: display ${value}`,
      clause: `${R4}json.html#null, ${R4}datatypes.html#string`,
      send: async (who) => [
        await post(
          JSON.stringify(weight(who, { code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: '@' }] } })).replace(
            '"@"',
            value,
          ),
        ),
      ],
      statuses: [422],
      stored: 0,
    }),
  ),
  ...['716186003', '409137002', '429625007'].map(
    (code): Case => ({
      name: `CI-1: SNOMED CT ${code}`,
      // FHIR has negated statements; critical information has none (docs/services/critical-information.md).
      clause: `${R4}allergyintolerance-definitions.html#AllergyIntolerance.code`,
      send: async (who) => {
        const hl7 = (list: string, value: string) => ({
          coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code: value }],
        })
        const allergy = {
          resourceType: 'AllergyIntolerance',
          clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
          verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
          category: ['medication'],
          criticality: 'high',
          code: { coding: [{ system: 'http://snomed.info/sct', code }] },
          patient: { identifier: who.identifier },
        }
        return [await post(allergy, undefined, '/fhir/critical-information/AllergyIntolerance')]
      },
      statuses: [422],
      problem: 'nothing-known-stated',
    }),
  ),
  ...[
    { value: 0.97, unit: '%' },
    { value: 1, unit: '%' },
    { value: 0, unit: '%' },
  ].map(
    ({ value, unit }): Case => ({
      name: `N-1: a saturation of ${value} ${unit}`,
      clause: 'NEWS2 chart: per cent; a share is no per cent',
      send: async (who) => {
        const code = { coding: [{ system: 'http://loinc.org', code: '59408-5' }] }
        const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }]
        const quantity = { value, unit, system: 'http://unitsofmeasure.org', code: unit }
        return [await post(weight(who, { code, category, valueQuantity: quantity }), undefined, '/fhir/news2/Observation')]
      },
      statuses: [422],
    }),
  ),
]

test('each case is answered as its clause says, and stores what the answer says', async () => {
  const faults: string[] = []
  for (const { name, clause, send, statuses, problem, stored: expected } of cases) {
    const who = await api.person(series++)
    const replies = await send(who)
    const answered = replies.map(({ status }) => status)
    const last = replies.at(-1)
    const codes = problem !== undefined && last ? problemsOf(last) : []
    const count = expected === undefined ? undefined : (await stored(who)).length
    if (answered.join() !== statuses.join() || (problem !== undefined && !codes.includes(problem)) || count !== expected)
      faults.push(`${name} (${clause}): ${answered.join()} ${codes.join()}, ${count} stored; ${JSON.stringify(last?.body).slice(0, 300)}`)
  }
  assert.deepEqual(faults, [])
})

/**
 * Hostile input through the API of every service: texts that a slow reader would stumble over, bodies of many faults, forms of many
 * parameters. Each gets a refusal in bounded time and of bounded length, and nothing that it sends is repeated at length.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { issuesOf, problemOf, responsesOf } from '@helsevev/kernel/testing/answers'
import { organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import { services } from '@helsevev/server/services'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import { examplesOf } from './wrong-shapes/examples.ts'

let api: TestApi
let person: Awaited<ReturnType<TestApi['person']>>
before(async () => {
  api = await testApi(services)
  person = await api.person(1)
})
after(async () => await api.close())

const writer = system(organizations.bergen, { scopes: services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`]) })
/** Milliseconds of processor time, of which a linear reader needs a tenth; others on the machine do not count. */
const PATIENCE = 8000
/** Octets of an answer: no more than of a body. */
const MOST_ANSWERED = 5 * 1024 * 1024
/** The most of the sender's own text that an answer repeats. */
const ECHO = 64

/** A letter that no example has this many times. */
const LONG = 'Ø'.repeat(5000)
const echoes = (reply: unknown) => JSON.stringify(reply).includes('Ø'.repeat(ECHO + 1))

/** Copies of a value, each with one text in it replaced. */
function* withLongTexts(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield LONG
  else if (Array.isArray(value)) for (const [at, one] of value.entries()) for (const long of withLongTexts(one)) yield value.with(at, long)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      for (const long of withLongTexts(one)) yield { ...value, [name]: long }
      yield { ...Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)), [LONG]: one }
    }
}

for (const service of services) {
  test(`${service.id}: a long text at any place is stored or refused, and not repeated`, async () => {
    const examples = examplesOf(service, createValidator(api.kernel.codes), person.identifier)
    let refused = 0
    const repeated = new Set<string>()
    for (const { resource } of examples.slice(0, 6)) {
      const mutants = [...withLongTexts(resource)].filter((one) => (one as SentBody)['resourceType'] === resource.resourceType)
      for (let from = 0; from < mutants.length; from += 200) {
        const entry = mutants
          .slice(from, from + 200)
          .map((one) => ({ resource: one, request: { method: 'POST', url: resource.resourceType } }))
        const reply = await api.as(writer).post(`/fhir/${service.id}`, { resourceType: 'Bundle', type: 'batch', entry })
        assert.equal(reply.status, 200)
        for (const { status = '', outcome } of responsesOf(reply)) {
          assert.match(status, /^[24]/)
          if (!status.startsWith('4')) continue
          refused += 1
          for (const issue of outcome?.issue ?? [])
            if (echoes(issue)) repeated.add(JSON.stringify(issue).replaceAll(/Ø+/g, 'Ø').slice(0, 300))
        }
      }
    }
    assert.deepEqual([...repeated], [])
    if (examples.length > 0) assert.ok(refused > 100, `${refused}`)
  })
}

const pulse = (more: SentBody = {}): SentBody => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { identifier: person.identifier },
  effectiveDateTime: '2026-01-10T08:00:00+01:00',
  valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  ...more,
})
const report = (name: string, id = 'R-1') =>
  kithMessage({
    patient: person.number,
    reportId: id,
    generated: '2026-01-12T09:00:00',
    collected: '2026-01-11T08:30:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    requester: { name: 'Fastlege, Frida', practice: 'Fjellveien legesenter', hpr: '9990001' },
    copyTo: { name: 'Sykehjemmet', organization: '999888666' },
    results: [{ id: 'hb', codes: [[7280, 'NOR05172', name]], number: '11.0', unit: 'g/dL', interval: '1 - 2', deviation: 2 }],
  })

/** A request, whose body is made before the time is taken. */
interface Sent {
  path: string
  body: string
  type: string
}
const json = (path: string, body: unknown): Sent => ({
  path,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  type: 'application/fhir+json',
})
const form = (path: string, body: string): Sent => ({ path, body, type: 'application/x-www-form-urlencoded' })
const xml = (body: string): Sent => ({ path: '/fhir/test-results/$kith-report', body, type: 'application/xml' })
const post = async ({ path, body, type }: Sent): Promise<Reply> => await api.as(writer).post(path, body, { 'content-type': type })
const observation = '/fhir/home-monitoring/Observation'
const search = `${observation}/_search`
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const raw = (text: string) => JSON.stringify(pulse({ '@': 1 })).replace('"@":1', text)

/** What is sent, and the refusal. */
const rows: { name: string; sent: () => Sent; status: number; problem?: string; rule?: string }[] = [
  { name: 'an analysis named with 400,000 brackets', sent: () => xml(report('('.repeat(400_000))), status: 422, rule: 'length' },
  { name: 'a date of 200 kB', sent: () => json(observation, pulse({ effectiveDateTime: `2026T${'1'.repeat(200_000)}` })), status: 422 },
  { name: 'a type of 4.8 MB', sent: () => json(observation, { resourceType: '01010112345 '.repeat(400_000) }), status: 422 },
  {
    name: 'a note of 1 MB of numbers',
    sent: () => json(observation, pulse({ note: [{ text: '010101123456 '.repeat(80_000) }] })),
    status: 201,
  },
  { name: 'a number of 400 digits', sent: () => json(observation, raw(`"valueInteger":${'9'.repeat(400)}`)), status: 422 },
  {
    name: 'a decimal of 300 digits',
    sent: () => json(observation, raw(`"component":[{"code":{"text":"a"},"valueQuantity":{"value":0.${'1'.repeat(300)}}}]`)),
    status: 422,
  },
  { name: 'an exponent of 400 digits', sent: () => json(observation, raw(`"valueInteger":1e${'9'.repeat(400)}`)), status: 422 },
  {
    name: '__proto__',
    sent: () => json(observation, raw('"__proto__":{"status":"final"},"constructor":{"prototype":{"a":1}}')),
    status: 400,
  },
  { name: '100,000 levels', sent: () => json(observation, nested(100_000)), status: 400, problem: 'not-json' },
  {
    name: '100,000 levels of lists',
    sent: () => json(observation, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    status: 400,
    problem: 'not-json',
  },
  {
    name: '250,000 unknown members',
    sent: () => json(observation, pulse(Object.fromEntries(Array.from({ length: 250_000 }, (_, at) => [`a${at}`, 1])))),
    status: 422,
  },
  {
    name: 'a list of 1,000,000 nothings',
    sent: () => json(observation, pulse({ component: Array.from({ length: 1_000_000 }, () => ({})) })),
    status: 422,
  },
  { name: '40,000 contained, 40,000 references', sent: () => json(observation, manyContained()), status: 422 },
  {
    name: '1001 entries',
    sent: () => json('/fhir/home-monitoring', { resourceType: 'Bundle', type: 'batch', entry: Array.from({ length: 1001 }, () => ({})) }),
    status: 413,
  },
  {
    name: '1000 entries of 500 faults',
    sent: () =>
      json('/fhir/home-monitoring', {
        resourceType: 'Bundle',
        type: 'batch',
        entry: Array.from({ length: 1000 }, () => ({
          request: { method: 'POST', url: 'Observation' },
          resource: pulse({ component: Array.from({ length: 500 }, () => ({})) }),
        })),
      }),
    status: 200,
  },
  { name: 'a body of more than 5 MB', sent: () => json(observation, pulse({ note: [{ text: 'a'.repeat(6_000_000) }] })), status: 413 },
  {
    name: '100,000 parameters of a search',
    sent: () => form(search, Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join('&')),
    status: 400,
  },
  {
    name: '100,000 parameters of an operation',
    sent: () => form('/fhir/home-monitoring/$trend', Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join('&')),
    status: 400,
  },
  { name: 'one parameter 100,000 times', sent: () => form(search, 'code=a&'.repeat(100_000)), status: 400 },
  {
    name: '1,000,000 values of a parameter',
    sent: () => form(search, `patient.identifier=${person.number}&code=${'a,'.repeat(1_000_000)}`),
    status: 400,
  },
  {
    name: '400 digits in a search by quantity',
    sent: () => form(search, `patient.identifier=${person.number}&value-quantity=${'9'.repeat(400)}`),
    status: 400,
  },
  {
    name: 'a name of 1 MB in a form',
    sent: () => form(search, `patient.identifier=${person.number}&${'Ø'.repeat(500_000)}=1`),
    status: 400,
  },
  { name: 'a billion laughs', sent: () => xml(laughs()), status: 400, problem: 'not-xml' },
  {
    name: 'an entity from a file',
    sent: () => xml('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    status: 400,
    problem: 'not-xml',
  },
  {
    name: 'an entity that nobody declared',
    sent: () => xml(report('a').replace('Laboratoriet', '&nobody;')),
    status: 400,
    problem: 'not-xml',
  },
  { name: '100,000 levels of XML', sent: () => xml('<a>'.repeat(100_000)), status: 400, problem: 'not-xml' },
  {
    name: '100,000 attributes',
    sent: () => xml(`<a ${Array.from({ length: 100_000 }, (_, at) => `b${at}="1"`).join(' ')}/>`),
    status: 422,
  },
  { name: 'a comment without an end', sent: () => xml('<!--'.repeat(500_000)), status: 400, problem: 'not-xml' },
]

function manyContained(): SentBody {
  const contained = Array.from({ length: 40_000 }, (_, at) => ({ resourceType: 'Basic', id: `b${at}`, code: { text: 'a' } }))
  const performer = Array.from({ length: 40_000 }, (_, at) => ({ reference: `#b${39_999 - at}` }))
  return pulse({ contained, performer })
}

function laughs(): string {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  return `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><a>&l9;</a>`
}

for (const { name, sent, status, problem, rule } of rows) {
  test(`${name}: ${status}`, async () => {
    const before = await stored()
    const request = sent()
    const began = process.cpuUsage()
    const reply = await post(request)
    const { user, system: kernelTime } = process.cpuUsage(began)
    const text = JSON.stringify(reply.body)
    assert.equal(reply.status, status, text.slice(0, 600))
    if (problem !== undefined) assert.equal(problemOf(reply), problem)
    if (rule !== undefined)
      assert.ok(
        issuesOf(reply).some(({ details }) => details?.coding?.[0]?.code === rule),
        text.slice(0, 600),
      )
    assert.ok(text.length < MOST_ANSWERED, `an answer of ${text.length} octets`)
    assert.ok(!echoes(reply.body), 'the answer repeats what was sent')
    assert.ok((user + kernelTime) / 1000 < PATIENCE, `${Math.round((user + kernelTime) / 1000)} ms`)
    if (status >= 400) assert.deepEqual(await stored(), before)
    assert.equal((await post(form(search, `patient.identifier=${person.number}`))).status, 200)
  })
}

async function stored(): Promise<unknown> {
  return await api.sql`select (select count(*) from record) as records, (select count(*) from unattached_message) as messages`
}

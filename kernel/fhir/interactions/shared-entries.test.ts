import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { idOf, problemOf, resourceOf, responsesOf, sentenceOf } from '../../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import type { SentBody } from '../../testing/sent.ts'
import type { InformationService, ResourceDeclaration } from '../service.ts'

const STAMP = 'http://helsevev.no/fhir/StructureDefinition/test-written'

/** The patient has one entry for a fact. Every reader may change it; it is marked when it is taken back, and stamped on every write. */
const declaration: ResourceDeclaration<Observation> = {
  ...(measurements.resources['Observation'] as ResourceDeclaration<Observation>),
  uniqueWithin: 'patient',
  changedBy: 'readers',
  businessKey: ({ status, code }) => (status === 'entered-in-error' ? undefined : code?.coding?.[0]?.code),
  prepare: (resource, { now, writer, previous }) => ({
    resource: {
      ...resource,
      extension: [{ url: STAMP, valueString: `${now.toISOString()} ${writer.organizationName}` }],
      note: (previous as Observation | undefined)?.note ?? [{ text: `first by ${writer.organizationName}` }],
    },
    issues: [],
  }),
  unstamped: ({ extension: _extension, ...rest }) => rest,
  deletion: (resource) => ({ ...resource, status: 'entered-in-error' }),
}

let now = new Date('2026-01-15T10:00:00Z')
let api: TestApi
before(async () => {
  api = await testApi([{ ...measurements, resources: { Observation: declaration } } as InformationService], () => now)
  await api.agreement({ controller: organizations.bergen, receiver: organizations.oslo })
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)
const oslo = system(organizations.oslo)
const path = '/fhir/measurements/Observation'
const both = ['helsevev:measurements/read', 'helsevev:measurements/write']
const osloNurse = nurse(organizations.oslo, { scopes: both })
const later = () => {
  now = new Date(now.getTime() + 60_000)
}
const current = async (patient: { key: string }) =>
  await api.sql<{ id: string; version: number; controller: string }[]>`
    select id, version, controller from record where patient = ${patient.key} and superseded is null`

test('a second entry of the same fact is refused with the id of the first to who can change it, and nothing is stored', async () => {
  const kari = await api.person(1)
  const first = await api.as(bergen).post(path, pulse(kari))
  for (const who of [osloNurse, bergen]) {
    const attested = { attestation: attestationHeader(attestation(osloNurse, kari.number)) }
    const second = await api.as(who).post(path, pulse(kari, { valueQuantity: { value: 99 } }), who === osloNurse ? attested : {})
    assert.equal(second.status, 409)
    assert.equal(problemOf(second), 'duplicate-entry')
    assert.match(sentenceOf(second), new RegExp(`Observation/${idOf(first)}`))
    assert.equal(JSON.stringify(second.body).includes('72'), false)
  }
  assert.equal((await current(kari)).length, 1)
  const [known] = await api.sql`select count(*)::int as count from patient_controller where patient = ${kari.key}`
  assert.deepEqual({ ...known }, { count: 1 })
})

const mayNot: [what: string, who: typeof bergen, blocked?: boolean][] = [
  ['a system of another organisation', oslo],
  ['a person whose organisation no agreement opens it to', nurse(organizations.bodo, { scopes: both })],
  ['a person whom the patient has blocked', osloNurse, true],
]
for (const [index, [what, who, blocked]] of mayNot.entries()) {
  test(`an entry of ${what} is stored as its own, as where there is none, and is its own from then on`, async () => {
    const [with_, without] = [await api.person(60 + 2 * index), await api.person(61 + 2 * index)]
    await api.as(bergen).post(path, pulse(with_))
    const answers: unknown[][] = []
    for (const patient of [with_, without]) {
      if (blocked)
        await api.sql`
          insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
          values (${patient.key}, 1, 'block', '990000001', '2025-01-01', '2025-01-01', 1, 'self')`
      const headers = who.kind === 'person' ? { attestation: attestationHeader(attestation(who, patient.number)) } : undefined
      const sent = async (value: number) => await api.as(who).post(path, pulse(patient, { valueQuantity: { value } }), headers)
      const [first, again, other] = [await sent(90), await sent(90), await sent(91)]
      const id = idOf(first)
      const put = { ...pulse(patient, { valueQuantity: { value: 92 } }), id }
      const changed = await api.as(who).put(`${path}/${id}`, put, { ...headers, 'if-match': 'W/"1"' })
      answers.push([first.status, again.status, idOf(again) === id, other.status, sentenceOf(other).includes(id), changed.status])
    }
    assert.deepEqual(answers[0], answers[1])
    assert.deepEqual(answers[0], [201, 200, true, 409, true, 200])
    const controllers = (await current(with_)).map(({ controller }) => controller).sort()
    assert.deepEqual(controllers, [organizations.bergen, who.organization].sort())
  })
}

test('the same entry sent again by its writer is as it was, whenever it is sent', async () => {
  const kari = await api.person(2)
  const first = await api.as(bergen).post(path, pulse(kari))
  later()
  const again = await api.as(bergen).post(path, pulse(kari))
  assert.deepEqual([again.status, again.headers.etag, idOf(again)], [200, 'W/"1"', idOf(first)])
})

test('of systems that write the same fact at once, one of each organisation is stored, and the others of it are told', async () => {
  for (let round = 0; round < 10; round += 1) {
    const kari = await api.person(100 + round)
    const sent = [bergen, oslo, bergen, oslo].map((who, index) =>
      api.as(who).post(path, pulse(kari, { valueQuantity: { value: 60 + index } })),
    )
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort()
    assert.deepEqual(statuses, [201, 201, 409, 409])
    assert.equal((await current(kari)).length, 2)
  }
})

test('whoever may read an entry may change it, and it stays its controller’s', async () => {
  const kari = await api.person(3)
  const first = await api.as(bergen).post(path, pulse(kari))
  later()
  const changed = await api
    .as(osloNurse)
    .put(`${path}/${idOf(first)}`, { ...pulse(kari, { valueQuantity: { value: 80 } }), id: idOf(first) }, { 'if-match': 'W/"1"' })
  assert.equal(changed.status, 200)
  const { extension, note } = resourceOf(changed, 'Observation')
  assert.match(extension?.[0]?.valueString ?? '', / oslo$/)
  assert.equal(note?.[0]?.text, 'first by bergen')
  assert.deepEqual(
    (await current(kari)).map(({ version, controller }) => [version, controller]),
    [[2, organizations.bergen]],
  )
  const again = await api.as(bergen).post(path, pulse(kari, { valueQuantity: { value: 81 } }))
  assert.equal(again.status, 409)
})

const refused: {
  name: string
  who: typeof bergen
  headers?: Record<string, string>
  status: number
  before?: (key: string) => Promise<void>
}[] = [
  { name: 'a system of another organisation', who: oslo, status: 404 },
  { name: 'a person whose organisation no agreement opens it to', who: nurse(organizations.bodo, { scopes: both }), status: 404 },
  { name: 'a person who attests nothing', who: osloNurse, headers: { attestation: '' }, status: 400 },
  { name: 'a person without the scope to read', who: nurse(organizations.oslo, { scopes: ['helsevev:measurements/write'] }), status: 403 },
  {
    name: 'a person whom the patient has blocked',
    who: osloNurse,
    status: 404,
    before: async (key) => {
      await api.sql`
        insert into patient_choice (patient, id, kind, practitioner, made, made_by, made_as, valid_from)
        values (${key}, ${api.kernel.ids.recordId()}, 'block', '990000001', ${now}, ${key}, 'self', ${now})`
    },
  },
]
for (const [index, { name, who, headers = {}, status, before: prepare }] of refused.entries()) {
  test(`${name} changes nothing`, async () => {
    const kari = await api.person(20 + index)
    const first = await api.as(bergen).post(path, pulse(kari))
    await prepare?.(kari.key)
    const changed = await api
      .as(who)
      .put(
        `${path}/${idOf(first)}`,
        { ...pulse(kari, { valueQuantity: { value: 80 } }), id: idOf(first) },
        { 'if-match': 'W/"1"', ...headers },
      )
    assert.equal(changed.status, status, JSON.stringify(changed.body))
    assert.deepEqual(
      (await current(kari)).map(({ version }) => version),
      [1],
    )
  })
}

test('what is taken back is marked so, stays in its history, and leaves room for a right entry', async () => {
  const kari = await api.person(4)
  const first = await api.as(bergen).post(path, pulse(kari))
  const other = await api.as(osloNurse).delete(`${path}/${idOf(first)}`, { 'if-match': 'W/"1"' })
  assert.equal(other.status, 404)
  const taken = await api.as(bergen).delete(`${path}/${idOf(first)}`, { 'if-match': 'W/"1"' })
  const { status, meta } = resourceOf(taken, 'Observation')
  assert.deepEqual([taken.status, status, meta?.versionId], [200, 'entered-in-error', '2'])
  assert.equal((await api.as(oslo).post(path, pulse(kari))).status, 201)
  assert.equal(resourceOf(await api.as(bergen).get(`${path}/${idOf(first)}`), 'Observation').status, 'entered-in-error')
})

test('the entries of a batch are refused and stored each for itself', async () => {
  const kari = await api.person(5)
  await api.as(bergen).post(path, pulse(kari))
  const breathing = { code: { coding: [{ system: 'http://loinc.org', code: '9279-1' }] } }
  const entry = (resource: SentBody, index: number) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${index}`,
    resource,
    request: { method: 'POST', url: 'Observation' },
  })
  const bundle = {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      pulse(kari, { valueQuantity: { value: 60 } }),
      pulse(kari, breathing),
      pulse(kari, breathing),
      { resourceType: 'Observation' },
    ].map(entry),
  }
  const reply = await api.as(bergen).post('/fhir/measurements', bundle)
  assert.deepEqual(
    responsesOf(reply).map(({ status }) => status),
    ['409', '201', '200', '422'],
  )
  const rows = await api.sql`select event, outcome from access_log where patient = ${kari.key} order by segment, seq`
  assert.deepEqual(
    rows.map(({ event, outcome }) => [event, outcome]),
    [
      ['create', 'ok'],
      ['create', 'refused'],
      ['batch', 'ok'],
    ],
  )
})

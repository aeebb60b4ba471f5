/** A list that all organisations share: one for a patient, which each of them writes. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { asResource, matchesIn, problemOf, resourceOf } from '../../testing/answers.ts'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import type { Adapter, InformationService, Operation, ResourceDeclaration } from '../service.ts'

interface SentList {
  id: string
  made: string
  patient: { system: string; value: string }
  basedOn?: string
  lines: Record<string, number>
}

/** The list as JSON: each line is a pulse with a name. */
const list: Adapter = {
  name: 'list',
  summary: 'A list of a test.',
  convert(body) {
    const { id, made, patient, basedOn, lines } = body as SentList
    const entries = Object.entries(lines).map(([name, value]) => ({
      fullUrl: `urn:uuid:${name}`,
      resource: asResource(
        pulse({ identifier: patient }, { identifier: [{ system: 'urn:line', value: name }], valueQuantity: { value } }),
        'Observation',
      ),
    }))
    return {
      kind: 'record-set',
      patient,
      key: 'list',
      version: new Date(made),
      rank: id,
      entries,
      issues: [],
      shared: true,
      ...(basedOn === undefined ? {} : { basedOn }),
      async conflict(records) {
        const standing = (await records.search('Observation')) as Observation[]
        return standing.map((one) => ({
          severity: 'error',
          type: 'conflict',
          code: 'line-stands',
          text: `${one.identifier?.[0]?.value} ${one.valueQuantity?.value}`,
        }))
      },
    }
  },
}

const stood: Operation = {
  name: 'stood',
  summary: 'The lines as they stood.',
  parameters: [{ name: 'at', documentation: 'An instant.' }],
  run: async (records, { parameters }) => ({
    resourceType: 'Parameters',
    parameter: ((await records.asOf('Observation', new Date(parameters.get('at') ?? ''))) as Observation[]).map((one) => ({
      name: one.identifier?.[0]?.value ?? '',
      valueDecimal: one.valueQuantity?.value ?? 0,
    })),
  }),
}

const declaration: ResourceDeclaration<Observation> = {
  ...(measurements.resources['Observation'] as ResourceDeclaration<Observation>),
  uniqueWithin: 'patient',
  changedBy: 'readers',
}

let now = new Date('2026-01-15T10:00:00Z')
const later = () => {
  now = new Date(now.getTime() + 60_000)
}
let api: TestApi
before(async () => {
  const service = { ...measurements, resources: { Observation: declaration }, adapters: [list], operations: [stood] }
  api = await testApi([service as InformationService], () => now)
  await api.agreement({ controller: organizations.bergen, receiver: organizations.oslo })
  await api.agreement({ controller: organizations.oslo, receiver: organizations.bergen })
})
after(async () => await api.close())

const both = ['helsevev:measurements/read', 'helsevev:measurements/write']
const [bergen, oslo, bodo] = [organizations.bergen, organizations.oslo, organizations.bodo].map((one) => nurse(one, { scopes: both }))
type Person = Awaited<ReturnType<TestApi['person']>>
type Who = ReturnType<typeof nurse>

/** A message that is sent again states the same time. */
const times = new Map<string, string>()
async function send(who: Who | undefined, person: Person, id: string, lines: SentList['lines'], basedOn?: string): Promise<Reply> {
  assert.ok(who)
  const name = `${person.key} ${id}`
  const time = times.get(name) ?? new Date(Date.parse('2026-01-10T08:00:00Z') + times.size * 1000).toISOString()
  times.set(name, time)
  const body = { id, made: time, patient: person.identifier, lines, ...(basedOn === undefined ? {} : { basedOn }) }
  const headers = who.kind === 'person' ? { attestation: attestationHeader(attestation(who, person.number)) } : {}
  return await api.as(who).post('/fhir/measurements/$list', body, headers)
}

/** A patient whose list Bergen has begun, as version `v1`. */
const begun = async (series: number, lines: SentList['lines']): Promise<Person> => {
  const person = await api.person(series)
  assert.equal((await send(bergen, person, 'v1', lines, '')).status, 201)
  return person
}

const read = async (who: Who | undefined, { number }: Person) => {
  assert.ok(who)
  const found = matchesIn(await api.as(who).search('Observation', { 'patient.identifier': number }), 'Observation')
  return Object.fromEntries(found.map(({ identifier, valueQuantity }) => [identifier?.[0]?.value, valueQuantity?.value]))
}
const stored = async ({ key }: Person) =>
  await api.sql<{ id: string; version: number; controller: string; deleted: boolean }[]>`
    select id, version, controller, deleted from record where patient = ${key} and superseded is null order by id`

test('another organisation that reads the list sends its next version, and what is equal keeps id and version', async () => {
  const kari = await begun(1, { a: 60, b: 70, c: 80 })
  const first = await stored(kari)
  later()
  assert.equal((await send(oslo, kari, 'v2', { a: 60, b: 71, d: 90 }, 'v1')).status, 201)
  const rows = await stored(kari)
  assert.deepEqual(
    rows.map(({ version, controller, deleted }) => [version, controller, deleted]),
    [
      [1, organizations.bergen, false],
      [2, organizations.bergen, false],
      [2, organizations.bergen, true],
      [1, organizations.bergen, false],
    ],
  )
  assert.deepEqual(
    rows.slice(0, 3).map(({ id }) => id),
    first.map(({ id }) => id),
  )
  for (const who of [bergen, oslo]) assert.deepEqual(await read(who, kari), { a: 60, b: 71, d: 90 })
})

test('the list is read as it stood', async () => {
  const kari = await begun(2, { a: 60, b: 70 })
  const before = now
  later()
  await send(bergen, kari, 'v2', { a: 61 })
  const at = async (time: Date) => {
    const form = new URLSearchParams({ 'patient.identifier': kari.number, at: time.toISOString() })
    const reply = await api.as(bergen as Who).post('/fhir/measurements/$stood', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      attestation: attestationHeader(attestation(bergen as Who, kari.number)),
    })
    return Object.fromEntries((resourceOf(reply, 'Parameters').parameter ?? []).map(({ name, valueDecimal }) => [name, valueDecimal]))
  }
  assert.deepEqual(await at(before), { a: 60, b: 70 })
  assert.deepEqual(await at(now), { a: 61 })
  assert.deepEqual(await at(new Date(before.getTime() - 1)), {})
})

test('what is based on another version than the one that stands is refused with what stands, and changes nothing', async () => {
  const kari = await begun(3, { a: 60 })
  await send(oslo, kari, 'v2', { a: 61 }, 'v1')
  for (const basedOn of ['v1', '', 'v0']) {
    const reply = await send(bergen, kari, 'v3', { a: 62 }, basedOn)
    assert.deepEqual([reply.status, problemOf(reply)], [412, 'version-conflict'])
    assert.deepEqual(
      resourceOf(reply, 'OperationOutcome').issue?.map(({ details }) => details?.text),
      ['The resource was changed meanwhile. Read it again, and send If-Match with its ETag.', 'a 61'],
    )
  }
  const again = await send(oslo, kari, 'v2', { a: 61 }, 'v1')
  assert.equal(again.status, 200, 'the same version is sent again')
  assert.deepEqual(await read(bergen, kari), { a: 61 })
})

test('of two that write at once on one version, one is stored and the other is refused', async () => {
  for (let round = 0; round < 4; round += 1) {
    const kari = round % 2 ? await begun(10 + round, { a: 60 }) : await api.person(10 + round)
    const replies = await Promise.all(
      [bergen, oslo].map(async (who, place) => await send(who, kari, `w${place}`, { a: 61 + place }, round % 2 ? 'v1' : '')),
    )
    assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 412])
    const [row, ...others] = await stored(kari)
    assert.deepEqual([row?.version, others], [1 + (round % 2), []])
  }
})

test('who may not read the list has one of its own, and is answered as where there is none', async () => {
  const systemOfOslo = system(organizations.oslo)
  for (const [place, who] of [bodo, systemOfOslo].entries()) {
    const [with_, without] = [await begun(20 + place, { a: 60 }), await api.person(30 + place)]
    const answers: unknown[] = []
    for (const person of [with_, without])
      answers.push([
        (await send(who as Who, person, 'w1', { a: 90 }, '')).status,
        (await send(who as Who, person, 'w2', { a: 91 }, 'w1')).status,
        (await send(who as Who, person, 'w3', { a: 91 }, 'v1')).status,
        await read(who as Who, person),
      ])
    assert.deepEqual(answers[0], answers[1])
    assert.deepEqual(answers[0], [201, 201, 412, { a: 91 }])
    const rows = await stored(with_)
    assert.deepEqual(
      rows.map(({ controller, version }) => [controller, version]).sort(),
      [
        [organizations.bergen, 1],
        [who?.organization, 2],
      ].sort(),
    )
  }
})

test('a system sends the whole list for its organisation: one list, and no address of what it may not read', async () => {
  const systemOfOslo = system(organizations.oslo, { scopes: both }) as Who
  for (const [place, begins] of [bergen as Who, system(organizations.bergen, { scopes: both }) as Who].entries()) {
    const kari = await api.person(50 + place)
    assert.equal((await send(begins, kari, 'v1', { a: 60, b: 70 })).status, 201)
    const reply = await send(systemOfOslo, kari, 'v2', { a: 61, d: 90 })
    assert.deepEqual([reply.status, reply.headers['location']], [201, undefined])
    assert.ok(!JSON.stringify(reply.body).includes('record-set-head'))
    for (const who of [bergen, oslo]) assert.deepEqual(await read(who, kari), { a: 61, d: 90 })
    assert.equal((await send(bergen, kari, 'v3', { a: 62 }, 'v2')).status, 201, 'a person goes on from the version of the system')
    const [old, again] = [await send(systemOfOslo, kari, 'v2', { a: 61, d: 90 }), await send(begins, kari, 'v1', { a: 60, b: 70 })]
    assert.deepEqual([problemOf(old), problemOf(again)], ['message-older', 'message-older'])
    assert.deepEqual(await read(oslo, kari), { a: 62 })
  }
})

test('a system replaces no line that the patient keeps from its organisation, and no list that no agreement opens', async () => {
  const kari = await begun(60, { a: 60, b: 70 })
  const [, b] = await stored(kari)
  await api.sql`
    insert into patient_choice (patient, id, kind, service, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'measurements', ${b?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  await send(system(organizations.oslo, { scopes: both }) as Who, kari, 'v2', { a: 61 })
  assert.deepEqual(
    (await stored(kari)).map(({ version, deleted }) => [version, deleted]),
    [
      [2, false],
      [1, false],
    ],
  )
  const [restricted, ola] = [await begun(61, { a: 60 }), await begun(62, { a: 60 })]
  await api.sql`
    insert into patient_choice (patient, id, kind, service, receiver, valid_from, made, made_by, made_as)
    values (${restricted.key}, 1, 'restriction', 'measurements', ${organizations.oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  const nobody = await api.person(63)
  const sent = async (who: Who, person: Person) => {
    const { status, body } = await send(who, person, 'w1', { a: 90 })
    return [status, JSON.stringify(body).replaceAll(/[a-p]{32}/g, 'id')]
  }
  const [systemOfOslo, systemOfBodo] = [organizations.oslo, organizations.bodo].map((one) => system(one, { scopes: both }) as Who)
  assert.deepEqual(await sent(systemOfOslo as Who, restricted), await sent(systemOfBodo as Who, nobody))
  assert.deepEqual(await sent(systemOfBodo as Who, ola), await sent(systemOfBodo as Who, await api.person(64)))
  for (const person of [restricted, ola]) assert.deepEqual(await read(bergen, person), { a: 60 })
})

test('a list that stood beside, since no agreement opened the shared one, is taken over by the next version that is newer', async () => {
  const systemOfBodo = system(organizations.bodo, { scopes: both }) as Who
  const kari = await begun(70, { a: 60, b: 70 })
  await send(systemOfBodo, kari, 'w1', { a: 90, c: 91 })
  const shown = async () => (await stored(kari)).filter(({ deleted }) => !deleted).map(({ controller }) => controller)
  assert.equal((await shown()).length, 4)
  await api.agreement({ controller: organizations.bodo, receiver: organizations.bergen })
  assert.equal((await send(bergen, kari, 'v2', { a: 61 }, 'v1')).status, 412, 'the list beside is newer')
  assert.equal((await send(bergen, kari, 'v3', { a: 61 }, 'w1')).status, 201)
  assert.deepEqual([await shown(), await read(bergen, kari)], [[organizations.bergen], { a: 61 }])
  await send(systemOfBodo, kari, 'w2', { a: 92 })
  await api.agreement({ controller: organizations.bergen, receiver: organizations.bodo })
  const later = await send(systemOfBodo, kari, 'w3', { a: 93 })
  assert.equal(later.status, 201)
  assert.deepEqual([await shown(), await read(bergen, kari)], [[organizations.bergen], { a: 93 }])
  assert.equal(problemOf(await send(systemOfBodo, kari, 'w2', { a: 92 })), 'message-older')
})

test('a line that the writer is not shown stays', async () => {
  const kari = await begun(40, { a: 60, b: 70 })
  const [, b] = await stored(kari)
  await api.sql`
    insert into patient_choice (patient, id, kind, service, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'measurements', ${b?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.deepEqual(await read(oslo, kari), { a: 60 })
  assert.equal((await send(oslo, kari, 'v2', { a: 61 }, 'v1')).status, 201)
  assert.deepEqual(
    (await stored(kari)).map(({ version, deleted }) => [version, deleted]),
    [
      [2, false],
      [1, false],
    ],
  )
})

test('a line stays that is kept from the writer by the patient, and from the own organisation too', async () => {
  const restricted = await begun(41, { a: 60, b: 70 })
  const [, b] = await stored(restricted)
  await api.sql`
    insert into patient_choice (patient, id, kind, service, record, valid_from, made, made_by, made_as)
    values (${restricted.key}, 1, 'restriction', 'measurements', ${b?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.equal((await send(bergen, restricted, 'v2', { a: 61 }, 'v1')).status, 201)
  assert.deepEqual(
    (await stored(restricted)).map(({ version, deleted }) => [version, deleted]),
    [
      [2, false],
      [1, false],
    ],
  )
  const blocking = await begun(42, { a: 60 })
  await api.sql`
    insert into patient_choice (patient, id, kind, service, practitioner, valid_from, made, made_by, made_as)
    values (${blocking.key}, 1, 'block', 'measurements', '990000001', '2025-01-01', '2025-01-01', 1, 'self')`
  const reply = await send(bergen, blocking, 'w1', { a: 90 }, '')
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const [line] = await stored(blocking)
  assert.deepEqual([line?.version, line?.deleted], [1, false], 'who may not read the list has one of its own')
})

/**
 * One emergency access is followed up once by each controller, and the patient has one notice of it, whatever number of requests a
 * screen makes.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../../audit/actors.ts'
import { createChangeLog } from '../../audit/change-log.ts'
import { bundleOf, idOf } from '../../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { changed } from '../../testing/sent.ts'
import { noticesOf } from '../choices/notices.ts'
import { closeFollowUp, followUps } from './follow-up.ts'

const { bergen, oslo, bodo } = organizations
const MINUTE = 60_000
let api: TestApi
let time = NOW.getTime()
let officer: Actor
before(async () => {
  api = await testApi(undefined, () => new Date(time))
  for (const controller of [oslo, bodo]) await api.agreement({ controller, receiver: bergen, purposes: ['TREAT', 'BTG'] })
  officer = {
    person: (await api.person(399)).key,
    name: 'Ole Officer',
    hprNumber: undefined,
    role: undefined,
    organization: bergen,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'test',
  }
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const REASON = 'Unconscious, found at home'
let series = 300

/** A person with a pulse at Oslo and one at Bodø, who has restricted everything. */
async function restricted(): Promise<{ person: Person; record: string }> {
  series += 1
  const person = await api.person(series)
  const written = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(person))
  await api.as(system(bodo)).post('/fhir/measurements/Observation', pulse(person, { effectiveDateTime: '2026-01-11T08:00:00+01:00' }))
  await api.sql`
    insert into patient_choice (patient, id, kind, valid_from, made, made_by, made_as)
    values (${person.key}, 1, 'restriction', '2025-01-01', '2025-01-01', 1, 'self')`
  return { person, record: idOf(written) }
}

interface Opening {
  purpose?: string
  decision?: string
  /** The time of the decision; a minute ago when absent, so that it is a new one in each request. */
  toa?: number
  reason?: string
}

function header(person: Person, { purpose = 'BTG', decision = 'visit-1', toa, reason = REASON }: Opening = {}): { attestation: string } {
  const plain = attestation(nurse(bergen), person.number, purpose, reason, new Date(time))
  const stated = { 'care_relationship.decision_ref.id': decision, ...(toa === undefined ? {} : { toa }) }
  return { attestation: attestationHeader(changed(plain, stated)) }
}

async function search(person: Person, opening: Opening = {}, form: Record<string, string> = {}): Promise<void> {
  const found = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': person.number, ...form }, header(person, opening))
  assert.equal(found.status, 200)
}

/** What a screen asks when a patient is opened: searches, a history, a read. */
async function screen(person: Person, record: string, opening: Opening = {}): Promise<void> {
  for (const form of [{}, { _count: '1' }, { _sort: '-date' }, { code: '8867-4' }, { date: 'ge2026-01-01' }]) {
    time += 1000
    await search(person, opening, form)
  }
  for (const path of [`/fhir/measurements/Observation/${record}`, `/fhir/measurements/Observation/${record}/_history`]) {
    time += 1000
    assert.equal((await api.as(nurse(bergen)).get(path, header(person, opening))).status, 200)
  }
}

/** The open items of a controller about the patients of this test, which has one. */
async function items(person: Person, controller: string, open = true) {
  const events = await api.sql<{ event_id: string }[]>`
    select event_id from emergency_follow_up where patient = ${person.key} and controller = ${controller}`
  const known = new Set(events.map(({ event_id }) => event_id))
  return (await followUps(api.sql, controller, { open })).filter(({ eventId }) => known.has(eventId))
}

const causes = async (person: Person) => (await noticesOf(api.sql, [person.key])).map(({ cause }) => cause)

async function close(eventId: string, controller = bergen, seenUntil?: Date) {
  const changes = createChangeLog(api.kernel)
  const closing = {
    controller,
    eventId,
    finding: 'justified',
    note: 'The ambulance was called',
    seenUntil,
    closedBy: { ...officer, organization: controller },
  } as const
  return await closeFollowUp(api.sql, { changes, clock: () => new Date(time) }, closing)
}

for (const [when, toa] of [
  ['with the time of the decision kept', NOW.getTime() / 1000],
  ['with a new time in each request', undefined],
] as const) {
  test(`one emergency access is one item for each controller and one notice, ${when}`, async () => {
    time = NOW.getTime()
    const { person, record } = await restricted()
    const opening = toa === undefined ? { decision: 'moving-times' } : { toa }
    await screen(person, record, opening)
    const logged = await api.sql`select distinct episode from access_log where patient = ${person.key} and purpose = 'BTG'`
    assert.equal(logged.length, 1)
    for (const [controller, requests] of [
      [bergen, 7],
      [oslo, 6],
      [bodo, 5],
    ] as const) {
      const found = await items(person, controller)
      assert.deepEqual(
        found.map(({ reason, opened }) => [reason, opened.map((one) => [one.service, one.requests])]),
        [[REASON, [['measurements', requests]]]],
        controller,
      )
    }
    const [own] = await items(person, bergen)
    const [opened] = own?.opened ?? []
    assert.equal(Number(opened?.until) - Number(opened?.from), 6000)
    assert.deepEqual(await causes(person), ['emergency-access'])
  })
}

test('the next patient, another decision, another reason and the next hour are emergency accesses of their own', async () => {
  time = NOW.getTime()
  const [one, other] = [await restricted(), await restricted()]
  await search(one.person)
  await search(other.person)
  assert.deepEqual([(await items(one.person, oslo)).length, (await items(other.person, oslo)).length], [1, 1])
  await search(one.person, { decision: 'visit-2' })
  await search(one.person, { reason: 'Came back with chest pain' })
  time += 60 * MINUTE
  await search(one.person)
  assert.equal((await items(one.person, oslo)).length, 4)
  assert.equal((await causes(one.person)).length, 4)
})

test('a request after the closing opens an item of its own, which has what came since', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  const kept = { toa: time / 1000 }
  await search(person, kept)
  time += MINUTE
  await search(person, kept)
  const [first] = await items(person, bergen)
  assert.equal(await close(first?.eventId ?? ''), 'closed')
  assert.equal((await items(person, bergen)).length, 0)
  time += MINUTE
  await search(person, kept)
  time += MINUTE
  await search(person, kept)
  time += MINUTE
  await search(person, kept)
  const requests = (found: Awaited<ReturnType<typeof items>>) => found.map(({ opened }) => opened.map((one) => one.requests))
  assert.deepEqual(requests(await items(person, bergen)), [[3]])
  assert.deepEqual(requests(await items(person, bergen, false)), [[2]])
  // Oslo has not closed, so its item has them all; and the patient has one notice.
  assert.deepEqual(requests(await items(person, oslo)), [[5]])
  assert.deepEqual(await causes(person), ['emergency-access'])
})

test('what joined after the list was read is not closed unseen', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  const kept = { toa: time / 1000 }
  await search(person, kept)
  const [read] = await items(person, bergen)
  time += MINUTE
  await search(person, kept)
  assert.equal(await close(read?.eventId ?? '', bergen, read?.opened[0]?.until), 'joined-since')
  const [again] = await items(person, bergen)
  assert.equal(again?.opened[0]?.requests, 2)
  assert.equal(await close(again?.eventId ?? '', bergen, again?.opened[0]?.until), 'closed')
})

test('a request that comes while somebody closes is in an item that is open, or was seen by the closing', async () => {
  for (let round = 0; round < 8; round += 1) {
    time = NOW.getTime()
    const { person } = await restricted()
    const kept = { toa: time / 1000 }
    await search(person, kept)
    const [read] = await items(person, bergen)
    time += MINUTE
    const [closed] = await Promise.all([close(read?.eventId ?? '', bergen, read?.opened[0]?.until), search(person, kept)])
    const open = await items(person, bergen)
    assert.deepEqual([closed, open.length], [closed === 'closed' ? 'closed' : 'joined-since', 1])
  }
})

test('the list says whether something restricted was opened, and shows a controller no other one’s restriction', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  await search(person)
  const said = async (who: Person, controller: string) => (await items(who, controller)).map(({ opened }) => opened[0]?.restricted)
  assert.deepEqual([await said(person, bergen), await said(person, oslo), await said(person, bodo)], [[true], [null], [null]])
  const other = await restricted()
  await search(other.person, {}, { date: 'ge2026-01-11' })
  assert.deepEqual([await said(other.person, bergen), await said(other.person, bodo)], [[true], [true]])
  const open = await restricted()
  await api.sql`update patient_choice set ended = ${NOW}, ended_by = 1, ended_as = 'self' where patient = ${open.person.key}`
  await search(open.person)
  assert.deepEqual([await said(open.person, bergen), await said(open.person, oslo)], [[false], [null]])
})

test('of requests that arrive together, one opens the item', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  await Promise.all(Array.from({ length: 12 }, async () => await search(person)))
  assert.deepEqual(
    (await items(person, oslo)).map(({ opened }) => opened[0]?.requests),
    [12],
  )
  assert.deepEqual(await causes(person), ['emergency-access'])
})

test('a controller hears of the requests that showed its records, and of those of its own staff', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  await search(person)
  await search(person, {}, { date: 'ge2026-01-11' })
  const requests = async (controller: string) => (await items(person, controller)).map(({ opened }) => opened[0]?.requests)
  assert.deepEqual([await requests(bergen), await requests(oslo), await requests(bodo)], [[2], [1], [2]])
})

test('an item from before episodes has its own request alone', async () => {
  time = NOW.getTime()
  const { person } = await restricted()
  await search(person)
  const [{ event_id: eventId } = { event_id: '' }] = await api.sql`select event_id from emergency_follow_up where patient = ${person.key}`
  await api.database.owner`alter table emergency_follow_up disable trigger user`
  await api.database.owner`update emergency_follow_up set episode = null where patient = ${person.key}`
  await api.database.owner`alter table emergency_follow_up enable trigger user`
  time += MINUTE
  await search(person)
  const found = await items(person, oslo)
  assert.deepEqual(
    found.map((one) => [one.eventId === eventId, one.opened[0]?.requests]),
    [
      [true, 1],
      [false, 2],
    ],
  )
})

test('declared consent is told once for each opening; what the patient chose to be told of, too', async () => {
  time = NOW.getTime()
  const { person, record } = await restricted()
  await api.sql`insert into patient_alert_setting (patient, alerts) values (${person.key}, '{every-look-up}')`
  const consent = { ...header(person, { purpose: 'TREAT' }), 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }
  for (const form of [{}, { _count: '1' }])
    bundleOf(await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': person.number, ...form }, consent))
  await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${record}`, consent)
  assert.deepEqual((await causes(person)).sort(), ['consent-declared', 'every-look-up'])
})

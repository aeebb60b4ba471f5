/** What a choice about one report or one result covers, by every way that leads to a record. Made-up reports. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bundleOf, includedIn, matchesIn, noticesIn } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { ResourceType } from '@medplum/fhirtypes'
import { kithMessage, type MadeReport, type MadeResult } from './made-up/kith-message.ts'
import testResults from './service.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:test-results/read', 'helsevev:test-results/write']
const laboratory = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
const types = ['DiagnosticReport', 'Observation', 'Specimen', 'ServiceRequest', 'PractitionerRole'] as const
let api: TestApi
before(async () => {
  api = await testApi([testResults])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>

const hemoglobin: MadeResult = { id: 'hb', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: '11.0', unit: 'g/dL' }
const hiv: MadeResult = { id: 'hiv', codes: [[7280, 'NPU12345', 'S-HIV']], text: 'Påvist' }
const panel: MadeResult = {
  id: 'panel',
  codes: [[7280, 'NPU54321', 'Seksuelt overførbare']],
  results: [{ id: 'hiv', codes: [[7280, 'NPU12345', 'S-HIV']], text: 'Påvist', comment: 'Meldt videre' }],
}

let series = 400
async function patient(more: Partial<MadeReport> = {}): Promise<Person> {
  series += 1
  const person = await api.person(series)
  await send(person, more)
  return person
}
async function send(person: Person, more: Partial<MadeReport> = {}): Promise<void> {
  const message = kithMessage({
    patient: person.number,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    collected: '2026-01-11T08:30:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    requester: { name: 'Fastlege, Frida', practice: 'Fjellveien legesenter', hpr: '9990001' },
    comment: 'HIV er påvist',
    results: [hemoglobin, hiv],
    ...more,
  })
  const reply = await api.as(laboratory).post('/fhir/test-results/$kith-report', message, { 'content-type': 'application/xml' })
  assert.ok(reply.status < 300, JSON.stringify(reply.body))
}

let choices = 0
async function restrict(person: Person, record: string): Promise<void> {
  choices += 1
  await api.sql`
    insert into patient_choice (patient, id, kind, record, valid_from, made, made_by, made_as)
    values (${person.key}, ${choices}, 'restriction', ${record}, '2025-01-01', '2025-01-01', 1, 'self')`
}
async function recordOf(person: Person, type: string, text = ''): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    select id from record
    where patient = ${person.key} and type = ${type} and superseded is null and not deleted and content like ${`%${text}%`}`
  assert.ok(row, `${type} ${text}`)
  return row.id
}

const find = async (type: string, person: Person, form: Record<string, string> = {}, who = reader): Promise<Reply> =>
  await api.as(who).search(type, { 'patient.identifier': person.number, ...form })
const found = async <Type extends ResourceType>(type: Type, person: Person, form: Record<string, string> = {}) =>
  matchesIn(await find(type, person, form), type)
const operate = async (name: string, person: Person) =>
  await api.as(reader).post(`/fhir/test-results/$${name}`, new URLSearchParams({ 'patient.identifier': person.number }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
/** The number of records of each type that the reader finds. */
const counts = async (person: Person): Promise<number[]> => {
  const all: number[] = []
  for (const type of types) all.push((await found(type, person)).length)
  return all
}
const withheld = (reply: Reply) => noticesIn(reply).flatMap(({ extension }) => extension?.[0]?.valueInteger ?? [])
const nothing = types.map(() => 0)

test('a restricted report takes with it its results, specimens, requisition and people, and is counted', async () => {
  const person = await patient({ results: [hemoglobin, panel] })
  const before = await counts(person)
  assert.ok(before.every((count) => count > 0))
  const [shown] = await found('Observation', person)
  await restrict(person, await recordOf(person, 'DiagnosticReport'))
  assert.deepEqual(await counts(person), nothing)
  const reply = await find('Observation', person, { _include: 'Observation:report', _revinclude: 'DiagnosticReport:result' })
  assert.deepEqual([includedIn(reply).length, withheld(reply)], [0, [before.reduce((sum, count) => sum + count)]])
  assert.equal((await api.as(reader).get(`/fhir/test-results/Observation/${shown?.id}`)).status, 404)
  assert.doesNotMatch(JSON.stringify((await operate('analyses', person)).body), /NOR05172/)
})

test('a version that comes later, with results that were not there, is restricted too', async () => {
  const person = await patient()
  await restrict(person, await recordOf(person, 'DiagnosticReport'))
  await send(person, { generated: '2026-01-13T09:00:00', serviceType: 'M', results: [{ ...hemoglobin, number: '12.0' }, panel] })
  assert.deepEqual(await counts(person), nothing)
})

test('a report that was cancelled and came again is restricted, and a report of another number is not', async () => {
  const person = await patient()
  await restrict(person, await recordOf(person, 'DiagnosticReport'))
  await send(person, { generated: '2026-01-13T09:00:00', serviceType: 'C', results: [], specimens: [] })
  await send(person, { generated: '2026-01-14T09:00:00', results: [hemoglobin, hiv] })
  assert.deepEqual(await counts(person), nothing)
  await send(person, { reportId: 'R-2' })
  assert.deepEqual((await counts(person)).slice(0, 2), [1, 2])
})

test('a result that was removed and came again under a new id is restricted, and so is its history', async () => {
  const person = await patient()
  const first = await recordOf(person, 'Observation', 'S-HIV')
  const [before] = await found('Observation', person, { code: 'NPU12345' })
  await send(person, { generated: '2026-01-13T09:00:00', results: [hemoglobin] })
  await send(person, { generated: '2026-01-14T09:00:00', results: [hemoglobin, hiv] })
  const second = await recordOf(person, 'Observation', 'S-HIV')
  assert.notEqual(first, second)
  await restrict(person, second)
  assert.equal((await found('Observation', person)).length, 1)
  assert.equal((await api.as(reader).get(`/fhir/test-results/Observation/${before?.id}/_history/1`)).status, 404)
  assert.equal((await api.as(reader).get(`/fhir/test-results/Observation/${before?.id}`)).status, 404)
})

test('of a report with one restricted result the rest is served, and nothing that tells of it', async () => {
  const person = await patient({ results: [hemoglobin, panel] })
  const [child] = await found('Observation', person, { code: 'NPU12345' })
  const [parent] = await found('Observation', person, { code: 'NPU54321' })
  const [whole] = await found('DiagnosticReport', person)
  assert.equal(whole?.result?.length, 2)
  await restrict(person, await recordOf(person, 'Observation', 'NPU54321'))

  const [head] = await found('DiagnosticReport', person)
  assert.equal(head?.result?.length, 1)
  assert.deepEqual(head?.meta?.tag, [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }])
  const hidden = new RegExp([child?.id, parent?.id, 'NPU54321', 'NPU12345', 'HIV'].join('|'))
  const ways: [what: string, reply: Reply][] = [
    ['a search', await find('DiagnosticReport', person)],
    ['its results', await find('Observation', person)],
    [
      '_include',
      await find('DiagnosticReport', person, { _include: 'DiagnosticReport:result', '_include:iterate': 'Observation:has-member' }),
    ],
    ['_include of the report', await find('Observation', person, { _include: 'Observation:report' })],
    ['_revinclude', await find('Observation', person, { _revinclude: 'DiagnosticReport:result' })],
    ['read', await api.as(reader).get(`/fhir/test-results/DiagnosticReport/${head?.id}`)],
    ['vread', await api.as(reader).get(`/fhir/test-results/DiagnosticReport/${head?.id}/_history/1`)],
    ['history', await api.as(reader).get(`/fhir/test-results/DiagnosticReport/${head?.id}/_history`)],
    ['the analyses', await operate('analyses', person)],
    ['the status', await operate('status', person)],
  ]
  for (const [what, reply] of ways) {
    assert.equal(reply.status, 200, what)
    assert.doesNotMatch(JSON.stringify(reply.body), hidden, what)
  }
  for (const id of [child?.id, parent?.id]) assert.equal((await api.as(reader).get(`/fhir/test-results/Observation/${id}`)).status, 404)
  assert.deepEqual(withheld(ways[0]?.[1] as Reply), [2])
})

test('a requisition and a specimen of a hidden result are served without what was asked for, why, and notes', async () => {
  const person = await patient()
  await api.database.owner`
    update record set tokens = tokens || '{_tag=http://test|told}', content = (content::jsonb || ${JSON.stringify({
      code: { text: 'HIV-test' },
      reasonCode: [{ text: 'Mistanke om HIV' }],
      note: [{ text: 'Haster, HIV' }],
    })}::text::jsonb)::text
    where patient = ${person.key} and type in ('ServiceRequest', 'Specimen')`
  const asked = ['ServiceRequest', 'Specimen'] as const
  const told = async () => await Promise.all(asked.map(async (type) => JSON.stringify((await find(type, person)).body)))
  const tagged = async () => await Promise.all(asked.map(async (type) => (await found(type, person, { _tag: 'http://test|told' })).length))
  for (const body of await told()) assert.match(body, /HIV-test.*Mistanke om HIV|Haster, HIV/)
  assert.deepEqual(await tagged(), [1, 1])
  await restrict(person, await recordOf(person, 'Observation', 'S-HIV'))
  for (const body of await told()) assert.doesNotMatch(body, /HIV/)
  assert.deepEqual(await tagged(), [0, 0])
  const [requisition] = await found('ServiceRequest', person)
  assert.deepEqual([requisition?.status, requisition?.meta?.tag?.[0]?.code], ['completed', 'SUBSETTED'])
})

test('no search finds a report by a result that is hidden in it, nor by its tags', async () => {
  const person = await patient({ results: [hemoglobin, panel], discipline: 'XXX' })
  const [child] = await found('Observation', person, { code: 'NPU12345' })
  const [parent] = await found('Observation', person, { code: 'NPU54321' })
  const [other] = await found('Observation', person, { code: 'NOR05172' })
  const [row] = await api.sql<{ tags: string[] }[]>`
    select array(select split_part(t, '|', 2) from unnest(tokens) as t where t like '\\_tag=%') as tags from record
    where patient = ${person.key} and type = 'DiagnosticReport'`
  const tagged = row?.tags ?? []
  assert.ok(tagged.length > 0, 'the report carries a flag')
  const asked = async () => {
    const totals: (number | undefined)[] = []
    for (const form of [
      { result: `Observation/${parent?.id}` },
      { result: parent?.id ?? '' },
      { _tag: tagged[0] ?? '' },
      { result: `Observation/${other?.id}` },
    ])
      totals.push(bundleOf(await find('DiagnosticReport', person, { ...form, _summary: 'count' })).total)
    totals.push(bundleOf(await find('Observation', person, { 'has-member': `Observation/${child?.id}` })).total)
    // By what refers to it: a report that is cut has no flag, and a hidden panel refers to nothing.
    for (const has of [{ '_has:DiagnosticReport:result:_tag': tagged[0] ?? '' }, { '_has:Observation:has-member:code': 'NPU54321' }])
      totals.push(bundleOf(await find('Observation', person, { _id: `${child?.id},${other?.id}`, ...has })).total)
    const sibling = { '_has:DiagnosticReport:result:result': `Observation/${parent?.id}`, code: 'NOR05172' }
    totals.push(bundleOf(await find('Observation', person, sibling)).total)
    return totals
  }
  assert.deepEqual(await asked(), [1, 1, 1, 1, 1, 1, 1, 1])
  await restrict(person, await recordOf(person, 'Observation', 'NPU54321'))
  assert.deepEqual(await asked(), [0, 0, 0, 1, 0, 0, 0, 0])
})

test('a restricted member of a panel leaves the panel without it', async () => {
  const person = await patient({ results: [hemoglobin, panel] })
  await restrict(person, await recordOf(person, 'Observation', 'S-HIV'))
  const [parent] = await found('Observation', person, { code: 'NPU54321' })
  assert.ok(parent)
  assert.equal(parent.hasMember, undefined)
  assert.equal((await found('Observation', person)).length, 2)
})

test('a restricted requisition takes the report with it, a restricted specimen its results', async () => {
  const byRequisition = await patient()
  await restrict(byRequisition, await recordOf(byRequisition, 'ServiceRequest'))
  assert.deepEqual(await counts(byRequisition), nothing)
  const bySpecimen = await patient()
  await restrict(bySpecimen, await recordOf(bySpecimen, 'Specimen'))
  assert.deepEqual((await counts(bySpecimen)).slice(0, 3), [1, 0, 0])
})

test('what is withheld from the patient leaves no trace in the report that the patient sees', async () => {
  const person = await patient()
  const hidden = await recordOf(person, 'Observation', 'S-HIV')
  await api.database.owner`update record set release_codes = '{NORN_ALL}' where patient = ${person.key} and id = ${hidden}`
  const self = system(bergen, { kind: 'citizen', pid: person.number, name: 'Kari', scopes: ['helsevev:test-results/citizen'] })
  const reply = await api.as(self).search('DiagnosticReport', {})
  const [head] = matchesIn(reply, 'DiagnosticReport')
  assert.deepEqual([head?.result?.length, head?.meta?.tag], [1, undefined])
  assert.doesNotMatch(JSON.stringify(reply.body), /HIV/)
  const [whole] = await found('DiagnosticReport', person)
  assert.equal(whole?.result?.length, 2, 'staff see the report as it is')
})

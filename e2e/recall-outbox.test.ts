/** A doctor ends a treatment in the list: its prescription is recalled by a message that waits until a system sends it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, resourceOf } from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import { createMediator, type Delivery } from '@helsevev/prescriptions-test/mediator'
import ePrescriptions from '@helsevev/service-e-prescriptions/service'
import { m1, m10 } from '@helsevev/service-e-prescriptions/testing/messages'
import { type MadeLine, m251, practice as madePractice } from '@helsevev/service-medication-list/made-up/messages'
import medicationList from '@helsevev/service-medication-list/service'
import type { Bundle, MedicationStatement, OperationOutcome, ParametersParameter, Task } from '@medplum/fhirtypes'
import { signedRecall } from './signed-recall.ts'

const { bergen, oslo } = organizations
const services = ['medication-list', 'e-prescriptions']
const scopes = services.flatMap((service) => ['read', 'write'].map((direction) => `helsevev:${service}/${direction}`))
const doctor = nurse(bergen, { scopes, name: 'Frida Fastlege' })
const listOnly = nurse(bergen, { scopes: scopes.slice(0, 2).concat('helsevev:e-prescriptions/read') })
const [practice, pharmacy] = [bergen, oslo].map((one) => system(one, { scopes })) as [Who, Who]
type Who = typeof doctor

let now = NOW
let api: TestApi
before(async () => {
  api = await testApi([medicationList, ePrescriptions], () => now)
  for (const service of services) await api.agreement({ controller: oslo, receiver: bergen, service })
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', 'LE', '2005-01-01')`
  await api.sql`update practitioner set prescribing_from = '2005-01-01' where hpr_number = '990000001'`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 0
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
let ids = 100
const nextId = (): string => uuid((ids += 1))

const headers = (who: Who, { number }: Person) => {
  const content = attestation(who, number) as { practitioner: object }
  const authorization = { code: 'LE', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  return { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
}
const post = async (message: string, who: Who = practice, kari?: Person): Promise<Reply> => {
  const path = message.includes('/m251/') ? 'medication-list/$medication-list' : 'e-prescriptions/$e-prescription'
  const reply = await api.as(who).post(`/fhir/${path}`, message, { 'content-type': 'application/xml', ...(kari ? headers(who, kari) : {}) })
  assert.ok(reply.status < 300, JSON.stringify(reply.body))
  return reply
}
const read = async (kari: Person): Promise<ParametersParameter[]> => {
  const form = new URLSearchParams({ 'patient.identifier': kari.number }).toString()
  const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers(doctor, kari) }
  return resourceOf(await api.as(doctor).post('/fhir/medication-list/$getMedication', form, sent), 'Parameters').parameter ?? []
}
const linesIn = (parameters: readonly ParametersParameter[]): MedicationStatement[] =>
  ((parameters.find(({ name }) => name === 'medication')?.resource as Bundle | undefined)?.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'MedicationStatement' ? [resource] : [],
  )
const send = async (
  kari: Person,
  lines: readonly MedicationStatement[],
  more: readonly ParametersParameter[] = [],
  who = doctor,
): Promise<Reply> => {
  const from = await read(kari)
  const entry = [
    { resource: { resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } } },
    ...lines.map((resource) => ({ resource })),
  ]
  const kept = from.filter(({ name }) => name === 'listVersion' || name === 'readAt')
  const parameter = [{ name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry } }, ...kept, ...more]
  return await api.as(who).post('/fhir/medication-list/$sendMedication', { resourceType: 'Parameters', parameter }, headers(who, kari))
}
const ended = (line: MedicationStatement, time = '2026-01-15T09:00:00+01:00'): MedicationStatement => {
  const reason = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7494', code: 'A' }] }
  const url = 'http://ehelse.no/fhir/StructureDefinition/sfm-discontinuation'
  const extension = [
    { url: 'timedate', valueDateTime: time },
    { url: 'reason', valueCodeableConcept: reason },
  ]
  const others = (line.extension ?? []).filter((one) => one.url !== url)
  return { ...line, extension: [...others, { url, extension }] }
}
const tasks = async ({ number }: Person, form: Record<string, string> = {}): Promise<Task[]> => {
  const text = new URLSearchParams({ 'patient.identifier': number, ...form }).toString()
  const reply = await api
    .as(practice)
    .post('/fhir/e-prescriptions/Task/_search', text, { 'content-type': 'application/x-www-form-urlencoded' })
  return matchesIn(reply, 'Task')
}
const stateOf = async ({ number }: Person, prescription: string): Promise<string> => {
  const text = new URLSearchParams({ 'patient.identifier': number, prescription }).toString()
  const reply = await api
    .as(practice)
    .post('/fhir/e-prescriptions/MedicationRequest/_search', text, { 'content-type': 'application/x-www-form-urlencoded' })
  const [one] = matchesIn(reply, 'MedicationRequest')
  const parts = one?.extension?.find(({ url }) => url.endsWith('/prescription-state'))?.extension ?? []
  const part = (name: string) => parts.find(({ url }) => url === name)
  return [part('state')?.valueCoding?.code, part('recall')?.valueCode].filter(Boolean).join(' ')
}
const resultOf = (reply: Reply, name: string) => resourceOf(reply, 'Parameters').parameter?.find((one) => one.name === name)?.valueInteger

/** A person with one line, whose prescription is known to Reseptformidleren and here. */
async function treated({ isKnownThere = true } = {}) {
  const mediator = createMediator({ clock: () => NOW, id: nextId })
  const kari = await api.person((series += 1))
  const prescription = nextId()
  const chain = { patient: kari.number, id: prescription }
  const message = m1(chain, '2026-01-10T08:00:00+01:00')
  if (isKnownThere) assert.ok(mediator.receive(message)?.isAccepted)
  await post(message)
  const line: MadeLine = {
    id: nextId(),
    name: 'Paracet Tab 500 mg',
    atc: 'N02BE01',
    dose: '1 tablett morgen og kveld',
    start: '2026-01-10',
    changed: '2026-01-10T08:00:00+01:00',
    prescription,
  }
  const from = { ...madePractice, person: { hpr: '990000001', given: 'Frida', family: 'Fastlege' } }
  await post(m251({ patient: kari.number, id: nextId(), time: '2026-01-10T09:00:00+01:00', lines: [line], from }), doctor, kari)
  return { mediator, kari, prescription, chain }
}

const share = async (deliveries: readonly Delivery[] = []): Promise<void> => {
  for (const { text, kind } of deliveries) if (!['M6', 'M8'].includes(kind)) await post(text)
}

test('a prescription that is available is recalled: the message waits, is fetched and sent, and the answer completes it', async () => {
  const { mediator, kari, prescription } = await treated()
  const [line] = linesIn(await read(kari))
  const reply = await send(kari, [ended(line as MedicationStatement)])
  assert.deepEqual([reply.status, resultOf(reply, 'recallCount')], [201, 1], JSON.stringify(reply.body))
  const [task, ...others] = await tasks(kari, { status: 'requested', prescription })
  assert.ok(task)
  assert.deepEqual(
    [others, task.focus?.identifier?.value, task.reasonCode?.coding?.[0]?.code, task.restriction],
    [[], prescription, '2', undefined],
  )
  assert.equal(await stateOf(kari, prescription), 'E pending', 'nobody has recalled it yet')
  const handled = mediator.receive(signedRecall(task, kari.number))
  assert.equal(mediator.stateOf(prescription), 'T')
  assert.deepEqual(
    handled?.answers.map(({ kind }) => kind),
    ['AppRec', 'M5.2'],
  )
  await share(handled?.answers)
  const [done] = await tasks(kari)
  assert.deepEqual([done?.status, done?.output?.map(({ type }) => type.text)], ['completed', ['M5.2', 'AppRec']])
  assert.equal(await stateOf(kari, prescription), 'T done')
  // The system shares what it has sent as well: it is the same recall.
  await post(signedRecall(task, kari.number))
  const [sent, ...more] = await tasks(kari)
  assert.deepEqual([sent?.id, sent?.status, sent?.input, more], [task.id, 'completed', undefined, []])
})

test('a prescription under dispensing is recalled when that ends', async () => {
  const { mediator, kari, prescription, chain } = await treated()
  assert.ok(mediator.take(prescription))
  const [line] = linesIn(await read(kari))
  await send(kari, [ended(line as MedicationStatement)])
  const [task] = await tasks(kari)
  assert.ok(task)
  await share(mediator.receive(signedRecall(task, kari.number))?.answers)
  assert.deepEqual([(await tasks(kari))[0]?.status, await stateOf(kari, prescription)], ['accepted', 'U waiting'])
  const dispensing = m10(chain, nextId(), '2026-01-15T10:30:00+01:00')
  const handled = mediator.receive(dispensing)
  await post(dispensing, pharmacy)
  await share(handled?.answers.filter(({ at }) => at === 'prescriber'))
  assert.deepEqual([(await tasks(kari))[0]?.status, await stateOf(kari, prescription)], ['completed', 'T done'])
})

test('a message that is refused fails its recall, whichever of the two comes first', async () => {
  for (const order of ['recall first', 'receipt first']) {
    const { mediator, kari, prescription } = await treated({ isKnownThere: false })
    const [line] = linesIn(await read(kari))
    await send(kari, [ended(line as MedicationStatement)])
    const [task] = await tasks(kari)
    assert.ok(task)
    const message = signedRecall(task, kari.number)
    const handled = mediator.receive(message)
    assert.equal(handled?.isAccepted, false)
    if (order === 'recall first') await post(message)
    await share(handled?.answers)
    if (order === 'receipt first') await post(message)
    const [failed] = await tasks(kari, { status: 'failed' })
    assert.deepEqual([failed?.id, await stateOf(kari, prescription)], [task.id, 'E failed'], order)
  }
})

const flagsOf = (reply: Parameters<typeof resourceOf>[0]) => {
  const outcome = resourceOf(reply, 'Parameters').parameter?.find(({ name }) => name === 'outcome')?.resource as
    | OperationOutcome
    | undefined
  return outcome?.issue.map(({ details }) => details?.coding?.[0]?.code).filter((code) => code?.startsWith('recall-'))
}
const standings = async (kari: Person) =>
  (await tasks(kari))
    .map(
      ({ status, restriction, statusReason }) =>
        `${status} ${restriction?.period?.start?.slice(0, 10)} ${statusReason?.coding?.[0]?.code ?? ''}`,
    )
    .sort()

test('a planned end that is moved after its recall was sent is flagged', async () => {
  const { mediator, kari, prescription } = await treated()
  assert.ok(mediator.take(prescription))
  const [line] = linesIn(await read(kari))
  await send(kari, [ended(line as MedicationStatement, '2026-02-01T09:00:00+01:00')])
  const [task] = await tasks(kari)
  assert.ok(task)
  await share(mediator.receive(signedRecall(task, kari.number))?.answers)
  assert.equal(await stateOf(kari, prescription), 'U waiting')
  const [stopping] = linesIn(await read(kari))
  const moved = await send(kari, [ended(stopping as MedicationStatement, '2026-03-01T09:00:00+01:00')])
  assert.deepEqual([flagsOf(moved), resultOf(moved, 'recallCount')], [['recall-sent'], 0])
  assert.deepEqual(
    (await tasks(kari)).map(({ status }) => status),
    ['accepted'],
  )
})

test('a planned end is recalled then, and what cannot be recalled is not', async () => {
  const planned = await treated()
  const [line] = linesIn(await read(planned.kari))
  await send(planned.kari, [ended(line as MedicationStatement, '2026-02-01T09:00:00+01:00')])
  const [task] = await tasks(planned.kari)
  assert.equal(task?.restriction?.period?.start, '2026-02-01T09:00:00+01:00')
  // It is on its way: ending the line at once does not recall it twice.
  const recall = (prescription: string, code = '2'): ParametersParameter => ({
    name: 'recall',
    part: [
      { name: 'prescription', valueIdentifier: { system: 'http://helsevev.no/fhir/NamingSystem/resept-id', value: prescription } },
      { name: 'reason', valueCoding: { system: 'urn:oid:2.16.578.1.12.4.1.1.7500', code } },
      { name: 'note', valueString: 'Etter avtale' },
    ],
  })
  const said = async (
    { kari }: { kari: Person },
    more: ParametersParameter[],
    lines?: MedicationStatement[],
    who = doctor,
  ): Promise<string> => {
    const reply = await send(kari, lines ?? linesIn(await read(kari)), more, who)
    const { issue } = reply.body as OperationOutcome
    return reply.status === 201
      ? `201 ${resultOf(reply, 'recallCount')}`
      : `${reply.status} ${issue.map(({ details }) => details?.coding?.[0]?.code).join(' ')}`
  }
  assert.equal(await said(planned, [recall(planned.prescription)]), '422 recall-on-its-way')
  const [moving] = linesIn(await read(planned.kari))
  const moved = await send(planned.kari, [ended(moving as MedicationStatement, '2026-03-01T09:00:00+01:00')])
  assert.deepEqual([flagsOf(moved), resultOf(moved, 'recallCount')], [['recall-withdrawn'], 1])
  assert.deepEqual(await standings(planned.kari), ['cancelled 2026-02-01 end-moved', 'requested 2026-03-01 '], 'the end was moved')
  assert.equal(await stateOf(planned.kari, planned.prescription), 'E pending')
  const [stopping] = linesIn(await read(planned.kari))
  const extension = (stopping?.extension ?? []).filter(({ url }) => !url.endsWith('/sfm-discontinuation'))
  const resumed = await send(planned.kari, [{ ...(stopping as MedicationStatement), extension }])
  assert.deepEqual([flagsOf(resumed), resultOf(resumed, 'recallCount')], [['recall-withdrawn'], 0])
  const withdrawn = ['cancelled 2026-02-01 end-moved', 'cancelled 2026-03-01 end-taken-back']
  assert.deepEqual(await standings(planned.kari), withdrawn, 'the end was taken back')
  assert.equal(await stateOf(planned.kari, planned.prescription), 'E', 'no recall is on its way')
  // What was sent before the withdrawal came is a recall like any other.
  await post(signedRecall(task, planned.kari.number))
  assert.deepEqual((await tasks(planned.kari)).map(({ status }) => status).sort(), ['cancelled', 'requested'])
  assert.equal(await stateOf(planned.kari, planned.prescription), 'T done')
  const [going] = linesIn(await read(planned.kari))
  assert.deepEqual([going?.status, going?.effectivePeriod?.end], ['active', undefined], 'the end that was taken back is gone')
  const one = await treated()
  assert.equal(await said(one, [recall(nextId())]), '422 recall-unknown')
  assert.equal(await said(one, [recall(planned.prescription)]), '422 recall-unknown', 'the prescription of another patient')
  assert.equal(await said(one, [recall(one.prescription, '6')]), '422 recall-incomplete')
  assert.equal(await said(one, [recall(one.prescription)], undefined, listOnly), '422 recall-not-possible')
  const [other] = linesIn(await read(one.kari))
  assert.equal(await said(one, [], [ended(other as MedicationStatement)], listOnly), '201 0', 'who may not send there is told so')
  const closed = await treated()
  await post(m10(closed.chain, nextId(), '2026-01-12T10:30:00+01:00', { concluded: true }), pharmacy)
  assert.equal(await stateOf(closed.kari, closed.prescription), 'R')
  assert.equal(await said(closed, [recall(closed.prescription)]), '422 recall-not-open')
  const [last] = linesIn(await read(closed.kari))
  assert.equal(await said(closed, [], [ended(last as MedicationStatement)]), '201 0')
  // A line that is left out with its prescription recalled stays as ended.
  const left = await treated()
  const reply = await send(left.kari, [], [recall(left.prescription), { name: 'createPLL', valueBoolean: false }])
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const [stopped] = linesIn(await read(left.kari))
  assert.deepEqual([stopped?.status, stopped?.statusReason?.[0]?.coding?.[0]?.system], ['stopped', 'urn:oid:2.16.578.1.12.4.1.1.7500'])
  assert.deepEqual(
    (await tasks(left.kari)).map(({ note }) => note?.[0]?.text),
    ['Etter avtale'],
  )
})

test('a line with a prescription has its drug and its dose, where the sender may read the prescription (rule 8 of M25)', async () => {
  const { kari } = await treated()
  const dosed = (line: MedicationStatement | undefined, text: string): MedicationStatement => {
    assert.ok(line)
    return { ...line, dosage: [{ ...line.dosage?.[0], text }] }
  }
  const [line] = linesIn(await read(kari))
  const other = await send(kari, [dosed(line, '2 tabletter morgen')])
  const { issue = [] } = other.body as OperationOutcome
  assert.deepEqual([other.status, issue.map(({ details }) => details?.coding?.[0]?.code)], [422, ['rule-8-same-drug']])
  const blind = nurse(bergen, { scopes: scopes.slice(0, 2) })
  assert.equal(
    (await send(kari, [dosed(line, '2 tabletter morgen')], [], blind)).status,
    201,
    'who may not read prescriptions is not asked',
  )
  const [changed] = linesIn(await read(kari))
  assert.equal(
    (await send(kari, [{ ...changed, reasonCode: [{ text: 'mot smerter' }] } as MedicationStatement])).status,
    201,
    'what was not changed',
  )
  const [again] = linesIn(await read(kari))
  assert.equal((await send(kari, [dosed(again, '1 tablett  morgen og kveld')])).status, 201, 'as in the prescription')
})

test('each service that was read or written has its row in the access log', async () => {
  const { kari } = await treated()
  const [line] = linesIn(await read(kari))
  const before = (await api.logged()).length
  await send(kari, [ended(line as MedicationStatement)])
  const rows = await api.sql<{ row: string }[]>`
    select concat_ws(' ', service, event, type, outcome) as row from access_log where patient = ${kari.key} order by segment, seq`
  assert.ok((await api.logged()).length > before)
  assert.deepEqual(
    rows
      .map(({ row }) => row)
      .filter((row) => row.includes('$sendMedication') || row.includes('Task'))
      .sort(),
    ['e-prescriptions $sendMedication Task ok', 'e-prescriptions $sendMedication ok', 'medication-list $sendMedication ok'],
  )
})

test('what is sent again after a lost answer recalls once, and a renewal names the prescription that follows', async () => {
  const { kari, prescription } = await treated()
  const from = await read(kari)
  const [line] = linesIn(from)
  const entry = [
    { resource: { resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } } },
    { resource: ended(line as MedicationStatement) },
  ]
  const kept = from.filter(({ name }) => name === 'listVersion' || name === 'readAt')
  const parameter = [{ name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry } }, ...kept]
  const once = async () =>
    await api.as(doctor).post('/fhir/medication-list/$sendMedication', { resourceType: 'Parameters', parameter }, headers(doctor, kari))
  now = new Date(NOW.getTime() + 60_000)
  const [first, again] = [await once(), await once()]
  assert.deepEqual([first.status, again.status, again.body], [201, 200, first.body])
  assert.deepEqual(
    (await tasks(kari)).map(({ meta, focus }) => [meta?.versionId, focus?.identifier?.value]),
    [['1', prescription]],
  )
  now = NOW

  const renewed = await treated()
  const next = nextId()
  await post(m1({ patient: renewed.kari.number, id: next }, '2026-01-14T08:00:00+01:00'))
  const [old] = linesIn(await read(renewed.kari))
  const resept = (value: string) => ({ system: 'http://helsevev.no/fhir/NamingSystem/resept-id', value })
  const { basedOn: _basedOn, identifier = [], ...rest } = old as MedicationStatement
  const line2 = { ...rest, identifier: identifier.slice(0, 1), basedOn: [{ identifier: resept(next) }] }
  const recall = {
    name: 'recall',
    part: [
      { name: 'prescription', valueIdentifier: resept(renewed.prescription) },
      { name: 'reason', valueCoding: { system: 'urn:oid:2.16.578.1.12.4.1.1.7500', code: '1' } },
    ],
  }
  const reply = await send(renewed.kari, [line2], [recall])
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const [task] = await tasks(renewed.kari)
  assert.deepEqual(
    [task?.focus?.identifier?.value, task?.reasonCode?.coding?.[0]?.code, task?.input?.[0]?.valueIdentifier?.value],
    [renewed.prescription, '1', next],
  )
})

/** The chain of a prescription through the API: messages of e-prescription come in, FHIR goes out. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { matchesIn, problemOf, sentenceOf, tagsOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { MedicationRequest, ResourceType } from '@medplum/fhirtypes'
import { extensionOf } from './fhir/systems.ts'
import ePrescriptions from './service.ts'
import { appRec, bare, type Chain, innerM1, m1, m5, m10, m52, m96, report } from './testing/messages.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:e-prescriptions/read', 'helsevev:e-prescriptions/write']
const [prescriber, pharmacy, practice] = [bergen, oslo, bodo].map((one) => system(one, { scopes })) as [Sender, Sender, Sender]
type Sender = ReturnType<typeof system>
const reader = nurse(bergen, { scopes })

let api: TestApi
before(async () => {
  api = await testApi([ePrescriptions])
  for (const controller of [oslo, bodo]) await api.agreement({ controller, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
const somebody = async (): Promise<Person> => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
let ids = 0
const chainOf = ({ number }: Person): Chain => ({ patient: number, id: uuid((ids += 1)) })

const send = async (message: string, who = prescriber): Promise<Reply> => {
  const reply = await api.as(who).post('/fhir/e-prescriptions/$e-prescription', message, { 'content-type': 'application/xml' })
  assert.ok(reply.status < 300, JSON.stringify(reply.body))
  return reply
}
const refused = async (message: string): Promise<Reply> =>
  await api.as(prescriber).post('/fhir/e-prescriptions/$e-prescription', message, { 'content-type': 'application/xml' })
const find = async (type: string, { number }: Person, form: Record<string, string> = {}, who = reader) =>
  await api.as(who).search(type, { 'patient.identifier': number, ...form })
const found = async <Type extends ResourceType>(type: Type, person: Person, form: Record<string, string> = {}, who = reader) =>
  matchesIn(await find(type, person, form, who), type)

/** State of 7408, the recall and what is left. */
function standing(one: MedicationRequest | undefined): string {
  const parts = extensionOf(one ?? { extension: [] }, 'state')?.extension ?? []
  const values = parts.map(({ url, valueCoding, valueCode, valueInteger, valueDecimal, valueIdentifier }) => {
    const value = valueCoding?.code ?? valueCode ?? valueInteger ?? valueDecimal ?? valueIdentifier?.value?.slice(-2)
    return url === 'state' ? value : `${url} ${value}`
  })
  return [one?.status, ...values].join(', ')
}

async function prescriptionOf(person: Person, { id }: Chain): Promise<MedicationRequest | undefined> {
  return (await found('MedicationRequest', person, { prescription: id }))[0]
}

test('a prescription is dispensed in parts until nothing is left', async () => {
  const kari = await somebody()
  const chain = chainOf(kari)
  const at = (day: number) => `2026-01-0${day}T09:00:00+01:00`
  assert.equal(problemOf(await send(m1(chain, at(2)))), 'message-stored')
  const [sent] = await found('MedicationRequest', kari)
  const drug = sent?.contained?.find((one) => one.resourceType === 'Medication')
  assert.deepEqual(
    [sent?.status, sent?.intent, sent?.authoredOn, sent?.dosageInstruction?.[0]?.text, drug?.code?.coding?.map(({ code }) => code)],
    ['active', 'order', '2026-01-02', '1 tablett morgen og kveld', ['N02BE01', 'ID_0B1A3C4D-0000-4000-8000-00000000F001', '012345']],
  )
  assert.equal(standing(sent), 'active, E, allowed 2, packages-left 2')
  await send(m10(chain, uuid(9001), at(3), { packages: '1.5' }), pharmacy)
  assert.equal(standing(await prescriptionOf(kari, chain)), 'active, E, dispensing 01, allowed 2, packages-left 0.5')
  await send(report('M6', chain, uuid(9002), uuid(9001), at(3), { packages: '1.5' }), prescriber)
  assert.equal((await found('MedicationDispense', kari, { identifier: uuid(9001) })).length, 2)
  await send(m10(chain, uuid(9003), at(4), { packages: '0.5' }), pharmacy)
  assert.equal(standing(await prescriptionOf(kari, chain)), 'completed, R, dispensing 01, dispensing 03, allowed 2, packages-left 0')
  await send(m10(chain, uuid(9004), at(5), { cancels: uuid(9003) }), pharmacy)
  const open = await prescriptionOf(kari, chain)
  assert.equal(standing(open), 'active, E, dispensing 01, cancelled-dispensing 03, allowed 2, packages-left 0.5')
  const [cancelled] = await found('MedicationDispense', kari, { identifier: uuid(9003) })
  assert.equal(cancelled?.status, 'entered-in-error')
})

test('a recall is said in each state, with its answer', async () => {
  const rows: [name: string, steps: (chain: Chain) => [string, Sender][], state: string, task: string][] = [
    [
      'open',
      (chain) => [[m5(chain, uuid(1), '2026-01-03T09:00:00Z'), prescriber]],
      'stopped, T, recall done, recall-reason 2',
      'requested',
    ],
    [
      'answered',
      (chain) => [
        [m5(chain, uuid(1), '2026-01-03T09:00:00Z', '4'), prescriber],
        [m52(chain, uuid(2), uuid(1), '2026-01-03T09:01:00Z'), prescriber],
      ],
      'cancelled, T, recall done, recall-reason 4',
      'completed',
    ],
    [
      'under dispensing',
      (chain) => [
        [m5(chain, uuid(1), '2026-01-03T09:00:00Z'), prescriber],
        [m52(chain, uuid(2), uuid(1), '2026-01-03T09:01:00Z', '2'), prescriber],
      ],
      'active, U, recall waiting, recall-reason 2',
      'accepted',
    ],
    [
      'after the dispensing that it waited for',
      (chain) => [
        [m5(chain, uuid(1), '2026-01-03T09:00:00Z'), prescriber],
        [m52(chain, uuid(2), uuid(1), '2026-01-03T09:01:00Z', '2'), prescriber],
        [m10(chain, uuid(3), '2026-01-03T10:00:00Z'), pharmacy],
      ],
      'stopped, T, recall done, recall-reason 2, dispensing 03',
      'accepted',
    ],
    [
      'concluded before',
      (chain) => [
        [m10(chain, uuid(3), '2026-01-03T08:00:00Z', { concluded: true }), pharmacy],
        [m5(chain, uuid(1), '2026-01-03T09:00:00Z'), prescriber],
      ],
      'completed, R, recall without-effect, recall-reason 2, dispensing 03',
      'requested',
    ],
  ]
  for (const [name, steps, state, status] of rows) {
    const kari = await somebody()
    const chain = chainOf(kari)
    for (const [message, who] of [[m1(chain, '2026-01-02T09:00:00Z'), prescriber] as const, ...steps(chain)]) await send(message, who)
    const said = standing(await prescriptionOf(kari, chain)).replace(/, allowed.*$/, '')
    const [task] = await found('Task', kari, { prescription: chain.id })
    assert.deepEqual([said, task?.status, task?.focus?.identifier?.value], [state, status, chain.id], name)
  }
})

test('a recall that names the next prescription keeps its answer when that one comes, is recalled and is dispensed', async () => {
  const kari = await somebody()
  const [chain, next] = [chainOf(kari), chainOf(kari)]
  const [recall, other] = [uuid((ids += 1)), uuid((ids += 1))]
  const statusNow = async () => (await found('Task', kari, { prescription: chain.id })).map(({ status }) => status).join()
  await send(m1(chain, '2026-01-02T09:00:00Z'))
  await send(m5(chain, recall, '2026-01-03T09:00:00Z', '1', next.id))
  await send(m52(chain, uuid((ids += 1)), recall, '2026-01-03T09:00:05Z'))
  assert.equal(await statusNow(), 'completed')
  for (const [message, who] of [
    [m1(next, '2026-01-03T09:00:10Z'), prescriber],
    [m10(next, uuid((ids += 1)), '2026-01-04T09:00:00Z'), pharmacy],
    [m5(next, other, '2026-01-05T09:00:00Z'), prescriber],
  ] as const) {
    await send(message, who)
    assert.match(await statusNow(), /^completed\b/)
    assert.match(standing(await prescriptionOf(kari, chain)), /^cancelled, T/)
  }
})

test('an answer that names nobody is about the patient of its recall, in either order', async () => {
  for (const isFirst of [true, false]) {
    const kari = await somebody()
    const chain = chainOf(kari)
    const recall = uuid((ids += 1))
    await send(m1(chain, '2026-01-02T09:00:00Z'))
    const messages = [
      m5(chain, recall, '2026-01-03T09:00:00Z'),
      m52({ id: chain.id }, uuid((ids += 1)), recall, '2026-01-03T09:00:05Z', '2'),
    ]
    for (const message of isFirst ? messages : messages.toReversed()) await send(message)
    const [task] = await found('Task', kari)
    assert.deepEqual([task?.status, task?.output?.[0]?.valueCodeableConcept?.coding?.[0]?.code], ['accepted', '2'])
  }
})

test('a renewal ends the old prescription and names the new one', async () => {
  const kari = await somebody()
  const [old, next] = [chainOf(kari), chainOf(kari)]
  await send(m1(old, '2026-01-02T09:00:00Z'))
  await send(m5(old, uuid(11), '2026-01-03T09:00:00Z', '1', next.id))
  await send(m1(next, '2026-01-03T09:00:00Z'))
  assert.match(
    standing(await prescriptionOf(kari, old)),
    new RegExp(`^cancelled, T, recall done, recall-reason 1, new-prescription ${next.id.slice(-2)}`),
  )
  assert.match(standing(await prescriptionOf(kari, next)), /^active, E/)
  const open = await found('MedicationRequest', kari, { present: 'true' })
  assert.deepEqual(
    open.map(({ identifier }) => identifier?.[0]?.value),
    [next.id],
  )
})

test('a prescription is present until the last day of its validity, in Norway', async () => {
  const kari = await somebody()
  const [today, yesterday] = [chainOf(kari), chainOf(kari)]
  await send(m1(today, '2026-01-02T09:00:00Z', { validUntil: '2026-01-15' }))
  await send(m1(yesterday, '2026-01-02T09:00:00Z', { validUntil: '2026-01-14' }))
  assert.match(standing(await prescriptionOf(kari, today)), /^active, E/)
  const expired = await prescriptionOf(kari, yesterday)
  assert.match(standing(expired), /^completed, F/)
  assert.equal(expired?.statusReason?.coding?.[0]?.code, 'expired')
  assert.deepEqual(
    (await found('MedicationRequest', kari, { present: 'true' })).map(({ identifier }) => identifier?.[0]?.value),
    [today.id],
  )
})

/** What all records of a person say, without ids and times of storing. */
async function everything({ key }: Person): Promise<string[]> {
  const rows = await api.sql<{ content: string; controller: string }[]>`
    select content, controller from record where patient = ${key} and superseded is null and not deleted`
  return rows
    .map(({ content, controller }) => {
      const { id: _id, meta, ...rest } = JSON.parse(content) as { id: string; meta: { tag?: unknown; security?: unknown } }
      return `${controller} ${JSON.stringify([meta.tag, meta.security, rest])}`
    })
    .sort()
}

test('a chain of eight messages of three controllers ends alike in any order, and sent again changes nothing', async () => {
  const id = uuid((ids += 1))
  const messages = (chain: Chain): [string, Sender][] => [
    [m1(chain, '2026-01-02T09:00:00Z', { hiddenFromRepresentatives: true }), prescriber],
    [m10(chain, uuid(21), '2026-01-03T09:00:00Z'), pharmacy],
    [report('M6', chain, uuid(22), uuid(21), '2026-01-03T09:01:00Z'), prescriber],
    [report('M8', chain, uuid(23), uuid(21), '2026-01-03T09:01:00Z'), practice],
    [m10(chain, uuid(24), '2026-01-04T09:00:00Z', { cancels: uuid(21) }), pharmacy],
    [m5(chain, uuid(25), '2026-01-05T09:00:00Z', '2'), practice],
    [m52(chain, uuid(26), uuid(25), '2026-01-05T09:00:10Z', '2'), practice],
    [m96(chain.patient ?? '', uuid(27), '2026-01-05T10:00:00Z', [[chain.id, 'U']], [innerM1(chain, '2026-01-02T09:00:00Z')]), practice],
  ]
  let expected: string[] | undefined
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  // As sent, the other way round, and one more; fhir/orders.test.ts has many orders of records, and the states of 10,000 stand in clinical.
  const shuffles = [(index: number) => index, (index: number) => -index, () => random()]
  for (const [round, shuffle] of shuffles.entries()) {
    const person = await somebody()
    const order = messages({ patient: person.number, id })
      .map((message, index) => ({ message, at: shuffle(index) }))
      .sort((one, other) => one.at - other.at)
    for (const { message } of order) await send(...message)
    const ended = await everything(person)
    expected ??= ended
    assert.deepEqual(ended, expected, `round ${round}`)
    if (round > 0) continue
    const versions = async () => (await api.sql`select count(*)::integer as count from record where patient = ${person.key}`)[0]?.['count']
    const before = await versions()
    for (const { message } of order) assert.equal(problemOf(await send(...message)), 'message-unchanged')
    assert.equal(await versions(), before)
    const [one] = await found('MedicationRequest', person)
    assert.match(standing(one), /^active, U, recall waiting, recall-reason 2, cancelled-dispensing 21/)
  }
})

test('what a blocked pharmacy dispensed is not shown, and the prescription says what is left', async () => {
  const kari = await somebody()
  const chain = chainOf(kari)
  await send(m1(chain, '2026-01-02T09:00:00Z'))
  await send(m10(chain, uuid(31), '2026-01-03T09:00:00Z'), pharmacy)
  assert.equal((await found('MedicationDispense', kari)).length, 1)
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'e-prescriptions', ${oslo}, '2025-01-01', '2025-01-01', 1, 'self')`
  assert.equal((await found('MedicationDispense', kari)).length, 0)
  assert.match(standing(await prescriptionOf(kari, chain)), /dispensing 31, allowed 2, packages-left 1$/)
})

test('of a locked prescription staff read that it exists, in whatever order its messages come', async () => {
  for (const isFirst of [true, false]) {
    const kari = await somebody()
    const chain = chainOf(kari)
    const steps: [string, Sender][] = [
      [m1(chain, '2026-01-02T09:00:00Z', { isLocked: true, referenceNumber: 'HEMMELIG-77' }), prescriber],
      [m10(chain, uuid(41), '2026-01-03T09:00:00Z'), pharmacy],
    ]
    for (const step of isFirst ? steps : steps.toReversed()) await send(...step)
    const [one, ...others] = await found('MedicationRequest', kari)
    assert.deepEqual(
      [one?.medicationCodeableConcept?.text, one?.contained, one?.dosageInstruction, others],
      ['Låst resept: innholdet vises bare med referansenummer', undefined, undefined, []],
    )
    assert.match(standing(one), /^active, E, dispensing 41/)
    assert.deepEqual(tagsOf(one), ['locked-prescription', 'reference-number-left-out'])
    assert.deepEqual(await found('MedicationDispense', kari), [])
    const self = system(bergen, { kind: 'citizen', pid: kari.number, scopes: ['helsevev:e-prescriptions/citizen'] })
    const seen = await found('MedicationDispense', kari, {}, self)
    assert.deepEqual(
      seen.map(({ medicationCodeableConcept }) => medicationCodeableConcept?.text),
      [one?.medicationCodeableConcept?.text],
    )
    assert.doesNotMatch((await everything(kari)).join(), /Paracet|N02BE01|HEMMELIG/)
    const versions = await api.sql<{ content: string }[]>`select content from record where patient = ${kari.key}`
    // A dispensing that came before the prescription was not known to be locked.
    if (isFirst) assert.doesNotMatch(versions.map(({ content }) => content).join(), /Paracet|N02BE01|HEMMELIG/)
  }
})

test('what the guardian may not see is hidden from those who act for the patient, with its dispensings', async () => {
  const [kari, guardian] = [await somebody(), await somebody()]
  const [hidden, shown] = [chainOf(kari), chainOf(kari)]
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${kari.key}, ${guardian.key}, 'guardian', '{3,PersonalInterests}', '2018-01-01', 'test', '2018-01-01', 'test')`
  await send(m10(hidden, uuid(51), '2026-01-03T09:00:00Z'), pharmacy)
  await send(m1(hidden, '2026-01-02T09:00:00Z', { hiddenFromRepresentatives: true }))
  await send(m1(shown, '2026-01-02T09:00:00Z'))
  const citizen = (person: Person) => system(bergen, { kind: 'citizen', pid: person.number, scopes: ['helsevev:e-prescriptions/citizen'] })
  const count = async (who: Sender) => [
    (await found('MedicationRequest', kari, {}, who)).length,
    (await found('MedicationDispense', kari, {}, who)).length,
  ]
  assert.deepEqual(
    [await count(citizen(kari)), await count(citizen(guardian))],
    [
      [2, 1],
      [1, 0],
    ],
  )
})

test('a statement of Reseptformidleren is stored with the prescriptions that lie in it', async () => {
  const kari = await somebody()
  const [first, second, other] = [chainOf(kari), chainOf(kari), chainOf(await somebody())]
  const attached = [innerM1(first, '2026-01-02T09:00:00Z'), innerM1(other, '2026-01-02T09:00:00Z')]
  const listed: [string, string][] = [
    [first.id, 'E'],
    [second.id, 'T'],
  ]
  const reply = await send(m96(kari.number, uuid(61), '2026-01-05T10:00:00Z', listed, attached))
  assert.match(sentenceOf(reply), /stored/)
  await send(m1(second, '2026-01-02T09:00:00Z'))
  assert.match(standing(await prescriptionOf(kari, first)), /^active, E/)
  assert.match(standing(await prescriptionOf(kari, second)), /^cancelled, T, recall done/)
  const [head, ...statements] = (await found('Communication', kari, { category: 'M9.6' })).sort((one) => (one.about ? 1 : -1))
  assert.deepEqual(
    [tagsOf(head), statements.length, head && extensionOf(head, 'lockedExist')?.valueBoolean],
    [['attachment-of-another'], 2, true],
  )
})

test('messages that are hostile, of tests, of nobody or of other kinds are refused or kept with words', async () => {
  const kari = await somebody()
  const chain = chainOf(kari)
  const plain = m1(chain, '2026-01-02T09:00:00Z')
  const entity = plain.replace('<MsgHead', '<!DOCTYPE MsgHead [<!ENTITY x "y">]><MsgHead')
  const rows: [string, string, number, string | undefined][] = [
    ['a DOCTYPE', entity, 400, 'not-xml'],
    ['a message without head', bare('M5', { prescriptionId: chain.id, reason: { code: '2' } }), 422, 'head-missing'],
    ['a message of another service', bare('M9.11', { patient: kari.number }), 422, 'other-message'],
    ['no patient', m1({ id: chain.id }, '2026-01-02T09:00:00Z'), 202, 'message-queued'],
    ['no message id', plain.replace(/<MsgId[^>]*>[^<]*<\/MsgId>/, ''), 422, 'message-id-missing'],
  ]
  for (const [name, message, status, problem] of rows) {
    const reply = await refused(message)
    assert.deepEqual([reply.status, problemOf(reply)], [status, problem], `${name} ${JSON.stringify(reply.body)}`)
  }
  const test = plain
    .replace('<ConversationRef', '<ProcessingStatus V="T"/><ConversationRef')
    .replace('<Sender', '<ProcessingStatus V="T"/><Sender')
  const { isProblem } = await import('@helsevev/kernel/problem/problem')
  const convert = ePrescriptions.adapters?.[0]?.convert
  const context = { codes: api.kernel.codes, now: new Date(), production: true }
  const converted = await convert?.(Buffer.from(test), context)
  assert.ok(converted && isProblem(converted) && converted.issues[0]?.code === 'test-message-refused')
})

test('an identity number in a text is removed, and a contradiction of the dose is flagged', async () => {
  const kari = await somebody()
  const chain = chainOf(kari)
  const message = m1(chain, '2026-01-02T09:00:00Z')
    .replace('mot smerter', `til ${kari.number}`)
    .replace('1 tablett morgen og kveld', '2 tabletter morgen')
    .replace('</DosVeiledEnkel>', '</DosVeiledEnkel><Kortdose V="1" DN="1+0+0+1"/>')
  await send(message)
  const [one] = await found('MedicationRequest', kari)
  const [stored] = await everything(kari)
  assert.ok(stored && !stored.includes(kari.number))
  assert.deepEqual(
    tagsOf(one)
      .filter((tag) => tag === 'identity-number-removed' || tag === 'dose-contradiction')
      .sort(),
    ['dose-contradiction', 'identity-number-removed'],
  )
})

test('the example of a prescription is answered as its file says', async () => {
  const folder = new URL('./fhir/examples/', import.meta.url)
  const request = readFileSync(new URL('1-prescription.request.xml', folder), 'utf8')
  // Register series 1, which the example is about.
  const kari = await api.person(1)
  await send(request)
  const [one] = await found('MedicationRequest', kari)
  const { id: _id, meta, subject: _subject, ...rest } = one ?? { meta: undefined }
  const answer = { ...rest, meta: { tag: meta?.tag } }
  const file = new URL('1-prescription.answer.json', folder)
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), JSON.parse(readFileSync(file, 'utf8')))
})

test('the receipt of a recall is about its prescription and completes it, in any order, and an answer counts above it', async () => {
  const at = (minute: number) => `2026-01-12T09:0${minute}:00+01:00`
  const left = 'recall-reason 2, allowed 2, packages-left 2'
  const [done, failed] = [`stopped, T, recall done, ${left}`, `active, E, recall failed, ${left}`]
  const rows: [name: string, messages: ('m5' | 'ok' | 'rejected' | 'm52')[], task: string, state: string][] = [
    ['received', ['m5', 'ok'], 'requested AppRec 1', done],
    ['rejected', ['m5', 'rejected'], 'failed AppRec 2', failed],
    ['rejected, before the recall', ['rejected', 'm5'], 'failed AppRec 2', failed],
    ['answered', ['m5', 'ok', 'm52'], 'completed M5.2 1 AppRec 1', done],
    ['answered first', ['m52', 'ok', 'm5'], 'completed M5.2 1 AppRec 1', done],
  ]
  for (const [index, [name, messages, task, state]] of rows.entries()) {
    const kari = await somebody()
    const chain = chainOf(kari)
    const id = uuid(9500 + index * 10)
    await send(m1(chain, at(0)))
    const sent = {
      m5: m5(chain, id, at(1)),
      ok: appRec(uuid(9501 + index * 10), { id, type: 'ERM5' }, at(2)),
      rejected: appRec(uuid(9501 + index * 10), { id, type: 'ERM5' }, at(2), '2'),
      m52: m52({ id: chain.id }, uuid(9502 + index * 10), id, at(3)),
    }
    for (const message of messages) await send(sent[message])
    const [recall] = await found('Task', kari)
    const output = recall?.output?.map(({ type, valueCodeableConcept }) => `${type.text} ${valueCodeableConcept?.coding?.[0]?.code}`)
    assert.equal([recall?.status, ...(output ?? [])].join(' '), task, name)
    assert.equal(standing(await prescriptionOf(kari, chain)), state, name)
    const receipts = await found('Communication', kari, { prescription: chain.id, category: 'AppRec' })
    assert.equal(receipts.length, messages.includes('ok') || messages.includes('rejected') ? 1 : 0, name)
  }
})

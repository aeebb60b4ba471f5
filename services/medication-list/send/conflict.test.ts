/** $sendMedication where two write: the second is shown what differs. A request that is sent again changes nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { problemOf } from '@helsevev/kernel/testing/answers'
import { NOW } from '@helsevev/kernel/testing/api'
import type { MedicationStatement } from '@medplum/fhirtypes'
import type { MadeLine } from '../made-up/messages.ts'
import { dosed, ended, fresh, hospital, linesIn, metformin, paracet, sendingTests, told, uuid } from '../testing/sending.ts'

const { clock, given, read, send, somebody } = sendingTests({ before, after })

test('of two who changed the list, the second is told line by line what was changed, by whom, and nothing is stored', async () => {
  const kari = await somebody()
  const lines = [1, 2, 3, 4, 5].map((number): MadeLine => ({ ...paracet, id: uuid(number), name: `Legemiddel ${number}` }))
  await given(kari, lines)
  clock.now = new Date(NOW.getTime() + 1000)
  const from = await read(kari)
  const [a, b, c, d, e] = linesIn(from) as [
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
  ]
  clock.now = new Date(NOW.getTime() + 60_000)
  const theirs = await read(kari, hospital)
  const [, , , , other] = linesIn(theirs)
  const added = fresh(e)
  const reply = await send({ kari, from: theirs, who: hospital, lines: [dosed(a, 'der'), b, ended(c), dosed(d, 'begge'), other, added] })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  clock.now = new Date(NOW.getTime() + 120_000)
  const mine = await send({ kari, from, lines: [a, dosed(b, 'her'), c, dosed(d, 'egen dose 42'), e] })
  assert.deepEqual([mine.status, problemOf(mine)], [412, 'version-conflict'])
  assert.match(JSON.stringify(mine.body), /Read it with \$getMedication/)
  const by = 'Stian Sykehuslege, oslo'
  assert.deepEqual(told(mine).sort(), [
    `01 line-changed-there changed ${by}`,
    '02 line-changed-here changed',
    `03 line-changed-there ended ${by}`,
    `04 line-changed-in-both changed changed ${by}`,
    `09 line-changed-there added ${by}`,
  ])
  assert.ok(!JSON.stringify(mine.body).includes('egen dose'), 'the text of the writer is not repeated')
  const unread = await send({ kari, from: from.filter(({ name }) => name !== 'listVersion'), lines: [a] })
  assert.equal(unread.status, 412)
  const foreign = [
    { name: 'listVersion', valueIdentifier: { system: 'http://helsevev.no/fhir/NamingSystem/e-prescription-message', value: uuid(999) } },
    ...from.filter(({ name }) => name === 'readAt'),
  ]
  assert.deepEqual((await send({ kari, from: foreign, lines: [a] })).status, 412, 'the version of somebody else')
  clock.now = NOW
})

test('the second is shown by how much the dose of a day changed, also where its words did not', async () => {
  const kari = await somebody()
  await given(kari, [{ ...metformin, dose: '1 tablett 2 ganger daglig' }])
  clock.now = new Date(NOW.getTime() + 1000)
  const from = await read(kari)
  const [line] = linesIn(from)
  assert.ok(line)
  clock.now = new Date(NOW.getTime() + 60_000)
  const theirs = await read(kari, hospital)
  const contained = (line.contained ?? []).map((one) =>
    one.resourceType === 'Medication' ? { ...one, code: { ...one.code, text: 'Metformin tab 1000 mg' } } : one,
  )
  const stronger = await send({ kari, from: theirs, who: hospital, lines: [{ ...line, contained }] })
  assert.equal(stronger.status, 201, JSON.stringify(stronger.body))
  const mine = await send({ kari, from, lines: [dosed(line, 'etter avtale')] })
  const text = JSON.stringify(mine.body)
  assert.match(text, /"there-dose","valueString":"more: 1000 mg → 2000 mg"/)
  assert.match(text, /"here-dose","valueString":"unknown"/)
  assert.match(text, /changed there \(drug; dose of a day 1000 mg → 2000 mg\)/)
  clock.now = NOW
})

test('of two who send in the same moment, one is stored and the other is told', async () => {
  const kari = await somebody()
  await given(kari, [metformin])
  const [one, two] = await Promise.all([read(kari), read(kari, hospital)])
  const replies = await Promise.all([
    send({ kari, from: one, lines: [dosed(linesIn(one)[0], 'en')] }),
    send({ kari, from: two, lines: [dosed(linesIn(two)[0], 'to')], who: hospital }),
  ])
  assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 412], JSON.stringify(replies.map(({ body }) => body)))
  const refused = replies.find(({ status }) => status === 412)
  assert.ok(refused && told(refused).length === 1)
  assert.match(JSON.stringify(refused.body), /Read it with \$getMedication/)
})

test('what was sent is sent again after a lost answer, and changes nothing', async () => {
  const kari = await somebody()
  await given(kari, [metformin, paracet])
  const from = await read(kari)
  const [one, other] = linesIn(from)
  clock.now = new Date(NOW.getTime() + 60_000)
  const sending = { kari, from, lines: [dosed(one, '1 morgen'), ended(other)] }
  const first = await send(sending)
  const between = linesIn(await read(kari))
  const again = await send(sending)
  assert.deepEqual([first.status, again.status], [201, 200])
  assert.deepEqual(again.body, first.body)
  // A second try makes a document of its own, with another time of it and another look-up.
  const remade = await send({ ...sending, identifier: 'urn:uuid:another', readAt: new Date(NOW.getTime() + 1).toISOString() })
  assert.deepEqual([remade.status, remade.body], [200, first.body])
  const byAnother = await send({ ...sending, who: hospital })
  assert.equal(byAnother.status, 412, 'what another sends is that of another')
  assert.deepEqual(linesIn(await read(kari)), between)
  clock.now = NOW
})

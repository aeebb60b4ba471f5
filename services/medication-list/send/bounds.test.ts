/** Who sends the list, what of it is seen, and what is refused before it is read. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MOST_LINES } from '@helsevev/clinical/medicines/sending-limits'
import { problemOf } from '@helsevev/kernel/testing/answers'
import { NOW } from '@helsevev/kernel/testing/api'
import type { List, MedicationStatement } from '@medplum/fhirtypes'
import { type MadeLine, m251 } from '../made-up/messages.ts'
import {
  CHANGED,
  changesIn,
  codesOf,
  documentIn,
  dosed,
  fresh,
  gp,
  hospital,
  linesIn,
  metformin,
  paracet,
  practice,
  sendingTests,
  told,
  typed,
  uuid,
} from '../testing/sending.ts'

const { api, given, headers, messageId, post, read, send, somebody } = sendingTests({ before, after })

test('a list that was read more than four hours ago is read again', async () => {
  const kari = await somebody()
  await given(kari, [metformin])
  const from = await read(kari)
  const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds).toISOString()
  for (const [readAt, status] of [
    [at(-4 * 3_600_000), 201],
    [at(-4 * 3_600_000 - 1), 422],
    [at(60_000), 200],
    [at(60_001), 422],
    ['yesterday', 422],
  ] as const) {
    const reply = await send({ kari, from, lines: linesIn(from), readAt })
    assert.equal(reply.status, status, `${readAt} ${JSON.stringify(reply.body)}`)
    if (status === 422) assert.deepEqual(codesOf(reply), ['look-up-too-old'])
  }
})

test('a line that the writer is not shown is in no answer, and stays', async () => {
  const kari = await somebody()
  const secret: MadeLine = { ...paracet, id: uuid(6), name: 'Hemmelig tab 1 mg' }
  await given(kari, [metformin, secret])
  const [row] = await api().sql<{ id: string }[]>`
    select id from record where patient = ${kari.key} and type = 'MedicationStatement' and content like '%Hemmelig%'`
  await api().sql`
    insert into patient_choice (patient, id, kind, service, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'medication-list', ${row?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  const from = await read(kari, hospital)
  const [one, ...others] = linesIn(from)
  assert.deepEqual(others, [])
  const reply = await send({ kari, from, who: hospital, lines: [dosed(one, '1 morgen')] })
  assert.deepEqual([reply.status, changesIn(reply)], [201, ['01 changed']])
  const [head] = await api().sql<{ content: string }[]>`
    select content from record where patient = ${kari.key} and type = 'List' and superseded is null`
  assert.equal((JSON.parse(head?.content ?? '{}') as List).entry?.length, 2, 'the list still names it')
  const stale = await send({ kari, from, who: hospital, lines: [dosed(one, '1 kveld')] })
  assert.deepEqual([stale.status, told(stale).length], [412, 1])
  assert.ok(!/Hemmelig|000006/.test(JSON.stringify([reply.body, stale.body])))
  // A line of the list, also for its own id: to end what one is not shown is to make a line of one's own.
  const named = await send({
    kari,
    from: await read(kari, hospital),
    who: hospital,
    lines: [
      ...linesIn(await read(kari, hospital)),
      {
        ...fresh(one as MedicationStatement),
        identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: uuid(6) }],
        status: 'entered-in-error',
      },
    ],
  })
  assert.deepEqual(codesOf(named), ['line-unknown'])
  const latest = await read(kari, hospital)
  const [mine] = linesIn(latest)
  const pll = 'http://helsevev.no/fhir/NamingSystem/pll-id'
  const over = await send({
    kari,
    from: latest,
    who: hospital,
    lines: [mine, { ...fresh(typed(mine, 'U')), identifier: [{ system: pll, value: uuid(6) }] }],
  })
  assert.deepEqual([over.status, problemOf(over)], [409, 'business-key-conflict'])
  await api().sql`update patient_choice set ended = ${NOW}, ended_by = 1, ended_as = 'self' where patient = ${kari.key}`
  assert.deepEqual(
    linesIn(await read(kari)).map((line) => [line.identifier?.[0]?.value, line.meta?.versionId]),
    [
      [uuid(1), '2'],
      [uuid(6), '1'],
    ],
  )
})

test('what is sent about two persons, or about another than the attestation, is refused and shows nothing', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  await given(kari, [metformin])
  await given(ola, [{ ...paracet, name: 'Olas tab 1 mg' }])
  const [from, others] = [await read(kari), await read(ola)]
  const mixed = await send({ kari, from, lines: [...linesIn(from), ...linesIn(others)] })
  assert.deepEqual([mixed.status, codesOf(mixed)], [422, ['patients-differ']])
  // A line with the address and the id of somebody else's is a new line of this patient.
  const taken = linesIn(others).map((line) => ({ ...line, subject: { identifier: kari.identifier } }))
  const reply = await send({ kari, from, lines: [...linesIn(from), ...taken] })
  assert.deepEqual(changesIn(reply), ['01 unchanged', '02 added'])
  assert.deepEqual(linesIn(await read(ola)), linesIn(others))
  const wrong = await send({ kari: ola, from, lines: linesIn(others) })
  assert.equal(wrong.status, 412, 'the version of another patient')
  const body = {
    resourceType: 'Parameters',
    parameter: [{ name: 'medication', resource: documentIn(from) }, ...from.filter(({ name }) => ['listVersion', 'readAt'].includes(name))],
  }
  const unattested = await api()
    .as(gp)
    .post('/fhir/medication-list/$sendMedication', body, headers(gp, ola, 'LE'))
  assert.equal(unattested.status, 403)
})

test('one number of lines holds for messages, for what is sent and for what is read', async () => {
  const kari = await somebody()
  const lines = (count: number) => Array.from({ length: count }, (_, at): MadeLine => ({ ...paracet, id: uuid(10_000 + at) }))
  const message = (count: number) => m251({ patient: kari.number, id: messageId(), time: CHANGED, lines: lines(count) })
  const refused = await post(message(MOST_LINES + 1), practice, kari)
  assert.deepEqual([refused.status, codesOf(refused)], [422, ['too-many-lines']])
  assert.match(JSON.stringify(refused.body), /more than 300 lines/)
  const none = await read(kari)
  const [composition] = documentIn(none).entry ?? []
  assert.ok(composition?.resource?.resourceType === 'Composition')
  assert.equal(composition.resource.subject?.identifier?.value, kari.number, 'also where there is no list')
  assert.equal((await post(message(MOST_LINES), practice, kari)).status, 201)
  const from = await read(kari)
  assert.deepEqual([linesIn(from).length, from.filter(({ name }) => name === 'leftOut')], [MOST_LINES, []])
  assert.equal((await send({ kari, from, lines: linesIn(from) })).status, 201)
})

test('ten thousand entries, and what is no FHIR, are refused at once', async () => {
  const kari = await somebody()
  const from = await read(kari)
  const line = { resourceType: 'MedicationStatement', status: 'active', subject: { identifier: kari.identifier } }
  for (const [count, code] of [
    [MOST_LINES + 1, 'too-many-lines'],
    [10_000, 'too-many-lines'],
  ] as const) {
    const reply = await send({ kari, from, lines: Array.from({ length: count }, () => line) })
    assert.deepEqual([reply.status, codesOf(reply)], [422, [code]])
  }
  for (const body of [
    [],
    null,
    5,
    {},
    { resourceType: 'Parameters', parameter: [null] },
    {
      resourceType: 'Parameters',
      parameter: [
        { name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry: [null, { resource: 5 }] } },
        { name: 'recall', part: [5] },
        { name: 'handled' },
        { name: 'readAt', valueInstant: 7 },
      ],
    },
  ]) {
    const reply = await api()
      .as(gp)
      .post('/fhir/medication-list/$sendMedication', body, headers(gp, kari, 'LE'))
    assert.ok(reply.status === 422 || reply.status === 400, `${JSON.stringify(body)} ${reply.status}`)
  }
})

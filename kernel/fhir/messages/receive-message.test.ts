import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { attachMessage, discardMessage } from '../../areas/messages/settle-message.ts'
import { asResource, matchesIn, problemOf, resourceOf } from '../../testing/answers.ts'
import { nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import type { Adapter, InformationService } from '../service.ts'

/** Readings as a device would print them: `report;made;rank;number;pulse,pulse`, and `;answered` where one answers another. */
const reading: Adapter = {
  name: 'reading',
  summary: 'Readings of a test.',
  accepts: 'xml',
  answers: true,
  convert(body, { patient }) {
    const [key = '', made = '', rank = '', number = '', pulses = '', answered] = (body as Buffer).toString('latin1').split(';')
    const identifier = patient ?? { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number }
    const nobody = { kind: 'unattached', reason: 'no-identity-number', text: 'The reading names nobody.', label: key } as const
    if (!identifier.value) return { ...nobody, ...(answered === undefined ? {} : { answers: [answered] }) }
    const entries = pulses.split(',').map((value, index) => ({
      fullUrl: `urn:uuid:${index}`,
      resource: asResource(
        pulse(
          { identifier },
          {
            identifier: [{ system: 'urn:reading', value: `${key}-${index}` }],
            valueQuantity: { value: Number(value) },
            ...(index > 0 ? { derivedFrom: [{ reference: 'urn:uuid:0' }] } : {}),
          },
        ),
        'Observation',
      ),
    }))
    return { kind: 'record-set', patient: identifier, key, version: new Date(made), rank, entries, issues: [] }
  },
}

let api: TestApi
before(async () => {
  api = await testApi([{ ...measurements, adapters: [reading] } as InformationService])
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)
const send = async (text: string, who = bergen) =>
  await api.as(who).post('/fhir/measurements/$reading', text, { 'content-type': 'application/xml' })
const ola = {
  person: undefined,
  name: 'Ola Operator',
  hprNumber: undefined,
  role: undefined,
  organization: organizations.bergen as string,
  organizationName: undefined,
  organizationChild: undefined,
  supplier: undefined,
  client: 'test',
}
const measured = async (number: string): Promise<Observation[]> =>
  matchesIn(await api.as(bergen).search('Observation', { 'patient.identifier': number }), 'Observation')
const pulses = async (number: string): Promise<number[]> =>
  (await measured(number)).flatMap(({ valueQuantity }) => valueQuantity?.value ?? []).sort()

const versions = [
  { name: 'first', text: (number: string) => `R1;2026-01-10T08:00:00Z;a;${number};70,80`, pulses: [70, 80] },
  { name: 'changed', text: (number: string) => `R1;2026-01-10T09:00:00Z;a;${number};71,80,90`, pulses: [71, 80, 90] },
  { name: 'same time, greater rank', text: (number: string) => `R1;2026-01-10T09:00:00Z;b;${number};72`, pulses: [72] },
]
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

for (const [place, order] of orders.entries()) {
  test(`versions in the order ${order.map((index) => versions[index]?.name).join(', ')} end with the latest`, async () => {
    const kari = await api.person(10 + place)
    for (const index of order) assert.ok((await send(versions[index]?.text(kari.number) ?? '')).status < 300)
    assert.deepEqual(await pulses(kari.number), [72])
  })
}

const extensionsOf = (reply: Reply) => resourceOf(reply, 'OperationOutcome').extension ?? []

test('a version is stored, the same again changes nothing, an older one neither', async () => {
  const kari = await api.person(20)
  const stored = await send(versions[1]?.text(kari.number) ?? '')
  assert.deepEqual([stored.status, problemOf(stored)], [201, 'message-stored'])
  const [key, head] = extensionsOf(stored)
  assert.equal(key?.valueString, 'R1')
  assert.match(head?.valueReference?.reference ?? '', /^Observation\/[a-p]{32}$/)
  const again = await send(versions[1]?.text(kari.number) ?? '')
  assert.deepEqual([again.status, problemOf(again), extensionsOf(again)[1]], [200, 'message-unchanged', head])
  const older = await send(versions[0]?.text(kari.number) ?? '')
  assert.deepEqual([older.status, problemOf(older), extensionsOf(older)[1]], [200, 'message-older', head])
  assert.deepEqual(await pulses(kari.number), [71, 80, 90])
})

test('a new version keeps ids, leaves alone what says the same, and removes what it leaves out', async () => {
  const kari = await api.person(21)
  const rows = async () =>
    (
      await api.sql<{ row: string }[]>`
        select id || '/' || version || case when deleted then ' removed' else '' end as row
        from record where patient = ${kari.key} and superseded is null order by id`
    ).map(({ row }) => row)
  await send(`R2;2026-01-10T08:00:00Z;a;${kari.number};60,61,62`)
  const ids = (await rows()).map((row) => row.split('/')[0])
  await send(`R2;2026-01-11T08:00:00Z;a;${kari.number};60,99`)
  assert.deepEqual(await rows(), [`${ids[0]}/1`, `${ids[1]}/2`, `${ids[2]}/2 removed`])
  const found = await measured(kari.number)
  const [head, other] = [60, 99].map((value) => found.find(({ valueQuantity }) => valueQuantity?.value === value))
  assert.ok(head)
  assert.equal(other?.derivedFrom?.[0]?.reference, `Observation/${head.id}`)
})

test('two versions that arrive together end like any order of them, and nothing is half-written', async () => {
  const kari = await api.person(22)
  const texts = versions.map(({ text }) => text(kari.number))
  const replies = await Promise.all([...texts, ...texts].map((text) => send(text)))
  assert.deepEqual(
    replies.filter(({ status }) => status >= 300),
    [],
  )
  assert.deepEqual(await pulses(kari.number), [72])
})

test('a faulty member refuses the whole message and names its element', async () => {
  const kari = await api.person(23)
  const reply = await send(`R3;2026-01-10T08:00:00Z;a;${kari.number};60,many`)
  assert.equal(reply.status, 422)
  assert.deepEqual(await pulses(kari.number), [])
})

test('a message that names nobody is kept, once, and stands in nobody’s record until a person attaches it', async () => {
  const kari = await api.person(24)
  const queued = await send('R4;2026-01-10T08:00:00Z;a;;55')
  assert.deepEqual([queued.status, problemOf(queued)], [202, 'message-queued'])
  assert.equal(problemOf(await send('R4;2026-01-10T08:00:00Z;a;;55')), 'message-queued')
  const open = await api.sql<{ id: string; reason: string; label: string; controller: string }[]>`
    select id, reason, label, controller from unattached_message where label = 'R4'`
  assert.equal(open.length, 1)
  const [message] = open
  assert.deepEqual({ ...message, id: '' }, { id: '', reason: 'no-identity-number', label: 'R4', controller: organizations.bergen })

  const attaching = { id: message?.id ?? '', identityNumber: kari.number, by: ola }
  const outcome = await attachMessage(api.kernel, attaching)
  assert.ok('resourceType' in outcome)
  assert.deepEqual(await pulses(kari.number), [55])
  const [row] = await api.sql`select settlement, settled_by, content from unattached_message where id = ${attaching.id}`
  assert.deepEqual({ ...row }, { settlement: 'attached', settled_by: 'Ola Operator', content: null })
  assert.deepEqual(await attachMessage(api.kernel, attaching).then((again) => 'problem' in again && again.problem), 'message-unknown')
  assert.equal(problemOf(await send('R4;2026-01-10T08:00:00Z;a;;55')), 'message-unchanged')
  const logged = await api.sql<{ event: string; reason: string; own: boolean }[]>`
    select event, reason, patient = ${kari.key} as own from access_log
    where reason like 'queued%' or reason like 'attached%' order by segment, seq`
  const [attached] = await api.sql`
    select a.name, a.organization from access_log l join log_actor a on a.id = l.actor where l.reason like 'attached by hand%'`
  assert.deepEqual({ ...attached }, { name: 'Ola Operator', organization: organizations.bergen })
  assert.deepEqual(
    logged.map((row) => ({ ...row })),
    [
      { event: '$reading', reason: 'queued: no-identity-number', own: false },
      { event: '$reading', reason: 'queued: no-identity-number', own: false },
      { event: '$reading', reason: 'attached by hand: no-identity-number', own: true },
      { event: '$reading', reason: 'attached: no-identity-number', own: false },
    ],
  )
})

const queued = async (label: string): Promise<string> => {
  assert.equal((await send(`${label};2026-01-10T08:00:00Z;a;;55`)).status, 202)
  const [row] = await api.sql<{ id: string }[]>`select id from unattached_message where label = ${label}`
  return row?.id ?? ''
}

test('two who attach one message to different persons at once: one is undone', async () => {
  const people = await Promise.all([30, 31].map((series) => api.person(series)))
  const id = await queued('R7')
  const outcomes = await Promise.all(people.map(({ number }) => attachMessage(api.kernel, { id, by: ola, identityNumber: number })))
  assert.deepEqual(
    outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : [])),
    ['message-unknown'],
  )
  const stored = await Promise.all(people.map(({ number }) => pulses(number)))
  assert.deepEqual(stored.flat(), [55])
  const sets = await api.sql`select 1 from record_set where patient = any (${people.map(({ key }) => key)}::bigint[])`
  assert.equal(sets.length, 1)
})

test('what another organisation may not write or see stays open, and so does what nobody could store', async () => {
  const kari = await api.person(32)
  const id = await queued('R8')
  const oslo = { ...ola, organization: organizations.oslo }
  const problems = await Promise.all([
    attachMessage(api.kernel, { id, by: oslo, identityNumber: kari.number }),
    attachMessage(api.kernel, { id, by: ola, identityNumber: '12345678901' }),
    attachMessage(api.kernel, { id, by: ola, identityNumber: makeIdentityNumber({ birthDate: '1950-05-17', series: 90 }) }),
    attachMessage(api.kernel, { id, by: { ...ola, name: '-' }, identityNumber: kari.number }),
    discardMessage(api.kernel, { id, by: oslo, reason: 'it is not for us' }),
    discardMessage(api.kernel, { id, by: ola, reason: '-' }),
    discardMessage(api.kernel, { id, by: ola, reason: `about ${kari.number}` }),
  ])
  assert.deepEqual(
    problems.map((outcome) => typeof outcome === 'object' && 'problem' in outcome && outcome.problem),
    [
      'message-unknown',
      'identity-number-invalid',
      'person-unknown',
      'settlement-refused',
      'message-unknown',
      'settlement-refused',
      'settlement-refused',
    ],
  )
  const [row] = await api.sql`select settled, content is null as gone from unattached_message where id = ${id}`
  assert.deepEqual({ ...row }, { settled: null, gone: false })
})

test('a message about somebody who is not registered is kept too', async () => {
  const reply = await send('R5;2026-01-10T08:00:00Z;a;12345678901;55')
  assert.deepEqual([reply.status, problemOf(reply)], [202, 'message-queued'])
  assert.equal(JSON.stringify(reply.body).includes('12345678901'), false)
})

test('whoever may not write leaves nothing in the queue', async () => {
  const stranger = system('900000099')
  assert.equal((await send('R6;2026-01-10T08:00:00Z;a;;55', stranger)).status, 403)
  assert.equal((await send('R6;2026-01-10T08:00:00Z;a;;55', nurse(organizations.bergen, { scopes: [] }))).status, 403)
  assert.equal((await api.sql`select 1 from unattached_message where label = 'R6'`).length, 0)
})

test('an adapter that reads XML takes no JSON', async () => {
  const reply = await api.as(bergen).post('/fhir/measurements/$reading', '{}')
  assert.equal(reply.status, 415)
})

test('an answer that names nobody is about the person of the message that it answers, in either order', async () => {
  for (const [place, isFirst] of [true, false].entries()) {
    const kari = await api.person(40 + place)
    const texts = [`Q${place};2026-01-10T08:00:00Z;a;${kari.number};70`, `A${place};2026-01-10T09:00:00Z;a;;90;Q${place}`]
    const replies: Reply[] = []
    for (const text of isFirst ? texts : texts.toReversed()) replies.push(await send(text))
    assert.deepEqual(
      replies.map((reply) => [reply.status, problemOf(reply)]),
      [isFirst ? [201, 'message-stored'] : [202, 'message-queued'], [201, 'message-stored']],
    )
    assert.deepEqual(await pulses(kari.number), [70, 90])
    const again = await send(texts[1] ?? '')
    assert.deepEqual([again.status, problemOf(again)], [200, 'message-unchanged'])
    assert.deepEqual(await pulses(kari.number), [70, 90])
  }
})

test('a message of another controller, an unknown one, and one that two persons have are answered in one way', async () => {
  const [kari, ola, eva] = [await api.person(42), await api.person(43), await api.person(44)]
  const oslo = system(organizations.oslo)
  await send(`Q5;2026-01-10T08:00:00Z;a;${kari.number};70`)
  await send(`Q6;2026-01-10T08:00:00Z;a;${ola.number};70`)
  await send(`Q6;2026-01-10T08:00:00Z;a;${eva.number};70`)
  for (const [text, who] of [
    ['B1;2026-01-10T09:00:00Z;a;;90;Q5', oslo],
    ['B2;2026-01-10T09:00:00Z;a;;90;Q7', oslo],
    ['B3;2026-01-10T09:00:00Z;a;;90;Q6', bergen],
  ] as const) {
    const reply = await send(text, who)
    assert.deepEqual([reply.status, problemOf(reply)], [202, 'message-queued'])
  }
  for (const { number } of [kari, ola, eva]) assert.deepEqual(await pulses(number), [70])
})

/** $sendMedication through the API: a doctor reads the list, changes it, and sends it back. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
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
import type { Bundle, Extension, List, MedicationStatement, OperationOutcome, ParametersParameter } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, partOf } from '../fhir/systems.ts'
import { type MadeLine, m251, pharmacyList } from '../made-up/messages.ts'
import medicationList from '../service.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:medication-list/read', 'helsevev:medication-list/write']
let now = NOW
let api: TestApi
before(async () => {
  api = await testApi([medicationList], () => now)
  for (const [controller, receiver] of [
    [bergen, oslo],
    [oslo, bergen],
  ] as const)
    await api.agreement({ controller, receiver })
  // In messages of doctors, the sender is the one who is signed in.
  await api.sql`insert into practitioner (hpr_number) values ('9990001')`
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('9990001', 'LE', '2005-01-01')`
  await api.sql`update practitioner set prescribing_from = '2005-01-01' where hpr_number = '990000001'`
  for (const code of ['LE', 'TL', 'FA1'])
    await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', ${code}, '2005-01-01')`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
type Who = ReturnType<typeof nurse>
let series = 10
const somebody = async (): Promise<Person> => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const [gp, hospital] = [nurse(bergen, { scopes, name: 'Frida Fastlege' }), nurse(oslo, { scopes, name: 'Stian Sykehuslege' })] as [Who, Who]
/** The doctor that made-up messages name as their sender. */
const sender = nurse(bergen, { scopes, name: 'Frida Fastlege', hprNumber: '9990001' })

const headers = (who: Who, { number }: Person, code: string) => {
  const content = attestation(who, number, 'TREAT', undefined, now) as { practitioner: object }
  const authorization = { code, system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  return { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
}
const read = async (kari: Person, who = gp, more: Record<string, string> = {}): Promise<ParametersParameter[]> => {
  const form = new URLSearchParams({ 'patient.identifier': kari.number, ...more }).toString()
  const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers(who, kari, 'LE') }
  const reply = await api.as(who).post('/fhir/medication-list/$getMedication', form, sent)
  return resourceOf(reply, 'Parameters').parameter ?? []
}
const documentIn = (parameters: readonly ParametersParameter[]): Bundle => {
  const resource = parameters.find(({ name }) => name === 'medication')?.resource
  assert.ok(resource?.resourceType === 'Bundle')
  return resource
}
const linesIn = (parameters: readonly ParametersParameter[]): MedicationStatement[] =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : []))
const listIn = (parameters: readonly ParametersParameter[]): List | undefined =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'List' ? [resource] : []))[0]

interface Sending {
  kari: Person
  /** As read. */
  from: readonly ParametersParameter[]
  lines: readonly unknown[]
  who?: Who
  code?: string
  more?: readonly unknown[]
  readAt?: string
}
const send = async ({ kari, from, lines, who = gp, code = 'LE', more = [], readAt }: Sending): Promise<Reply> => {
  const composition = { resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } }
  const entry = [composition, ...lines].map((resource) => ({ resource }))
  const version = from.filter(({ name }) => name === 'listVersion')
  const valueInstant = readAt ?? from.find(({ name }) => name === 'readAt')?.valueInstant
  const body = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry } },
      ...version,
      { name: 'readAt', valueInstant },
      ...more,
    ],
  }
  return await api.as(who).post('/fhir/medication-list/$sendMedication', body, headers(who, kari, code))
}
const codesOf = ({ body }: Reply): string[] =>
  ((body as OperationOutcome).issue ?? [])
    .map(({ details }) => details?.coding?.[0]?.code ?? '')
    .filter((code) => code !== 'version-conflict')
const changesIn = (reply: Reply): string[] =>
  (resourceOf(reply, 'Parameters').parameter ?? [])
    .filter(({ name }) => name === 'result')
    .map(({ part = [] }) => `${part[0]?.valueIdentifier?.value?.slice(-2)} ${part[1]?.valueCode}`)

const CHANGED = '2026-01-10T09:00:00+01:00'
const metformin: MadeLine = {
  id: uuid(1),
  name: 'Metformin tab 500 mg',
  atc: 'A10BA02',
  dose: '1 tablett morgen og kveld',
  start: '2025-03-01',
  changed: CHANGED,
  prescription: uuid(101),
}
const paracet: MadeLine = {
  id: uuid(2),
  name: 'Paracet tab 500 mg',
  atc: 'N02BE01',
  dose: '1-2 ved behov',
  use: '3',
  start: '2025-06-01',
  changed: CHANGED,
}

/** A list that the practice has sent as M25.1. */
let messages = 5000
async function given(kari: Person, lines: readonly MadeLine[], time = CHANGED): Promise<void> {
  const message = m251({ patient: kari.number, id: uuid((messages += 1)), time, lines })
  // A person sends, so that the list is the shared one.
  const reply = await api
    .as(sender)
    .post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers(sender, kari, 'LE') })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
}
const dosed = (line: MedicationStatement | undefined, text: string): MedicationStatement => {
  assert.ok(line)
  return { ...line, dosage: [{ ...line.dosage?.[0], text }] }
}
const ended = (line: MedicationStatement | undefined, time = '2026-01-15T09:00:00+01:00'): MedicationStatement => {
  assert.ok(line)
  const reason = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7494', code: 'A' }] }
  const extension: Extension[] = [
    { url: 'timedate', valueDateTime: time },
    { url: 'reason', valueCodeableConcept: reason },
  ]
  return { ...line, extension: [...(line.extension ?? []), { url: extensionUrls.discontinuation, extension }] }
}

test('what was read is sent back with one change: equal lines stay as they are, and the list is a new version', async () => {
  const kari = await somebody()
  await given(kari, [metformin, paracet])
  const from = await read(kari)
  const [one, other] = linesIn(from)
  const reply = await send({
    kari,
    from,
    lines: [one, dosed(other, '2 ved behov')],
    more: [
      { name: 'basis', valueCode: 'Admission' },
      { name: 'with', valueString: 'Pasienten' },
    ],
  })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(changesIn(reply), ['01 unchanged', '02 changed'])
  const after = await read(kari)
  const lines = linesIn(after)
  assert.deepEqual(
    lines.map(({ id, meta, dosage }) => [id, meta?.versionId, dosage?.[0]?.text]),
    [
      [one?.id, '1', metformin.dose],
      [other?.id, '2', '2 ved behov'],
    ],
  )
  const [answered] = resourceOf(reply, 'Parameters').parameter ?? []
  assert.equal(after.find(({ name }) => name === 'listVersion')?.valueIdentifier?.value, answered?.valueIdentifier?.value)
  const list = listIn(after)
  const sender = list?.contained?.find((resource) => resource.resourceType === 'PractitionerRole')
  const [settled] = extensionsOf(list ?? {}, 'reconciliation')
  assert.deepEqual(
    [sender?.practitioner?.identifier?.value, partOf(settled, 'basis')?.valueCode, partOf(settled, 'with')?.valueString],
    ['990000001', 'Admission', 'Pasienten'],
  )
})

test('a line is added, ended and removed, and each says who, when and why', async () => {
  const kari = await somebody()
  const wrong: MadeLine = { ...paracet, id: uuid(3), name: 'Feil tab 1 mg' }
  await given(kari, [metformin, paracet, wrong])
  const from = await read(kari)
  const [one, other, third] = linesIn(from)
  const { identifier: _identifier, id: _id, meta: _meta, ...fresh } = dosed(other, '1 ved kvalme')
  const lines = [one, ended(other), { ...third, status: 'entered-in-error' }, fresh]
  const reply = await send({ kari, from, lines })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(
    changesIn(reply).map((text) => text.split(' ')[1]),
    ['unchanged', 'ended', 'removed', 'added'],
  )
  const after = linesIn(await read(kari))
  assert.deepEqual(
    after.map(({ status }) => status),
    ['active', 'stopped', 'active'],
  )
  const stopped = after[1]
  const [ender] = extensionsOf(stopped ?? {}, 'registered').filter((part) => JSON.stringify(part).includes('"S"'))
  assert.deepEqual(
    [
      stopped?.statusReason?.[0]?.coding?.[0]?.code,
      stopped?.effectivePeriod?.end,
      partOf(ender, 'provider')?.valueReference?.identifier?.value,
      stopped?.dateAsserted,
    ],
    ['A', '2026-01-15T09:00:00+01:00', '990000001', NOW.toISOString()],
  )
  assert.match(after[2]?.identifier?.[0]?.value ?? '', /^[0-9a-f-]{36}$/)
})

test('the first list of a person needs no version, and an empty one is sent on purpose', async () => {
  const kari = await somebody()
  const from = await read(kari)
  assert.deepEqual([(await send({ kari, from, lines: [] })).status, codesOf(await send({ kari, from, lines: [] }))], [422, ['list-empty']])
  const purposely = [{ name: 'createPLL', valueBoolean: false }]
  const reply = await send({ kari, from, lines: [], more: purposely })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const list = listIn(await read(kari))
  assert.deepEqual([list?.emptyReason?.coding?.[0]?.code, list?.entry], ['nilknown', undefined])
})

interface RuleRow {
  name: string
  before?: readonly MadeLine[]
  /** What is sent of what was read. */
  sent(lines: readonly MedicationStatement[]): readonly unknown[]
  more?: readonly unknown[]
  expected: string
}
const stoppedAt = (at: string): MadeLine => ({ ...paracet, id: uuid(3), name: 'Ibux tab', stopped: { at, reason: '1' } })
const changedAt = (line: MedicationStatement | undefined, time: string): MedicationStatement => {
  assert.ok(line)
  const extension = (line.extension ?? []).map((one) =>
    one.url === extensionUrls.amendment
      ? { ...one, extension: (one.extension ?? []).map((part) => (part.url === 'lastchanged' ? { ...part, valueDateTime: time } : part)) }
      : one,
  )
  return { ...line, extension, dateAsserted: time }
}
const typed = (line: MedicationStatement | undefined, type: string, prescription?: string): MedicationStatement => {
  assert.ok(line)
  const { basedOn: _basedOn, identifier = [], ...rest } = line
  const valueCodeableConcept = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7491', code: type }] }
  const extension = (rest.extension ?? []).map((one) =>
    one.url === extensionUrls.amendment ? { ...one, extension: [{ url: 'typeresept', valueCodeableConcept }] } : one,
  )
  const basedOn =
    prescription === undefined
      ? {}
      : { basedOn: [{ identifier: { system: 'http://helsevev.no/fhir/NamingSystem/resept-id', value: prescription } }] }
  return { ...rest, ...basedOn, identifier: identifier.slice(0, 1), extension }
}
const used = (line: MedicationStatement | undefined, code: string): MedicationStatement => {
  assert.ok(line)
  return { ...line, category: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9101', code }] } }
}
const fresh = (line: MedicationStatement): MedicationStatement => {
  const { id: _id, meta: _meta, ...rest } = line
  return { ...rest, identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: uuid(9) }] }
}
const all = (lines: readonly MedicationStatement[]) => lines
// Now is 15 January 2026: 90 days after 17 October 2025.
const rows: readonly RuleRow[] = [
  { name: 'nothing changed', sent: all, expected: '01 unchanged, 02 unchanged' },
  { name: '2: one Id twice', sent: ([a, b]) => [a, b, a], expected: 'rule-2-unique-id' },
  { name: '3: type E without ReseptId', sent: ([a, b]) => [a, typed(b, 'E')], expected: 'rule-3-prescription-id' },
  { name: '3: type P without ReseptId', sent: ([a, b]) => [a, typed(b, 'P')], expected: 'rule-3-prescription-id' },
  { name: '3: type P with a number', sent: ([a, b]) => [a, typed(b, 'P', 'L123-4')], expected: '01 unchanged, 02 changed' },
  { name: '3: type U without', sent: ([a, b]) => [a, dosed(typed(b, 'U'), 'x')], expected: '01 unchanged, 02 changed' },
  { name: '4: one ReseptId in two active lines', sent: ([a, b]) => [a, typed(b, 'E', uuid(101))], expected: 'rule-4-one-active-line' },
  { name: '4: in an active and an ended line', sent: ([a, b]) => [ended(a), typed(b, 'E', uuid(101))], expected: '01 ended, 02 changed' },
  {
    name: '5: SistEndret later without a change',
    sent: ([a, b]) => [a, changedAt(b, '2026-01-12T09:00:00+01:00')],
    expected: 'rule-5-last-changed',
  },
  {
    name: '5: SistEndret in another zone',
    sent: ([a, b]) => [a, changedAt(b, '2026-01-10T08:00:00Z')],
    expected: '01 unchanged, 02 unchanged',
  },
  {
    name: '5: changed, SistEndret earlier',
    sent: ([a, b]) => [a, dosed(changedAt(b, '2026-01-10T07:59:59Z'), 'x')],
    expected: 'rule-5-last-changed',
  },
  {
    name: '5: changed, SistEndret later',
    sent: ([a, b]) => [a, dosed(changedAt(b, '2026-01-10T08:00:01Z'), 'x')],
    expected: '01 unchanged, 02 changed',
  },
  {
    name: '5: changed, SistEndret now',
    sent: ([a, b]) => [a, dosed(changedAt(b, NOW.toISOString()), 'x')],
    expected: '01 unchanged, 02 changed',
  },
  {
    name: '5: changed, SistEndret to come',
    sent: ([a, b]) => [a, dosed(changedAt(b, '2026-01-15T10:01:01Z'), 'x')],
    expected: 'rule-5-last-changed',
  },
  { name: '6: a vaccine is added', sent: ([a, b]) => [a, b, fresh(used(b, '4'))], expected: 'rule-6-drugs-only' },
  { name: '6: a vaccine that stood may be ended', before: [{ ...paracet, use: '4' }], sent: ([a]) => [ended(a)], expected: '02 ended' },
  {
    name: '6: a vaccine that stood may stay',
    before: [{ ...paracet, use: '4' }, metformin],
    sent: ([a, b]) => [a, dosed(b, 'x')],
    expected: '02 unchanged, 01 changed',
  },
  { name: '7: a supplement on prescription', sent: ([a, b]) => [used(a, '5'), b], expected: 'rule-7-supplements' },
  { name: '7: a supplement without', sent: ([a, b]) => [a, used(typed(b, 'U'), '5')], expected: '01 unchanged, 02 changed' },
  {
    name: '10: ended, left out on its ninetieth day',
    before: [metformin, stoppedAt('2025-10-17T09:00:00+02:00')],
    sent: ([a]) => [a],
    expected: 'rule-10-ninety-days',
  },
  {
    name: '10: left out after it',
    before: [metformin, stoppedAt('2025-10-16T23:59:59+02:00')],
    sent: ([a]) => [a],
    expected: '01 unchanged, 03 removed',
  },
  { name: '11: an active line is left out', sent: ([a]) => [a], expected: 'rule-11-removed-line' },
  {
    name: '11: it was registered wrongly',
    sent: ([a, b]) => [a, { ...b, status: 'entered-in-error' }],
    expected: '01 unchanged, 02 removed',
  },
  {
    name: 'an end without reason',
    sent: ([a, b]) => [
      a,
      { ...ended(b), extension: [{ url: extensionUrls.discontinuation, extension: [{ url: 'timedate', valueDateTime: CHANGED }] }] },
    ],
    expected: 'end-without-reason',
  },
  { name: 'stopped by its status alone', sent: ([a, b]) => [a, { ...dosed(b, 'x'), status: 'stopped' }], expected: 'stopped-without-end' },
  {
    name: 'a line that is unknown, as registered wrongly',
    sent: ([a, b]) => [a, b, { ...fresh(b as MedicationStatement), status: 'entered-in-error' }],
    expected: 'line-unknown',
  },
  {
    name: 'a contained Patient',
    sent: ([a, b]) => [
      a,
      { ...b, contained: [...(b?.contained ?? []), { resourceType: 'Patient', id: 'p' }], informationSource: { reference: '#p' } },
    ],
    expected: 'contained-not-taken',
  },
  { name: 'not of the shape of FHIR', sent: ([a, b]) => [a, { ...b, identifier: 'x', extension: 5 }], expected: 'json-type json-type' },
  { name: 'createPLL false with lines', sent: all, more: [{ name: 'createPLL', valueBoolean: false }], expected: 'list-not-empty' },
  { name: 'an unknown parameter', sent: all, more: [{ name: 'force', valueBoolean: true }], expected: 'parameter-unknown' },
  { name: 'an unknown basis', sent: all, more: [{ name: 'basis', valueCode: 'Lunch' }], expected: 'code-unknown' },
  {
    name: 'an unknown source',
    sent: all,
    more: [
      { name: 'source', valueCode: 'Rf' },
      { name: 'source', valueCode: 'X' },
    ],
    expected: 'code-unknown',
  },
  {
    name: 'an identity number in a text',
    sent: all,
    more: [{ name: 'with', valueString: 'Datter 13916900281' }],
    expected: 'text-holds-number',
  },
  {
    name: 'handled: a line of nobody',
    sent: all,
    more: [
      {
        name: 'handled',
        part: [
          { name: 'line', valueIdentifier: { value: uuid(77) } },
          { name: 'code', valueCode: 'K' },
        ],
      },
    ],
    expected: 'handled-line-unknown',
  },
  {
    name: 'handled: both lines',
    sent: all,
    more: [
      {
        name: 'handled',
        part: [
          { name: 'line', valueIdentifier: { value: uuid(1) } },
          { name: 'line', valueIdentifier: { value: uuid(2) } },
          { name: 'code', valueCode: 'K' },
        ],
      },
    ],
    expected: '01 unchanged, 02 unchanged',
  },
]

test('the rules of M25, and the shape of what is sent', async () => {
  for (const { name, before: lines = [metformin, paracet], sent, more, expected } of rows) {
    const kari = await somebody()
    await given(kari, lines)
    const from = await read(kari)
    const reply = await send({ kari, from, lines: sent(linesIn(from)), ...(more ? { more } : {}) })
    const said = reply.status === 201 ? changesIn(reply).join(', ') : codesOf(reply).join(' ')
    assert.equal(said, expected, `${name}: ${JSON.stringify(reply.body)}`)
    if (reply.status !== 201) assert.deepEqual([reply.status, linesIn(await read(kari))], [422, linesIn(from)], name)
  }
})

test('a new line that a pharmacy has proposed is taken in or ended, and is not left out (rule 9)', async () => {
  const proposed: MadeLine = { ...paracet, id: uuid(8), name: 'Zopiklon tab 5 mg' }
  for (const [time, expected] of [
    ['2026-01-10T08:59:59+01:00', [201, []]],
    ['2026-01-10T09:00:00+01:00', [201, []]],
    ['2026-01-10T09:00:01+01:00', [422, ['rule-9-pharmacy-lines']]],
  ] as const) {
    const kari = await somebody()
    await given(kari, [metformin])
    const message = pharmacyList('M25.2', {
      patient: kari.number,
      id: uuid((messages += 1)),
      time,
      lines: [metformin, proposed],
      from: { name: 'Bryggen apotek', organization: oslo },
    })
    await api.as(system(oslo, { scopes })).post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml' })
    const from = await read(kari)
    const lines = linesIn(from)
    const without = await send({ kari, from, lines })
    assert.deepEqual([without.status, without.status === 201 ? [] : codesOf(without)], expected, time)
    if (without.status === 201) continue
    const one = lines.find(({ identifier }) => identifier?.[0]?.value === uuid(8))
    const { id: _id, meta: _meta, extension = [], ...rest } = one ?? lines[0] ?? assert.fail()
    const taken = { ...rest, extension: extension.filter(({ url }) => url !== extensionUrls.standsIn) }
    assert.deepEqual(changesIn(await send({ kari, from, lines: [...lines, ended(taken as MedicationStatement)] })), [
      '01 unchanged',
      '08 added',
    ])
  }
})

test('a list that was read more than four hours ago is read again', async () => {
  const kari = await somebody()
  await given(kari, [metformin])
  const from = await read(kari)
  const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds).toISOString()
  for (const [readAt, status] of [
    [at(-4 * 3_600_000), 201],
    [at(-4 * 3_600_000 - 1), 422],
    [at(60_000), 412],
    [at(60_001), 422],
    ['yesterday', 422],
  ] as const) {
    const reply = await send({ kari, from, lines: linesIn(from), readAt })
    assert.equal(reply.status, status, `${readAt} ${JSON.stringify(reply.body)}`)
    if (status === 422) assert.deepEqual(codesOf(reply), ['look-up-too-old'])
  }
})

test('what was sent is sent again after a lost answer, and changes nothing', async () => {
  const kari = await somebody()
  await given(kari, [metformin, paracet])
  const from = await read(kari)
  const [one, other] = linesIn(from)
  now = new Date(NOW.getTime() + 60_000)
  const sending = { kari, from, lines: [dosed(one, '1 morgen'), ended(other)] }
  const first = await send(sending)
  const between = linesIn(await read(kari))
  const again = await send(sending)
  assert.deepEqual([first.status, again.status], [201, 200])
  assert.deepEqual(again.body, first.body)
  assert.deepEqual(linesIn(await read(kari)), between)
  now = NOW
})

const told = ({ body }: Reply): string[] =>
  ((body as OperationOutcome).issue ?? []).flatMap(({ extension = [], details }) => {
    const [about] = extension.filter(({ url }) => url === extensionUrls.sentLine)
    const part = (name: string) => partOf(about, name)
    if (!about) return []
    const who = part('by')?.valueString
    return [
      [part('line')?.valueIdentifier?.value?.slice(-2), details?.coding?.[0]?.code, part('there')?.valueCode, part('here')?.valueCode, who]
        .filter(Boolean)
        .join(' '),
    ]
  })

test('of two who changed the list, the second is told line by line what was changed, by whom, and nothing is stored', async () => {
  const kari = await somebody()
  const lines = [1, 2, 3, 4, 5].map((number): MadeLine => ({ ...paracet, id: uuid(number), name: `Legemiddel ${number}` }))
  await given(kari, lines)
  now = new Date(NOW.getTime() + 1000)
  const from = await read(kari)
  const [a, b, c, d, e] = linesIn(from) as [
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
    MedicationStatement,
  ]
  now = new Date(NOW.getTime() + 60_000)
  const theirs = await read(kari, hospital)
  const [, , , , other] = linesIn(theirs)
  const added = fresh(e)
  const reply = await send({ kari, from: theirs, who: hospital, lines: [dosed(a, 'der'), b, ended(c), dosed(d, 'begge'), other, added] })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  now = new Date(NOW.getTime() + 120_000)
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
  now = NOW
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

test('a line that the writer is not shown is in no answer, and stays', async () => {
  const kari = await somebody()
  const secret: MadeLine = { ...paracet, id: uuid(6), name: 'Hemmelig tab 1 mg' }
  await given(kari, [metformin, secret])
  const [row] = await api.sql<{ id: string }[]>`
    select id from record where patient = ${kari.key} and type = 'MedicationStatement' and content like '%Hemmelig%'`
  await api.sql`
    insert into patient_choice (patient, id, kind, service, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', 'medication-list', ${row?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  const from = await read(kari, hospital)
  const [one, ...others] = linesIn(from)
  assert.deepEqual(others, [])
  const reply = await send({ kari, from, who: hospital, lines: [dosed(one, '1 morgen')] })
  assert.deepEqual([reply.status, changesIn(reply)], [201, ['01 changed']])
  const [head] = await api.sql<{ content: string }[]>`
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
  await api.sql`update patient_choice set ended = ${NOW}, ended_by = 1, ended_as = 'self' where patient = ${kari.key}`
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
  const unattested = await api.as(gp).post('/fhir/medication-list/$sendMedication', body, headers(gp, ola, 'LE'))
  assert.equal(unattested.status, 403)
})

test('ten thousand entries, and what is no FHIR, are refused at once', async () => {
  const kari = await somebody()
  const from = await read(kari)
  const line = { resourceType: 'MedicationStatement', status: 'active', subject: { identifier: kari.identifier } }
  for (const [count, code] of [
    [301, 'too-many-lines'],
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
    const reply = await api.as(gp).post('/fhir/medication-list/$sendMedication', body, headers(gp, kari, 'LE'))
    assert.ok(reply.status === 422 || reply.status === 400, `${JSON.stringify(body)} ${reply.status}`)
  }
})

test('the list is read as it was at an instant', async () => {
  const kari = await somebody()
  await given(kari, [metformin])
  now = new Date(NOW.getTime() + 60_000)
  const from = await read(kari)
  await send({ kari, from, lines: [dosed(linesIn(from)[0], 'ny')] })
  now = new Date(NOW.getTime() + 120_000)
  const doseAt = async (at: string) => linesIn(await read(kari, gp, { at })).map(({ dosage }) => dosage?.[0]?.text)
  assert.deepEqual(await doseAt(NOW.toISOString()), [metformin.dose])
  assert.deepEqual(await doseAt(new Date(NOW.getTime() + 59_999).toISOString()), [metformin.dose])
  assert.deepEqual(await doseAt(new Date(NOW.getTime() + 60_000).toISOString()), ['ny'])
  assert.deepEqual(await doseAt('2026-01-01T00:00:00Z'), [])
  now = NOW
})

test('the example of a sent list is answered as its file says', async () => {
  const folder = new URL('../fhir/examples/', import.meta.url)
  // Register series 1, which the examples are about.
  const kari = await api.person(1)
  const message = readFileSync(new URL('1-list.request.xml', folder), 'utf8')
  await api
    .as(sender)
    .post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers(sender, kari, 'LE') })
  const request = JSON.parse(readFileSync(new URL('2-send.request.json', folder), 'utf8'))
  const reply = await api.as(gp).post('/fhir/medication-list/$sendMedication', request, headers(gp, kari, 'LE'))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(JSON.parse(JSON.stringify(reply.body)), JSON.parse(readFileSync(new URL('2-send.answer.json', folder), 'utf8')))
})

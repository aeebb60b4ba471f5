/** The medication list through the API: messages of e-prescription come in, FHIR goes out. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { matchesIn, problemOf, tagsOf } from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import type { MedicationStatement, Parameters, ResourceType } from '@medplum/fhirtypes'
import { extensionsOf, partOf } from './fhir/systems.ts'
import { hospitalDoctor, innerM251, type MadeLine, type MadeList, m251, m271, m912, pharmacyList, practice } from './made-up/messages.ts'
import medicationList from './service.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:medication-list/read', 'helsevev:medication-list/write']
type Sender = ReturnType<typeof system>
const [doctor, pharmacy] = [bergen, oslo].map((one) => system(one, { scopes })) as [Sender, Sender]
const reader = nurse(bergen, { scopes })
const hospital = nurse(oslo, { scopes })

let api: TestApi
before(async () => {
  api = await testApi([medicationList])
  for (const controller of [oslo, bodo]) await api.agreement({ controller, receiver: bergen })
  await api.agreement({ controller: bergen, receiver: oslo })
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', 'LE', '2005-01-01')`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
const somebody = async (): Promise<Person> => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Messages of doctors are sent by doctors. */
const asDoctor = (content: object) => {
  const { practitioner } = content as { practitioner: object }
  return { ...content, practitioner: { ...practitioner, authorization: { code: 'LE', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' } } }
}
const post = async (message: string, who: Sender, patient = ''): Promise<Reply> => {
  const attested = who.kind === 'person' ? { attestation: attestationHeader(asDoctor(attestation(who, patient))) } : {}
  return await api.as(who).post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...attested })
}
const send = async (message: string, who = doctor, patient = ''): Promise<Reply> => {
  const reply = await post(message, who, patient)
  assert.ok(reply.status < 300, JSON.stringify(reply.body))
  return reply
}
const found = async <Type extends ResourceType>(type: Type, { number }: Person, form: Record<string, string> = {}, who = reader) =>
  matchesIn(await api.as(who).search(type, { 'patient.identifier': number, ...form }), type)
const status = async ({ number }: Person): Promise<string> => {
  const form = new URLSearchParams({ 'patient.identifier': number }).toString()
  const { body } = await api.as(reader).post('/fhir/medication-list/$status', form, { 'content-type': 'application/x-www-form-urlencoded' })
  return ((body as Parameters).parameter ?? []).flatMap(({ valueCode, valueInteger }) => valueCode ?? valueInteger ?? []).join(' ')
}

/** Now is 15 January 2026, 11.00 in Norway. */
const NOW = '2026-01-15T11:00:00+01:00'
const changed = '2026-01-10T09:00:00+01:00'
const metformin: MadeLine = {
  id: uuid(1),
  name: 'Metformin tab 500 mg',
  atc: 'A10BA02',
  dose: '1 tablett morgen og kveld',
  why: 'mot diabetes',
  start: '2025-03-01',
  changed,
  prescription: uuid(101),
}
const paracet: MadeLine = {
  id: uuid(2),
  name: 'Paracet tab 500 mg',
  atc: 'N02BE01',
  dose: '1-2 ved behov',
  use: '3',
  start: '2025-06-01',
  changed,
}
/** The sender is the one who is signed in. */
const byReader = { from: { ...practice, person: { hpr: '990000001', given: 'Nora', family: 'Nurse' } } }
const listOf = (kari: Person, id: number, time: string, lines: readonly MadeLine[], more: Partial<MadeList> = {}): string =>
  m251({ patient: kari.number, id: uuid(id), time, lines, ...more })

function named(one: MedicationStatement): string {
  const drug = one.contained?.find((each) => each.resourceType === 'Medication')
  return `${(drug?.code?.text ?? '').split(' ')[0]} ${one.status}`
}

test('a list is stored with its lines, and each says what is taken, how, why and by whom', async () => {
  const kari = await somebody()
  const reply = await send(listOf(kari, 1001, '2026-01-10T09:00:00+01:00', [metformin, paracet], { note: 'Gjennomgått med pasienten' }))
  assert.equal(problemOf(reply), 'message-stored')
  const [list] = await found('List', kari, { code: '10160-0' })
  assert.deepEqual(
    [list?.date, list?.mode, list?.identifier?.[0]?.value, list?.entry?.length, list?.note?.map(({ text }) => text)],
    ['2026-01-10T09:00:00+01:00', 'working', uuid(1001), 2, ['Gjennomgått med pasienten']],
  )
  const sender = list?.contained?.find((one) => one.resourceType === 'PractitionerRole')
  assert.deepEqual([sender?.practitioner?.display, sender?.organization?.display], ['Frida Fastlege', practice.name])
  const lines = await found('MedicationStatement', kari)
  assert.deepEqual(lines.map(named).sort(), ['Metformin active', 'Paracet active'])
  assert.deepEqual(new Set(list?.entry?.map(({ item }) => item.reference)), new Set(lines.map(({ id }) => `MedicationStatement/${id}`)))
  const one = lines.find((line) => named(line).startsWith('Metformin'))
  const [registered] = extensionsOf(one ?? {}, 'registered')
  assert.deepEqual(
    [
      one?.identifier?.map(({ value }) => value),
      one?.basedOn?.[0]?.identifier?.value,
      one?.effectivePeriod,
      one?.dosage?.[0]?.text,
      one?.reasonCode?.[0]?.text,
      one?.category?.coding?.[0]?.code,
      partOf(registered, 'provider')?.valueReference?.display,
    ],
    [[uuid(1), uuid(101)], uuid(101), { start: '2025-03-01' }, metformin.dose, 'mot diabetes', '1', 'Frida Fastlege'],
  )
  assert.equal(await status(kari), 'some 1 2 2')
})

test('a line stands by its time alone, without a write', async () => {
  const kari = await somebody()
  const course = (end: string): NonNullable<MadeLine['dosings']> => [{ start: '2026-01-05', end, fixed: [], asNeeded: [] }]
  const at = (time: string): NonNullable<MadeLine['stopped']> => ({ at: time, reason: '1' })
  const rows: [name: string, line: Partial<MadeLine>, status: string, isPresent: boolean][] = [
    ['Fast', {}, 'active', true],
    ['Framtid', { start: '2026-01-16' }, 'intended', false],
    ['Startdag', { start: '2026-01-15' }, 'active', true],
    ['Kurslutt', { dosings: course('2026-01-15') }, 'completed', false],
    ['Kur', { dosings: course('2026-01-16') }, 'active', true],
    ['Planlagt', { stopped: at('2026-01-15T11:00:01+01:00') }, 'active', true],
    // The national stylesheet shows a line that stops at this very instant in neither of its lists.
    ['Stoppnå', { stopped: at(NOW) }, 'stopped', false],
    ['Stoppet', { stopped: at('2026-01-14T11:00:00+01:00') }, 'stopped', false],
    ['Gammel', { stopped: at('2025-10-01T11:00:00+01:00') }, 'stopped', false],
    ['Baklengs', { start: '2026-02-01', stopped: at('2026-01-14T11:00:00+01:00') }, 'stopped', false],
  ]
  const lines = rows.map(([name, line], index): MadeLine => ({ ...paracet, id: uuid(20 + index), name: `${name} tab`, ...line }))
  await send(listOf(kari, 1010, '2026-01-10T09:00:00+01:00', lines))
  const all = await found('MedicationStatement', kari, { _count: '50' })
  const present = new Set((await found('MedicationStatement', kari, { present: 'true', _count: '50' })).map(({ id }) => id))
  const shown = all.map((one) => [named(one), present.has(one.id)].join(' ')).sort()
  assert.deepEqual(shown, rows.map(([name, , standing, isPresent]) => `${name} ${standing} ${isPresent}`).sort())
  const stopped = all.find((one) => named(one).startsWith('Stoppet'))
  const [stop] = extensionsOf(stopped ?? {}, 'discontinuation')
  assert.deepEqual(
    [partOf(stop, 'timedate')?.valueDateTime, stopped?.statusReason?.[0]?.coding?.[0]?.code, stopped?.effectivePeriod?.end],
    ['2026-01-14T11:00:00+01:00', '1', '2026-01-14T11:00:00+01:00'],
  )
})

test('the newest list holds in whatever order the lists come, and a line that is the same stays as it is', async () => {
  const lists: [id: number, time: string, lines: MadeLine[]][] = [
    [1021, '2026-01-10T09:00:00+01:00', [metformin, paracet]],
    [1022, '2026-01-11T09:00:00+01:00', [metformin, { ...paracet, dose: '2 ved behov', changed: '2026-01-11T09:00:00+01:00' }]],
    [1023, '2026-01-12T09:00:00+01:00', [metformin]],
  ]
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
    [0, 2, 1],
  ]
  for (const order of orders) {
    const kari = await somebody()
    for (const at of order) {
      const [id, time, lines] = lists[at] ?? [0, '', []]
      await send(listOf(kari, id, time, lines))
    }
    const [list, ...others] = await found('List', kari)
    const lines = await found('MedicationStatement', kari)
    assert.deepEqual([list?.identifier?.[0]?.value, others, lines.map(named)], [uuid(1023), [], ['Metformin active']], order.join())
    assert.equal(lines[0]?.meta?.versionId, '1', order.join())
    assert.equal(problemOf(await send(listOf(kari, 1023, '2026-01-12T09:00:00+01:00', [metformin]))), 'message-unchanged')
  }
})

test('what a pharmacy proposes or packs stands beside the list, and is not in use by that', async () => {
  const kari = await somebody()
  await send(listOf(kari, 1031, '2026-01-10T09:00:00+01:00', [metformin]))
  const proposed = { ...paracet, name: 'Zopiklon tab 5 mg' }
  const by = { name: 'Bryggen apotek', organization: '900000002' }
  for (const [kind, id] of [
    ['M25.2', 1032],
    ['M25.3', 1033],
    ['M25.4', 1034],
  ] as const)
    await send(
      pharmacyList(kind, { patient: kari.number, id: uuid(id), time: '2026-01-11T09:00:00+01:00', lines: [metformin, proposed], from: by }),
      pharmacy,
    )
  const lines = async (form: Record<string, string>) => (await found('MedicationStatement', kari, form)).map(named).sort()
  assert.deepEqual(await lines({ 'stands-in': 'M25.1' }), ['Metformin active'])
  assert.deepEqual(await lines({ 'stands-in': 'M25.2' }), ['Metformin intended', 'Zopiklon intended'])
  assert.deepEqual(await lines({ 'stands-in': 'M25.3' }), ['Metformin unknown', 'Zopiklon unknown'])
  assert.deepEqual(await lines({ present: 'true' }), ['Metformin active'])
  assert.deepEqual(await lines({ status: 'active' }), ['Metformin active'])
  assert.equal(await status(kari), 'some 1 1 7')
})

test('a list is searched by what its lines say', async () => {
  const kari = await somebody()
  const stopped: MadeLine = {
    ...metformin,
    id: uuid(3),
    name: 'Ibux tab 400 mg',
    atc: 'M01AE01',
    fest: 'ID_0B1A3C4D-0000-4000-8000-00000000F003',
    prescription: uuid(103),
    start: '2024-01-01',
    stopped: { at: '2024-06-01T10:00:00+02:00', reason: '1', note: 'Magesmerter', by: hospitalDoctor },
  }
  await send(listOf(kari, 1041, '2026-01-10T09:00:00+01:00', [metformin, paracet, stopped]))
  const rows: [form: Record<string, string>, names: string][] = [
    [{ code: 'A10BA02' }, 'Metformin'],
    [{ code: 'urn:oid:2.16.578.1.12.4.1.1.7180|N02BE01' }, 'Paracet'],
    [{ code: 'ID_0B1A3C4D-0000-4000-8000-00000000F003' }, 'Ibux'],
    [{ 'code:text': 'metformin' }, 'Metformin'],
    [{ status: 'stopped' }, 'Ibux'],
    [{ status: 'active,stopped' }, 'Ibux Metformin Paracet'],
    [{ effective: 'lt2024-06-02' }, 'Ibux'],
    [{ effective: 'ge2025-01-01' }, 'Metformin Paracet'],
    [{ category: '3' }, 'Paracet'],
    [{ prescription: uuid(103) }, 'Ibux'],
    [{ identifier: uuid(2) }, 'Paracet'],
    [{ _lastUpdated: 'ge2026-01-01' }, 'Ibux Metformin Paracet'],
    [{ _lastUpdated: 'lt2026-01-01' }, ''],
  ]
  for (const [form, names] of rows) {
    const lines = await found('MedicationStatement', kari, form)
    assert.equal(
      lines
        .map((one) => named(one).split(' ')[0])
        .sort()
        .join(' '),
      names,
      JSON.stringify(form),
    )
  }
  const ibux = (await found('MedicationStatement', kari, { status: 'stopped' }))[0]
  const ended = extensionsOf(ibux ?? {}, 'registered').find((one) => partOf(one, 'type')?.valueCodeableConcept?.coding?.[1]?.code === '3')
  assert.equal(partOf(ended, 'provider')?.valueReference?.display, 'Stian Sykehuslege')
})

test('what the extension says of a line stands with the line, and what it says of the list with the list', async () => {
  const kari = await somebody()
  const author = { practitioner: { hprNumber: '009990001', given: 'Frida', family: 'Fastlege' }, organization: { name: 'Fjellveien' } }
  const time = '2026-01-10T08:00:00+01:00'
  const extension: MadeList['extension'] = {
    dosages: [{ line: uuid(1), doseText: 'En tablett til frokost', additionalText: 'Tas med mat' }],
    comments: [
      { line: uuid(1), time, note: 'Trappes ned i mars', author },
      { line: uuid(77), time, note: 'Om en annen linje', author },
    ],
    medicalChanges: [{ line: uuid(2), codes: [{ code: 'X' }], time, note: 'Økt dose', author }],
    handledWarnings: [{ lines: [uuid(1), uuid(2)], id: 'v1', type: { code: 'D' }, code: { code: 'K' }, time, note: 'Tilsiktet', author }],
    review: { time, note: 'Gjennomgått', author },
  }
  await send(listOf(kari, 1051, '2026-01-10T09:00:00+01:00', [metformin, paracet], { extension }))
  const lines = await found('MedicationStatement', kari)
  const [one, other] = ['Metformin', 'Paracet'].map((name) => lines.find((line) => named(line).startsWith(name)))
  assert.deepEqual(
    [one?.note?.map(({ text, authorReference }) => [text, authorReference?.display]), one?.dosage?.[0]?.patientInstruction],
    [[['Trappes ned i mars', 'Frida Fastlege']], 'Tas med mat'],
  )
  assert.equal(partOf(extensionsOf(other ?? {}, 'medicalChange')[0], 'note')?.valueString, 'Økt dose')
  const [list] = await found('List', kari)
  const [warning] = extensionsOf(list ?? {}, 'handledWarning')
  assert.deepEqual(
    warning?.extension?.flatMap(({ valueIdentifier }) => valueIdentifier?.value ?? []),
    [uuid(1), uuid(2)],
  )
  assert.equal(partOf(extensionsOf(list ?? {}, 'review')[0], 'note')?.valueString, 'Gjennomgått')
  assert.ok(list && tagsOf(list).includes('line-in-no-list'))
  assert.match(JSON.stringify(list), /Om en annen linje/)
})

test('published rules of M25 that a list alone can break are flags, and two lines of one id are refused', async () => {
  const rows: [name: string, lines: MadeLine[], tag: string][] = [
    ['rule 4', [metformin, { ...paracet, prescription: uuid(101) }], 'one-active-line'],
    ['rule 6', [{ ...paracet, use: '4' }], 'drugs-only'],
    ['rule 7', [{ ...metformin, use: '5' }], 'supplements'],
  ]
  for (const [name, lines, tag] of rows) {
    const kari = await somebody()
    await send(listOf(kari, 1060, '2026-01-10T09:00:00+01:00', lines))
    const [list] = await found('List', kari)
    assert.ok(list && tagsOf(list).includes(tag), name)
    assert.equal((await found('MedicationStatement', kari)).length, lines.length, name)
  }
  const kari = await somebody()
  const plain = listOf(kari, 1061, '2026-01-10T09:00:00+01:00', [metformin])
  const refusals: [string, string, number, string][] = [
    ['two lines of one id', listOf(kari, 1062, '2026-01-10T09:00:00+01:00', [metformin, metformin]), 422, 'unique-id'],
    ['a DOCTYPE', plain.replace('<MsgHead', '<!DOCTYPE MsgHead [<!ENTITY x "y">]><MsgHead'), 400, 'not-xml'],
    ['no message id', plain.replace(/<MsgId[^>]*>[^<]*<\/MsgId>/, ''), 422, 'message-id-missing'],
    ['nobody', m251({ id: uuid(1063), time: '2026-01-10T09:00:00+01:00', lines: [metformin] }), 202, 'message-queued'],
  ]
  for (const [name, message, code, problem] of refusals) {
    const reply = await post(message, doctor)
    assert.deepEqual([reply.status, problemOf(reply)], [code, problem], `${name} ${JSON.stringify(reply.body)}`)
  }
})

test('a list that was made an hour ahead is taken, and one that was made later than that is refused', async () => {
  const kari = await somebody()
  const ahead = async (time: string, id: number) => await post(listOf(kari, id, time, [metformin]), doctor)
  assert.equal(problemOf(await ahead('2026-01-15T12:00:00+01:00', 1090)), 'message-stored')
  for (const [at, time] of ['2026-01-15T12:00:01+01:00', '2026-01-15T12:00:01Z', '2099-01-01T00:00:00+01:00'].entries()) {
    const reply = await ahead(time, 1091 + at)
    assert.deepEqual([reply.status, problemOf(reply)], [422, 'made-ahead'], time)
  }
})

test('an empty list says that nothing is taken, and an identity number in a text is removed', async () => {
  const kari = await somebody()
  await send(listOf(kari, 1071, '2026-01-10T09:00:00+01:00', [], { note: `Ringt til ${kari.number}` }))
  const [list] = await found('List', kari)
  assert.deepEqual([list?.entry, list?.emptyReason?.coding?.[0]?.code], [undefined, 'nilknown'])
  assert.ok(!JSON.stringify(list?.note).includes(kari.number))
  assert.equal(await status(kari), 'some 1 0 0')
})

test('those who treat have one list, and a system that no agreement opens it to has its own', async () => {
  const kari = await somebody()
  await send(listOf(kari, 1081, '2026-01-10T09:00:00+01:00', [metformin, paracet], byReader), reader, kari.number)
  // The next is sent with $sendMedication (send/who.test.ts).
  const second = await post(listOf(kari, 1082, '2026-01-11T09:00:00+01:00', [metformin], byReader), hospital, kari.number)
  assert.equal(problemOf(second), 'version-conflict')
  for (const who of [reader, hospital]) {
    const [list, ...others] = await found('List', kari, {}, who)
    assert.deepEqual([list?.identifier?.[0]?.value, others], [uuid(1081), []])
  }
  await send(listOf(kari, 1083, '2026-01-09T09:00:00+01:00', [paracet]), system(bodo, { scopes }))
  assert.equal((await found('List', kari)).length, 2)
})

test('the lists that lie in an answer of Reseptformidleren are stored by their own times, each with who made it', async () => {
  const kari = await somebody()
  const other = await somebody()
  const made = (id: number, time: string, patient = kari.number) => ({ patient, id: uuid(id), time, lines: [metformin] })
  const doctorOf = {
    hprNumber: '0990001',
    given: 'Frida',
    family: 'Fastlege',
    organizationName: 'Fjellveien',
    organization: { value: '81' },
  }
  const answer = (id: number, time: string, inner: string[]) =>
    m912({ patient: kari.number, id: uuid(id), time }, { doctor: doctorOf, pharmacy: { name: 'Bryggen apotek', herId: '82' } }, inner)
  await send(answer(1090, '2026-01-12T09:00:00+01:00', [innerM251(made(1091, '2026-01-11T09:00:00+01:00'))]))
  const [list] = await found('List', kari)
  assert.deepEqual([list?.identifier?.[0]?.value, list?.date], [uuid(1091), '2026-01-11T09:00:00+01:00'])
  const [team] = await found('CareTeam', kari, { status: 'active' })
  assert.deepEqual(
    team?.participant?.map(({ role, member }) => [role?.[0]?.coding?.[0]?.code, member?.display]),
    [
      ['M', 'Frida Fastlege'],
      ['A', 'Bryggen apotek'],
    ],
  )
  // An older list in a newer answer changes nothing, and the list of another person is left out.
  const strange = [innerM251(made(1093, '2026-01-10T09:00:00+01:00')), innerM251(made(1094, '2026-01-13T09:00:00+01:00', other.number))]
  await send(answer(1092, '2026-01-13T10:00:00+01:00', strange))
  assert.equal((await found('List', kari))[0]?.identifier?.[0]?.value, uuid(1091))
  assert.deepEqual(await found('List', other), [])
  const said = await found('Communication', kari, { category: 'M9.12' })
  assert.deepEqual(said.map((one) => tagsOf(one).includes('attachment-of-another')).sort(), [false, true])
  assert.equal((await found('CareTeam', kari)).length, 1)
})

test('the doctor who registers for multidose last is responsible, in whatever order the messages come', async () => {
  const request = (kari: Person, id: number, time: string, status: string, hpr: string): string =>
    m271(
      { patient: kari.number, id: uuid(id), time, from: { ...practice, person: { hpr, given: 'Lege', family: hpr } } },
      status,
      '2026-01-01',
    )
  const rows: [name: string, requests: [time: string, status: string, hpr: string][], active: string][] = [
    ['one', [['2026-01-02T09:00:00Z', 'R', '9001']], '9001'],
    [
      'a second',
      [
        ['2026-01-02T09:00:00Z', 'R', '9001'],
        ['2026-01-03T09:00:00Z', 'R', '9002'],
      ],
      '9002',
    ],
    [
      'ended',
      [
        ['2026-01-02T09:00:00Z', 'R', '9001'],
        ['2026-01-03T09:00:00Z', 'A', '9001'],
      ],
      '',
    ],
    [
      'ended by another',
      [
        ['2026-01-02T09:00:00Z', 'R', '9001'],
        ['2026-01-03T09:00:00Z', 'A', '9002'],
      ],
      '9001',
    ],
  ]
  for (const [name, requests, active] of rows)
    for (const order of [requests, requests.toReversed()]) {
      const kari = await somebody()
      for (const [time, status, hpr] of order)
        await send(request(kari, 1100 + requests.findIndex((one) => one[0] === time), time, status, hpr))
      const teams = await found('CareTeam', kari, { status: 'active' })
      assert.equal(teams.map(({ participant = [] }) => participant[0]?.member?.identifier?.value).join(), active, name)
      assert.equal((await found('CareTeam', kari)).length, requests.length)
    }
})

test('the example of a list is answered as its file says', async () => {
  const folder = new URL('./fhir/examples/', import.meta.url)
  // Register series 1, which the example is about.
  const kari = await api.person(1)
  await send(readFileSync(new URL('1-list.request.xml', folder), 'utf8'))
  const lines = await found('MedicationStatement', kari, { status: 'active' })
  const answer = lines.map(({ id: _id, meta, subject: _subject, ...rest }) => ({ ...rest, meta: { tag: meta?.tag } }))
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), JSON.parse(readFileSync(new URL('1-list.answer.json', folder), 'utf8')))
})

test('$getMedication is a document that says what is known, what could not be read, and what may be one drug twice', async () => {
  const asked = async ({ number }: Person): Promise<Parameters> => {
    const form = new URLSearchParams({ 'patient.identifier': number }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await api.as(reader).post('/fhir/medication-list/$getMedication', form, headers)).body as Parameters
  }
  const partsOf = ({ parameter = [] }: Parameters) => {
    const document = parameter.find(({ name }) => name === 'medication')?.resource
    const entry = document?.resourceType === 'Bundle' ? (document.entry ?? []) : []
    const composition = entry[0]?.resource
    const section = composition?.resourceType === 'Composition' ? (composition.section ?? []) : []
    const urls = new Set(entry.map(({ fullUrl }) => fullUrl))
    assert.ok(section.every((one) => (one.entry ?? []).every(({ reference }) => urls.has(reference))))
    const said = section.map((one) => one.entry?.length ?? one.emptyReason?.coding?.[0]?.code)
    const list = entry.find(({ resource }) => resource?.resourceType === 'List')?.resource
    if (list?.resourceType === 'List') assert.ok((list.entry ?? []).every(({ item }) => urls.has(item.reference)))
    const pairs = parameter.filter(({ name }) => name === 'doublePrescription').map(({ part = [] }) => part)
    const version = parameter.find(({ name }) => name === 'listVersion')?.valueIdentifier?.value
    return {
      said,
      version,
      pairs: pairs.map((part) => part.map((one) => one.valueCode ?? one.valueString ?? one.valueIdentifier?.value?.slice(-2)).join(' ')),
    }
  }
  const nobody = partsOf(await asked(await somebody()))
  assert.deepEqual(nobody.said, ['unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable', 'unavailable'])
  const empty = await somebody()
  await send(listOf(empty, 1201, '2026-01-10T09:00:00+01:00', []))
  assert.deepEqual(partsOf(await asked(empty)).said, ['nilknown', 1, 'unavailable', 'unavailable', 'unavailable', 'unavailable'])
  const kari = await somebody()
  const twice = { ...metformin, id: uuid(4), name: 'Metformin tab 850 mg', prescription: uuid(104) }
  const stopped: MadeLine = {
    ...metformin,
    id: uuid(5),
    prescription: uuid(105),
    stopped: { at: '2026-01-02T09:00:00+01:00', reason: 'A' },
  }
  await send(listOf(kari, 1202, '2026-01-10T09:00:00+01:00', [metformin, paracet, twice, stopped]))
  const found = partsOf(await asked(kari))
  assert.deepEqual([found.said.slice(0, 2), found.version], [[4, 1], uuid(1202)])
  assert.deepEqual(found.pairs, ['01 04 substance A10BA02 candidate'])
  const author = { practitioner: { hprNumber: '009990001', given: 'Frida', family: 'Fastlege' } }
  const handledWarnings = [{ lines: [uuid(1), uuid(4)], id: 'v', type: { code: 'D' }, code: { code: 'K' }, note: 'Tilsiktet', author }]
  await send(listOf(kari, 1203, '2026-01-11T09:00:00+01:00', [metformin, twice], { extension: { handledWarnings } }))
  assert.deepEqual(partsOf(await asked(kari)).pairs, ['01 04 substance A10BA02 intended'])
})

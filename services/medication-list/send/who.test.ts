/** Who may send the list and what is about it, with a person's token: as messages, and with $sendMedication. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
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
import type { OperationOutcome, ParametersParameter, PractitionerRole } from '@medplum/fhirtypes'
import { innerM251, type MadeLine, m251, m271, m912, pharmacyList, practice } from '../made-up/messages.ts'
import medicationList from '../service.ts'

const { bergen } = organizations
const scopes = ['helsevev:medication-list/read', 'helsevev:medication-list/write']

/** HPR number, profession that is attested, and whether HPR has a right to prescribe. */
const people = {
  doctor: ['990000101', 'LE', true],
  'doctor without the right': ['990000104', 'LE', false],
  dentist: ['990000105', 'TL', true],
  'dentist without the right': ['990000110', 'TL', false],
  midwife: ['990000106', 'JO', true],
  nurse: ['990000107', 'SP', false],
  pharmacist: ['990000108', 'FA1', false],
  'prescription pharmacist': ['990000109', 'FA2', false],
} as const
type Name = keyof typeof people
const names = Object.keys(people) as Name[]

let api: TestApi
before(async () => {
  api = await testApi([medicationList])
  for (const [hpr, code, prescribes] of Object.values(people)) {
    await api.sql`insert into practitioner (hpr_number, prescribing_from) values (${hpr}, ${prescribes ? '2005-01-01' : null})`
    await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values (${hpr}, ${code}, '2005-01-01')`
  }
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 10
const somebody = async () => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
let ids = 8000
const AT = '2026-01-10T09:00:00+01:00'
const line: MadeLine = { id: uuid(1), name: 'Metformin tab 500 mg', atc: 'A10BA02', dose: '1 tablett', changed: AT }
const other: MadeLine = { ...line, id: uuid(2), name: 'Glucophage tab 500 mg' }

const whoIs = (name: Name) => nurse(bergen, { scopes, name, hprNumber: people[name][0] })
function headersOf(name: Name, { number }: Person) {
  const content = attestation(whoIs(name), number) as { practitioner: object }
  const authorization = { code: people[name][1], system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  return { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
}
const sendAs = async (name: Name, kari: Person, message: string): Promise<Reply> =>
  await api
    .as(whoIs(name))
    .post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headersOf(name, kari) })
const from = (name: Name) => ({ ...practice, person: { hpr: people[name][0], given: 'Frida', family: 'Fastlege' } })
const about = (name: Name, kari: Person) => ({ patient: kari.number, id: uuid((ids += 1)), time: AT, from: from(name) })
const withoutPerson = (kari: Person) => ({
  patient: kari.number,
  id: uuid((ids += 1)),
  time: AT,
  from: { name: 'Apotek', organization: bergen },
})

const kinds: Record<string, (name: Name, kari: Person) => string> = {
  'M25.1': (name, kari) => m251({ ...about(name, kari), lines: [line] }),
  'M25.2': (name, kari) => pharmacyList('M25.2', { ...about(name, kari), lines: [line] }),
  'M25.3': (name, kari) => pharmacyList('M25.3', { ...about(name, kari), lines: [line] }),
  'M25.4': (name, kari) => pharmacyList('M25.4', { ...about(name, kari), lines: [line] }),
  'M27.1 of a doctor': (name, kari) => m271(about(name, kari), 'R', '2026-01-01'),
  'M27.1 of a pharmacy': (_name, kari) => m271(withoutPerson(kari), 'R', '2026-01-01'),
  'M9.12 with a list in it': (name, kari) => m912(about(name, kari), {}, [innerM251({ ...about(name, kari), lines: [line] })]),
}
const doctors = 'doctor, doctor without the right'
const prescribers = 'doctor, dentist, midwife'
const dispensers = 'pharmacist, prescription pharmacist'
const rows: readonly (readonly [kind: keyof typeof kinds, setting: string | undefined, may: string])[] = [
  ['M25.1', undefined, doctors],
  ['M25.1', 'prescribers', prescribers],
  ['M25.1', 'everybody', doctors],
  ['M25.2', undefined, dispensers],
  ['M25.3', undefined, dispensers],
  ['M25.4', undefined, `${prescribers}, ${dispensers}`],
  ['M27.1 of a doctor', undefined, doctors],
  ['M27.1 of a pharmacy', undefined, dispensers],
  ['M9.12 with a list in it', undefined, ''],
]
const set = async (value: string | undefined): Promise<void> => {
  await api.sql`delete from controller_setting`
  if (value !== undefined)
    await api.sql`
      insert into controller_setting (organization, service, key, language, value)
      values (${bergen}, 'medication-list', 'send-list', 'nb', ${value})`
}

for (const [kind, setting, expected] of rows) {
  test(`who may send ${kind} with a person's token, ${setting ?? 'without a setting'}`, async () => {
    await set(setting)
    const may: string[] = []
    for (const name of names) {
      const kari = await somebody()
      const reply = await sendAs(name, kari, kinds[kind]?.(name, kari) ?? '')
      const stored = await api.sql`select id from record where patient = ${kari.key}`
      if (reply.status === 201) may.push(name)
      else
        assert.deepEqual(
          [reply.status, problemOf(reply), stored.length],
          [403, 'role-not-open', 0],
          `${name} ${JSON.stringify(reply.body)}`,
        )
    }
    await set(undefined)
    assert.equal(may.join(', '), expected)
  })
}

test('a doctor sends the first list as M25.1, and no version over one that stands', async () => {
  const kari = await somebody()
  const first = m251({ ...about('doctor', kari), lines: [line] })
  assert.equal((await sendAs('doctor', kari, first)).status, 201)
  assert.equal(problemOf(await sendAs('doctor', kari, first)), 'message-unchanged')
  const later = m251({ ...about('doctor', kari), time: '2026-01-11T09:00:00+01:00', lines: [other] })
  const reply = await sendAs('doctor', kari, later)
  assert.deepEqual([reply.status, problemOf(reply)], [412, 'version-conflict'])
  assert.match((reply.body as OperationOutcome).issue[0]?.details?.text ?? '', /\$getMedication.*\$sendMedication/)
})

test('a list that names another health professional is refused, and who is signed in is shown as its sender', async () => {
  const kari = await somebody()
  const claimed = await sendAs('doctor', kari, m251({ ...about('dentist', kari), lines: [line] }))
  assert.deepEqual([claimed.status, (claimed.body as OperationOutcome).issue[0]?.details?.coding?.[0]?.code], [422, 'sender-differs'])
  assert.equal((await sendAs('doctor', kari, m251({ ...about('doctor', kari), lines: [line] }))).status, 201)
  const [list] = matchesIn(await api.as(nurse(bergen, { scopes })).search('List', { 'patient.identifier': kari.number }), 'List')
  const sender = list?.contained?.find((each): each is PractitionerRole => each.resourceType === 'PractitionerRole')
  assert.deepEqual(
    [sender?.practitioner?.identifier?.value, sender?.practitioner?.display, sender?.organization?.identifier?.value],
    [people.doctor[0], 'doctor', bergen],
  )
})

async function read(name: Name, kari: Person): Promise<ParametersParameter[]> {
  const form = new URLSearchParams({ 'patient.identifier': kari.number }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...headersOf(name, kari) }
  return resourceOf(await api.as(whoIs(name)).post('/fhir/medication-list/$getMedication', form, headers), 'Parameters').parameter ?? []
}

/** What was read, sent back. */
async function sendBack(
  name: Name,
  kari: Person,
  parameters: readonly ParametersParameter[],
  more: readonly unknown[] = [],
  who = whoIs(name),
) {
  const document = parameters.find(({ name: one }) => one === 'medication')?.resource
  assert.ok(document?.resourceType === 'Bundle')
  const lines = (document.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : []))
  const entry = [{ resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } }, ...lines]
  const parameter = [
    { name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry: entry.map((resource) => ({ resource })) } },
    ...parameters.filter(({ name: one }) => one === 'listVersion' || one === 'readAt'),
    ...more,
  ]
  const body = { resourceType: 'Parameters', parameter }
  return await api.as(who).post('/fhir/medication-list/$sendMedication', body, headersOf(name, kari))
}

test('who may send with $sendMedication: doctors, and those who may prescribe where the controller has set that', async () => {
  for (const [setting, expected] of [
    [undefined, doctors],
    ['prescribers', prescribers],
    ['everybody', doctors],
  ] as const) {
    const may: string[] = []
    for (const name of names) {
      const kari = await somebody()
      await set(undefined)
      assert.equal((await sendAs('doctor', kari, m251({ ...about('doctor', kari), lines: [line] }))).status, 201)
      await set(setting)
      const reply = await sendBack(name, kari, await read(name, kari))
      if (reply.status === 201) may.push(name)
      else assert.deepEqual([reply.status, problemOf(reply)], [403, 'role-not-open'], name)
    }
    assert.equal(may.join(', '), expected, setting ?? 'without a setting')
  }
  await set(undefined)
  const kari = await somebody()
  await sendAs('doctor', kari, m251({ ...about('doctor', kari), lines: [line] }))
  const bySystem = await sendBack('doctor', kari, await read('doctor', kari), [], system(bergen, { scopes }))
  assert.deepEqual([bySystem.status, problemOf(bySystem)], [403, 'person-login-required'])
})

test('a warning is handled by one who has the right to prescribe', async () => {
  for (const [name, code] of [
    ['doctor', undefined],
    ['doctor without the right', 'mark-not-yours'],
  ] as const) {
    const kari = await somebody()
    await sendAs('doctor', kari, m251({ ...about('doctor', kari), lines: [line, other] }))
    const handled = {
      name: 'handled',
      part: [
        { name: 'line', valueIdentifier: { value: line.id } },
        { name: 'line', valueIdentifier: { value: other.id } },
        { name: 'code', valueCode: 'K' },
      ],
    }
    const reply = await sendBack(name, kari, await read(name, kari), [handled])
    const codes = ((reply.body as OperationOutcome).issue ?? []).map(({ details }) => details?.coding?.[0]?.code)
    assert.deepEqual(codes, code === undefined ? [] : [code], JSON.stringify(reply.body))
  }
})

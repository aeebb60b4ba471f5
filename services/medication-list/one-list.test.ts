/** One list for a patient: every reader is shown the one that was written last, and that alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, resourceOf } from '@helsevev/kernel/testing/answers'
import { attestation, attestationHeader, NOW, organizations, type Reply, system } from '@helsevev/kernel/testing/api'
import type { Bundle, MedicationStatement, Resource, ResourceType } from '@medplum/fhirtypes'
import { type MadeLine, m251 } from './made-up/messages.ts'
import { indicators } from './model/indicators.ts'
import {
  ended,
  fresh,
  gp,
  homeCare,
  hospital,
  linesIn,
  listIn,
  metformin,
  type Person,
  practice,
  sender,
  sendingTests,
  uuid,
  type Who,
  ward,
} from './testing/sending.ts'
import { dataOf } from './view/load.ts'

const { api, clock, messageId, post, read, send, somebody } = sendingTests({ before, after })
const MINUTE = 60_000

type Writer = (kari: Person, drug: string) => Promise<Reply>
const drugLine = (drug: string): MadeLine => ({
  ...metformin,
  id: uuid(700 + drug.charCodeAt(0)),
  prescription: uuid(800 + drug.charCodeAt(0)),
  name: `${drug} tab 1 mg`,
  changed: clock.now.toISOString(),
})
const message = (kari: Person, drug: string, time = clock.now) =>
  m251({ patient: kari.number, id: messageId(), time: time.toISOString(), lines: [drugLine(drug)] })

/** M25.1 of two systems and of a person, and $sendMedication: each makes the list that holds one drug in use. */
const writers: Readonly<Record<string, Writer>> = {
  'M25.1 of A': async (kari, drug) => await post(message(kari, drug), practice, kari),
  'M25.1 of B': async (kari, drug) => await post(message(kari, drug), ward, kari),
  'M25.1 of a person': async (kari, drug) => await post(message(kari, drug), sender, kari),
  '$sendMedication of C': async (kari, drug) => {
    const from = await read(kari, homeCare)
    const amendment = linesIn(from).map((line) => (line.status === 'stopped' ? line : ended(line, clock.now.toISOString())))
    const made = { ...drugOnly(kari, drug) }
    return await send({ kari, from, lines: [...amendment, made], who: homeCare })
  },
}
const drugOnly = (kari: Person, drug: string): MedicationStatement => ({
  ...fresh({
    resourceType: 'MedicationStatement',
    status: 'active',
    subject: { identifier: kari.identifier },
    medicationCodeableConcept: { text: `${drug} tab 1 mg` },
    dosage: [{ text: '1 tablett' }],
  }),
  identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: uuid(700 + drug.charCodeAt(0)) }],
})

const nameOf = ({ contained = [], medicationCodeableConcept }: MedicationStatement): string => {
  const [drug] = contained.flatMap((one) => (one.resourceType === 'Medication' ? [one] : []))
  return (drug?.code?.text ?? medicationCodeableConcept?.text ?? '')[0] ?? ''
}
const inUse = (lines: readonly MedicationStatement[]): string =>
  lines
    .filter(({ status }) => status !== 'stopped')
    .map(nameOf)
    .sort()
    .join()

const find = async <Type extends ResourceType>(kari: Person, type: Type, form: Record<string, string> = {}, who: Who = gp) =>
  matchesIn(
    await api()
      .as(who)
      .search(type, { 'patient.identifier': kari.number, ...form }),
    type,
  )
const asked = async (kari: Person, path: string, who: Who = gp): Promise<Reply> =>
  await api()
    .as(who)
    .post(path, new URLSearchParams({ 'patient.identifier': kari.number }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
const citizen = (kari: Person): Who =>
  system(organizations.bergen, { kind: 'citizen', pid: kari.number, scopes: ['helsevev:medication-list/citizen'] }) as Who
const panelOf = async (kari: Person, who: Who): Promise<string> => {
  const entry = [...(await find(kari, 'MedicationStatement', {}, who)), ...(await find(kari, 'List', {}, who))].map((resource) => ({
    resource,
  }))
  const data = dataOf([{ resourceType: 'Bundle', type: 'searchset', entry } as Bundle], [], clock.now)
  const lines = data.lines.filter(({ standing }) => standing === 'in-use').map(({ drug = '' }) => drug[0])
  return [...lines, ...(data.otherList === undefined ? [] : ['another list'])].join()
}

/** What each reader has in use. */
const readers: Readonly<Record<string, (kari: Person) => Promise<string>>> = {
  search: async (kari) => inUse(await find(kari, 'MedicationStatement')),
  'search of the other': async (kari) => inUse(await find(kari, 'MedicationStatement', {}, hospital)),
  present: async (kari) => inUse(await find(kari, 'MedicationStatement', { present: 'true' })),
  $summary: async (kari) => {
    const { entry = [] } = resourceOf(await asked(kari, '/fhir/Patient/$summary'), 'Bundle')
    return inUse(entry.flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : [])))
  },
  $getMedication: async (kari) => inUse(linesIn(await read(kari))),
  '$getMedication?at': async (kari) => inUse(linesIn(await read(kari, hospital, { at: clock.now.toISOString() }))),
  panel: async (kari) => await panelOf(kari, gp),
  citizen: async (kari) => await panelOf(kari, citizen(kari)),
}
const counted = async (kari: Person): Promise<unknown[]> => {
  const status = resourceOf(await asked(kari, '/fhir/medication-list/$status'), 'Parameters').parameter ?? []
  const number = (name: string) => status.find((one) => one.name === name)?.valueInteger
  const list = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueIdentifier: kari.identifier },
      { name: 'service', valueCode: 'medication-list' },
    ],
  }
  const hasData = await api()
    .as(gp)
    .post('/fhir/$has-data', list, { attestation: attestationHeader(attestation(gp, kari.number, 'TREAT', undefined, clock.now)) })
  const versions = await api().sql<{ content: string; from: Date; until: Date | null }[]>`
    select content, recorded as from, superseded as until from record where patient = ${kari.key} and not deleted`
  const indicated = indicators.of(
    versions.map(({ content, from, until }) => ({ resource: JSON.parse(content) as Resource, from, until: until ?? undefined })),
    clock.now,
  )
  const said = JSON.stringify(resourceOf(hasData, 'Parameters'))
  return [number('lists'), number('inUse'), said.includes('"some"'), indicated?.['open']]
}

test('whoever writes last, in every order, each reader is shown the newest list alone', async () => {
  const names = Object.keys(writers)
  const apart = names.filter((name) => !name.includes('person'))
  // A person sends M25.1 as the first list alone (send/who.test.ts).
  const person = names.filter((name) => name.includes('person'))
  const orders = apart.flatMap((one) => apart.filter((other) => other !== one).map((other) => [one, other]))
  for (const order of [...orders, [...person, ...apart], [...person, ...apart.toReversed()]]) {
    const kari = await somebody()
    let last = ''
    for (const [place, name] of order.entries()) {
      clock.now = new Date(clock.now.getTime() + MINUTE)
      last = String.fromCharCode(65 + place)
      const reply = await writers[name]?.(kari, last)
      assert.equal(reply?.status, 201, `${order.join(', ')}: ${JSON.stringify(reply?.body)}`)
    }
    const shown: Record<string, string> = {}
    for (const [name, reader] of Object.entries(readers)) shown[name] = await reader(kari)
    assert.deepEqual(shown, Object.fromEntries(Object.keys(readers).map((name) => [name, last])), order.join(', '))
    assert.deepEqual(await counted(kari), [1, 1, true, 0], order.join(', '))
  }
  clock.now = NOW
})

test('a list of another system that was made before the one that stands changes nothing, and its sender is told', async () => {
  for (const [first, late] of [
    [practice, ward],
    [ward, practice],
  ] as const) {
    const kari = await somebody()
    const [earlier, later] = [message(kari, 'A', new Date(NOW.getTime() - MINUTE)), message(kari, 'B', NOW)]
    await post(later, first, kari)
    const reply = await post(earlier, late, kari)
    assert.deepEqual([reply.status, JSON.stringify(reply.body).includes('message-older')], [200, true])
    const from = await read(kari, homeCare)
    assert.deepEqual([inUse(linesIn(from)), listIn(from)?.date], ['B', NOW.toISOString()])
    const next = await send({ kari, from, lines: linesIn(from), who: homeCare })
    assert.equal(next.status, 201, 'the version that was read is that which stands')
  }
})

/** What the panels show of messages: the messages are read, and completed, as they are when they are stored. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { completedCommunication, completedDispensing, completedPrescription, completedRecall } from '../fhir/derived.ts'
import { convertMessage } from '../messages/convert.ts'
import { appRec, type Chain, m1, m5, m10, m52, m96, report } from '../testing/messages.ts'
import { besideOf } from './beside.ts'
import { snapshot, timeline } from './lines.ts'
import { dataOf, loader, numberOf } from './load.ts'
import { ePrescriptionsTexts } from './texts.ts'

const codes = codesFromData()
const NUMBER = '14835010067'
const now = new Date('2026-03-01T11:00:00Z')
const chain = (id: string): Chain => ({ patient: NUMBER, id })

function shown(...messages: string[]) {
  let before: Resource | undefined
  const records = messages.flatMap((message) => {
    const [, unsent, text = ''] = /^(unsent )?(.*)$/s.exec(message) ?? []
    const patient = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: NUMBER }
    const made = convertMessage(Buffer.from(text), {
      codes,
      now,
      patient,
      ...(unsent ? { isUnsent: true } : {}),
      ...(before ? { answered: before } : {}),
    })
    if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
    before = made.entries[0]?.resource
    return made.entries.map(({ resource }) => ({ ...resource, meta: { ...resource.meta, lastUpdated: now.toISOString() } }))
  })
  const entry = records.map((one) => ({ resource: completed(one, records) }))
  const bundle: Bundle = { resourceType: 'Bundle', type: 'searchset', entry }
  return dataOf([bundle], [], now)
}

function completed(one: Resource, records: readonly Resource[]): Resource {
  const others = records.filter((other) => other !== one && numberOf(other) === numberOf(one))
  if (one.resourceType === 'MedicationRequest') return completedPrescription(one, others, now)
  if (one.resourceType === 'MedicationDispense') return completedDispensing(one, others)
  if (one.resourceType === 'Task') return completedRecall(one, others)
  return one.resourceType === 'Communication' ? completedCommunication(one, others) : one
}

const [first, second] = [chain('a-1'), chain('b-2')]
const at = (day: number) => `2026-02-0${day}T09:00:00+01:00`

// biome-ignore format: a table, one row to a line
const rows: [what: string, messages: string[], state: string, ends: string | undefined, more: object][] = [
  ['one that is open', [m1(first, at(1))], 'E open', '2027-01-10T23:00:00.000Z', { left: { packages: 2 }, dispensings: [] }],
  ['one that expired without a message', [m1(first, at(1), { validUntil: '2026-02-20' })], 'F ended', '2026-02-20T23:00:00.000Z', {}],
  ['the last day of one', [m1(first, at(1), { validUntil: '2026-03-01' })], 'E open', '2026-03-01T23:00:00.000Z', {}],
  ['a dispensing that three have reported', [m1(first, at(1)), m10(first, 'd', at(2)), report('M6', first, 'r', 'd', at(2)), report('M8', first, 's', 'd', at(2))],
    'E open', '2027-01-10T23:00:00.000Z', { left: { packages: 1 }, dispensings: ['d 2026-02-02 Bryggen apotek 1'] }],
  ['one that is used up', [m1(first, at(1)), m10(first, 'd', at(2)), m10(first, 'e', at(4))], 'R ended', '2026-02-03T23:00:00.000Z', { left: { packages: 0 }, dispensings: ['e 2026-02-04 Bryggen apotek 1', 'd 2026-02-02 Bryggen apotek 1'] }],
  ['a dispensing that was cancelled', [m1(first, at(1)), m10(first, 'd', at(2)), m10(first, 'x', at(3), { cancels: 'd' })], 'E open', '2027-01-10T23:00:00.000Z', { dispensings: ['d 2026-02-02 Bryggen apotek 1 cancelled'] }],
  ['a recall that is answered', [m1(first, at(1)), m5(first, 'm', at(3)), m52(first, 'n', 'm', at(4))], 'T ended', '2026-02-03T08:00:00.000Z', { recall: { standing: 'done', reason: '2' }, recalls: ['m 2 answer 1'] }],
  ['a recall whose receipt says that it came', [m1(first, at(1)), m5(first, 'm', at(3)), appRec('r', { id: 'm', type: 'ERM5' }, at(4))], 'T ended', '2026-02-03T08:00:00.000Z', { recalls: ['m 2 answer undefined'] }],
  ['a recall that waits to be sent', [m1(first, at(1)), `unsent ${m5(first, 'm', at(3))}`], 'E open', '2027-01-10T23:00:00.000Z', { recall: { standing: 'pending', reason: '2' } }],
  ['a recall under dispensing', [m1(first, at(1)), m5(first, 'm', at(3)), m52(first, 'n', 'm', at(4), '2')], 'U open', '2027-01-10T23:00:00.000Z', { recall: { standing: 'waiting', reason: '2' }, recalls: ['m 2 answer 2'] }],
  ['one that the dispensing ended', [m1(first, at(1)), m5(first, 'm', at(3)), m52(first, 'n', 'm', at(3), '2'), m10(first, 'd', at(5))], 'T ended', '2026-02-04T23:00:00.000Z', { recalls: ['m 2 answer 2'] }],
  ['one that is renewed', [m1(first, at(1)), m5(first, 'm', at(3), '1', second.id)], 'T ended', '2026-02-03T08:00:00.000Z', { recall: { standing: 'done', reason: '1', newNumber: 'b-2' } }],
  ['one that is locked', [m1(first, at(1), { isLocked: true, referenceNumber: 'X' })], 'E open', '2027-01-10T23:00:00.000Z', { isLocked: true, drug: undefined, dose: undefined }],
  ['a dispensing without its prescription', [m10(first, 'd', at(2))], 'unknown unclear', undefined, { drug: 'Paracet Tab 500 mg', authored: undefined, dispensings: ['d 2026-02-02 Bryggen apotek 1'] }],
  ['one that Reseptformidleren refused', [m1(first, at(1)), m96(NUMBER, 'q', at(4), [[first.id, 'X']])], 'X ended', '2026-02-04T08:00:00.000Z', {}],
]
for (const [what, messages, state, ends, more] of rows)
  test(`${what} is shown as ${state}`, () => {
    const [one] = shown(...messages).prescriptions
    assert.ok(one)
    const inShort = {
      ...one,
      dispensings: one.dispensings.map(({ id, time, pharmacy, amount, isCancelled }) =>
        [id, time, pharmacy, amount?.value, ...(isCancelled ? ['cancelled'] : [])].join(' '),
      ),
      recalls: one.recalls.map(({ id, reason, answer }) => `${id} ${reason} answer ${answer}`),
    }
    const keys = Object.keys(more) as (keyof typeof inShort)[]
    assert.deepEqual([`${one.state} ${one.standing}`, one.ends], [state, ends])
    assert.deepEqual(Object.fromEntries(keys.map((key) => [key, inShort[key]])), more)
  })

test('open prescriptions stand first, and an answer of Reseptformidleren says that locked ones exist', () => {
  const { prescriptions, lockedExist } = shown(
    m1(first, at(3), { validUntil: '2026-02-20' }),
    m1(second, at(1)),
    m96(NUMBER, 'q', at(4), []),
  )
  assert.deepEqual([prescriptions.map(({ number }) => number), lockedExist], [['b-2', 'a-1'], at(4)])
})

test('places are left out for a person with a protected address', () => {
  const open = loader.withoutPlaces?.(shown(m1(first, at(1)), m10(first, 'd', at(2)), m5(first, 'm', at(3))))
  assert.doesNotMatch(JSON.stringify(open), /Fjellveien|Frida|Bryggen/)
  assert.match(JSON.stringify(open), /Paracet/)
})

const author = 'Frida Fastlege, Fjellveien legesenter'
const words = await wordsFrom('e-prescriptions', ePrescriptionsTexts, 'nn')

test('the timeline has the prescription, what was dispensed, the recall and the expiry', () => {
  const data = shown(
    m1(first, at(1)),
    m10(first, 'd', at(2)),
    m5(first, 'm', at(3), '4'),
    m52(first, 'n', 'm', at(4)),
    m1(second, at(1), { validUntil: '2026-02-20' }),
  )
  assert.deepEqual(
    timeline(data, words)
      .sort((one, other) => (one.time < other.time ? -1 : 1))
      .map(({ time, kind, what, value, unit, author, about }) =>
        [time.slice(0, 10), kind, what, value, unit, author, about].filter(Boolean).join(' | '),
      ),
    [
      `2026-02-01 | Resept | Paracet Tab 500 mg | 1 tablett morgen og kveld, 1 pakning, gyldig til 10. januar 2027 | ${author}`,
      `2026-02-01 | Resept | Paracet Tab 500 mg | 1 tablett morgen og kveld, 1 pakning, gyldig til 20. februar 2026 | ${author}`,
      '2026-02-02 | Utlevering | Paracet Tab 500 mg | 1 pakning | Bryggen apotek',
      `2026-02-03 | Tilbakekalling av resept | Paracet Tab 500 mg | Annan grunn. Svar: tilbakekalla | ${author} | end`,
      '2026-02-20 | Resept utløpt | Paracet Tab 500 mg | end',
    ],
  )
})

test('at a moment stand those that a pharmacy could hand out then', () => {
  const data = shown(m1(first, at(1)), m10(first, 'd', at(3)), m5(first, 'm', at(5)), m1(second, at(2), { validUntil: '2026-02-20' }))
  const on = (day: string) =>
    snapshot(data, new Date(`${day}T12:00:00+01:00`), words).lines.map(
      ({ key, value }) => `${key} ${/Utlevert.*$/.exec(value ?? '')?.[0] ?? ''}`,
    )
  assert.deepEqual(['2026-01-31', '2026-02-02', '2026-02-04', '2026-02-06', '2026-02-21'].map(on), [
    [],
    ['b-2 ', 'a-1 '],
    ['b-2 ', 'a-1 Utlevert 1 gong, sist 3. februar 2026'],
    ['b-2 '],
    [],
  ])
})

const m1Codes = { name: 'Vaksine', prescriptionGroup: { code: 'C' }, articleNumber: '54321', eans: [], packages: [] }

test('the medication list is given Varenr and kind of preparation, who renews whom, and everyone who has sent one', () => {
  const vaccine = { ...m1Codes, preparationType: { code: '6' } }
  const drug = { itemGroup: { code: 'L' }, repeats: 0, prescribing: { dosings: [], use: { code: '1' }, package: vaccine } }
  const message = m1(first, at(1), { drug: drug as never })
  const data = shown(message, m5(first, 'k', at(2), '1', second.id), m1(second, at(2)))
  const controllers = [
    { organization: '1', name: 'Bergen' },
    { organization: '2', name: 'Oslo' },
  ] as const
  const twice = { ...data, prescriptions: data.prescriptions.map((one) => ({ ...one, controllers: [...controllers] as never })) }
  const given = besideOf(twice).prescriptions.find(({ number }) => number === first.id)
  assert.deepEqual(
    [given?.codes.articleNumber, given?.codes.preparationType, given?.next, given?.controllers],
    ['54321', '6', second.id, ['Bergen', 'Oslo']],
  )
})

// List 7408; what is not there is not open.
// biome-ignore format: a table, one row to a line
const besideStates = [
  ['E', { isOpen: true, isAtPharmacy: false, awaitsApproval: undefined }],
  ['U', { isOpen: true, isAtPharmacy: true, awaitsApproval: undefined }],
  ['B', { isOpen: true, isAtPharmacy: false, awaitsApproval: true }],
  ...['A', 'F', 'R', 'X', 'H'].map((state) => [state, { isOpen: false, isAtPharmacy: false, awaitsApproval: undefined }] as const),
] as const
for (const [state, expected] of besideStates)
  test(`the medication list is given of a prescription in ${state} whether it can be fetched`, () => {
    const stated = m96(NUMBER, 'q', at(4), [[first.id, state]])
    const [one] = besideOf(shown(m1(first, at(1)), stated)).prescriptions
    assert.deepEqual({ isOpen: one?.isOpen, isAtPharmacy: one?.isAtPharmacy, awaitsApproval: one?.awaitsApproval }, expected)
  })

/** The published rules of M25, and the shape of what is sent, row by row. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceOf } from '@helsevev/kernel/testing/answers'
import type { Reply } from '@helsevev/kernel/testing/api'
import { NOW, organizations } from '@helsevev/kernel/testing/api'
import type { CodeableConcept, MedicationStatement } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { type MadeLine, pharmacyList } from '../made-up/messages.ts'
import {
  CHANGED,
  changesIn,
  codesOf,
  dosed,
  ended,
  fresh,
  linesIn,
  metformin,
  paracet,
  sendingTests,
  typed,
  uuid,
  ward,
} from '../testing/sending.ts'

const { given, messageId, post, read, send, somebody } = sendingTests({ before, after })
const { oslo } = organizations

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
const used = (line: MedicationStatement | undefined, code: string): MedicationStatement => {
  assert.ok(line)
  return { ...line, category: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9101', code }] } }
}
const endedWith = (line: MedicationStatement | undefined, valueCodeableConcept: CodeableConcept): MedicationStatement => {
  const one = ended(line)
  const extension = (one.extension ?? []).map((each) =>
    each.url === extensionUrls.discontinuation
      ? {
          ...each,
          extension: (each.extension ?? []).map((part) => (part.url === 'reason' ? { url: 'reason', valueCodeableConcept } : part)),
        }
      : each,
  )
  return { ...one, extension }
}
const drugged = (line: MedicationStatement | undefined, text: string, code: string): MedicationStatement => {
  assert.ok(line)
  const contained = (line.contained ?? []).map((one) =>
    one.resourceType === 'Medication'
      ? { ...one, code: { ...one.code, text, coding: [{ system: 'http://www.whocc.no/atc', code }] } }
      : one,
  )
  return { ...line, contained }
}
/** None of list 7494. */
const UNKNOWN = 'Q'
const withDrug = (line: MedicationStatement | undefined, code: CodeableConcept | undefined): MedicationStatement => {
  assert.ok(line)
  const contained = (line.contained ?? []).map((one) =>
    one.resourceType === 'Medication' ? { resourceType: one.resourceType, id: one.id, ...(code ? { code } : {}) } : one,
  )
  return { ...line, contained: contained as never }
}
const withoutDrug = (line: MedicationStatement | undefined): MedicationStatement => {
  assert.ok(line)
  const { medicationReference: _reference, contained = [], ...rest } = line
  const others = contained.filter((one) => one.resourceType !== 'Medication')
  return { ...rest, ...(others.length > 0 ? { contained: others } : {}) }
}
const flagsIn = (reply: Reply): string[] => codesOf({ ...reply, body: outcomeIn(reply) ?? {} }).filter((code) => code === 'drug-changed')
const outcomeIn = (reply: Reply) => (resourceOf(reply, 'Parameters').parameter ?? []).find(({ name }) => name === 'outcome')?.resource
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
  {
    name: 'a line that stood ended without a reason stays, and the others may change',
    before: [metformin, { ...paracet, stopped: { at: CHANGED } }],
    sent: ([a, b]) => [dosed(a, 'x'), b],
    expected: '01 changed, 02 unchanged',
  },
  {
    name: 'and so it does where something else of it changes',
    before: [metformin, { ...paracet, stopped: { at: CHANGED } }],
    sent: ([a, b]) => [a, dosed(b, 'x')],
    expected: '01 unchanged, 02 changed',
  },
  {
    name: 'a reason that is no code of 7494',
    sent: ([a, b]) => [a, endedWith(b, { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7494', code: UNKNOWN }] })],
    expected: 'reason-unknown',
  },
  {
    name: 'a reason of another list',
    sent: ([a, b]) => [a, endedWith(b, { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7500', code: '2' }] })],
    expected: 'reason-unknown',
  },
  { name: 'a reason in words', sent: ([a, b]) => [a, endedWith(b, { text: 'Trengs ikke' })], expected: '01 unchanged, 02 ended' },
  { name: 'the dose is removed', sent: ([a, b]) => [a, { ...b, dosage: undefined }], expected: 'dose-removed' },
  {
    name: 'the words of the dose are empty',
    sent: ([a, b]) => [a, { ...b, dosage: [{ patientInstruction: 'Svelges' }] }],
    expected: 'dose-removed',
  },
  {
    name: 'another substance under the same Id',
    sent: ([a, b]) => [a, drugged(b, 'Ibux tab 400 mg', 'M01AE01')],
    expected: 'another-drug',
  },
  {
    name: 'another name without a code under the same Id',
    sent: ([a, b]) => [a, withDrug(b, { text: 'Marevan tab 2,5 mg' })],
    expected: 'another-drug',
  },
  {
    name: 'another substance by a code of the line itself',
    sent: ([a, b]) => [
      a,
      {
        ...withoutDrug(b),
        medicationCodeableConcept: { text: 'Ibux', coding: [{ system: 'http://www.whocc.no/atc', code: 'M01AE01' }] },
      },
    ],
    expected: 'another-drug',
  },
  {
    name: 'a drug without a name',
    sent: ([a, b]) => [a, withDrug(b, undefined)],
    expected: 'drug-missing',
  },
  {
    name: 'another preparation of the same substance',
    sent: ([a, b]) => [a, drugged(b, 'Pinex tab 500 mg', 'N02BE01')],
    expected: '01 unchanged, 02 changed, drug-changed',
  },
  {
    name: 'all lines registered wrongly',
    sent: (lines) => lines.map((line) => ({ ...line, status: 'entered-in-error' })),
    expected: 'list-emptied',
  },
  {
    name: 'all lines registered wrongly, on purpose',
    sent: (lines) => lines.map((line) => ({ ...line, status: 'entered-in-error' })),
    more: [{ name: 'createPLL', valueBoolean: false }],
    expected: '01 removed, 02 removed',
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
    const said = reply.status === 201 ? [...changesIn(reply), ...flagsIn(reply)].join(', ') : codesOf(reply).join(' ')
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
      id: messageId(),
      time,
      lines: [metformin, proposed],
      from: { name: 'Bryggen apotek', organization: oslo },
    })
    await post(message, ward, kari)
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

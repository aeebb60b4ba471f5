import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fhirStateOf, isOpen, type MediatorState, type PrescriptionFact, prescriptionState } from './prescription-state.ts'

/** Hours after 09:00 in Norway on 1 March 2026. */
const at = (hours: number) => new Date(Date.parse('2026-03-01T08:00:00Z') + hours * 3_600_000)
const m1 = (more: Partial<Extract<PrescriptionFact, { kind: 'prescription' }>> = {}): PrescriptionFact => ({
  kind: 'prescription',
  at: at(0),
  id: 'm1',
  validUntil: '2026-03-31',
  repeats: 1,
  ...more,
})
const m5 = (hours: number, more: Partial<Extract<PrescriptionFact, { kind: 'recall' }>> = {}): PrescriptionFact => ({
  kind: 'recall',
  at: at(hours),
  id: `m5-${hours}`,
  reason: '4',
  ...more,
})
const m52 = (hours: number, of: string, status: string): PrescriptionFact => ({ kind: 'recall-answer', at: at(hours), of, status })
const m10 = (hours: number, more: Partial<Extract<PrescriptionFact, { kind: 'dispensing' }>> = {}): PrescriptionFact => ({
  kind: 'dispensing',
  at: at(hours),
  id: `m10-${hours}`,
  ...more,
})
const cancels = (hours: number, of?: string): PrescriptionFact => ({
  kind: 'cancellation',
  at: at(hours),
  id: `c-${hours}`,
  ...(of === undefined ? {} : { of }),
})
const taken = (hours: number): PrescriptionFact => ({ kind: 'taken', at: at(hours) })
const released = (hours: number): PrescriptionFact => ({ kind: 'released', at: at(hours) })
const says = (hours: number, state: MediatorState, recallReason?: string): PrescriptionFact => ({
  kind: 'statement',
  at: at(hours),
  state,
  ...(recallReason === undefined ? {} : { recallReason }),
})
const receipt = (hours: number, of: string, accepted: boolean): PrescriptionFact => ({ kind: 'receipt', at: at(hours), of, accepted })
const approval = (hours: number, granted: boolean): PrescriptionFact => ({ kind: 'approval', at: at(hours), granted })

const lastMinute = new Date('2026-03-31T21:59:59Z')
const firstMinuteAfter = new Date('2026-03-31T22:00:00Z')
const here = { isFromHere: true }

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, readonly PrescriptionFact[], Date, string, string?])[] = [
  ['nothing is known', [], at(1), 'unknown'],
  ['a prescription that is written later is not known yet', [m1()], at(-1), 'unknown'],
  ['a prescription is available from its instant', [m1()], at(0), 'E'],
  ['last minute of the last day', [m1()], lastMinute, 'E'],
  ['first minute after the last day, in Norway', [m1()], firstMinuteAfter, 'F'],
  ['no last day: it does not expire', [m1({ validUntil: undefined } as object)], at(9000), 'E'],
  ['expired when it was written', [m1({ validUntil: '2026-02-28' })], at(1), 'F'],
  ['fetched by a pharmacy', [m1(), taken(1)], at(2), 'U'],
  ['put back', [m1(), taken(1), released(2)], at(3), 'E'],
  ['first of two dispensings', [m1(), taken(1), m10(2)], at(3), 'E'],
  ['second of two: total is repeats and the first', [m1(), m10(2), m10(4)], at(5), 'R'],
  ['no repeats: the first is the last', [m1({ repeats: 0 }), m10(2)], at(5), 'R'],
  ['concluded by the pharmacy', [m1({ repeats: 9 }), m10(2, { concluded: true })], at(5), 'R'],
  ['repeats unknown: only the pharmacy can conclude', [m1({ repeats: undefined } as object), m10(2), m10(3), m10(4)], at(5), 'E'],
  ['in parts: one of two packages', [m1({ repeats: 0, packages: 2 }), m10(2, { packages: 1 })], at(5), 'E'],
  ['in parts: both packages', [m1({ repeats: 0, packages: 2 }), m10(2, { packages: 1 }), m10(3, { packages: 1 })], at(5), 'R'],
  ['in parts of a tenth: all ten', [m1({ repeats: 0, packages: 1 }), ...Array.from({ length: 10 }, (_, n) => m10(n + 1, { packages: 0.1 }))], at(12), 'R'],
  ['one of the parts does not say how many: messages are counted', [m1({ repeats: 0, packages: 2 }), m10(2)], at(5), 'R'],
  ['a dispensing that is cancelled does not count', [m1({ repeats: 0 }), m10(2), cancels(3, 'm10-2')], at(5), 'E'],
  ['before the cancellation it does', [m1({ repeats: 0 }), m10(2), cancels(6, 'm10-2')], at(5), 'R'],
  ['another dispensing is cancelled', [m1({ repeats: 0 }), m10(2), cancels(3, 'm10-7')], at(5), 'R'],
  ['a cancellation that names none changes nothing', [m1({ repeats: 0 }), m10(2), cancels(3)], at(5), 'R'],
  ['cancelled after the last day: expired', [m1({ repeats: 0 }), m10(2), cancels(745, 'm10-2')], at(746), 'F'],
  ['the same dispensing twice', [m1(), m10(2), m10(2)], at(5), 'E'],
  ['expires with a dispensing left', [m1(), m10(2)], firstMinuteAfter, 'F'],
  ['used up before it expires stays used up', [m1(), m10(2), m10(3)], firstMinuteAfter, 'R'],
  ['under dispensing when it expires', [m1(), taken(700)], firstMinuteAfter, 'U'],
  ['dispensed after the last day, the rest of it: used up', [m1({ repeats: 0 }), m10(745)], at(746), 'R'],
  ['dispensed after the last day, a part of it: expired', [m1(), m10(745)], at(746), 'F'],
  ['expires when that dispensing ends', [m1(), taken(700), released(745)], at(746), 'F'],
  ['recalled', [m1(), m5(1)], at(2), 'T', 'done'],
  ['recalled, answered 1', [m1(), m5(1), m52(2, 'm5-1', '1')], at(3), 'T', 'done'],
  ['recalled while under dispensing: stays so', [m1(), taken(1), m5(2)], at(3), 'U', 'waiting'],
  ['answered 2 by a register that knew more', [m1(), m5(2), m52(3, 'm5-2', '2')], at(4), 'U', 'waiting'],
  ['recalled when the dispensing has ended', [m1(), taken(1), m5(2), m10(3)], at(4), 'T', 'done'],
  ['the answer arrives after the dispensing that it waited for', [m1(), m5(2), m10(3), m52(4, 'm5-2', '2')], at(5), 'T', 'done'],
  ['the last dispensing of a waiting recall', [m1({ repeats: 0 }), taken(1), m5(2), m10(3)], at(4), 'T', 'done'],
  ['recalled when the pharmacy puts it back', [m1(), taken(1), m5(2), released(3)], at(4), 'T', 'done'],
  ['nothing left to recall', [m1({ repeats: 0 }), m10(1), m5(2)], at(4), 'R', 'without-effect'],
  ['nothing left to recall, until the dispensing is cancelled', [m1({ repeats: 0 }), m10(1), m5(2), cancels(3, 'm10-1')], at(4), 'T', 'done'],
  ['recalled after it expired', [m1(), m5(745)], at(746), 'F', 'without-effect'],
  ['dispensed after the recall: stays recalled', [m1(), m5(1), m10(2)], at(3), 'T', 'done'],
  ['a recall without its prescription', [m5(1)], at(2), 'T', 'done'],
  ['waits for the authority', [m1({ needsApproval: true })], at(1), 'B'],
  ['approved', [m1({ needsApproval: true }), approval(2, true)], at(3), 'E'],
  ['refused by the authority', [m1({ needsApproval: true }), approval(2, false)], at(3), 'A'],
  ['expires while it waits', [m1({ needsApproval: true })], firstMinuteAfter, 'F'],
  ['recalled while it waits', [m1({ needsApproval: true }), m5(1)], at(3), 'T', 'done'],
  ['the register states more than the messages', [m1(), says(2, 'R')], at(3), 'R'],
  ['before the register said so', [m1(), says(2, 'R')], at(1), 'E'],
  ['a message after the statement moves it', [m1(), says(2, 'U'), m10(3)], at(4), 'E'],
  ['a message older than the statement does not', [m1(), m5(1), says(2, 'E')], at(4), 'E', 'overruled'],
  ['stated recalled, with reason', [m1(), says(2, 'T', '2')], at(4), 'T', 'done'],
  ['stated under dispensing, with a recall', [m1(), says(2, 'U', '2'), m10(3)], at(4), 'T', 'done'],
  ['stated without its prescription', [says(2, 'H')], at(4), 'H'],
  ['stated invalid', [m1(), says(2, 'X')], at(4), 'X'],
  ['stated available, expires by time', [m1(), says(2, 'E')], firstMinuteAfter, 'F'],
  ['sent from here, no receipt', [m1(here)], at(1), 'M1Pending'],
  ['sent from here, receipt', [m1(here), receipt(1, 'm1', true)], at(2), 'E'],
  ['the receipt is not here yet', [m1(here), receipt(1, 'm1', true)], at(0.5), 'M1Pending'],
  ['sent from here, refused', [m1(here), receipt(1, 'm1', false)], at(2), 'M1Failed'],
  ['sent from here, the register knows it', [m1(here), says(1, 'E')], at(2), 'E'],
  ['sent from here, dispensed', [m1(here), m10(1)], at(2), 'E'],
  ['recall sent from here, no answer', [m1(), m5(1, here)], at(2), 'E', 'pending'],
  ['recall sent from here, received but not answered', [m1(), m5(1, here), receipt(2, 'm5-1', true)], at(3), 'E', 'pending'],
  ['recall sent from here, refused', [m1(), m5(1, here), receipt(2, 'm5-1', false)], at(3), 'E', 'failed'],
  ['recall refused, sent again and answered', [m1(), m5(1, here), receipt(2, 'm5-1', false), m52(3, 'm5-1', '1')], at(4), 'T', 'done'],
  ['recall sent from here, answered', [m1(), m5(1, here), m52(2, 'm5-1', '1')], at(3), 'T', 'done'],
]

for (const [name, facts, now, state, standing] of rows) {
  test(`prescription: ${name}`, () => {
    const { state: found, recall } = prescriptionState(facts, now)
    assert.deepEqual([found, recall?.standing], [state, standing])
  })
}

for (const [state, reason, status, statusReason, open] of [
  ['E', undefined, 'active', undefined, true],
  ['U', undefined, 'active', undefined, true],
  ['B', undefined, 'on-hold', undefined, true],
  ['A', undefined, 'cancelled', undefined, false],
  ['T', '1', 'cancelled', undefined, false],
  ['T', '2', 'stopped', undefined, false],
  ['T', '5', 'cancelled', undefined, false],
  ['F', undefined, 'completed', 'expired', false],
  ['R', undefined, 'completed', undefined, false],
  ['H', undefined, 'unknown', undefined, false],
  ['X', undefined, 'entered-in-error', undefined, false],
  ['M1Pending', undefined, 'draft', undefined, false],
  ['M1Failed', undefined, 'draft', undefined, false],
] as const) {
  test(`prescription in state ${state} ${reason ?? ''} is ${status} in FHIR`, () => {
    const found = { state, ...(reason && { recall: { reason, standing: 'done' as const } }) }
    assert.deepEqual([fhirStateOf(found), isOpen(found)], [{ status, ...(statusReason && { statusReason }) }, open])
  })
}

const hour = fc.integer({ min: 0, max: 8 }).map((n) => at(n * 100))
const fact: fc.Arbitrary<PrescriptionFact> = fc.oneof(
  fc.record({
    kind: fc.constant('prescription' as const),
    at: hour,
    id: fc.constant('m1'),
    validUntil: fc.constantFrom('2026-03-05', '2026-03-31'),
    repeats: fc.integer({ min: 0, max: 2 }),
    needsApproval: fc.boolean(),
    isFromHere: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('receipt' as const), at: hour, of: fc.constantFrom('m1', 'a', 'b'), accepted: fc.boolean() }),
  fc.record({
    kind: fc.constant('recall' as const),
    at: hour,
    id: fc.constantFrom('a', 'b'),
    reason: fc.constantFrom('1', '2'),
    isFromHere: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('recall-answer' as const),
    at: hour,
    of: fc.constantFrom('a', 'b'),
    status: fc.constantFrom('1', '2'),
  }),
  fc.record({ kind: fc.constantFrom('taken' as const, 'released' as const), at: hour }),
  fc.record({
    kind: fc.constant('dispensing' as const),
    at: hour,
    id: fc.constantFrom('x', 'y', 'z'),
    packages: fc.constantFrom(0.5, 1),
    concluded: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('cancellation' as const), at: hour, id: fc.constant('c'), of: fc.constantFrom('x', 'y', 'z') }),
  fc.record({ kind: fc.constant('approval' as const), at: hour, granted: fc.boolean() }),
  fc.record({ kind: fc.constant('statement' as const), at: hour, state: fc.constantFrom('E' as const, 'U', 'T', 'R', 'X') }),
)

test('10,000 random chains end alike in any order, and with messages repeated', () => {
  const chains = fc
    .array(fact, { maxLength: 12 })
    .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }), hour))
  fc.assert(
    fc.property(chains, ([facts, shuffled, now]) => {
      assert.deepEqual(prescriptionState(shuffled, now), prescriptionState(facts, now))
    }),
    { numRuns: 10_000 },
  )
})

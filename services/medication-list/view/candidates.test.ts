/** What stands above the list: what may be one drug twice, what has expired, and a list that is older than a prescription. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Beside, BesidePrescription } from '@helsevev/clinical/medicines/beside'
import { treatmentOf } from '@helsevev/clinical/medicines/double-use'
import type { Medication } from '@helsevev/clinical/medicines/duplicates'
import { candidatesOf, dispensedLast, isExpired, newerThanList } from './candidates.ts'
import type { MedicationListData, ShownLine } from './panel-data.ts'

const controller = { organization: '1', name: 'Helse Vest' }
const metoprolol = { atc: 'C07AB02' }
const uses = { regular: '1', course: '2', 'as-needed': '3', other: undefined }
const states = { 'in-use': 'active', 'not-started': 'not-started', over: 'course-over', stopped: 'stopped' } as const
const line = (id: string, { span, ...more }: Partial<ShownLine> & { span?: Pick<Medication, 'from' | 'to'> } = {}): ShownLine => ({
  id,
  drug: id,
  use: 'regular',
  standing: 'in-use',
  steps: [],
  prescriptions: [`r-${id}`],
  treatment: treatmentOf(metoprolol, id, uses[more.use ?? 'regular'], {
    lineId: id,
    prescriptionIds: [`r-${id}`],
    state: states[more.standing ?? 'in-use'],
    ...span,
  }),
  contradictions: [],
  reasons: [],
  notes: [],
  controller,
  ...more,
})
const prescription = (number: string, more: Partial<BesidePrescription> = {}): BesidePrescription => ({
  number,
  codes: metoprolol,
  isOpen: true,
  isAtPharmacy: false,
  isLocked: false,
  controllers: ['Bergen'],
  ...more,
})
const beside = (prescriptions: BesidePrescription[]): Beside => ({
  prescriptions: { status: 'some', isPartial: false, data: { prescriptions } },
  allergies: { status: 'none', isPartial: false },
})
const data = (lines: ShownLine[], prescriptions: BesidePrescription[] = [], handled: string[][] = []): MedicationListData => ({
  list: {
    id: 'l',
    made: '2026-01-10T09:00:00+01:00',
    handled: handled.map((named) => ({ lines: named, time: '2026-01-10T09:00:00+01:00', by: 'Frida', note: 'Tilsiktet' })),
    notes: [],
    isEmpty: false,
    controller,
  },
  lines,
  proposed: [],
  missing: 0,
  more: false,
  beside: beside(prescriptions),
})
const words = (shown: MedicationListData) =>
  candidatesOf(shown)
    .map(({ key, grade, standing, handled }) => [key, grade, standing, handled?.by].filter(Boolean).join(' '))
    .join('; ')

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, MedicationListData, string])[] = [
  ['two lines of one substance', data([line('a'), line('b')]), 'a b substance candidate'],
  ['marked as intended, with who', data([line('a'), line('b')], [], [['a', 'b']]), 'a b substance intended Frida'],
  ['one is discontinued', data([line('a'), line('b', { standing: 'stopped' })]), ''],
  ['one replaces the other', data([line('a', { span: { to: '2026-02-01T00:00:00.000Z' } }), line('b', { standing: 'not-started', span: { from: '2026-02-01T00:00:00.000Z' } })]), ''],
  ['a line and an open prescription without a line', data([line('a')], [prescription('x')]), 'a x substance candidate'],
  ['a line and its own prescription', data([line('a')], [prescription('r-a')]), ''],
  ['a line and the prescription that renews its own', data([line('a')], [prescription('x', { previous: 'r-a' }), prescription('r-a', { isOpen: false })]), ''],
  ['a line and one of its chain, two renewals on', data([line('a')], [prescription('y', { previous: 'x' }), prescription('x', { previous: 'r-a', isOpen: false })]), ''],
  ['a line and the one that its prescription names as its renewal', data([line('a')], [prescription('x'), prescription('r-a', { next: 'x' })]), ''],
  ['a line of the renewal, and the earlier one that a pharmacy still has', data([line('a')], [prescription('old', { next: 'r-a' })]), ''],
  ['two of one chain without a line: the earlier is still at the pharmacy', data([], [prescription('x', { next: 'y' }), prescription('y')]), ''],
  ['the same, and the newer names the earlier', data([], [prescription('x'), prescription('y', { previous: 'x' })]), ''],
  ['two that renew one, both open', data([], [prescription('x', { previous: 'w' }), prescription('y', { previous: 'w' })]), 'x y substance candidate'],
  ['two that name each other hide none', data([], [prescription('x', { previous: 'y' }), prescription('y', { previous: 'x' })]), 'x y substance candidate'],
  ['a prescription that has ended', data([line('a')], [prescription('x', { isOpen: false })]), ''],
  ['a locked prescription is not compared', data([line('a')], [prescription('x', { isLocked: true, codes: {} })]), ''],
  ['one regular and one as needed', data([line('a'), line('b', { use: 'as-needed' })]), 'a b substance information'],
  ['candidates before what is intended', data([line('a'), line('b'), line('c')], [], [['a', 'b']]), 'a c substance candidate; b c substance candidate; a b substance intended Frida'],
  ['what the reader may not read takes no part', { ...data([line('a')]), beside: { ...beside([]), prescriptions: { status: 'refused', isPartial: false } } }, ''],
]
for (const [name, shown, expected] of rows) test(`candidates: ${name}`, () => assert.equal(words(shown), expected))

// biome-ignore format: a table, one row to a line
const expiries: readonly (readonly [string, ShownLine, BesidePrescription[], boolean])[] = [
  ['the last day', line('a', { validUntil: '2026-01-15' }), [], false],
  ['the day after', line('a', { validUntil: '2026-01-14' }), [], true],
  ['no prescription is stated', line('a'), [], false],
  ['it is discontinued', line('a', { validUntil: '2026-01-14', standing: 'stopped' }), [], false],
  ['a new prescription of the line is open', line('a', { validUntil: '2026-01-14' }), [prescription('x', { previous: 'r-a' })], false],
  ['its prescription has ended', line('a', { validUntil: '2026-01-14' }), [prescription('r-a', { isOpen: false })], true],
]
for (const [name, one, known, expected] of expiries)
  test(`expired: ${name}`, () => assert.equal(isExpired(one, beside(known), '2026-01-15'), expected))

// biome-ignore format: a table, one row to a line
const newer: readonly (readonly [string, BesidePrescription[], string | undefined])[] = [
  ['a later instant', [prescription('x', { authored: '2026-01-10T09:00:01+01:00' })], 'x'],
  ['the instant of the list', [prescription('x', { authored: '2026-01-10T09:00:00+01:00' })], undefined],
  ['the day of the list', [prescription('x', { authored: '2026-01-10' })], undefined],
  ['the day after', [prescription('x', { authored: '2026-01-11' })], 'x'],
  ['it is on the list', [prescription('r-a', { authored: '2026-01-11' })], undefined],
  ['it has ended', [prescription('x', { authored: '2026-01-11', isOpen: false })], undefined],
  ['the newest of two', [prescription('x', { authored: '2026-01-11' }), prescription('y', { authored: '2026-01-12' })], 'y'],
]
for (const [name, known, expected] of newer)
  test(`a list older than a prescription: ${name}`, () => assert.equal(newerThanList(data([line('a')], known))?.number, expected))

test('dispensed last is the latest of the whole chain of prescriptions', () => {
  const chain = [
    prescription('r-a', { isOpen: false, dispensed: { time: '2026-01-01' } }),
    prescription('x', { previous: 'r-a', dispensed: { time: '2026-01-05', pharmacy: 'Bryggen' } }),
    prescription('y', { dispensed: { time: '2026-01-09' } }),
  ]
  assert.deepEqual(dispensedLast(line('a'), beside(chain)), { time: '2026-01-05', pharmacy: 'Bryggen' })
  assert.equal(dispensedLast(line('a'), undefined), undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { doublePrescriptions } from './duplicates.ts'
import { type ListView, listView, medicationsOf, type Piece, type ViewOptions } from './list-view.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const day = (number: number) => new Date(Date.parse('2026-01-01T10:00:00Z') + number * 86_400_000)
const m251 = (number: number, lines: ReturnType<typeof lineOf>[], more: object = {}): Piece => ({
  kind: 'list',
  type: 'M25.1',
  id: `list-${number}`,
  at: day(number),
  lines,
  ...more,
})
const m252 = (number: number, lines: ReturnType<typeof lineOf>[]): Piece => ({
  kind: 'list',
  type: 'M25.2',
  id: `p-${number}`,
  at: day(number),
  lines,
})
const m1 = (id: string, number: number, more: { isLocked?: boolean; isFromHere?: boolean; doseText?: string } = {}): Piece => ({
  kind: 'prescription',
  fact: { kind: 'prescription', id, at: day(number), validUntil: '2026-12-31', repeats: 1, isFromHere: more.isFromHere === true },
  drug: drugOf({ ...(more.doseText !== undefined && { doseText: more.doseText }) }),
  ...(more.isLocked && { isLocked: true }),
})
const m5 = (prescriptionId: string, number: number, newPrescriptionId?: string): Piece => ({
  kind: 'event',
  prescriptionId,
  fact: { kind: 'recall', id: `m5-${prescriptionId}`, at: day(number), reason: '1', ...(newPrescriptionId && { newPrescriptionId }) },
})
const m10 = (prescriptionId: string, number: number, id = `m10-${number}`): Piece => ({
  kind: 'event',
  prescriptionId,
  fact: { kind: 'dispensing', id, at: day(number) },
  handedOver: '2026-01-05',
  drug: drugOf(),
})
const cancels = (prescriptionId: string, number: number, of: string): Piece => ({
  kind: 'event',
  prescriptionId,
  fact: { kind: 'cancellation', id: `c-${number}`, at: day(number), of },
})

/** Each entry as `line state: chain of ReseptId=state[dispensings]; sources`. */
function words({ entries }: ListView): string {
  return entries
    .map(({ line, state, isProposed, chain, differences }) => {
      const links = chain.map(({ prescriptionId, isLocked, prescription, dispensings }) => {
        const handed = dispensings.map(({ id, isCancelled }) => (isCancelled ? `-${id}` : id)).join(',')
        return `${prescriptionId}=${isLocked ? 'locked' : (prescription?.state ?? '?')}${handed ? `[${handed}]` : ''}`
      })
      return [
        line?.id ?? '-',
        state,
        ...(isProposed ? ['proposed'] : []),
        ...links,
        ...differences.map(({ element }) => `≠${element}`),
      ].join(' ')
    })
    .join('; ')
}

const stopped = { discontinuation: { time: '2026-01-03T09:00:00Z' } }
// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, readonly Piece[], number, string, ViewOptions?])[] = [
  ['nothing is known', [], 9, ''],
  ['the latest list stands for itself', [m251(1, [lineOf('a'), lineOf('b')]), m251(2, [lineOf('b')])], 9, 'b active r-b=?'],
  ['as it was before the latest list', [m251(1, [lineOf('a')]), m251(2, [lineOf('b')])], 1, 'a active r-a=?'],
  ['a line with its prescription', [m251(1, [lineOf('a')]), m1('r-a', 1)], 9, 'a active r-a=E'],
  ['an open prescription without a line comes after the list', [m251(1, [lineOf('a')]), m1('x', 0)], 9, 'a active r-a=?; - active x=E'],
  ['one that is closed does not', [m1('x', 0), m5('x', 1)], 9, ''],
  ['a dispensing of a prescription that is not known', [m10('paper', 3)], 9, '- active paper=unknown[m10-3]'],
  ['it was cancelled', [m10('paper', 3), cancels('paper', 4, 'm10-3')], 9, ''],
  ['a dispensing of a line', [m251(1, [lineOf('a')]), m1('r-a', 1), m10('r-a', 3), m10('r-a', 2, 'y'), cancels('r-a', 4, 'y')], 9, 'a active r-a=E[m10-3,-y]'],
  ['prescriptions come before dispensings', [m10('paper', 1), m1('x', 3)], 9, '- active x=E; - active paper=unknown[m10-1]'],
  ['new lines of a newer M25.2', [m251(1, [lineOf('a')]), m252(2, [lineOf('a'), lineOf('p')])], 9, 'a active r-a=?; p active proposed r-p=?'],
  ['an M25.2 of the same instant is not newer', [m251(2, [lineOf('a')]), m252(2, [lineOf('p')])], 9, 'a active r-a=?'],
  ['an M25.2 that is older', [m251(2, [lineOf('a')]), m252(1, [lineOf('p')])], 9, 'a active r-a=?'],
  ['an M25.2 without a list', [m252(1, [lineOf('p')])], 9, 'p active proposed r-p=?'],
  ['renewed: one line, a chain', [m251(1, [lineOf('a')]), m1('r-a', 1), m5('r-a', 2, 'x'), m1('x', 2)], 9, 'a active x=E r-a=T'],
  ['renewed twice, the list has the latest', [m251(3, [lineOf('a', { prescriptionId: 'y' })]), m1('r-a', 1), m5('r-a', 2, 'x'), m1('x', 2), m5('x', 3, 'y'), m1('y', 3)], 9, 'a active y=E x=T r-a=T'],
  ['renewed, by what the register states', [m251(1, [lineOf('a')]), m1('r-a', 1), { kind: 'renewal', at: day(2), previousId: 'r-a', newId: 'x' }], 9, 'a active x=? r-a=E'],
  ['the prescription of a line in an earlier list', [m251(1, [lineOf('a')]), m251(2, [lineOf('a', { prescriptionId: 'x' })]), m1('r-a', 1), m1('x', 2)], 9, 'a active x=E r-a=E'],
  ['a chain without a line is one entry', [m1('x', 1), m5('x', 2, 'y'), m1('y', 2)], 9, '- active y=E x=T'],
  ['a circle of renewals ends', [m1('x', 1), m5('x', 2, 'y'), m1('y', 2), m5('y', 3, 'x'), m251(1, [lineOf('a', { prescriptionId: 'x' })])], 9, 'a active y=T x=T'],
  ['the line has another dose than its prescription', [m251(1, [lineOf('a', { words: { doseText: '1 tablett' } })]), m1('r-a', 1, { doseText: '2 tabletter' })], 9, 'a active r-a=E ≠Forskrivning/DosVeiledEnkel'],
  ['a stopped line stays', [m251(1, [lineOf('a', stopped)])], 9, 'a stopped r-a=?'],
  ['for 90 days', [m251(1, [lineOf('a', stopped)])], 93, ''],
  ['a locked prescription has no entry', [m1('x', 1, { isLocked: true })], 9, ''],
  ['the locked prescription of a line has no content', [m251(1, [lineOf('a')]), m1('r-a', 1, { isLocked: true, doseText: 'x' })], 9, 'a active r-a=locked'],
  ['opened with its reference number', [m1('x', 1, { isLocked: true })], 9, '- active x=E', { opened: new Set(['x']) }],
  ['not sent yet, for others', [m1('x', 1, { isFromHere: true })], 9, ''],
  ['not sent yet, for the sender', [m1('x', 1, { isFromHere: true })], 9, '- active x=M1Pending', { withUnsent: true }],
]

for (const [name, pieces, number, expected, options] of rows) {
  test(`view: ${name}`, () => assert.equal(words(listView(pieces, day(number), options)), expected))
}

// biome-ignore format: a table, one row to a line
const newer: readonly (readonly [string, readonly Piece[], string | undefined])[] = [
  ['the prescription is older', [m251(2, []), m1('x', 1)], undefined],
  ['of the same instant', [m251(2, []), m1('x', 2)], undefined],
  ['newer', [m251(2, []), m1('x', 3)], 'x'],
  ['newer, and in the list', [m251(2, [lineOf('a')]), m1('r-a', 3)], undefined],
  ['newer, and recalled', [m251(2, []), m1('x', 3), m5('x', 4)], undefined],
  ['newer, and locked', [m251(2, []), m1('x', 3, { isLocked: true })], undefined],
  ['two', [m251(2, []), m1('x', 3), m1('y', 4)], 'y'],
  ['no list', [m1('x', 3)], undefined],
]
for (const [name, pieces, id] of newer)
  test(`a list and its newest prescription: ${name}`, () => assert.equal(listView(pieces, day(9)).newerPrescription?.id, id))

test('every entry says from which messages it is, and every source when it was asked', () => {
  const asked = (at: number, error?: string): Piece => ({ kind: 'retrieval', source: 'RF', at: day(at), ...(error && { error }) })
  const view = listView([m251(1, [lineOf('a')]), m1('r-a', 2), m10('r-a', 3), asked(5, 'no answer'), asked(4)], day(9))
  assert.deepEqual(view.entries[0]?.sources, [
    { source: 'M25.1', id: 'list-1', at: day(1) },
    { source: 'M1', id: 'r-a', at: day(2) },
    { source: 'M10', id: 'm10-3', at: day(3) },
  ])
  assert.deepEqual(view.retrievals, [{ source: 'RF', at: day(5), error: 'no answer' }])
})

for (const [name, pieces, locked] of [
  ['none is known', [m1('x', 1)], false],
  ['one is known', [m1('x', 1, { isLocked: true })], true],
  ['a source has one', [{ kind: 'retrieval', source: 'KJ', at: day(1), hasLocked: true }], true],
] satisfies [string, Piece[], boolean][]) {
  test(`locked prescriptions exist: ${name}`, () => assert.equal(listView(pieces, day(9)).hasLocked, locked))
}

test('a prescription without a line is a candidate of double prescription against a line, and that of the line is not', () => {
  const view = (...pieces: Piece[]) => doublePrescriptions(medicationsOf(listView(pieces, day(9)), day(9)))
  const list = m251(1, [lineOf('a', { words: { festId: 'f' } })])
  const same = (id: string): Piece => ({ ...m1(id, 1), kind: 'prescription', drug: drugOf({ festId: 'f' }) }) as Piece
  assert.deepEqual([view(list, same('r-a')).length, view(list, same('r-a'), same('x')).length], [0, 1])
})

const number = fc.integer({ min: 0, max: 6 })
const resept = fc.constantFrom('r-a', 'r-b', 'x', 'y')
const someLine = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), resept, fc.constantFrom('1 tablett', '2 tabletter'))
  .map(([id, prescriptionId, doseText]) => lineOf(id, { prescriptionId, words: { doseText } }))
const lines = fc.uniqueArray(someLine, { maxLength: 3, selector: ({ id }) => id })
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.tuple(number, lines).map(([at, some]) => m251(at, some, { by: 'module 1' })),
  fc.tuple(number, lines).map(([at, some]) => m252(at, some)),
  fc.tuple(resept, number, fc.boolean(), fc.boolean()).map(([id, at, isLocked, isFromHere]) => m1(id, at, { isLocked, isFromHere })),
  fc.tuple(resept, number, fc.option(resept, { nil: undefined })).map(([id, at, next]) => m5(id, at, next)),
  fc.tuple(resept, number, fc.constantFrom('m', 'n')).map(([id, at, own]) => m10(id, at, own)),
  fc.tuple(resept, number, fc.constantFrom('m', 'n')).map(([id, at, of]) => cancels(id, at, of)),
  fc.tuple(resept, resept, number).map(([previousId, newId, at]): Piece => ({ kind: 'renewal', previousId, newId, at: day(at) })),
)

test('10,000 random sets of messages give one view in any order, repeated, and whichever system wrote them', () => {
  const sets = fc
    .array(piece, { maxLength: 10 })
    .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 }), number))
  fc.assert(
    fc.property(sets, ([some, shuffled, at]) => {
      const found = listView(some, day(at))
      assert.deepEqual(listView(shuffled, day(at)), found)
      const byOther = some.map((one) => (one.kind === 'list' ? { ...one, by: 'module 2' } : one))
      assert.deepEqual(listView(byOther, day(at)).entries, found.entries)
    }),
    { numRuns: 10_000 },
  )
})

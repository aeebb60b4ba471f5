import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DuplicateOptions,
  doublePrescriptions,
  type HandledWarning,
  isGenericEqual,
  type Medication,
  medicationOf,
} from './duplicates.ts'
import { type Line, productOf } from './list-line.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const now = new Date('2026-02-01T12:00:00Z')
const ibux = { name: 'Ibux tab 400 mg', atc: 'M01AE01', festId: 'ibux-400', form: '53' }
const ibuprofen = { name: 'Ibuprofen Orifarm tab 0,4 g', atc: 'M01AE01', festId: 'orifarm-400', form: '53' }
const ibux200 = { name: 'Ibux tab 200 mg', atc: 'M01AE01', festId: 'ibux-200', form: '53' }
const naproxen = { name: 'Naproxen-E tab 250 mg', atc: 'M01AE02', festId: 'naproxen', form: '53' }
const paracetamol = { name: 'Paracet tab 500 mg', atc: 'N02BE01', festId: 'paracet', form: '53' }
const codeine = { name: 'Paralgin forte tab 30 mg/400 mg', atc: 'N02AJ06', festId: 'paralgin', form: '53' }
const vaccine = { name: 'Infanrix Hexa inj', atc: 'J07CA09', festId: 'infanrix' }
const stopped = { discontinuation: { time: '2026-01-20T09:00:00Z' } }
const ended = (end: string) => ({ dosings: [{ end, fixed: [], asNeeded: [] }] })
const prescription = (id: string, words: Parameters<typeof drugOf>[0]): Medication => ({
  prescriptionIds: [id],
  drug: drugOf(words),
  state: 'active',
})
const mixed = (): Line => ({
  ...lineOf('b'),
  drug: { ...drugOf(), prescribing: { dosings: [], mixture: { name: 'Salve', drugs: [], others: [], substances: [] } } },
})
const intended = (lines: string[], more: Partial<HandledWarning> = {}): DuplicateOptions => ({
  handled: [
    { id: 'w', lines, type: { code: '1' }, code: { code: '1' }, time: '2026-01-15T09:00:00Z', note: 'Two strengths in a taper', ...more },
  ],
})
const combined: DuplicateOptions = { ingredients: new Map([['N02AJ06', ['R05DA04', 'N02BE01']]]) }

type Row = readonly [string, readonly (Line | Medication)[], string, DuplicateOptions?]
// biome-ignore format: a table, one row to a line
const rows: readonly Row[] = [
  ['the same drug of FEST', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux })], 'product ibux-400 candidate generic'],
  ['the same package, by Varenr alone', [lineOf('a', { words: { articleNumber: '012345' } }), lineOf('b', { words: { articleNumber: '012345' } })], 'product 012345 candidate'],
  ['another Varenr, without code of ATC', [lineOf('a', { words: { articleNumber: '012345' } }), lineOf('b', { words: { articleNumber: '12345' } })], ''],
  ['a generic of another maker', [lineOf('a', { words: ibux }), lineOf('b', { words: ibuprofen })], 'substance M01AE01 candidate generic'],
  ['the same substance in another strength', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux200 })], 'substance M01AE01 candidate'],
  ['the same group', [lineOf('a', { words: ibux }), lineOf('b', { words: naproxen })], 'group M01AE information'],
  ['another group', [lineOf('a', { words: ibux }), lineOf('b', { words: paracetamol })], ''],
  ['a code of ATC that names a group only', [lineOf('a', { words: { atc: 'M01AE' } }), lineOf('b', { words: { atc: 'M01AE' } })], ''],
  ['the same line twice', [lineOf('a', { words: ibux }), lineOf('a', { words: ibux })], ''],
  ['a line and its own prescription', [lineOf('a', { words: ibux }), prescription('r-a', ibux)], ''],
  ['two lines of one prescription', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux, prescriptionId: 'r-a' })], ''],
  ['a line and a prescription that is not of it', [lineOf('a', { words: ibux }), prescription('r-x', ibux)], 'product ibux-400 candidate generic'],
  ['a line with its prescription, and another line: one pair', [lineOf('a', { words: ibux }), prescription('r-a', ibux), lineOf('b', { words: ibux })], 'product ibux-400 candidate generic'],
  ['prescriptions that a third one joins', [prescription('x', ibux), prescription('y', ibux), { ...prescription('x', ibux), prescriptionIds: ['x', 'y'] }], ''],
  ['active and discontinued', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux, ...stopped })], ''],
  ['active, and another substance discontinued and active', [lineOf('a', { words: ibux }), lineOf('b', { words: naproxen, ...stopped }), lineOf('c', { words: naproxen })], 'group M01AE information'],
  ['discontinued at this instant', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux, discontinuation: { time: '2026-02-01T12:00:00Z' } })], ''],
  ['a stop is planned', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux, discontinuation: { time: '2026-02-01T12:00:01Z' } })], 'product ibux-400 candidate generic'],
  ['replaced: one starts when the other stops', [lineOf('a', { words: ibux, discontinuation: { time: '2026-02-10' } }), lineOf('b', { words: ibux200, start: '2026-02-10' })], ''],
  ['replaced a day too late', [lineOf('a', { words: ibux, discontinuation: { time: '2026-02-11' } }), lineOf('b', { words: ibux200, start: '2026-02-10' })], 'substance M01AE01 candidate'],
  ['a course that is over', [lineOf('a', { words: { ...ibux, ...ended('2026-02-01') } }), lineOf('b', { words: ibux })], ''],
  ['a course before the other starts', [lineOf('a', { words: { ...ibux, ...ended('2026-02-10') } }), lineOf('b', { words: ibux, start: '2026-02-10' })], ''],
  ['a course into the other', [lineOf('a', { words: { ...ibux, ...ended('2026-02-11') } }), lineOf('b', { words: ibux, start: '2026-02-10' })], 'product ibux-400 candidate generic'],
  ['as needed beside regular', [lineOf('a', { words: ibux }), lineOf('b', { words: { ...ibux, use: '3' } })], 'product ibux-400 information generic'],
  ['both as needed', [lineOf('a', { words: { ...ibux, use: '3' } }), lineOf('b', { words: { ...ibux, use: '3' } })], 'product ibux-400 candidate generic'],
  ['a vaccine that is sent as regular use', [lineOf('a', { words: { ...vaccine, use: '1' } }), lineOf('b', { words: { ...vaccine, use: '1' } })], ''],
  ['a vaccine by its use', [lineOf('a', { words: { ...ibux, use: '4' } }), lineOf('b', { words: ibux })], ''],
  ['a vaccine by its kind of preparation', [lineOf('a', { words: { ...ibux, preparationType: '6' } }), lineOf('b', { words: ibux })], ''],
  ['what the pharmacy mixes', [lineOf('a'), mixed()], ''],
  ['a combination that holds the substance', [lineOf('a', { words: paracetamol }), lineOf('b', { words: codeine })], 'substance N02BE01 candidate', combined],
  ['the same combination twice', [lineOf('a', { words: codeine }), lineOf('b', { words: { ...codeine, festId: 'other' } })], 'substance N02AJ06 candidate generic', combined],
  ['a combination whose ingredients are not known', [lineOf('a', { words: paracetamol }), lineOf('b', { words: codeine })], ''],
  ['marked as intended', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux200 })], 'substance M01AE01 intended', intended(['a', 'b'])],
  ['marked, the lines in the other order', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux200 })], 'substance M01AE01 intended', intended(['b', 'a'])],
  ['a warning of one line is not about the pair', [lineOf('a', { words: ibux }), lineOf('b', { words: ibux200 })], 'substance M01AE01 candidate', intended(['a'])],
  ['marked, and changed later', [lineOf('a', { words: ibux, lastChanged: '2026-01-16T09:00:00Z' }), lineOf('b', { words: ibux200 })], 'substance M01AE01 intended changed', intended(['a', 'b'])],
  // Two real lists have this shape.
  ['active again after it was discontinued', [lineOf('2b', { words: ibux }), lineOf('b2', { words: ibux, ...stopped })], ''],
  ['the discontinued line has the ReseptId of the active one', [lineOf('2b', { words: ibux }), lineOf('b2', { words: ibux, ...stopped, prescriptionId: 'r-2b' })], ''],
]

for (const [name, things, expected, options] of rows) {
  test(`double prescription: ${name}`, () => {
    const found = doublePrescriptions(
      things.map((thing) => ('id' in thing ? medicationOf(thing, now) : thing)),
      options,
    )
    const words = found.map(({ grade, shared, standing, isGenericEqual: generic, handled }) =>
      [grade, shared, standing, ...(generic ? ['generic'] : []), ...(handled?.changedSince ? ['changed'] : [])].join(' '),
    )
    assert.equal(words.join('; '), expected)
  })
}

test('what was marked as intended says by whom and why, by the latest mark', () => {
  const first = intended(['a', 'b']).handled ?? []
  const again = intended(['a', 'b'], { time: '2026-01-20T09:00:00Z', note: 'Seen again' }).handled ?? []
  const lines = [lineOf('a', { words: ibux }), lineOf('b', { words: ibux })].map((line) => medicationOf(line, now))
  const [found] = doublePrescriptions(lines, { handled: [...again, ...first] })
  assert.equal(found?.handled?.warning.note, 'Seen again')
})

// biome-ignore format: a table, one row to a line
const generics: readonly (readonly [string, Parameters<typeof drugOf>[0], Parameters<typeof drugOf>[0], boolean])[] = [
  ['400 mg and 0,4 g', ibux, ibuprofen, true],
  ['another strength', ibux, ibux200, false],
  ['another form', ibux, { ...ibux, form: '25' }, false],
  ['the form is not stated', { ...ibux, form: undefined } as object, ibux, false],
  ['another substance', ibux, { ...ibux, atc: 'M01AE02' }, false],
  ['no strength in either name', { ...ibux, name: 'Ibux' }, { ...ibux, name: 'Ibux' }, false],
  ['100 mg/5 ml and 20 mg/ml', { ...ibux, name: 'Mikstur 100 mg/5 ml' }, { ...ibux, name: 'Mikstur 20 mg/ml' }, true],
  ['100 mg and 100 mg/ml', { ...ibux, name: 'Tab 100 mg' }, { ...ibux, name: 'Mikstur 100 mg/ml' }, false],
  ['two strengths in another order', { ...codeine }, { ...codeine, name: 'Pinex forte tab 400 mg/30 mg' }, false],
  ['250 mikrog and 0,25 mg', { ...ibux, name: 'Tab 250 mikrog' }, { ...ibux, name: 'Tab 0,25 mg' }, true],
  ['1 000 mg and 1 g', { ...ibux, name: 'Tab 1 000 mg' }, { ...ibux, name: 'Tab 1 g' }, true],
  ['1 000 mg and 2 000 mg', { ...ibux, name: 'Tab 1 000 mg' }, { ...ibux, name: 'Tab 2 000 mg' }, false],
  ['a number before the form is no strength', { ...ibux, name: '5 Enterotabletter' }, { ...ibux, name: '5 Enterotabletter' }, false],
  ['10 and 100 units', { ...ibux, name: 'Inj 10 E/ml' }, { ...ibux, name: 'Inj 100 E/ml' }, false],
]

for (const [name, one, other, equal] of generics) {
  test(`generic: ${name} ${equal ? 'are equal' : 'differ'}`, () => {
    const products = [productOf(drugOf(one)), productOf(drugOf(other))]
    assert.equal(isGenericEqual(products[0]!, products[1]!), equal)
  })
}

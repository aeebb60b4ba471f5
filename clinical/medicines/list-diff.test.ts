import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { doseDelta } from './dose-delta.ts'
import { type Choice, diffLists, mergeLists, resolveMerge } from './list-diff.ts'
import type { Line } from './list-line.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const ended = { discontinuation: { time: '2026-01-20T09:00:00Z', reason: { code: 'A' } } }
const words = { name: 'Ibux tab 200 mg', doseText: '1 tablett 2 ganger daglig' }
const stronger = { name: 'Ibux tab 400 mg', doseText: '1 tablett 2 ganger daglig' }

// biome-ignore format: a table, one row to a line
const diffs: readonly (readonly [string, readonly Line[], readonly Line[], string])[] = [
  ['nothing', [lineOf('a')], [lineOf('a')], ''],
  ['the time of the last change alone', [lineOf('a')], [lineOf('a', { lastChanged: '2026-01-11T10:00:00Z' })], ''],
  ['a line more', [lineOf('a')], [lineOf('a'), lineOf('b')], 'b added'],
  ['a line less', [lineOf('a'), lineOf('b')], [lineOf('b')], 'a removed'],
  ['ended', [lineOf('a')], [lineOf('a', ended)], 'a ended Seponering: - > Tidspunkt: 2026-01-20T09:00:00Z, Arsak: A'],
  ['resumed', [lineOf('a', ended)], [lineOf('a')], 'a resumed Seponering: Tidspunkt: 2026-01-20T09:00:00Z, Arsak: A > -'],
  ['another reason', [lineOf('a', ended)], [lineOf('a', { discontinuation: { ...ended.discontinuation, reason: { code: 'L' } } })], 'a changed Seponering/Arsak: A > L'],
  ['a new prescription', [lineOf('a')], [lineOf('a', { prescriptionId: 'x' })], 'a changed ReseptId: r-a > x'],
  ['another strength, the same words', [lineOf('a', { words })], [lineOf('a', { words: stronger })], 'a changed ReseptDokLegemiddelB64/Forskrivning/LegemiddelMerkevare/NavnFormStyrke: Ibux tab 200 mg > Ibux tab 400 mg (more 2)'],
  ['another order of lines', [lineOf('a'), lineOf('b')], [lineOf('b'), lineOf('a')], ''],
]
for (const [name, before, after, expected] of diffs) {
  test(`difference of lists: ${name}`, () => {
    const found = diffLists(before, after).map(({ id, kind, differences, dose }) =>
      [
        id,
        kind,
        ...differences.map((one) => `${one.element}: ${one.before ?? '-'} > ${one.after ?? '-'}`),
        ...(dose ? [`(${dose.change} ${dose.ratio ?? ''})`] : []),
      ].join(' '),
    )
    assert.equal(found.join('; '), expected)
  })
}

const fixed = (value: string, unit: string, interval = '1') => [
  { fixed: [{ amount: { value, unit }, interval: { value: interval, unit: 'Døgn' } }], asNeeded: [] },
]
const tablets = (value: string, name: string, interval?: string) => ({ name, dosings: fixed(value, 'tablett', interval) })
// biome-ignore format: a table, one row to a line
const deltas: readonly (readonly [string, Parameters<typeof drugOf>[0], Parameters<typeof drugOf>[0], string])[] = [
  ['half as many of twice the strength', tablets('2', 'Ibux tab 200 mg'), tablets('1', 'Ibux tab 400 mg'), '400-400 mg > 400-400 mg same 1'],
  ['as many of twice the strength', tablets('1', 'Ibux tab 200 mg'), tablets('1', 'Ibux tab 400 mg'), '200-200 mg > 400-400 mg more 2'],
  ['as many of half the strength', tablets('1', 'Ibux tab 400 mg'), tablets('1', 'Ibux tab 200 mg'), '400-400 mg > 200-200 mg less 0.5'],
  ['0,4 g is 400 mg', tablets('1', 'Ibux tab 400 mg'), tablets('1', 'Generisk tab 0,4 g'), '400-400 mg > 400-400 mg same 1'],
  ['tenths', tablets('0.1', 'X tab 3 mg'), tablets('0.3', 'X tab 1 mg'), '0.3-0.3 mg > 0.3-0.3 mg same 1'],
  ['words of a range', { name: 'X tab 1 mg', doseText: '1 tablett 2 ganger daglig' }, { name: 'X tab 1 mg', doseText: '1-2 tabletter 2 ganger daglig' }, '2-2 mg > 2-4 mg more 2'],
  ['every second day is not compared', tablets('1', 'X tab 1 mg'), tablets('1', 'X tab 1 mg', '2'), '1-1 mg > ? unknown'],
  ['strength not stated, same product', { name: 'X mikstur', dosings: fixed('5', 'ml') }, { name: 'X mikstur', dosings: fixed('10', 'ml') }, '5-5 ml > 10-10 ml more 2'],
  ['strength not stated, another product', { name: 'X mikstur', dosings: fixed('5', 'ml') }, { name: 'Y mikstur', dosings: fixed('5', 'ml') }, '5-5 ml > 5-5 ml unknown'],
  ['two strengths in one product', tablets('1', 'X tab 30 mg/400 mg'), tablets('1', 'Y tab 60 mg/800 mg'), '1-1 tablett > 1-1 tablett unknown'],
  ['words that are not read', { name: 'X tab 1 mg', doseText: 'Som avtalt' }, tablets('1', 'X tab 1 mg'), '? > 1-1 mg unknown'],
  ['words and structure disagree', { ...tablets('1', 'X tab 1 mg'), doseText: '2 tabletter 1 gang daglig' }, tablets('1', 'X tab 1 mg'), '? > 1-1 mg unknown'],
]
for (const [name, before, after, expected] of deltas) {
  test(`dose of a day: ${name}`, () => {
    const found = doseDelta(drugOf(before), drugOf(after))
    const [one, other] = [found.before, found.after].map((dose) => (dose ? `${dose.min}-${dose.max} ${dose.unit}` : '?'))
    assert.equal([`${one} > ${other}`, found.change, ...(found.ratio === undefined ? [] : [found.ratio])].join(' '), expected)
  })
}

const at = (prescriptionId: string) => [lineOf('a', { prescriptionId })]
// biome-ignore format: a table, one row to a line
const merges: readonly (readonly [string, readonly Line[], readonly Line[], readonly Line[], string])[] = [
  ['nobody changed it', at('0'), at('0'), at('0'), 'a unchanged'],
  ['I changed it', at('0'), at('1'), at('0'), 'a mine'],
  ['they changed it', at('0'), at('0'), at('2'), 'a theirs'],
  ['both, alike', at('0'), at('1'), at('1'), 'a same'],
  ['both, differently', at('0'), at('1'), at('2'), 'a conflict'],
  ['I added it', [], at('1'), [], 'a mine'],
  ['they added it', [], [], at('2'), 'a theirs'],
  ['I removed it', at('0'), [], at('0'), 'a mine'],
  ['they removed it', at('0'), at('0'), [], 'a theirs'],
  ['both removed it', at('0'), [], [], 'a same'],
  ['I removed it, they changed it', at('0'), [], at('2'), 'a conflict'],
  ['I changed it, they removed it', at('0'), at('1'), [], 'a conflict'],
]
for (const [name, base, mine, theirs, expected] of merges) {
  test(`merge: ${name}`, () => {
    const found = mergeLists(base, mine, theirs)
    assert.equal(found.map(({ id, standing }) => `${id} ${standing}`).join('; '), expected)
    const needsNone = expected === 'a unchanged' || expected === 'a same'
    assert.deepEqual(resolveMerge(found, new Map()), needsNone ? { lines: theirs } : { undecided: ['a'] })
    assert.deepEqual(resolveMerge(found, new Map([['a', 'mine']])), { lines: needsNone ? theirs : mine })
    assert.deepEqual(resolveMerge(found, new Map([['a', 'theirs']])), { lines: theirs })
  })
}

test('a conflict takes a text made of both, of the same line alone', () => {
  const items = mergeLists(at('0'), at('1'), at('2'))
  assert.deepEqual(resolveMerge(items, new Map([['a', { written: lineOf('a', { prescriptionId: '3' }) }]])), { lines: at('3') })
  assert.deepEqual(resolveMerge(items, new Map([['a', { written: lineOf('b') }]])), { undecided: ['a'] })
})

const line = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('0', '1', '2'))
  .map(([id, prescriptionId]) => lineOf(id, { prescriptionId }))
const list = fc.uniqueArray(line, { maxLength: 4, selector: ({ id }) => id })

test('no text of any version is dropped by a merge, and every line of the result was chosen', () => {
  fc.assert(
    fc.property(list, list, list, fc.boolean(), (base, mine, theirs, isMine) => {
      const items = mergeLists(base, mine, theirs)
      for (const [side, lines] of [
        ['base', base],
        ['mine', mine],
        ['theirs', theirs],
      ] as const)
        assert.deepEqual(
          new Map(items.flatMap((item) => (item[side] ? [[item.id, item[side]]] : []))),
          new Map(lines.map((one) => [one.id, one])),
        )
      const choice: Choice = isMine ? 'mine' : 'theirs'
      const { lines = [] } = resolveMerge(items, new Map(items.map(({ id }) => [id, choice])))
      assert.deepEqual(new Set(lines), new Set(isMine ? mine : theirs))
    }),
    { numRuns: 2000 },
  )
})

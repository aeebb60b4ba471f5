/** What a dose says, and where its words, its short dose and its structure disagree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doseOf } from './dose.ts'
import type { Prescribing } from './messages/drug.ts'
import { stepsOfShortDose, stepsOfText } from './short-dose.ts'

const range = ({ min, max }: { min: number; max: number }) => (min === max ? `${min}` : `${min}-${max}`)
const written = (steps: ReturnType<typeof stepsOfText>) =>
  steps
    ?.map(({ perDay, places, days }) => {
      const at = places && Object.entries(places).map(([place, amount]) => `${place}:${range(amount)}`)
      return [range(perDay), at && `[${at.join(' ')}]`, days && `${range(days)}d`].filter(Boolean).join(' ')
    })
    .join(', ')

// biome-ignore format: a table, one row to a line
const shortDoses: readonly (readonly [name: string, steps: string | undefined])[] = [
  ['1x3', '3'],
  ['0,5x3', '1.5'],
  ['1x2x7', '2 7d'],
  ['1-2x3-4', '3-8'],
  ['1+0+1', '2 [1:1 5:1]'],
  ['0+0+0+2', '2 [5:2]'],
  ['1+1+1+1', '4 [1:1 2:1 4:1 5:1]'],
  ['0,5+0+0+0,5', '1 [1:0.5 5:0.5]'],
  ['1-2+0+1-2', '2-4 [1:1-2 5:1-2]'],
  ['10+0+0x3', '10 [1:10] 3d'],
  ['1+0+0 i hvert øye', undefined],
  ['1x3 i høyre øye', '3'],
  ['1-2 inntil x3', '0-6'],
  ['1x1-3 inntil x4', undefined],
  ['1+0+0 i ett nesebor, 0+0+1 i det andre neseboret', undefined],
  ['3x2 i ørene', undefined],
  ['1x1 Start 1-2 dager før innreise, fortsett i 7 dager etter utreise', undefined],
  ['1 daglig', '1'],
  ['10x1x1$5x1', '10 1d, 5'],
  ['1x1x21$1 ukes pause', undefined],
  ['1 annenhver dag', undefined],
  ['1 ukentlig i 4-6 uker', undefined],
  ['Følg vedlagte bruksanvisning', undefined],
  ['1 ved behov', undefined],
  ['1x1 hver annen dag', undefined],
  ['', undefined],
]

for (const [name, steps] of shortDoses)
  test(`the short dose ${name} is ${steps ?? 'text alone'}`, () => assert.equal(written(stepsOfShortDose(name)), steps))

// biome-ignore format: a table, one row to a line
const texts: readonly (readonly [text: string, steps: string | undefined])[] = [
  ['1 tablett 3 ganger daglig', '3'],
  ['0,5 tablett 3 ganger daglig', '1.5'],
  ['½ tablett 2 ganger daglig', '1'],
  ['1/2 tablett daglig', '0.5'],
  ['1-2 tabletter inntil 3 ganger daglig', '0-6'],
  ['1 tablett 1 gang daglig i 5 dager', '1 5d'],
  ['1 tablett morgen 1 tablett kveld', '2 [1:1 5:1]'],
  ['2 tabletter morgen, 2 tabletter midt på dagen og 2 tabletter kveld i 6 dager', '6 [1:2 3:2 5:2] 6d'],
  ['2 tabletter morgen i 3 dager, deretter 1 tablett morgen daglig', '2 [1:2] 3d, 1 [1:1]'],
  ['HOSTEDEMPENDE\n10 ml 3 ganger daglig', '30'],
  ['1 tablett annenhver dag', undefined],
  ['1 tablett morgen annenhver dag', undefined],
  ['1 tablett daglig ved behov', undefined],
  ['Test', undefined],
  ['1', undefined],
]

for (const [text, steps] of texts)
  test(`the words “${text.replace('\n', ' / ')}” are ${steps ?? 'text alone'}`, () => assert.equal(written(stepsOfText(text)), steps))

type Line = Partial<Prescribing['dosings'][number]>
const line = (...fixed: Prescribing['dosings'][number]['fixed']): Line => ({ fixed })
const dose = (value: string, when?: string, more: object = {}) => ({
  amount: { value, unit: 'tablett' },
  interval: { value: '1', unit: 'Døgn' },
  ...(when === undefined ? {} : { when: { code: when } }),
  ...more,
})
const prescribed = (doseText: string | undefined, short: string | undefined, dosings: readonly Line[], use = '1'): Prescribing => ({
  ...(doseText === undefined ? {} : { doseText }),
  ...(short === undefined ? {} : { shortDose: { display: short } }),
  use: { code: use },
  dosings: dosings.map((one) => ({ fixed: [], asNeeded: [], ...one })),
})
const every = (value: string, unit: string) => ({ interval: { value, unit } })
const days = (more: object) => ({ days: { weekdays: [], ...more } })
const asNeeded: Line = { asNeeded: [{ amount: { value: '1' }, maxPerDay: { value: '4' } }] }

// biome-ignore format: a table, one row to a line
const sums: readonly (readonly [name: string, line: Line, perDay: string | undefined])[] = [
  ['three times a day', line(dose('0.5', '1'), dose('0.5', '3'), dose('0.5', '5')), '1.5'],
  ['tenths', line(dose('0.1', '1'), dose('0.2', '5')), '0.3'],
  ['every eight hours', line(dose('1', undefined, every('8', 'Timer'))), '3'],
  ['every second day', line(dose('1', '1', every('2', 'Døgn'))), '1'],
  ['once a week', line(dose('1', '1', every('1', 'Uke'))), '1'],
  ['two days on, five off', line(dose('2', '1', days({ daysOn: 2, daysOff: 5 }))), '2'],
  ['other amounts on other weekdays', line(dose('1', '1', days({ weekdays: [{ code: '1' }] })), dose('2', '1', days({ weekdays: [{ code: '2' }] }))), undefined],
  ['two units', line(dose('1', '1'), { amount: { value: '5', unit: 'ml' } }), undefined],
  ['no amount', line({ interval: { value: '1', unit: 'Døgn' } }), undefined],
  ['as needed', asNeeded, undefined],
]

for (const [name, one, perDay] of sums)
  test(`the sum of a day, ${name}: ${perDay ?? 'none'}`, () => {
    assert.equal(doseOf(prescribed(undefined, undefined, [one])).lines[0]?.perDay?.value, perDay)
  })

const thrice = line(dose('1', '1'), dose('1', '3'), dose('1', '5'))
const first = { ...line(dose('2', '1')), start: '2026-01-01', end: '2026-01-04' }
const then = { ...line(dose('1', '1')), start: '2026-01-04' }

// biome-ignore format: a table, one row to a line
const comparisons: readonly (readonly [name: string, prescribing: Prescribing, contradictions: string])[] = [
  ['all three agree', prescribed('1 tablett 3 ganger daglig', '1x3', [thrice]), ''],
  ['the short dose is of another amount', prescribed('1 tablett 3 ganger daglig', '1x2', [thrice]), 'text/short-dose amount 0; short-dose/structure amount 0'],
  ['the structure is of another amount', prescribed('1 tablett 2 ganger daglig', '1x2', [thrice]), 'text/structure amount 0; short-dose/structure amount 0'],
  ['the text is of another amount', prescribed('2 tabletter 3 ganger daglig', '1x3', [thrice]), 'text/short-dose amount 0; text/structure amount 0'],
  ['the same sum at other times', prescribed('1 tablett morgen 1 tablett kveld', '1+1+0', [line(dose('1', '1'), dose('1', '5'))]), 'text/short-dose place 0; short-dose/structure place 0'],
  ['four places', prescribed(undefined, '1+1+1+1', [line(dose('1', '1'), dose('1', '2'), dose('1', '4'), dose('1', '5'))]), ''],
  ['four places against midday', prescribed(undefined, '1+1+1+1', [line(dose('1', '1'), dose('1', '3'), dose('1', '4'), dose('1', '5'))]), 'short-dose/structure place 0'],
  ['a taper in order', prescribed('2 tabletter morgen i 3 dager, deretter 1 tablett morgen daglig', '2x1x3$1x1', [first, then]), ''],
  ['a taper in the other order', prescribed('1 tablett morgen i 3 dager, deretter 2 tabletter morgen daglig', '2x1x3$1x1', [first, then]), 'text/short-dose amount 0; text/short-dose amount 1; text/structure amount 0; text/structure amount 1'],
  ['a taper with a step less', prescribed('2 tabletter morgen daglig', undefined, [first, then]), 'text/structure amount 1'],
  ['every second day, where the words say each day', prescribed('1 tablett daglig', undefined, [line(dose('1', '1', every('2', 'Døgn')))]), 'text/structure days 0'],
  ['every second day, in words that are not read', prescribed('1 tablett annenhver dag', undefined, [line(dose('1', '1', every('2', 'Døgn')))]), ''],
  ['days on and off, where the short dose says each day', prescribed(undefined, '1x1', [line(dose('1', '1', days({ daysOn: 5, daysOff: 2 })))]), 'short-dose/structure days 0'],
  ['words that are no amounts', prescribed('Test', '1x3', [thrice]), ''],
  ['as needed, with fixed doses', prescribed('1 tablett 3 ganger daglig', '1x3', [thrice], '3'), ''],
  ['regular, with doses as needed', prescribed(undefined, undefined, [asNeeded]), 'use/structure use 0'],
  ['regular, with words that say as needed', prescribed('1 tablett ved behov', undefined, []), 'use/text use 0'],
]

for (const [name, prescribing, expected] of comparisons)
  test(`${name}: ${expected || 'no contradiction'}`, () => {
    const { contradictions, text } = doseOf(prescribing)
    assert.equal(contradictions.map(({ between, about, step }) => `${between.join('/')} ${about} ${step}`).join('; '), expected)
    assert.equal(text, prescribing.doseText)
  })

test('use alone says whether a drug is as needed', () => {
  const of = (use: string) => doseOf(prescribed(undefined, undefined, [thrice], use))
  assert.deepEqual(
    ['1', '2', '3', '4', '9'].map((use) => [of(use).use, of(use).isAsNeeded]),
    [
      ['regular', false],
      ['course', false],
      ['as-needed', true],
      ['vaccine', false],
      [undefined, false],
    ],
  )
})

test('intervals, weekdays and days on and off are kept, and what no amounts are read from is said not to be compared', () => {
  const { lines, notCompared } = doseOf(
    prescribed('Test', '1 annenhver dag', [
      line(dose('1', '1', { ...every('2', 'Døgn'), ...days({ weekdays: [{ code: '3' }], daysOn: 5, daysOff: 2 }) })),
    ]),
  )
  const [kept] = lines[0]?.fixed ?? []
  assert.deepEqual([kept?.intervalHours, kept?.weekdays, kept?.daysOn, kept?.daysOff], [48, ['3'], 5, 2])
  assert.deepEqual(notCompared, ['text', 'short-dose'])
})

test('the words of an extension stand next to those of the prescription, and are flagged where they are others', () => {
  const of = (doseText: string | undefined, words: string) => doseOf(prescribed(doseText, undefined, []), words)
  assert.deepEqual([of(undefined, '1 tablett daglig').text, of(undefined, '1 tablett daglig').contradictions], ['1 tablett daglig', []])
  assert.deepEqual(of('1  tablett daglig', '1 tablett daglig').contradictions, [])
  const { text, extensionText, contradictions } = of('1 tablett daglig', '2 tabletter daglig')
  assert.deepEqual([text, extensionText], ['1 tablett daglig', '2 tabletter daglig'])
  assert.deepEqual(contradictions, [{ between: ['text', 'extension'], about: 'words', step: 0 }])
})

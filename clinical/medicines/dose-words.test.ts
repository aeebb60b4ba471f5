import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Prescribing } from '../e-prescription/messages/drug.ts'
import { doseInWords } from './dose-words.ts'

type Dosing = Prescribing['dosings'][number]
type Fixed = Dosing['fixed'][number]
const every = (value: string, unit = 'Døgn') => ({ interval: { value, unit } })
const daily = every('1')
const dose = (value: string, more: Partial<Fixed> = {}, unit: string | undefined = 'tablett'): Fixed => ({
  amount: { value, ...(unit !== '' && { unit }) },
  ...more,
})
const at = (when: string) => ({ when: { code: when }, ...daily })
const line = (fixed: readonly Fixed[], more: Partial<Dosing> = {}): Dosing => ({ fixed, asNeeded: [], ...more })
const asNeeded = (more: object = {}): Dosing => ({ fixed: [], asNeeded: [{ amount: { value: '1', unit: 'tablett' }, ...more }] })
const of = (dosings: readonly Dosing[], more: Partial<Prescribing> = {}): Prescribing => ({ use: { code: '1' }, dosings, ...more })
const days = (daysOn: number | undefined, daysOff: number | undefined) => ({
  days: { weekdays: [], ...(daysOn !== undefined && { daysOn }), ...(daysOff !== undefined && { daysOff }) },
})

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, Prescribing, string, string, string])[] = [
  ['once a day', of([line([dose('1', daily)])]), '1 tablett daglig', '1 tablett dagleg', '1 tablet daily'],
  ['two tablets', of([line([dose('2', daily)])]), '2 tabletter daglig', '2 tablettar dagleg', '2 tablets daily'],
  ['half a tablet', of([line([dose('0.5', daily)])]), '0,5 tablett daglig', '0,5 tablett dagleg', '0.5 tablet daily'],
  ['an amount with decimals that say nothing', of([line([dose('1.000', daily)])]), '1 tablett daglig', '1 tablett dagleg', '1 tablet daily'],
  ['a unit that has no words here', of([line([dose('10', daily, 'ml')])]), '10 ml daglig', '10 ml dagleg', '10 ml daily'],
  ['no unit', of([line([dose('1', daily, '')])]), '1 daglig', '1 dagleg', '1 daily'],
  ['three times a day', of([line([dose('1', daily), dose('1', daily), dose('1', daily)])]), '1 tablett 3 ganger daglig', '1 tablett 3 gonger dagleg', '1 tablet 3 times daily'],
  ['places of the day', of([line([dose('1', at('1')), dose('2', at('3')), dose('1', at('5'))])]), '1 tablett morgen, 2 tabletter midt på dagen og 1 tablett kveld daglig', '1 tablett morgon, 2 tablettar midt på dagen og 1 tablett kveld dagleg', '1 tablet in the morning, 2 tablets at midday and 1 tablet in the evening daily'],
  ['a time of day', of([line([dose('1', { timeOfDay: '08:00:00', ...daily })])]), '1 tablett kl. 08.00 daglig', '1 tablett kl. 08.00 dagleg', '1 tablet at 08:00 daily'],
  ['every eight hours', of([line([dose('1', every('8', 'Timer'))])]), '1 tablett hver 8. time', '1 tablett kvar 8. time', '1 tablet every 8 hours'],
  ['every second day', of([line([dose('1', every('2'))])]), '1 tablett annenhver dag', '1 tablett annakvar dag', '1 tablet every second day'],
  ['every third day', of([line([dose('1', every('3'))])]), '1 tablett hver 3. dag', '1 tablett kvar 3. dag', '1 tablet every 3 days'],
  ['every week', of([line([dose('1', every('1', 'Uke'))])]), '1 tablett hver uke', '1 tablett kvar veke', '1 tablet every week'],
  ['days on and off', of([line([dose('1', { ...daily, ...days(21, 7) })])]), '1 tablett daglig, 21 dager med og 7 dager uten', '1 tablett dagleg, 21 dagar med og 7 dagar utan', '1 tablet daily, 21 days on and 7 days off'],
  ['one day on and off', of([line([dose('1', { ...daily, ...days(1, 1) })])]), '1 tablett daglig, 1 dag med og 1 dag uten', '1 tablett dagleg, 1 dag med og 1 dag utan', '1 tablet daily, 1 day on and 1 day off'],
  ['five days: the end is the first day without', of([line([dose('1', daily)], { start: '2024-01-05', end: '2024-01-10' })]), '1 tablett daglig, fra 05.01.2024 til og med 09.01.2024', '1 tablett dagleg, frå 05.01.2024 til og med 09.01.2024', '1 tablet daily, from 2024-01-05 up to and including 2024-01-09'],
  ['a start alone', of([line([dose('1', daily)], { start: '2024-01-05' })]), '1 tablett daglig', '1 tablett dagleg', '1 tablet daily'],
  ['a taper, in its order', of([line([dose('2', daily)], { start: '2024-01-05', end: '2024-01-08' }), line([dose('1', daily)], { start: '2024-01-08' })]), '2 tabletter daglig, fra 05.01.2024 til og med 07.01.2024 / 1 tablett daglig, fra 08.01.2024', '2 tablettar dagleg, frå 05.01.2024 til og med 07.01.2024 / 1 tablett dagleg, frå 08.01.2024', '2 tablets daily, from 2024-01-05 up to and including 2024-01-07 / 1 tablet daily, from 2024-01-08'],
  ['as needed, with the most of a day', of([asNeeded({ maxPerDay: { value: '4', unit: 'tablett' } })], { use: { code: '3' } }), '1 tablett ved behov, høyst 4 tabletter i døgnet', '1 tablett ved behov, høgst 4 tablettar i døgnet', '1 tablet as needed, at most 4 tablets in 24 hours'],
  ['as needed, without', of([asNeeded()], { use: { code: '3' } }), '1 tablett ved behov', '1 tablett ved behov', '1 tablet as needed'],
  ['as needed by its use, sent as fixed', of([line([dose('1', daily)])], { use: { code: '3' } }), '1 tablett daglig ved behov', '1 tablett dagleg ved behov', '1 tablet daily as needed'],
]
for (const [name, prescribing, nb, nn, en] of rows) {
  test(`dose in words: ${name}`, () => {
    const { structured = [] } = doseInWords(prescribing)
    const all = (language: 'nb' | 'nn' | 'en') => structured.map((words) => words[language]).join(' / ')
    assert.deepEqual([all('nb'), all('nn'), all('en')], [nb, nn, en])
  })
}

const weekdays = { ...daily, days: { weekdays: [{ code: '1' }] } }
// biome-ignore format: a table, one row to a line
const asSent: readonly (readonly [string, Prescribing, string | undefined])[] = [
  ['no structure', of([], { doseText: 'Som avtalt' }), 'Som avtalt'],
  ['no words: the name of the short dose', of([], { shortDose: { code: '160', display: '1x3' } }), '1x3'],
  ['nothing', of([]), undefined],
  ['words and structure disagree', of([line([dose('1', daily)])], { doseText: '2 tabletter 1 gang daglig' }), '2 tabletter 1 gang daglig'],
  ['weekdays, whose code list is not published', of([line([dose('1', weekdays)])], { doseText: '1 tablett mandag' }), '1 tablett mandag'],
  ['no interval', of([line([dose('1')])], { doseText: 'X' }), 'X'],
  ['an interval of a unit that is not known', of([line([dose('1', every('1', 'Måned'))])], { doseText: 'X' }), 'X'],
  ['a place of the day that is not known', of([line([dose('1', at('9'))])], { doseText: 'X' }), 'X'],
  ['no amount', of([line([{ ...daily }])], { doseText: 'X' }), 'X'],
  ['an amount of nothing', of([line([dose('0', daily)])], { doseText: 'X' }), 'X'],
  ['different days', of([line([dose('1', daily), dose('2', every('2'))])], { doseText: 'X' }), 'X'],
  ['days on without days off', of([line([dose('1', { ...daily, ...days(5, undefined) })])], { doseText: 'X' }), 'X'],
  ['one line of a taper has no words', of([line([dose('2', daily)]), line([dose('1', weekdays)])], { doseText: 'X' }), 'X'],
  ['the first line of a taper has no words', of([line([dose('1', weekdays)]), line([dose('2', daily)])], { doseText: 'X' }), 'X'],
  ['different amounts without places', of([line([dose('1', daily), dose('2', daily)])], { doseText: 'X' }), 'X'],
]
for (const [name, prescribing, text] of asSent) {
  test(`dose as sent: ${name}`, () => {
    const found = doseInWords(prescribing)
    assert.deepEqual([found.asSent, found.structured], [text, undefined])
  })
}

test('text and structure that agree stand side by side, and neither holds the other', () => {
  const found = doseInWords(of([line([dose('1', daily)])], { doseText: '1 tablett 1 gang daglig' }))
  assert.deepEqual([found.asSent, found.structured?.map(({ nb }) => nb)], ['1 tablett 1 gang daglig', ['1 tablett daglig']])
})

// biome-ignore format: a table, one row to a line
const extensions: readonly (readonly [string, string | undefined, string, string, string | undefined])[] = [
  ['the same words', 'X', 'X', 'X', undefined],
  ['other words: both are shown', 'X', 'Y', 'X', 'Y'],
  ['words of the extension alone', undefined, 'Y', 'Y', undefined],
]
for (const [name, doseText, extension, asSentText, inExtension] of extensions) {
  test(`dose in an extension: ${name}`, () => {
    const found = doseInWords(of([], { ...(doseText !== undefined && { doseText }) }), extension)
    assert.deepEqual([found.asSent, found.inExtension], [asSentText, inExtension])
  })
}

/** How the dose of a day changes, row by row. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doseDelta } from './dose-delta.ts'
import { drugOf } from './testing/lines.ts'

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

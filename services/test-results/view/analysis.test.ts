import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isConverted, pinnedFirst } from './analysis.ts'
import type { ShownAnalysis } from './panel-data.ts'

test('a number is converted when the laboratory wrote another one, whatever its spelling of the unit', () => {
  const at = { time: 0, value: 1, source: '', open: false }
  for (const [number, written, converted] of [
    ['10,8', '10,8 g/dL', false],
    ['10,5', '105 g/L', true],
    ['7,2', '7,2 10E9/L', false],
    ['1,0', '1,0', false],
    ['< 5', '< 5 mg/L', false],
    ['1', '10 g/L', true],
  ] as const)
    assert.equal(isConverted({ ...at, number, written }), converted, written)
})

test('pinned analyses stand first, in the order they were pinned', () => {
  const one = (name: string, code?: string): ShownAnalysis => ({ name, ...(code ? { code } : {}), unit: '', guessed: false, points: [] })
  const names = pinnedFirst([one('a', '1'), one('b'), one('c', '3'), one('d', '4')], ['4', '9', '1']).map(({ name }) => name)
  assert.deepEqual(names, ['d', 'a', 'b', 'c'])
})

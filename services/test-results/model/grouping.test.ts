import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Groupable, grouped, plainName } from './grouping.ts'

const result = (id: string, more: Partial<Groupable> = {}): Groupable => ({
  id,
  national: [],
  local: [],
  name: id,
  specimen: undefined,
  dimension: 'g/L',
  ...more,
})
const rows: [about: string, results: Groupable[], groups: string[]][] = [
  ['one national code', [result('a', { national: ['NLK|1'] }), result('b', { national: ['NLK|1'] })], ['a b']],
  ['different codes', [result('a', { national: ['NLK|1'] }), result('b', { national: ['NLK|2'] })], ['a', 'b']],
  ['a local code of one laboratory', [result('a', { local: ['lab|HB'] }), result('b', { local: ['lab|HB'] })], ['a b']],
  ['the same local code of two laboratories', [result('a', { local: ['one|HB'] }), result('b', { local: ['two|HB'] })], ['a', 'b']],
  [
    'one result that carries both joins the two, surely',
    [result('a', { national: ['NLK|1'] }), result('b', { local: ['lab|HB'] }), result('c', { national: ['NLK|1'], local: ['lab|HB'] })],
    ['a b c'],
  ],
  [
    'name and specimen, which is a guess',
    [result('a', { national: ['NLK|1'], name: 'B-Hemoglobin' }), result('b', { local: ['lab|HB'], name: 'Hemoglobin', specimen: 'Blod' })],
    ['a b ?'],
  ],
  ['the same name in another specimen', [result('a', { name: 'P-Kreatinin' }), result('b', { name: 'U-Kreatinin' })], ['a', 'b']],
  [
    'the same code in units of different dimensions',
    [result('a', { national: ['NLK|1'] }), result('b', { national: ['NLK|1'], dimension: 'mmol/L' })],
    ['a', 'b'],
  ],
  ['no name', [result('a', { name: '' }), result('b', { name: '' })], ['a', 'b']],
]

test('results are grouped by what is sure, then by a guess that is said to be one', () => {
  for (const [about, results, groups] of rows)
    assert.deepEqual(
      grouped(results).map((group) => `${group.results.map(({ id }) => id).join(' ')}${group.guessed ? ' ?' : ''}`),
      groups,
      about,
    )
})

test('a name is read without its specimen and what is in brackets', () => {
  for (const [name, plain, specimen] of [
    ['P-Vit. B12 (Kobalamin)', 'vit b12', 'plasma'],
    ['B-Hemoglobin', 'hemoglobin', 'blod'],
    ['Nyre-eGFR CKD-EPI Kreatinin', 'nyre egfr ckd epi kreatinin', undefined],
    ['D-dimer', 'd dimer', undefined],
  ] as const)
    assert.deepEqual(plainName(name), { name: plain, specimen })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { dayOf } from '../time.ts'
import type { Breathing, Consciousness } from '../vital-signs.ts'
import { isTooYoung } from './age.ts'
import type { NumericParameter, Parameter, Scale, Score } from './chart.ts'
import { columns, parameters } from './chart.ts'
import { assess, bandOf, isLegal, monitoringOf, type SubScore, scoreBreathing, scoreConsciousness, scoreNumber } from './score.ts'

interface Values {
  respiration?: number
  saturation?: number
  oxygen?: Breathing
  systolic?: number
  pulse?: number
  consciousness?: Consciousness
  temperature?: number
}

interface Cases {
  numbers: Record<string, { value: number; breathing?: Breathing; score: Score | null }[]>
  oxygen: { value: Breathing; score: Score }[]
  consciousness: { value: Consciousness; score: Score }[]
  legal: Record<Parameter, number[]>
  bands: { total: number; worst: Score; band: string; monitoring: string }[]
  scores: { name: string; scale?: Scale; missing?: Parameter[]; measured: Values; expect: Record<string, unknown> }[]
  ages: { birthDate: string; time: string; tooYoung: boolean }[]
}

const cases: Cases = parse(readFileSync(new URL('score.cases.yaml', import.meta.url), 'utf8'))

for (const [name, rows] of Object.entries(cases.numbers)) {
  const [parameter, , scale] = name.split(' ') as [NumericParameter, string?, string?]
  for (const { value, breathing, score } of rows) {
    test(`${name} ${value}${breathing ? ` on ${breathing}` : ''} scores ${score ?? 'nothing yet'}`, () => {
      assert.equal(scoreNumber(parameter, value, scale === '2' ? 2 : 1, breathing) ?? null, score)
    })
  }
}

test('the cases hold every boundary of the chart and the value just outside it', () => {
  const tables = {
    ...columns,
    'saturation scale 1': columns.saturation[1],
    'saturation scale 2': columns.saturation[2],
    saturation: undefined,
  }
  for (const [name, column] of Object.entries(tables)) {
    if (!column || !('rows' in column)) continue
    const tried = new Set(cases.numbers[name]?.map(({ value }) => value))
    for (const { from, to } of column.rows) {
      for (const boundary of [from, to]) assert.ok(boundary === undefined || tried.has(boundary), `${name} ${boundary}`)
    }
  }
})

for (const { value, score } of cases.oxygen) {
  test(`breathing ${value} scores ${score}`, () => assert.equal(scoreBreathing(value), score))
}

for (const { value, score } of cases.consciousness) {
  test(`consciousness ${value} scores ${score}`, () => assert.equal(scoreConsciousness(value), score))
}

for (const parameter of parameters) {
  test(`${parameter} can score ${cases.legal[parameter].join(', ')} and nothing else`, () => {
    const legal = [-1, 0, 0.5, 1, 2, 2.5, 3, 4, 25].filter((score) => isLegal(parameter, score))
    assert.deepEqual(legal, cases.legal[parameter])
  })
}

for (const { total, worst, band, monitoring } of cases.bands) {
  test(`a total of ${total} with ${worst} as its highest is ${band}, monitored ${monitoring}`, () => {
    const found = bandOf(total, worst)
    assert.deepEqual([found, monitoringOf(found)], [band, monitoring])
  })
}

const normal: Required<Values> = {
  respiration: 16,
  saturation: 98,
  oxygen: 'air',
  systolic: 120,
  pulse: 70,
  consciousness: 'A',
  temperature: 37,
}

for (const { name, scale = 1, missing = [], measured, expect } of cases.scores) {
  test(name, () => {
    const values: Values = { ...normal, ...measured }
    for (const parameter of missing) delete values[parameter]
    const { total, band, partialSum, bandAtLeast, worst, missing: found } = assess(subScores(values, scale))
    const seen = { total, band, partialSum, bandAtLeast, worst: worst?.parameters, missing: found.length > 0 ? found : undefined }
    assert.deepEqual(Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)), expect)
  })
}

function subScores(values: Values, scale: Scale): SubScore[] {
  return parameters.flatMap((parameter) => {
    const score = scoreOf(parameter, values, scale)
    return score === undefined ? [] : [{ parameter, score, basis: 'measured' as const }]
  })
}

function scoreOf(parameter: Parameter, values: Values, scale: Scale): Score | undefined {
  if (parameter === 'oxygen') return values.oxygen && scoreBreathing(values.oxygen)
  if (parameter === 'consciousness') return values.consciousness && scoreConsciousness(values.consciousness)
  const value = values[parameter]
  return value === undefined ? undefined : scoreNumber(parameter, value, scale, values.oxygen)
}

test('a score for which NEWS2 does not apply has neither total nor band', () => {
  const result = assess(subScores(normal, 1), ['age'])
  assert.deepEqual(
    [result.total, result.band, result.partialSum, result.worst, result.notApplicable],
    [undefined, undefined, undefined, undefined, ['age']],
  )
})

for (const { birthDate, time, tooYoung } of cases.ages) {
  test(`born ${birthDate}, a score of ${time} is ${tooYoung ? 'before' : 'from'} the sixteenth birthday`, () => {
    assert.equal(isTooYoung(birthDate, dayOf(time)), tooYoung)
  })
}

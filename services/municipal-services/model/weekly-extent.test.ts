import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Quantity, Ratio } from '@medplum/fhirtypes'
import { cases } from '../testing/cases.ts'
import { hoursFromRatio, hoursFromText, ratioOf } from './weekly-extent.ts'

interface RatioRow {
  name: string
  ratio: [value: number | null, code: string][]
  hours?: number
  flags?: string[]
  refused?: string
  at?: string
}

const quantity = ([value, code]: [number | null, string]): Quantity => ({
  ...(value === null ? {} : { value }),
  system: 'http://unitsofmeasure.org',
  code,
})

for (const { name, ratio, hours, flags, refused, at } of cases<RatioRow>(new URL('./weekly-extent.cases.yaml', import.meta.url))) {
  test(`weekly extent as Ratio: ${name}`, () => {
    const [numerator, denominator] = ratio.map(quantity)
    const found = hoursFromRatio({ ...(numerator ? { numerator } : {}), ...(denominator ? { denominator } : {}) })
    if ('refused' in found) assert.deepEqual({ refused: found.refused, at: found.at }, { refused, at })
    else assert.deepEqual(found, { hours, flags: flags ?? [] })
  })
}

interface TextRow {
  text: string
  hours?: number
  zero?: boolean
  missing?: boolean
  refused?: string
}

for (const { text, hours, zero, missing, refused } of cases<TextRow>(new URL('./weekly-extent-text.cases.yaml', import.meta.url))) {
  test(`weekly extent as text: "${text}"`, () => {
    const found = hoursFromText(text)
    if (found === undefined) assert.ok(missing)
    else if ('refused' in found) assert.equal(found.refused, refused)
    else assert.deepEqual(found, { hours, flags: ['weekly-extent-unit-assumed', ...(zero ? ['weekly-extent-zero'] : [])] })
  })
}

const refusedAs = (ratio: Ratio) => {
  const found = hoursFromRatio(ratio)
  return 'refused' in found ? found.refused : undefined
}

test('a unit is a code of UCUM: a name alone, or a code of another system, is refused', () => {
  const { numerator, denominator } = ratioOf(5)
  assert.equal(refusedAs({ numerator: { value: 5, unit: 'timer' }, ...(denominator ? { denominator } : {}) }), 'weekly-extent-unit')
  assert.equal(
    refusedAs({ numerator: { ...numerator, system: 'http://elsewhere.example' }, ...(denominator ? { denominator } : {}) }),
    'weekly-extent-unit',
  )
  assert.equal(refusedAs({}), 'weekly-extent-unit')
})

test('"more than 5 hours" is no extent', () => {
  const { numerator, denominator } = ratioOf(5)
  assert.equal(refusedAs({ numerator: { ...numerator, comparator: '>' }, ...(denominator ? { denominator } : {}) }), 'weekly-extent-value')
})

test('what is written is read back', () => assert.deepEqual(hoursFromRatio(ratioOf(7.5)), { hours: 7.5, flags: [] }))

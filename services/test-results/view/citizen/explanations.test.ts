import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explanationOf, explanations } from './explanations.ts'
import { plainNameOf } from './plain-names.ts'

test('at least forty analyses are explained, each code and component once, and all of them have a plain name', () => {
  assert.ok(explanations.length >= 40)
  const keys = explanations.flatMap(({ codes, components }) => [...codes, ...components])
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
  )
  for (const { codes, components } of explanations) {
    for (const code of codes) assert.match(code, /^(NPU|NOR)\d{5}$/)
    for (const name of components) assert.ok(plainNameOf({ name }, 'nb'), name)
  }
})

// biome-ignore format: a table, one row to a line
const cases: [why: string, analysis: { code?: string; name: string }, expected: RegExp | undefined][] = [
  ['by code, whatever the laboratory calls it', { code: 'NPU03230', name: 'K' }, /hjertet, musklene/],
  ['by name without a code', { name: 'B-Trombocytter' }, /Blodplater/],
  ['one that is not among them', { code: 'NPU99999', name: 'P-Takrolimus' }, undefined],
  ['a name that every object has', { name: 'constructor' }, undefined],
]
for (const [why, analysis, expected] of cases)
  test(`an explanation: ${why}`, () => {
    const what = explanationOf(analysis)?.what.nb
    if (expected) assert.match(what ?? '', expected)
    else assert.equal(what, undefined)
  })

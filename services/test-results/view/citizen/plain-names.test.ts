import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainNameOf, plainNames } from './plain-names.ts'

// biome-ignore format: a table, one row to a line
const cases: [why: string, analysis: { code?: string; name: string }, expected: string | undefined][] = [
  ['by code, whatever the laboratory calls it', { code: 'NPU27300', name: 'SHBA' }, 'Langtidsblodsukker'],
  ['by name without a code', { name: 'B-Trombocytter' }, 'Blodplater'],
  ['by the name alone', { name: 'kreatinin' }, 'Kreatinin, viser hvordan nyrene virker'],
  ['by a name with a hyphen of its own', { name: 'P-C-reaktivt protein' }, 'Tegn på betennelse'],
  ['a hyphen that names no system', { name: 'LDL-kolesterol' }, 'Fettstoffet LDL'],
  ['a code that is not known, and a name that is', { code: 'NPU99999', name: 'P-Ferritin' }, 'Jernlager'],
  ['neither', { name: 'P-Takrolimus' }, undefined],
  ['a name that every object has', { name: 'constructor' }, undefined],
  ['no name', { name: '' }, undefined],
]
for (const [why, analysis, expected] of cases) test(why, () => assert.equal(plainNameOf(analysis, 'nb'), expected))

test('at least forty analyses have words, in three languages', () => {
  assert.ok(plainNames.length >= 40)
  assert.equal(plainNameOf({ name: 'P-Kalsium' }, 'nn'), 'Kalk i blodet')
  assert.equal(plainNameOf({ name: 'P-Kalsium' }, 'en'), 'Calcium in the blood')
})

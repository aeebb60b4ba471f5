import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withheldCauses } from '@helsevev/ui/panel.ts'
import { uiTexts } from '@helsevev/ui/texts.ts'
import { purposes, refusals, statusOf } from '../contract.ts'
import { texts } from './texts.ts'

/** `patient.close`; forms of a plural are one. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(/_(one|other)$/, '')]
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, path ? `${path}.${name}` : name))
}

test('every text is there in bokmål, nynorsk and English, and none is empty', () => {
  for (const all of [texts, uiTexts]) {
    for (const language of ['nn', 'en'] as const) assert.deepEqual([...new Set(keysOf(all[language]))], [...new Set(keysOf(all.nb))])
    assert.doesNotMatch(JSON.stringify(all), /""/)
  }
})

test('every purpose has a name and a sentence, and every problem that a page words has words', () => {
  const known = keysOf(texts.nb)
  for (const purpose of purposes) for (const part of ['name', 'text']) assert.ok(known.includes(`purpose.${purpose}.${part}`))
  // These lead somewhere else, or are worded where they arise.
  const elsewhere = new Set([
    'signed-out',
    'identity-number-invalid',
    'person-unknown',
    'no-patient',
    'patient-changed',
    'access-changed',
    'reason-too-short',
    'refused',
  ])
  for (const code of Object.keys(statusOf)) if (!elsewhere.has(code)) assert.ok(known.includes(`problem.${code}`), code)
})

test('every refusal has a sentence of its own, and every cause of withholding says what and what to do', () => {
  const known = keysOf(texts.nb)
  for (const reason of [...refusals, 'organisation-refused']) assert.ok(known.includes(`refused.${reason}`), reason)
  for (const cause of withheldCauses) for (const part of ['title', 'text', 'what']) assert.ok(known.includes(`withheld.${cause}.${part}`))
})

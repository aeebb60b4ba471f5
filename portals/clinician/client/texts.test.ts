import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertComplete, assertOwnWords, wordedBy } from '@helsevev/portal/testing/texts'
import { withheldCauses } from '@helsevev/ui/panel.ts'
import { purposes, refusals, statusOf } from '../contract.ts'
import { texts } from './texts.ts'

test('every text is there in bokmål, nynorsk and English, and none is empty', () => {
  assertComplete(texts)
  assertOwnWords(texts)
})

test('every purpose has a name and a sentence, and every problem that a page words has words', () => {
  const known = [...wordedBy(texts)]
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
  const known = [...wordedBy(texts)]
  for (const reason of [...refusals, 'organisation-refused']) assert.ok(known.includes(`refused.${reason}`), reason)
  for (const cause of withheldCauses) for (const part of ['title', 'text', 'what']) assert.ok(known.includes(`withheld.${cause}.${part}`))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uiTexts } from '@helsevev/ui/texts.ts'
import { commonStatus, signInProblems } from '../contract.ts'
import { assertComplete, keysOf } from '../server/testing/texts.ts'
import { commonTexts } from './texts.ts'

test('every text is there in bokmål, nynorsk and English, and none is empty', () => {
  for (const all of [commonTexts, uiTexts]) assertComplete(all)
})

test('every reason why a sign-in came to nothing has a sentence, and every problem that a page words', () => {
  const known = keysOf(commonTexts.nb)
  for (const problem of signInProblems) assert.ok(known.includes(`signIn.problem.${problem}`), problem)
  // These lead somewhere else, or are worded by the portal they are met in.
  const elsewhere = new Set(['signed-out', 'person-unknown', 'refused', 'ehr-must-renew'])
  for (const code of Object.keys(commonStatus)) if (!elsewhere.has(code)) assert.ok(known.includes(`problem.${code}`), code)
})

import { test } from 'node:test'
import { assertComplete, assertOwnWords } from '@helsevev/portal/testing/texts'
import { texts } from './texts.ts'

test('every text is there in bokmål, nynorsk and English, and the sign-in page is worded', () => {
  assertComplete(texts)
  assertOwnWords(texts)
})

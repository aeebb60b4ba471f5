import { test } from 'node:test'
import { assertCitizenTexts } from '@helsevev/ui/testing/citizen-texts.ts'
import { texts } from './texts.ts'

test('the same texts in three languages, calm, and the kinds of nothing told apart', () => assertCitizenTexts(texts))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageCookie, languageIn } from './language.ts'

const cases: [cookies: string | undefined, language: string][] = [
  [undefined, 'nb'],
  ['', 'nb'],
  ['helsevev-language=nn', 'nn'],
  ['helsevev-citizen=abc; helsevev-language=en', 'en'],
  ['helsevev-language=xx', 'nb'],
  ['helsevev-language="><script>', 'nb'],
  ['not-helsevev-language=en', 'nb'],
  ['helsevev-language=', 'nb'],
]

for (const [cookies, language] of cases) {
  test(`the cookies ${JSON.stringify(cookies)} say ${language}`, () => assert.equal(languageIn(cookies), language))
}

test('what is set is read back, for the whole site, and over https only there', () => {
  assert.equal(languageIn(languageCookie('nn', false).split(';')[0]), 'nn')
  assert.equal(languageCookie('en', true), 'helsevev-language=en; Path=/; Max-Age=31536000; SameSite=Lax; Secure')
  assert.doesNotMatch(languageCookie('en', false), /Secure/)
})

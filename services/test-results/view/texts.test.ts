import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from './texts.ts'

/** Every text by its path. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, `${path}.${key}`))
}

const names = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

for (const language of ['nn', 'en'] as const) {
  test(`${language} has every text of nb, with the same names in it`, () => {
    const [ours, theirs] = [leaves(texts[language]), leaves(texts.nb)]
    assert.deepEqual(
      ours.map(([path, text]) => [path, names(text)]),
      theirs.map(([path, text]) => [path, names(text)]),
    )
    assert.deepEqual(
      ours.filter(([, text]) => !text.trim()),
      [],
    )
  })
}

test('the four kinds of nothing are worded apart in every language', () => {
  for (const { none, unknown, withheld, unavailable } of Object.values(texts)) {
    assert.equal(new Set([none, unknown, withheld, unavailable].map(({ title }) => title)).size, 4)
    assert.equal(new Set([none, unknown, withheld, unavailable].map(({ text }) => text)).size, 4)
  }
})

/** What is asked of the texts in which a service speaks to whoever its information is about. */
import assert from 'node:assert/strict'
import type { Texts } from '../i18n.ts'

function leaves(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, `${path}.${key}`))
}

const names = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

/** Complete in each language with the same names in it; no exclamation; none, unknown, withheld and unavailable told apart. */
export function assertCitizenTexts(texts: Texts): void {
  for (const [language, own] of Object.entries(texts)) {
    assert.deepEqual(
      leaves(own).map(([path, text]) => [path, names(text)]),
      leaves(texts.nb).map(([path, text]) => [path, names(text)]),
      language,
    )
    for (const [path, text] of leaves(own)) {
      assert.doesNotMatch(text, /!/, `${language}${path}`)
      assert.ok(text.trim() || path.startsWith('.unit.'), `${language}${path} is empty`)
    }
    const nothing = ['none', 'unknown', 'withheld', 'unavailable'].map((kind) => leaves(own[kind]).map(([, text]) => text))
    for (const at of [0, 1]) assert.equal(new Set(nothing.map((words) => words[at])).size, 4, language)
  }
}

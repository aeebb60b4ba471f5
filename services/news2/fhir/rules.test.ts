import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rules } from './rules.ts'

const page = readFileSync(new URL('../../../docs/services/news2.md', import.meta.url), 'utf8')

test('every rule has a row on the page of the service', () => {
  const missing = Object.keys(rules).filter((code) => !page.includes(`| \`${code}\` |`))
  assert.deepEqual(missing, [])
})

test('every rule says what to do', () => {
  for (const { text } of Object.values(rules)) assert.match(text, /Send|Register|Use|Check|Correct|Refer|Do not/)
})

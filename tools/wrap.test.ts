import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrapComments, wrapPage } from './wrap.ts'

const long = 'word '.repeat(40).trim()
const linesOf = (text: string) => text.split('\n')
const joined = (text: string) => text.replace(/\s+/g, ' ')

test('a paragraph that is too wide is wrapped, word for word', () => {
  const wrapped = wrapPage(`# One\n\n${long}\nlast\n\nshort\n`)
  assert.ok(linesOf(wrapped).every((line) => line.length <= 140))
  assert.equal(joined(wrapped), joined(`# One\n\n${long}\nlast\n\nshort\n`))
})

test('an item of a list keeps its indent', () => {
  assert.match(wrapPage(`- ${long}\n- two\n`), /^- word.*\n {2}word.*\n- two\n$/)
})

test('what is narrow, code and tables stay as they are', () => {
  const page = `one\ntwo\n\n| ${long} |\n\n\`\`\`\n${long}\n\`\`\`\n`
  assert.equal(wrapPage(page), page)
})

test('a code span and the names of tests stay on one line', () => {
  const named = '`kernel/a.test.ts` › `a name of several words`'
  assert.ok(linesOf(wrapPage(`${long.slice(0, 120)} ${named} ${long}\n`)).some((line) => line.includes(named)))
})

test('a comment on one line becomes one of several', () => {
  assert.match(wrapComments(`  /** ${long} */\n  one()\n`), /^ {2}\/\*\*\n {3}\* word.*\n {3}\* word.*\n {3}\*\/\n {2}one\(\)\n$/)
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { closedReason, sentences } from './closed-reason.ts'

// biome-ignore format: a table, one row to a line
const reasons: [problem: string, why: string, expected: string][] = [
  ['representation-missing', 'This service is not open to parents.', 'not-for-parents'],
  ['representation-missing', 'Nothing registered lets you act for this person.', 'nothing-registered'],
  ['representation-missing', 'The guardianship does not cover personal interests.', 'guardianship-of-money'],
  ['representation-missing', 'The power of attorney does not cover the area of this service.', 'other-area'],
  ['representation-missing', 'A person who acts for another must have turned 18.', 'acting-too-young'],
  ['representation-missing', 'A sentence of tomorrow.', 'nothing-registered'],
  ['too-young', 'Until the age of 16 a parent must consent.', 'no-consent'],
  ['too-young', 'A sentence of tomorrow.', 'too-young'],
]
for (const [problem, why, expected] of reasons)
  test(`${problem}, “${why}” is ${expected}`, () => assert.equal(closedReason(problem, why), expected))

test('each sentence is one that the API sends, and each that the API sends is known', () => {
  const source = readFileSync(new URL('../../../kernel/access/representation.ts', import.meta.url), 'utf8')
  const sent = [
    ...source.matchAll(/(?:otherwise|why): ['`]([^'`$]+)|nothingRegistered = '([^']+)|[?:] `(Sign in[^$]+)|return `([^$]+)/g),
  ].map((match) => (match.slice(1).find((group) => group !== undefined) ?? '').trim())
  assert.ok(sent.length >= 10, sent.join('\n'))
  for (const [beginning] of sentences)
    assert.ok(
      sent.some((one) => one.startsWith(beginning) || beginning.startsWith(one)),
      beginning,
    )
  for (const one of sent)
    assert.ok(
      sentences.some(([beginning]) => one.startsWith(beginning) || beginning.startsWith(one)),
      one,
    )
})

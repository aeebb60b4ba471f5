import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refusal, rules } from './refusal.ts'

const page = readFileSync(new URL('../../../docs/run/agreements.md', import.meta.url), 'utf8')

test('a refusal names its rule, with the case first and the remedy after it', () => {
  const { problem, issues } = refusal('service-unknown', 'poems:')
  assert.equal(problem, 'agreement-refused')
  assert.deepEqual(issues, [
    {
      severity: 'error',
      type: 'business-rule',
      code: 'service-unknown',
      text: 'poems: There is no such information service here. Mend its id.',
    },
  ])
})

test('the page has every rule with its sentence, and no other', () => {
  const described = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, rule, sentence]) => [rule, sentence])
  assert.deepEqual(described, Object.entries(rules))
})

/** Each case of kernel/access/cases, in the pipeline and in the simple implementation. docs/run/access.md */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oracle } from '../testing/oracle/oracle.ts'
import { answerOf } from './cases/answer.ts'
import { inWords, meets } from './cases/expectation.ts'
import { readGroup, readGroups } from './cases/read-cases.ts'
import { decide } from './pipeline.ts'

const groups = readGroups()

test('there are 300 cases or more', () => {
  assert.ok(groups.flatMap(({ cases }) => cases).length >= 300)
})

test('no sentence stands for two cases', () => {
  const names = groups.flatMap(({ cases }) => cases.map(({ name }) => name))
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
})

test('a word that is not in the vocabulary is an error that says where it stands', () => {
  const group = (row: string) => `law: x\nabout: x\nsource: x\nread: 2026-01-15\nrows:\n  - ${row}`
  const rows: [string, RegExp][] = [
    ['{ case: A, expect: { ground: friendship } }', /^test, row 1: ground: "friendship" is none of: its own records, treatment/],
    ['{ case: A, given: { weather: fine }, expect: { ground: treatment } }', /"weather" is none of: when, request/],
    ['{ case: A, given: { by: a shaman }, expect: { ground: treatment } }', /by: "shaman" is none of: doctor, nurse/],
    ['{ case: A, given: { agreements: [{ between: friends }] }, expect: { ground: treatment } }', /agreements: "between" is none of/],
    ['{ case: A, given: { attested: long ago }, expect: { ground: treatment } }', /"long ago" is no time/],
    ['{ case: A, given: { born: 2026-02-30 }, expect: { ground: treatment } }', /row 1/],
    ['{ case: A, expect: { refused: because } }', /refused: "because" is none of/],
    ['{ case: A, expect: { hidden: everything } }', /hidden: "everything" is not written as in/],
    ['{ case: A, expect: {} }', /state what is expected/],
    ['{ case: A, expects: { ground: treatment } }', /"expects" is none of: case, given, expect/],
  ]
  for (const [row, message] of rows) assert.throws(() => readGroup('test', group(row)), { name: 'UnknownWord', message })
})

for (const { id, cases } of groups) {
  describe(id, () => {
    for (const { name, request, facts, expected } of cases) {
      test(name, () => {
        const decided = answerOf(decide(request, facts))
        assert.ok(
          meets(decided, expected),
          `the pipeline: ${JSON.stringify(inWords(decided, Object.keys(expected)))}, not ${JSON.stringify(expected)}`,
        )
        const simple = oracle(request, facts)
        assert.ok(
          meets(simple, expected),
          `the oracle: ${JSON.stringify(inWords(simple, Object.keys(expected)))}, not ${JSON.stringify(expected)}`,
        )
      })
    }
  })
}

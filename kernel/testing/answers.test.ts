/** A reader gives a type only to what has it: whatever else is answered fails the test that reads it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bundleOf,
  idOf,
  includedIn,
  matchesIn,
  noticesIn,
  parametersOf,
  problemOf,
  problemsOf,
  resourceOf,
  responsesOf,
} from './answers.ts'
import { changed } from './sent.ts'

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', details: { coding: [{ code: 'x' }] } }] }
const searchset = (...entry: object[]) => ({ body: { resourceType: 'Bundle', type: 'searchset', entry } })
const found = searchset(
  { resource: { resourceType: 'Observation', id: 'a' }, search: { mode: 'match' } },
  { resource: { resourceType: 'Specimen', id: 'b' }, search: { mode: 'include' } },
  { resource: outcome, search: { mode: 'outcome' } },
)

test('matches, what was included and notices are told apart', () => {
  const read = [matchesIn(found, 'Observation').map(({ id }) => id), includedIn(found).map(({ id }) => id), noticesIn(found).length]
  assert.deepEqual(read, [['a'], ['b'], 1])
})

const wrong: [what: string, read: () => unknown][] = [
  ['a refusal read as a Bundle', () => bundleOf({ body: outcome })],
  ['a refusal read as Parameters', () => parametersOf({ body: outcome })],
  ['an empty answer read as a resource', () => resourceOf({ body: undefined })],
  ['a text read as a resource', () => resourceOf({ body: 'Observation' }, 'Observation')],
  ['a resource of another type', () => resourceOf({ body: { resourceType: 'Goal' } }, 'Observation')],
  ['a match of another type', () => matchesIn(found, 'Condition')],
  ['an included resource of another type', () => includedIn(found, 'Observation')],
  ['an answer without an id', () => idOf({ body: outcome })],
  ['an entry without a response', () => responsesOf(found)],
  ['the problems of what is no refusal', () => problemsOf(found)],
]
for (const [what, read] of wrong) test(`${what} fails`, () => assert.throws(read, assert.AssertionError))

test('a refusal names its problem, and what is no refusal names none', () => {
  assert.deepEqual([problemOf({ body: outcome }), problemOf(found), problemOf({ body: undefined })], ['x', undefined, undefined])
})

test('a change is made in a copy, by path; undefined takes a member out', () => {
  const sent = { code: { coding: [{ code: '1' }, { code: '2' }] }, status: 'final' }
  const copy = changed(sent, { 'code.coding.1.code': '3', 'subject.display': 'Kari', status: undefined })
  assert.deepEqual(copy, { code: { coding: [{ code: '1' }, { code: '3' }] }, subject: { display: 'Kari' } })
  assert.deepEqual(sent, { code: { coding: [{ code: '1' }, { code: '2' }] }, status: 'final' })
  assert.throws(() => changed(sent, { 'status.text': 'x' }), assert.AssertionError)
})

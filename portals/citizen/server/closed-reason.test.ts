import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closedReason } from './closed-reason.ts'

// biome-ignore format: a table, one row to a line
const reasons: [problem: string, why: string, expected: string][] = [
  ['representation-missing', 'This service is not open to parents.', 'not-for-parents'],
  ['representation-missing', 'Parents do not act for the child in this service, as it is registered now.', 'parents-do-not-act'],
  ['representation-missing', 'The guardianship does not cover personal interests.', 'guardianship-of-money'],
  ['representation-missing', 'The power of attorney does not cover the area of this service.', 'other-area'],
  ['representation-missing', 'A person who acts for another must have turned 18.', 'acting-too-young'],
  ['representation-missing', 'A sentence of tomorrow.', 'nothing-registered'],
  ['too-young', 'Until the age of 16 a parent must consent.', 'no-consent'],
  ['too-young', 'A sentence of tomorrow.', 'too-young'],
  ['protected-address', 'Nobody acts for another person here when either has a protected address.', 'protected-address'],
]
for (const [problem, why, expected] of reasons)
  test(`${problem}, “${why}” is ${expected}`, () => assert.equal(closedReason(problem, why), expected))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesFromData } from '../codes/data.ts'
import { codesOf } from '../codes/tables.ts'
import { isProblem } from '../problem/problem.ts'
import type { Attestation, Coded } from './attestation.ts'
import { withKnownCodes } from './attested-codes.ts'

const codes = codesFromData()
const list = (number: number) => `urn:oid:2.16.578.1.12.4.1.1.${number}`
const attested = (healthcareService: Coded | undefined) => ({ careRelation: { healthcareService } }) as unknown as Attestation

// biome-ignore format: a table, one row to a line
const rows: [what: string, service: Partial<Coded> | undefined, member: string | undefined][] = [
  ['a code of list 8663',                    { code: 'KP02', system: list(8663) },                        undefined],
  ['a code of list 8655',                    { code: 'A01', system: list(8655) },                         undefined],
  ['a code without a list',                  { code: 'KP02' },                                            undefined],
  ['a code of list 8451',                    { code: '010', system: list(8451) },                         undefined],
  ['a code that list 8451 does not have',    { code: '17', system: list(8451) },                          'code'],
  ['no healthcare service',                  undefined,                                                   undefined],
  ['a code that the list does not have',     { code: 'KP99', system: list(8663) },                        'code'],
  ['a code of another list',                 { code: 'A01', system: list(8663) },                         'code'],
  ['a code in small letters',                { code: 'kp02', system: list(8663) },                        'code'],
  ['a code that no list has',                { code: 'made-up' },                                         'code'],
  ['a list of something else',               { code: 'SP', system: list(9060) },                          'system'],
  ['a system that is no list',               { code: 'KP02', system: 'http://elsewhere.example/list' },   'system'],
]
for (const [what, service, member] of rows)
  test(`${what}: ${member === undefined ? 'taken' : `refused for its ${member}`}`, () => {
    const read = withKnownCodes(attested(service && ({ system: undefined, text: undefined, ...service } as Coded)), codes)
    const expression = isProblem(read) ? read.issues[0]?.expression : undefined
    assert.equal(expression, member && `attestation.care_relationship.healthcare_service.${member}`)
  })

test('a code of a list that is not loaded is taken', () => {
  const none = codesOf({ aliases: [], codes: [], equivalences: [] })
  const service = { code: '17', system: list(8451), text: undefined } as unknown as Coded
  assert.equal(isProblem(withKnownCodes(attested(service), none)), false)
})

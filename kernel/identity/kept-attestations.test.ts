import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Codes } from '../codes/codes.ts'
import { isProblem } from '../problem/problem.ts'
import { createAttestations } from './kept-attestations.ts'

const codes = { canonical: (system: string) => system, display: () => undefined, known: () => false } as unknown as Codes
const header = (purpose: string, patient = '01650199901') =>
  Buffer.from(
    JSON.stringify({
      type: 'nhn:tillitsrammeverk:parameters',
      care_relationship: { purpose_of_use: { code: purpose } },
      patients: [{ identifier: { id: patient } }],
    }),
  ).toString('base64url')

test('an attestation that was read before is the same one, and another is read by itself, whatever came between', () => {
  const read = createAttestations(codes)
  const parts = (token: object | undefined, purpose: string | undefined, issuedAt = 1) => ({
    token,
    issuedAt,
    header: purpose && header(purpose),
  })
  const purposeOf = (...asked: Parameters<typeof parts>) => {
    const found = read(parts(...asked))
    return found === undefined || isProblem(found) ? found : [found.careRelation.purpose, found.toa]
  }
  const [one, other] = [{ toa: 7 }, { practitioner: { hpr_nr: { id: '9900001' } } }]
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(purposeOf(undefined, 'TREAT'), ['TREAT', undefined])
    assert.deepEqual(purposeOf(undefined, 'BTG'), ['BTG', undefined])
    assert.deepEqual(purposeOf(one, 'TREAT'), ['TREAT', 7])
    assert.deepEqual(purposeOf(one, 'BTG'), ['BTG', 7])
    assert.deepEqual(purposeOf(one, undefined), [undefined, 7])
    assert.deepEqual(purposeOf(other, 'TREAT', 3), ['TREAT', 3], 'the time of the token where none is stated')
    assert.deepEqual(purposeOf(other, 'TREAT', 4), ['TREAT', 4])
    assert.equal(purposeOf(undefined, undefined), undefined)
  }
  assert.equal(read(parts(undefined, 'TREAT')), read(parts(undefined, 'TREAT')))
  assert.notEqual(read(parts(undefined, 'TREAT')), read({ ...parts(undefined, 'TREAT'), header: header('TREAT', '01650199902') }))
})

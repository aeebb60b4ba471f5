import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasReason, reasonIn } from './reason.ts'

test('a reason has ten letters that say something', () => {
  for (const [written, enough] of [
    ['', false],
    ['123456789', false],
    ['akutt   nå hs', false],
    ['akutt   nå hsj', true],
    ['          ', false],
    ['bevisstlø', false],
    ['bevisstløs', true],
    ['01705012314', false],
    ['017050 12314 01705012314', false],
    ['😀'.repeat(10), false],
    ['a'.repeat(30), false],
    ['\u3164\u200b'.repeat(10), false],
  ] as const) {
    assert.equal(hasReason(written), enough, written)
    assert.equal(reasonIn(written) !== undefined, enough, written)
  }
})

test('a reason is one line of at most 500 characters, without identity numbers and marks that turn the writing', () => {
  assert.equal(reasonIn(' Bevisstløs,\r\n\tingen \u202eandre kilder: 01705012314 '), 'Bevisstløs, ingen andre kilder: [identity number]')
  const long = reasonIn(`Bevisstløs ${'😀'.repeat(600)}`) ?? ''
  assert.deepEqual([[...long].length, long.isWellFormed()], [500, true])
})

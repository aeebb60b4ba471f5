import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson, writeJson } from './json.ts'

test('a decimal keeps the precision it was sent with', () => {
  for (const text of ['{"value":37.0}', '{"a":[{"value":0.010}],"b":1.50}', '{"value":1e3}', '{"value":12345678901234567890}']) {
    assert.equal(writeJson(parseJson(text)), text)
  }
})

test('an ordinary document comes back unchanged', () => {
  const text = '{"resourceType":"Observation","valueQuantity":{"value":7.25},"note":[{"text":"æøå"}]}'
  assert.equal(writeJson(parseJson(text)), text)
})

test('text that is not JSON is undefined, and __proto__ is dropped', () => {
  assert.equal(parseJson('{"a":'), undefined)
  assert.equal(writeJson(parseJson('{"__proto__":{"admin":true},"a":1}')), '{"a":1}')
})

test('a decimal is written as it was sent, wherever it stands and whatever stands beside it', () => {
  const texts = [
    '{"a":37.0}',
    '{"a":[1.50,2]}',
    '[1e2]',
    '{"a": -0.10 }',
    '{"a":-0}',
    '[-0,1]',
    '{"a":0.00000010}',
    '{"a":0.0000001}',
    '{"a":12345678901234567}',
    '{"a":1.234567890123456789}',
  ]
  for (const text of texts) {
    const beside = `{"id":"urn:uuid:3e1b4a6c-0000-4000-8000-1e5e00000000","system":"urn:oid:2.16.578.1.12.4.1.4.1","value":${text}}`
    assert.equal(writeJson(parseJson(beside)).replaceAll(' ', ''), beside.replaceAll(' ', ''))
  }
})

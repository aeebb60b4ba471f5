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

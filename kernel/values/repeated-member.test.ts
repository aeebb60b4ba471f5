import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeatedMember } from './repeated-member.ts'

const rows: [text: string, repeated: string | undefined][] = [
  ['{}', undefined],
  ['7', undefined],
  ['{"a":1,"b":2}', undefined],
  ['{"a":1,"a":1}', 'a'],
  ['{"a":1,"b":{"a":1}}', undefined],
  ['{"a":{"b":1,"c":2,"b":3}}', 'b'],
  ['[{"a":1},{"a":2}]', undefined],
  ['[{"a":1},{"c":[1,{"d":"x","d":"y"}]}]', 'd'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a":"a","b":"a:{","c":["a","a"]}', undefined],
  ['{"a":"\\"b\\":1","b":1}', undefined],
  ['{"a\\"":1,"a\\"":2}', 'a"'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{ "a" : 1 , "a" : 2 }', 'a'],
  ['{"a":"\\\\","a":2}', 'a'],
  ['{"a":"\\\\\\":","b":2}', undefined],
  ['{"a\\\\":{"b":[]},"c":":"}', undefined],
]

for (const [text, repeated] of rows) {
  test(`${text} ${repeated === undefined ? 'repeats nothing' : `repeats ${repeated}`}`, () => {
    assert.equal(repeatedMember(text, JSON.parse(text)), repeated)
  })
}

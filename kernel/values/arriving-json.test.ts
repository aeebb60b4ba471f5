import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJson } from './arriving-json.ts'

/** Names that readers take in different ways: refused with their path, wherever they stand and however they are written. */
const rows: [text: string, fault: string | undefined][] = [
  ['{"a":1,"b":{"a":1}}', undefined],
  ['{"a":1,"\\u0061":2}', 'a stands twice'],
  ['{"a":[{"b":1,"b":1}]}', 'a[0].b stands twice'],
  ['{"__proto__":{"a":1}}', '__proto__ is no name'],
  ['{"a":[1,{"\\u005f_proto__":1}]}', 'a[1].__proto__ is no name'],
  ['{"a":"__proto__","constructor":1}', undefined],
]
for (const [text, fault] of rows)
  test(`${text}: ${fault ?? 'read'}`, () => {
    const read = readJson(text)
    if (fault === undefined) assert.equal(read.fault, undefined)
    else assert.ok((read.fault ?? '').startsWith(fault), fault)
  })

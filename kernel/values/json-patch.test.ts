/** JSON Patch: each row with its section of RFC 6902. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson, writeJson } from './json.ts'
import { applyJsonPatch } from './json-patch.ts'

// biome-ignore format: a table, one row to a line
const rows: [section: string, document: string, patch: string, result: string][] = [
  ['4.1 add', '{"a":1}', '[{"op":"add","path":"/b","value":[1.0]}]', '{"a":1,"b":[1.0]}'],
  ['4.1 add replaces a member', '{"a":1.50}', '[{"op":"add","path":"/a","value":2}]', '{"a":2}'],
  ['4.1 add to a list', '{"a":[1.0,2,3.0]}', '[{"op":"add","path":"/a/1","value":9.90}]', '{"a":[1.0,9.90,2,3.0]}'],
  ['4.1 add at the end', '{"a":[1]}', '[{"op":"add","path":"/a/-","value":2.0}]', '{"a":[1,2.0]}'],
  ['4.1 add beyond the end', '{"a":[1]}', '[{"op":"add","path":"/a/3","value":2}]', 'no such place'],
  ['4.1 add to nothing', '{"a":{}}', '[{"op":"add","path":"/b/c","value":2}]', 'nothing at the path'],
  ['4.2 remove', '{"a":[1.0,2.50,3],"b":1}', '[{"op":"remove","path":"/a/0"},{"op":"remove","path":"/b"}]', '{"a":[2.50,3]}'],
  ['4.2 remove nothing', '{"a":1}', '[{"op":"remove","path":"/b"}]', 'nothing at the path'],
  ['4.3 replace', '{"a":{"b":37.0}}', '[{"op":"replace","path":"/a/b","value":38.00}]', '{"a":{"b":38.00}}'],
  ['4.3 replace nothing', '{"a":1}', '[{"op":"replace","path":"/b","value":1}]', 'nothing at the path'],
  ['4.4 move', '{"a":{"b":37.0},"c":{}}', '[{"op":"move","from":"/a/b","path":"/c/d"}]', '{"a":{},"c":{"d":37.0}}'],
  ['4.4 move into itself', '{"a":{"b":1}}', '[{"op":"move","from":"/a","path":"/a/b"}]', 'into itself'],
  ['4.5 copy', '{"a":7.0}', '[{"op":"copy","from":"/a","path":"/b"}]', '{"a":7.0,"b":7.0}'],
  ['4.6 test', '{"a":{"b":1.0,"c":[2]}}', '[{"op":"test","path":"/a","value":{"c":[2],"b":1}}]', '{"a":{"b":1.0,"c":[2]}}'],
  ['4.6 test another type', '{"a":1}', '[{"op":"test","path":"/a","value":"1"}]', 'not the one'],
  ['4.6 test stops the rest', '{"a":1}', '[{"op":"remove","path":"/a"},{"op":"test","path":"/a","value":1}]', 'nothing at the path'],
  ['3 pointer', '{"a/b":{"c~d":1}}', '[{"op":"replace","path":"/a~1b/c~0d","value":2}]', '{"a/b":{"c~d":2}}'],
  ['3 pointer', '{"a":[5]}', '[{"op":"replace","path":"/a/00","value":2}]', 'nothing at the path'],
  ['3 pointer', '{"a":1}', '[{"op":"remove","path":"a"}]', 'JSON Pointer'],
  ['3 prototype', '{"a":1}', '[{"op":"add","path":"/__proto__/x","value":2}]', 'nothing at the path'],
  ['3 prototype', '{"a":1}', '[{"op":"add","path":"/constructor/prototype/x","value":2}]', 'nothing at the path'],
  ['4 unknown', '{"a":1}', '[{"op":"merge","path":"/a","value":2}]', 'op is'],
  ['4 no value', '{"a":1}', '[{"op":"add","path":"/b"}]', 'no value'],
  ['3 no operation', '{"a":1.0}', '[]', '{"a":1.0}'],
  ['3 no list', '{"a":1}', '{"op":"remove","path":"/a"}', 'A patch is a list'],
]
for (const [section, document, patch, result] of rows)
  test(`${section}: ${patch}`, () => {
    const before = parseJson(document)
    const patched = applyJsonPatch(before, parseJson(patch))
    if ('value' in patched) assert.equal(writeJson(patched.value), result)
    else assert.match(patched.fault, new RegExp(result))
    assert.equal(writeJson(before), document, 'what was given is as before')
    assert.equal(({} as Record<string, unknown>)['x'], undefined)
  })

const repeated = (count: number, operation: object) => Array.from({ length: count }, () => operation)
const long = JSON.stringify({
  list: [Array.from({ length: 1000 }, () => 1)],
  many: Array.from({ length: 50_000 }, () => 1),
  text: 'a'.repeat(100_000),
})
/** Small patches that would fill the memory or the time of the server. */
const bombs: [what: string, operations: object[]][] = [
  ['a list copied into itself', repeated(40, { op: 'copy', from: '/list', path: '/list/-' })],
  ['an object copied into itself', repeated(40, { op: 'copy', from: '', path: '/inner' })],
  ['a long text copied again and again', repeated(200, { op: 'copy', from: '/text', path: '/list/-' })],
  ['a place made at the front of a long list', repeated(200, { op: 'add', path: '/many/0', value: 1 })],
  ['the front of a long list taken away', repeated(200, { op: 'remove', path: '/many/0' })],
  ['a long text moved to and fro', repeated(100, { op: 'move', from: '/text', path: '/text' })],
  ['a path of 10,000 steps', [{ op: 'add', path: '/a'.repeat(10_000), value: 1 }]],
]
for (const [what, operations] of bombs)
  test(`refused: ${what}`, () => {
    const patched = applyJsonPatch(parseJson(long), parseJson(JSON.stringify(operations)))
    assert.match('fault' in patched ? patched.fault : '', /too much|nothing at the path/)
  })

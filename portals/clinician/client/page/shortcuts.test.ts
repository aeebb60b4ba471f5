import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandOf, commands, keys } from './shortcuts.ts'

test('no two commands share a key, and none takes a digit of a panel', () => {
  const all = commands.map((command) => keys[command])
  assert.equal(new Set(all).size, all.length)
  for (const key of all) assert.match(key, /^[^0-9]$/)
})

test('a key is a command in either case, or a panel there is', () => {
  for (const [key, panels, pressed] of [
    ['?', 5, { command: 'help' }],
    ['t', 5, { command: 'timeline' }],
    ['T', 5, { command: 'timeline' }],
    ['1', 5, { panel: 0 }],
    ['5', 5, { panel: 4 }],
    ['6', 5, undefined],
    ['0', 5, undefined],
    ['Enter', 5, undefined],
    ['x', 5, undefined],
  ] as const) {
    assert.deepEqual(commandOf(key, panels), pressed, key)
  }
})

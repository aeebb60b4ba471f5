import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from './remembered.ts'

test('a value is found once for each text, also when there is none', () => {
  const sought: string[] = []
  const find = remembered(10, (text) => {
    sought.push(text)
    return text === 'none' ? undefined : text.length
  })
  assert.deepEqual([find('one'), find('none'), find('one'), find('none')], [3, undefined, 3, undefined])
  assert.deepEqual(sought, ['one', 'none'])
})

test('of more texts than it may keep, the one that was used longest ago is sought again', () => {
  const sought: string[] = []
  const find = remembered(2, (text) => {
    sought.push(text)
    return text
  })
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) find(text)
  assert.deepEqual(sought, ['a', 'b', 'c', 'b'])
})

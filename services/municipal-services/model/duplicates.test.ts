import assert from 'node:assert/strict'
import { test } from 'node:test'
import { possibleDuplicates, type Reported } from './duplicates.ts'

const service = (controller: string | undefined, code: string | undefined, standing: Reported['standing']): Reported => ({
  controller,
  code,
  standing,
})

for (const [name, services, expected] of [
  ['same municipality and code, both running', [service('A', '15', 'active'), service('A', '15', 'active')], [true, true]],
  ['one of them on hold', [service('A', '15', 'active'), service('A', '15', 'onhold')], [true, true]],
  ['one of them ended', [service('A', '15', 'active'), service('A', '15', 'ended')], [false, false]],
  ['one of them not started', [service('A', '15', 'active'), service('A', '15', 'upcoming')], [false, false]],
  ['other codes', [service('A', '15', 'active'), service('A', '6', 'active')], [false, false]],
  ['other municipalities', [service('A', '15', 'active'), service('B', '15', 'active')], [false, false]],
  ['no code tells nothing', [service('A', undefined, 'active'), service('A', undefined, 'active')], [false, false]],
  ['unknown municipality tells nothing', [service(undefined, '15', 'active'), service(undefined, '15', 'active')], [false, false]],
] as [string, Reported[], boolean[]][]) {
  test(`reported twice? ${name}`, () => assert.deepEqual(possibleDuplicates(services), expected))
}

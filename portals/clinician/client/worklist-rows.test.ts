import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorklistRow, WorklistService } from '../contract.ts'
import { arranged, orders, refusedForAll } from './worklist-rows.ts'

const row = (id: string, name?: string, place?: string, services: WorklistService[] = [], birthDate?: string): WorklistRow => ({
  id,
  ...(name ? { name } : {}),
  ...(place ? { place } : {}),
  ...(birthDate ? { birthDate } : {}),
  services,
})
const rows = [
  row('a', 'Åse Ås', 'Rom 10'),
  row('b', 'Kari Berg', 'Rom 9'),
  row('c', undefined, 'Seng 2'),
  row('d', 'Ola Anders Aas', undefined, [], '1940-02-01'),
  row('e', 'Siri Berg', 'rom 1', [], '1940-02-11'),
]
const gravity = ({ id }: WorklistRow) => ({ d: 5, b: 2 })[id] ?? 0
const ids = (found: WorklistRow[]) => found.map(({ id }) => id).join('')

const expected: Record<(typeof orders)[number], string> = {
  gravity: 'dbace',
  // As a Norwegian dictionary has it: Aa is Å, and last.
  name: 'bedac',
  place: 'ebacd',
  sent: 'abcde',
}
for (const order of orders) test(`by ${order}`, () => assert.equal(ids(arranged(rows, { order, filter: '' }, gravity)), expected[order]))

for (const [filter, found] of [
  ['berg', 'be'],
  [' BERG rom ', 'be'],
  ['seng', 'c'],
  ['rom 1', 'ae'],
  ['nobody', ''],
  ['01.02.1940', 'd'],
  ['ola 01.02.40', 'd'],
  ['010', ''],
  ['0102', 'd'],
  ['010240', 'd'],
  ['01021940', 'd'],
  ['1940-02', 'de'],
  ['berg 01.02.1940', ''],
  ['2.1940', ''],
] as const)
  test(`those that hold “${filter}”`, () => assert.equal(ids(arranged(rows, { order: 'sent', filter }, gravity)), found))

test('a service that is refused for all is said once, one that is refused for some in their rows', () => {
  const refused = (...services: string[]): WorklistService[] => services.map((service) => ({ service, status: 'refused' }))
  assert.deepEqual(refusedForAll([row('a', 'A', undefined, refused('x', 'y')), row('b', 'B', undefined, refused('y'))]), ['y'])
  assert.deepEqual(refusedForAll([]), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeless, placelessName, without } from './places.ts'

test('the name of a municipality tells where somebody lives, that of a hospital trust or laboratory does not', () => {
  for (const [name, shown] of [
    ['Bergen kommune', 'Kommune'],
    ['OSLO KOMMUNE', 'Kommune'],
    ['Bergen kommune, hjemmetjenesten', 'Kommune'],
    ['Helse Vest RHF', 'Helse Vest RHF'],
    ['Kommunelegen', 'Kommunelegen'],
    ['', ''],
  ] as const) {
    assert.equal(placelessName(name), shown)
  }
})

test('a controller keeps what it is and loses its telephone, and a municipality its number too', () => {
  assert.deepEqual(placeless({ organization: '1', name: 'Oslo kommune', phone: '1' }), { organization: '', name: 'Kommune' })
  assert.deepEqual(placeless({ organization: '2', name: 'Helse Nord', phone: '1' }), { organization: '2', name: 'Helse Nord' })
  assert.deepEqual(without({ a: 1, b: 2, c: 3 }, 'a', 'c'), { b: 2 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeless, placelessName, without } from './places.ts'

test('a name tells where somebody lives: of a municipality, a hospital, a health region or a laboratory; the kind stays', () => {
  for (const [name, shown] of [
    ['Bergen kommune', 'Kommune'],
    ['OSLO KOMMUNE', 'Kommune'],
    ['Bergen kommune, hjemmetjenesten', 'Kommune'],
    ['Helse Vest RHF', 'Sykehus'],
    ['Helse Sør-Øst', 'Sykehus'],
    ['Oslo universitetssykehus', 'Sykehus'],
    ['Haraldsplass Diakonale Sjukehus', 'Sykehus'],
    ['Fjellsyn laboratorium AS', 'Annen virksomhet'],
    ['Kommunelegen', 'Annen virksomhet'],
    ['', ''],
  ] as const) {
    assert.equal(placelessName(name), shown)
  }
})

test('a controller keeps what it is, and loses its name, number and telephone', () => {
  assert.deepEqual(placeless({ organization: '1', name: 'Oslo kommune', phone: '1' }), { organization: '', name: 'Kommune' })
  assert.deepEqual(placeless({ organization: '2', name: 'Helse Nord', phone: '1' }), { organization: '', name: 'Sykehus' })
  assert.deepEqual(without({ a: 1, b: 2, c: 3 }, 'a', 'c'), { b: 2 })
})

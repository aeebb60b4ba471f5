import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSentWorklist } from '@helsevev/kernel/areas/worklists/list-resource'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { worklists, world } from './index.ts'

const now = new Date('2026-11-25T12:00:00Z')

test('the made-up lists are lists that the API takes, of units that their controller has', () => {
  const { organizations } = world()
  for (const { controller, unit, list } of worklists(now)) {
    assert.ok(!isProblem(readSentWorklist(list, unit, now)), unit)
    const above = organizations.find(({ number }) => number === unit)?.partOf
    assert.ok([above, organizations.find(({ number }) => number === above)?.partOf].includes(controller))
  }
})

test('everybody on them is a made-up patient, but for one whom nobody has reported on', () => {
  const known = new Set(world().patients.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)))
  const numbers = worklists(now).flatMap(({ list }) => list.entry?.map(({ item }) => item.identifier?.value ?? '') ?? [])
  assert.deepEqual(numbers.filter((number) => !known.has(number)).length, 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { namesIn, notation, shapesIn } from './notation.ts'

const line = z.strictObject({ id: z.string() })
const names = namesIn({ line })

test('what must not be changed is written as what it holds', () => {
  const lines = z.readonly(z.array(line))
  assert.equal(notation(lines, names), 'Line[]')
  assert.deepEqual(shapesIn(lines, names), [line])
})

test('a kind of schema without a notation is refused by name', () => {
  assert.throws(() => notation(z.strictObject({ at: z.date() }), names), /notation of the zod type date is missing/)
})

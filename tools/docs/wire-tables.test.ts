import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, nothing, post } from '@helsevev/kernel/wire/contract'
import * as z from 'zod/mini'
import { namesIn } from './notation.ts'
import { address, between, columns, shapes, table } from './wire-tables.ts'

const line = z.strictObject({ id: z.string(), marks: z.array(z.enum(['a', 'b'])), note: z.optional(z.nullable(z.string())) })
const page = z.strictObject({ items: z.array(line), count: z.int(), skip: z.int(), more: z.boolean() })
const rows = {
  lines: get('/lines', {
    about: 'All lines.',
    query: z.strictObject({ status: z.optional(z.enum(['open', 'closed'])), skip: z.optional(z.string()) }),
    answer: page,
  }),
  close: post('/lines/:id/close', { about: 'Closes one.', body: z.strictObject({ why: z.string() }), answer: nothing }),
} as const
const names = namesIn({ line, other: 'not a schema' })

test('a row is a line of the table: its address, what it takes and what it answers', () => {
  const { route, body, answer, about } = columns('/api', names)
  assert.equal(
    table(rows, [route, body, answer, about]),
    [
      '| Route | Body | Answer | |',
      '|---|---|---|---|',
      '| `GET /api/lines?status=open\\|closed&skip=` | | `Page<Line>` | All lines. |',
      '| `POST /api/lines/{id}/close` | `{ why: string }` | `nothing` | Closes one. |',
    ].join('\n'),
  )
  assert.equal(address('', rows.close), 'POST /lines/{id}/close')
})

test('a shape with a name is written out once, member by member', () => {
  assert.equal(shapes(rows, names), "```ts\nLine {\n  id: string\n  marks: ('a' | 'b')[]\n  note?: string | null\n}\n```")
})

const marked = 'Before\n<!-- contract: one -->\nold\n<!-- end -->\nAfter\n'
test('between its marks a page is written, and left alone elsewhere', () => {
  assert.equal(between(marked, { one: 'new' }), marked.replace('old', 'new'))
  assert.equal(between(between(marked, { one: 'new' }), { one: 'new' }), marked.replace('old', 'new'))
})

test('a part without a place, and a place without a part, are mistakes', () => {
  assert.throws(() => between(marked, { one: 'new', two: 'new' }), /no place for two/)
  assert.throws(() => between(marked, {}), /Nothing is called one/)
})

/** What the compiler demands from a server and a page, and how a request is written and read by its row. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { type AnswerOf, addressOf, get, type Handlers, type Input, nothing, post, type Row } from './contract.ts'
import { received, routesOf } from './serve.ts'

const contract = {
  list: get('/cases', {
    about: 'All cases.',
    query: z.strictObject({ status: z.optional(z.enum(['open', 'closed'], 'status is open or closed.')) }),
    answer: z.array(z.strictObject({ id: z.string() })),
  }),
  close: post('/cases/:id/lines/:line/close', {
    about: 'Closes a line.',
    parameters: { line: z.string().check(z.regex(/^\d+$/)) },
    body: z.strictObject({ reason: z.string() }),
    headers: ['about'],
    answer: z.strictObject({ closed: z.boolean() }),
  }),
  seen: post('/seen', { about: 'Marks all as seen.', answer: nothing }),
} as const

type Served = Handlers<typeof contract, { by: string }, { code: string }>
const handlers: Served = {
  list: async () => [{ id: 'a' }],
  close: (_context, { id, line, body, headers }) =>
    headers.about === undefined ? { code: 'about-missing' } : { closed: id === 'a' && line === '1' && body.reason === 'done' },
  seen: () => undefined,
}

/** The request that a page would send. */
function ask<R extends Row>(row: R, ...[given]: Input<R>): { address: string; answer?: AnswerOf<R> } {
  return { address: addressOf(row, given) }
}

test('a handler that is missing, of no row, or answers something else does not compile', () => {
  const { seen: _, ...without } = handlers
  // @ts-expect-error a row without a handler
  const missing: Served = without
  // @ts-expect-error a handler without a row
  const extra: Served = { ...handlers, other: () => undefined }
  // @ts-expect-error another answer than the row has
  const wrong: Served = { ...handlers, list: () => [{ id: 1 }] }
  // @ts-expect-error a member of the body that the row does not have
  const unknown: Served = { ...handlers, close: (_context, { body }) => ({ closed: body.note === '' }) }
  assert.equal([missing, extra, wrong, unknown].length, 4)
})

test('a page that asks without a part of the path, with another body or another query, or reads another answer does not compile', () => {
  const given = { id: 'a', line: '1', body: { reason: 'done' }, headers: { about: 'me' } }
  // @ts-expect-error a part of the path is missing
  ask(contract.close, { id: 'a', body: given.body, headers: given.headers })
  // @ts-expect-error another body than the row takes
  ask(contract.close, { ...given, body: { note: 'done' } })
  // @ts-expect-error without the header that the row needs
  ask(contract.close, { ...given, headers: {} })
  // @ts-expect-error another value than the query takes
  ask(contract.list, { query: { status: 'all' } })
  // @ts-expect-error an argument is needed
  ask(contract.close)
  // @ts-expect-error the answer has no such member
  ask(contract.close, given).answer?.opened
  assert.equal(ask(contract.close, given).address, '/cases/a/lines/1/close')
})

test('a row names no form for a part that its path does not have', () => {
  // @ts-expect-error the path has no part `other`
  const row = post('/cases/:id', { about: 'A case.', parameters: { other: z.string() }, answer: nothing })
  // @ts-expect-error a GET has no body
  const look = get('/cases', { about: 'All cases.', body: z.strictObject({}), answer: nothing })
  assert.ok(row && look)
})

for (const [given, address] of [
  [{ id: 'a b', line: '1/..' }, '/cases/a%20b/lines/1%2F../close'],
  [{ id: 'a:b', line: '?' }, '/cases/a:b/lines/%3F/close'],
] as const) {
  test(`parts of a path stay in their place: ${address}`, () => assert.equal(addressOf(contract.close, given), address))
}

test('a query is written without what has no value', () => {
  assert.equal(addressOf(contract.list, { query: { status: undefined } }), '/cases')
  assert.equal(addressOf(contract.list, { query: { status: 'open' } }), '/cases?status=open')
})

const sent = { parameters: { id: 'a', line: '1' }, query: {}, headers: {}, body: { reason: 'done' } }
for (const [what, change, at] of [
  ['an unknown parameter', { query: { other: '1' } }, 'query'],
  ['a body without a member', { body: {} }, 'body'],
  ['a body with an unknown member', { body: { reason: 'done', note: '' } }, 'body'],
  ['a part of another form', { parameters: { id: 'a', line: 'x' } }, 'parameters'],
] as const) {
  test(`${what} is a fault of the ${at}`, () => {
    const read = received(contract.close, { ...sent, ...change })
    assert.equal('fault' in read && read.fault.at, at)
  })
}

test('each row is answered by the handler of its name, with what the request brought', async () => {
  const answers = routesOf(contract, handlers).map(async ({ name, row, run }) => {
    const read = received(row, { ...sent, body: 'body' in row ? sent.body : undefined, headers: { about: 'me', other: 'x' } })
    return [name, 'received' in read ? await run({ by: 'test' }, read.received) : read.fault.at]
  })
  assert.deepEqual(await Promise.all(answers), [
    ['list', [{ id: 'a' }]],
    ['close', { closed: true }],
    ['seen', undefined],
  ])
})

import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { BODY_LIMIT } from './body.ts'
import { createHeldBodies, HELD } from './held-bodies.ts'

const whole = { 'content-length': String(BODY_LIMIT) }

test('a client has a share, everybody with a token more, and who has no token little; an answer gives its part back', () => {
  const bodies = createHeldBodies()
  const replies: EventEmitter[] = []
  const take = (client: string | undefined, headers: Record<string, string> = whole) => {
    const raw = new EventEmitter()
    const taken = bodies.take(
      { headers } as unknown as FastifyRequest,
      { raw, request: { raw: { socket: new EventEmitter() } } } as unknown as FastifyReply,
      client,
    )
    if (taken) replies.push(raw)
    return taken
  }
  const many = (client: string | undefined) => Array.from({ length: 100 }, () => take(client)).filter(Boolean).length
  const share = Math.floor(HELD.client / BODY_LIMIT)
  assert.deepEqual([many('a'), many('b'), many('c')], [share, share, share])
  // One that does not say how long it is counts as the longest; one without a body is never refused.
  assert.deepEqual([take('a', { 'transfer-encoding': 'chunked' }), take('a', {})], [false, true])
  assert.equal(many('d') + many('e'), Math.floor(HELD.admitted / BODY_LIMIT) - 3 * share)
  assert.equal(many(undefined), Math.floor(HELD.anonymous / BODY_LIMIT))
  // An answer that is finished and then closed gives back once.
  replies[0]?.emit('finish')
  replies[0]?.emit('close')
  assert.deepEqual([take('a'), take('a')], [true, false])
})

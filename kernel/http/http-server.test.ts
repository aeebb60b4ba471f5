import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Log } from '../log/lines.ts'
import { silentLog } from '../log/log.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import { createHttpServer } from './http-server.ts'

const number = makeIdentityNumber({ birthDate: '1950-05-17', series: 1 })

test('no address is repeated in an answer, not even one that cannot be decoded', async () => {
  const app = createHttpServer(silentLog)
  app.get('/a/:b', () => 'found')
  try {
    for (const [url, code] of [
      [`/a/${number}`, 'identity-number-in-url'],
      [`/a/%zz${number}`, 'unreadable-request'],
      [`/a/%ff${number}`, 'unreadable-request'],
      [`/nowhere?n=${number}`, 'identity-number-in-url'],
      [`/a/${[...number].map((digit) => `%3${digit}`).join('')}`, 'identity-number-in-url'],
    ] as const) {
      const reply = await app.inject({ method: 'GET', url })
      assert.equal(JSON.parse(reply.body).issue[0].details.coding[0].code, code, url)
      assert.equal(reply.body.includes(number), false)
      assert.equal(reply.statusCode, 400)
    }
  } finally {
    await app.close()
  }
})

test('what a part of the server reports reaches the log of the operator: kinds and routes, and no message of an error', async () => {
  const written: unknown[] = []
  const log: Log = (code, fields) => void written.push([code, fields])
  const app = createHttpServer(log)
  await app.register(async (portal) => {
    portal.setErrorHandler(async (error: Error, request, reply) => {
      request.log.error(
        { portal: 'clinician', errorName: error.name, errorCode: 'EX', message: error.message },
        'A portal failed to answer.',
      )
      return await reply.code(502).send({})
    })
    portal.get('/fails', () => {
      throw new TypeError(`No such patient: ${number}`)
    })
    portal.get('/warns', async (request) => {
      request.log.warn({ route: '/warns', cause: 'ECONNREFUSED', person: number }, 'A route of a portal could not answer.')
      request.log.info({ note: 'not written' }, 'Nobody needs this.')
      return {}
    })
  })
  try {
    await app.inject({ url: '/fails' })
    await app.inject({ url: '/warns' })
    assert.deepEqual(written, [
      ['REPORTED_ERROR', { portal: 'clinician', errorName: 'TypeError', errorCode: 'EX', note: 'A portal failed to answer.' }],
      ['REPORTED_WARNING', { route: '/warns', cause: 'ECONNREFUSED', note: 'A route of a portal could not answer.' }],
    ])
  } finally {
    await app.close()
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
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

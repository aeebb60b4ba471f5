import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { testNoticesPage } from '../pages/test-notices-page.ts'
import { httpGateway, keepingGateway } from './gateway.ts'
import { notices } from './notices.ts'

const message = { channel: 'sms', address: '+4799999901', subject: 'Varsel <b>', text: 'Du har et nytt varsel & mer.' } as const
const got: { body: unknown; token: string | undefined }[] = []
let status = 202
const gateway = createServer((request: IncomingMessage, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    got.push({ body: JSON.parse(Buffer.concat(chunks).toString()), token: request.headers.authorization })
    response.writeHead(status, status === 302 ? { location: 'http://localhost:1/' } : {}).end()
  })
})
let address = ''
before(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, 'localhost', resolve))
  address = `http://localhost:${(gateway.address() as AddressInfo).port}/messages`
})
after(() => gateway.close())

test('a gateway gets the message as JSON with its token, and nothing else', async () => {
  await httpGateway(address, 'secret')(message)
  await httpGateway(address, undefined)(message)
  const { address: to, subject, text } = message
  assert.deepEqual(got, [
    { body: { to, subject, text }, token: 'Bearer secret' },
    { body: { to, subject, text }, token: undefined },
  ])
})

for (const refused of [302, 400, 503])
  test(`a gateway that answers ${refused} has not taken the message`, async () => {
    status = refused
    await assert.rejects(httpGateway(address, undefined)(message))
  })

test('in development the messages are on a page, newest first, as text; in production there is no page', async () => {
  const { send, kept } = keepingGateway(() => new Date('2026-03-01T12:00:00Z'))
  await send({ ...message, address: '+4799999900' })
  await send(message)
  const html = testNoticesPage('nb', kept())
  assert.ok(html.indexOf('+4799999901') < html.indexOf('+4799999900'))
  assert.ok(html.includes('Du har et nytt varsel &#38; mer.') && !html.includes('<b>'))
  assert.ok(testNoticesPage('nn', []).includes('Ingen meldingar enno.'))
  const parts = { sql: undefined as never, clock: () => new Date(), log: () => undefined, baseUrl: () => '' }
  const noticeGateways = { sms: undefined, email: undefined, token: undefined }
  const has = (mode: 'development' | 'production') => notices({ ...parts, environment: { mode, noticeGateways } }).kept !== undefined
  assert.deepEqual([has('development'), has('production')], [true, false])
})

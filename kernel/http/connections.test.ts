/** What a connection can do to the server: each row gets a refusal or a closed connection, nothing is run, and others are answered. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { OperationOutcome } from '@medplum/fhirtypes'
import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../fhir/exchange.ts'
import { silentLog } from '../log/log.ts'
import { problems } from '../problem/catalogue.ts'
import { problem } from '../problem/problem.ts'
import { createIds } from '../store/ids.ts'
import { system } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import { fhirApi } from './fhir-api.ts'
import { connectionLimits, createHttpServer } from './http-server.ts'
import { createLoad, MOST_REQUESTS } from './load.ts'

const clock = () => new Date('2026-01-15T10:00:00Z')
let app: FastifyInstance
let port = 0
/** Interactions that were begun: none of the rows may begin one. */
let begun = 0
/** Until it is resolved, tokens that are slow are not checked. */
const held = Promise.withResolvers<void>()
before(async () => {
  const kernel = {
    services: new Map([['measurements', measurements]]),
    ids: createIds(clock),
    clock,
    baseUrl: 'http://test',
    portalClients: new Set(),
    refusedCalls: { count: () => {} },
    get validator(): never {
      begun += 1
      throw new Error('No row comes so far.')
    },
  } as unknown as Kernel
  app = createHttpServer(silentLog, { limits: { ...connectionLimits, headers: 300, request: 600 } })
  app.problemBodies.set('/portal/', () => ({ type: 'application/json', text: OWN }))
  app.get('/health/live', async () => ({ status: 'live' }))
  const guard = async ({ authorization }: { authorization?: string | undefined }) => {
    if (authorization === 'DPoP slow') await held.promise
    return authorization === undefined || authorization === 'DPoP slow'
      ? problem('no-token')
      : system('900000001', { client: authorization })
  }
  await app.register(async (scope) => fhirApi(scope, { kernel, guard, log: silentLog, load: createLoad() }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
after(async () => {
  held.resolve()
  app.server.closeAllConnections()
  await app.close()
})

interface Row {
  name: string
  send: string | ((socket: Socket) => void)
  /** The first status, or `closed` for a connection that ends without one. */
  gets: number | 'closed'
  /** Where the part of the server has a form of its own. */
  body?: string
}

const post = 'POST /fhir/measurements/Observation HTTP/1.1\r\nHost: test\r\nContent-Type: application/fhir+json\r\n'
const get = 'GET /fhir/measurements/Observation/a HTTP/1.1\r\nHost: test\r\n'
const token = 'Authorization: DPoP a\r\n'
const health = 'GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n'

const portal = get.replace('/fhir/measurements/Observation/', '/portal/')
const OWN = '{"code":"invalid-request"}'

const rows: Row[] = [
  {
    name: 'Transfer-Encoding with Content-Length',
    send: `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    gets: 400,
  },
  {
    name: 'Content-Length with Transfer-Encoding',
    send: `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    gets: 400,
  },
  { name: 'two lengths', send: `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345`, gets: 400 },
  { name: 'a length below zero', send: `${post}Content-Length: -5\r\n\r\n`, gets: 400 },
  { name: 'a length of 400 digits', send: `${post}Content-Length: ${'9'.repeat(400)}\r\n\r\n`, gets: 400 },
  { name: 'an encoding after chunked', send: `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, gets: 400 },
  { name: 'a chunk without a size', send: `${post}${token}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, gets: 400 },
  { name: 'a space in the name of a header', send: `${get}Content Length: 5\r\n\r\n`, gets: 400 },
  { name: 'a header folded to two lines', send: `${get}A: b\r\n c\r\n\r\n`, gets: 400 },
  { name: 'a header with NUL', send: `${get}A: b\0c\r\n\r\n`, gets: 400 },
  { name: 'no Host', send: 'GET /health/live HTTP/1.1\r\n\r\n', gets: 400 },
  { name: 'two tokens', send: `${get}${token}${token}\r\n`, gets: 400 },
  { name: 'two media types', send: `${post}${token}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`, gets: 400 },
  {
    name: 'a coding of the transfer that is not read',
    send: `${post}${token}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    gets: 400,
  },
  { name: 'a fragment in the address', send: get.replace('/a ', '/a#b ').concat('\r\n'), gets: 400 },
  { name: 'two If-Match', send: 'GET /health/live HTTP/1.1\r\nHost: test\r\nIf-Match: W/"1"\r\nIf-Match: W/"2"\r\n\r\n', gets: 400 },
  { name: 'two If-None-Exist', send: `${post}If-None-Exist: identifier=a|1\r\nIf-None-Exist: identifier=a|2\r\n\r\n`, gets: 400 },
  { name: 'two Hosts', send: 'GET /health/live HTTP/1.1\r\nHost: test\r\nHost: test\r\n\r\n', gets: 400 },
  { name: 'a method that nobody knows', send: get.replace('GET', 'FETCH').concat('\r\n'), gets: 400 },
  { name: 'HTTP 3.0', send: get.replace('1.1', '3.0').concat('\r\n'), gets: 400 },
  { name: 'no HTTP', send: '\x16\x03\x01\x02\0\x01\0', gets: 400 },
  { name: 'headers of 20 kB', send: `${get}A: ${'b'.repeat(20_000)}\r\n\r\n`, gets: 431 },
  { name: 'an address of 20 kB', send: get.replace('/a ', `/${'a'.repeat(20_000)} `).concat('\r\n'), gets: 431 },
  { name: '3,000 headers', send: `${get}${'a:b\r\n'.repeat(3000)}\r\n`, gets: 431 },
  { name: 'a flood of headers without end', send: (socket) => flood(socket, `${get}`, 'a:b\r\n'.repeat(1000)), gets: 431 },
  { name: 'Expect of what nobody knows', send: `${post}${token}Expect: all\r\nContent-Length: 2\r\n\r\n{}`, gets: 417 },
  { name: 'a length of 10 GB, with a token', send: `${post}${token}Content-Length: 10000000000\r\n\r\n{`, gets: 413 },
  { name: 'a length of 10 GB, without a token', send: `${post}Content-Length: 10000000000\r\n\r\n{`, gets: 401 },
  { name: 'a body that does not come, without a token', send: `${post}Content-Length: 1000\r\n\r\n`, gets: 401 },
  {
    name: 'a chunked body without end, without a token',
    send: (socket) => flood(socket, `${post}Transfer-Encoding: chunked\r\n\r\n`, `400\r\n${'a'.repeat(1024)}\r\n`),
    gets: 401,
  },
  {
    name: 'a chunked body without end, with a token',
    send: (socket) => flood(socket, `${post}${token}Transfer-Encoding: chunked\r\n\r\n`, `8000\r\n${'a'.repeat(0x8000)}\r\n`),
    gets: 413,
  },
  { name: 'a body that stops, with a token', send: `${post}${token}Content-Length: 1000\r\n\r\n{`, gets: 408 },
  { name: 'headers that stop', send: get, gets: 408 },
  { name: 'a connection half closed in the body', send: (socket) => socket.end(`${post}${token}Content-Length: 1000\r\n\r\n{`), gets: 400 },
  { name: 'a connection half closed in the headers', send: (socket) => socket.end(get), gets: 400 },
  { name: 'a connection half closed after a request', send: (socket) => socket.end(`${get}\r\n`), gets: 401 },
  { name: 'a method that no address has', send: get.replace('GET', 'PROPFIND').concat('\r\n'), gets: 405 },
  { name: 'TRACE', send: get.replace('GET', 'TRACE').concat('\r\n'), gets: 405 },
  { name: 'QUERY with a body', send: `${get.replace('GET', 'QUERY')}Content-Length: 2\r\nContent-Type: a/b\r\n\r\n{}`, gets: 405 },
  { name: 'a write where there is only a read', send: health.replace('GET', 'DELETE'), gets: 405 },
  { name: 'an address of no route', send: get.replace('/Observation/a', '/a/b/c/d/e').concat('\r\n'), gets: 404 },
  { name: 'an address outside of all areas', send: health.replace('/health/live', '/secret.php'), gets: 404 },
  { name: 'a part of an address of 300 letters', send: get.replace('/a ', `/${'a'.repeat(300)} `).concat('\r\n'), gets: 414 },
  { name: 'an address that cannot be decoded', send: get.replace('/a ', '/%zz ').concat('\r\n'), gets: 400 },
  { name: 'a form that is none', send: `${post}${token}Content-Length: 2\r\n\r\n{}`.replace('fhir+json', 'pdf'), gets: 415 },
  { name: 'headers of 20 kB to a portal', send: `${portal}A: ${'b'.repeat(20_000)}\r\n\r\n`, gets: 431, body: OWN },
  { name: 'headers that stop, to an address that is not known yet', send: portal, gets: 408 },
  { name: 'two Hosts to a portal', send: `${portal}Host: test\r\n\r\n`, gets: 400, body: OWN },
  { name: 'an address of a portal that cannot be decoded', send: portal.replace('/a ', '/%zz ').concat('\r\n'), gets: 400, body: OWN },
  { name: 'CONNECT', send: 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', gets: 'closed' },
  { name: '50,000 requests in one connection at one time', send: health.repeat(50_000), gets: 'closed' },
]

/** Sends until the other side is tired of it. */
function flood(socket: Socket, start: string, more: string): void {
  socket.write(start)
  const timer = setInterval(() => (socket.writable ? socket.write(more) : clearInterval(timer)), 1)
  socket.on('close', () => clearInterval(timer))
}

/** The header of an answer. */
const inHead = (head: string, name: string) => new RegExp(`^${name}: (.*?)\r?$`, 'im').exec(head)?.[1]

/** Whether the body has come, as long as the header says. */
function isWhole(answer: string): boolean {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return head !== answer && body.length >= Number(inHead(head, 'Content-Length') ?? Number.NaN)
}

/** The first status of the answer, or that the connection ended without one; and the head and the body, as far as they came. */
async function outcomeOf(send: Row['send']): Promise<{ status: number | 'closed'; head: string; body: string }> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  socket.on('error', () => {})
  try {
    await once(socket, 'connect')
    if (typeof send === 'string') socket.write(send)
    else send(socket)
    await new Promise<void>((resolve) => {
      socket.on('data', (octets) => {
        text += octets.toString('latin1')
        if (isWhole(text)) resolve()
      })
      socket.on('close', () => resolve())
      socket.on('end', () => resolve())
    })
    const [head = '', body = ''] = text.split('\r\n\r\n')
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0) || 'closed', head, body }
  } finally {
    socket.destroy()
  }
}

for (const { name, send, gets, body: expected } of rows) {
  test(`${name}: ${gets}`, { timeout: 20_000 }, async () => {
    const [outcome, other] = await Promise.all([outcomeOf(send), fetch(`http://127.0.0.1:${port}/health/live`)])
    assert.deepEqual([outcome.status, other.status, begun], [gets, 200, 0])
    if (gets === 'closed') return
    const { head, body } = outcome
    assert.equal(inHead(head, 'Content-Length'), String(Buffer.byteLength(body)), head)
    assert.match(inHead(head, 'Content-Type') ?? '', expected ? /^application\/json/ : /^application\/fhir\+json/)
    if (gets === 405) assert.match(inHead(head, 'Allow') ?? '', /GET/)
    if (gets === 408 || gets === 431) assert.equal(inHead(head, 'Connection'), 'close')
    if (expected) assert.equal(body, expected)
    else {
      const { resourceType, issue } = JSON.parse(body) as OperationOutcome
      const { code } = issue?.[0]?.details?.coding?.[0] ?? {}
      assert.equal(resourceType, 'OperationOutcome')
      assert.equal(code !== undefined && Object.hasOwn(problems, code) && problems[code as keyof typeof problems].status, gets, body)
    }
    // Nothing of the request or of the server is repeated.
    assert.doesNotMatch(body, /bbb|aaa|FETCH|PROPFIND|zz|secret|node:|\.ts\b/)
  })
}

test('requests that wait in connections that end do not keep others out', { timeout: 20_000 }, async () => {
  const waiting = `${get}Authorization: DPoP slow\r\n\r\n`.repeat(connectionLimits.pipelined - 1)
  /** Asks until the answer has this status. */
  const asks = async (status: number) => {
    while ((await fetch(`http://127.0.0.1:${port}/fhir/measurements/Observation/a`)).status !== status) await setTimeout(20)
  }
  const sockets = await Promise.all(
    Array.from({ length: Math.ceil(MOST_REQUESTS / connectionLimits.pipelined) + 1 }, async () => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.on('error', () => {})
      await once(socket, 'connect')
      await new Promise((resolve) => socket.write(waiting, resolve))
      return socket
    }),
  )
  await asks(429)
  for (const socket of sockets) socket.destroy()
  await asks(401)
  held.resolve()
})

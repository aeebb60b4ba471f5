/** The mediator over HTTP. For test only: it asks nobody who they are, and listens on this machine alone. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Forward } from './forward.ts'
import type { Delivery, Mediator } from './mediator.ts'

const MOST_OCTETS = 20 * 1024 * 1024

export interface MediatorServer {
  address: string
  close(): Promise<void>
}

interface Answer {
  status: number
  body: unknown
}

/** `forward`: sends on what was accepted; without it nothing leaves the mediator. Port 0 takes a free one. */
export async function serveMediator(mediator: Mediator, port: number, forward: Forward = async () => []): Promise<MediatorServer> {
  const server = createServer((request, response) => {
    answerTo(request, mediator, forward)
      .catch((error: unknown) => ({ status: 502, body: { fault: `Helsevev was not reached: ${(error as Error).message}` } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answerTo(request: IncomingMessage, mediator: Mediator, forward: Forward): Promise<Answer> {
  const [, place, id = '', act] = (request.url ?? '').split('/').map(decodeURIComponent)
  const text = await bodyOf(request)
  if (text === undefined) return { status: 413, body: { fault: 'The message is too large.' } }
  if (request.method === 'POST' && place === 'messages') return await received(text, mediator, forward)
  const state = place === 'prescriptions' ? mediator.stateOf(id) : undefined
  if (state === undefined) return { status: 404, body: { fault: 'There is no such address or prescription.' } }
  if (request.method === 'GET' && act === undefined) return { status: 200, body: { id, state } }
  const done = request.method === 'POST' ? acted(act, id, mediator) : undefined
  if (!done) return { status: 409, body: { id, state, fault: 'The state of the prescription does not allow it.' } }
  return { status: 200, body: { id, state: mediator.stateOf(id), answers: done, forwarded: await forward(done) } }
}

async function received(text: string, mediator: Mediator, forward: Forward): Promise<Answer> {
  const handled = mediator.receive(text)
  if (!handled) return { status: 400, body: { fault: 'This is no M1, M5, M9.5 or M10 in a MsgHead.' } }
  const { isAccepted, answers, shared } = handled
  return { status: isAccepted ? 200 : 422, body: { accepted: isAccepted, answers, forwarded: await forward(shared) } }
}

/** Undefined when the state does not allow it. */
function acted(act: string | undefined, id: string, mediator: Mediator): Delivery[] | undefined {
  if (act === 'take') return mediator.take(id) ? [] : undefined
  if (act === 'release') return mediator.release(id)
  if (act === 'grant' || act === 'refuse') return mediator.decide(id, act === 'grant') ? [] : undefined
  return undefined
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of request) {
    octets += (chunk as Buffer).length
    if (octets > MOST_OCTETS) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * `npx helsevev fuzz` sends changed requests to a server and prints what it answered, to find one that makes it fail. docs/run/fuzz.md
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@helsevev/kernel/log/log'
import { createHelseId, HelseIdError, type Token } from '@helsevev/sdk'
import { parseEnvironment } from '../../env.ts'
import { bergen } from '../../seed/organizations.ts'
import { patient, patients } from '../../seed/patients.ts'
import { clientOf, clients } from '../../seed/sign-in.ts'
import { type Context, defineCommand, optional } from '../define-command.ts'
import { DONE, type Outcome, REFUSED, refuse } from '../outcome.ts'
import { address, count } from '../values.ts'
import { fuzz, isFailure, type Send, type Sent, tableOf } from './fuzz.ts'
import { validRequests } from './requests.ts'

interface Values {
  count: number | undefined
  seed: number | undefined
  base: string | undefined
  issuer: string | undefined
}

const USUAL_COUNT = 20_000
const AT_ONCE = 8
/** Milliseconds for an answer. The server gives a statement 20 seconds. */
const PATIENCE = 60_000

export const commands = [
  defineCommand({
    name: 'fuzz',
    summary: 'Send changed requests to a server, and print what it answered',
    options: {
      count: optional(count, `how many requests; default: ${USUAL_COUNT}`),
      seed: optional(count, 'what the changes are drawn from; the same seed makes the same requests; default: 1'),
      base: optional(address, 'a running development server; default: one of its own, which is gone afterwards'),
      issuer: optional(address, 'the identity provider of that server; default: as the environment says'),
    },
    exitCodes: {
      0: 'the server answered each request, and none with an error of its own',
      1: 'a request was answered with 5xx, or not at all',
    },
    example: '--count 1000000 --seed 1',
    run: fuzzed,
  }),
]

interface Target {
  baseUrl: string
  token: () => Promise<Token>
}

async function fuzzed(context: Context<Values, never>): Promise<Outcome> {
  const { base, count: requests = USUAL_COUNT, seed = 1 } = context.values
  const run = async (target: Target): Promise<Outcome> => {
    const [identifier] = patient(patients(), 'berit').identifiers
    const valid = validRequests(await context.services(), { system: 'urn:oid:2.16.578.1.12.4.1.4.1', number: identifier?.value ?? '' })
    const found = await fuzz(valid, senderTo(target), { count: requests, seed, atOnce: AT_ONCE })
    const failed = Object.keys(found.statuses).some((status) => isFailure(Number(status)))
    return { result: { seed, ...found }, text: tableOf(found, seed), exitCode: failed ? REFUSED : DONE }
  }
  if (base === undefined) return await withServer(run)
  try {
    const { dataDirectory, issuer, issuerPort } = context.environment
    return await run(await targetOf(base, context.values.issuer ?? issuer ?? `http://localhost:${issuerPort}`, dataDirectory))
  } catch (error) {
    if (!(error instanceof HelseIdError)) throw error
    return refuse('no-token', `The identity provider gave no token: ${error.message}`)
  }
}

/** Starts a development server on free ports, with a database of its own in a folder that is removed. */
async function withServer(run: (target: Target) => Promise<Outcome>): Promise<Outcome> {
  const data = await mkdtemp(join(tmpdir(), 'helsevev-fuzz-'))
  const environment = parseEnvironment({
    HELSEVEV_MODE: 'development',
    HELSEVEV_HOST: '127.0.0.1',
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER_PORT: '0',
    HELSEVEV_DATA: data,
    HELSEVEV_CLIENT_RATE: '9999999',
    HELSEVEV_LOG_LEVEL: 'silent',
  })
  if ('sentences' in environment) return refuse('environment', ...environment.sentences)
  try {
    const { startSystem } = await import('../../system.ts')
    const system = await startSystem({ environment, log: silentLog, withPortals: false, withStories: false })
    try {
      return await run(await targetOf(system.baseUrl, system.issuer, data))
    } finally {
      await system.close()
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

/** The server as the record system of a municipality reaches it, with every scope that it has. */
async function targetOf(baseUrl: string, issuer: string, data: string): Promise<Target> {
  const id = clientOf(bergen.number)
  const client = clients.find(({ clientId }) => clientId === id)
  const key: Record<string, unknown> = JSON.parse(await readFile(join(data, 'vendor-keys', `${id}.json`), 'utf8'))
  const helseId = createHelseId({ issuer, clientId: id, privateJwk: key })
  const token = () => helseId.clientCredentials({ scope: [...(client?.scopes ?? [])], organization: { parent: bergen.number } })
  await token()
  return { baseUrl, token }
}

function senderTo({ baseUrl, token }: Target): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  return async (sent) => {
    const bound = await token()
    const url = new URL(baseUrl)
    const path = sent.path.startsWith('/') ? sent.path : `/${sent.path}`
    const headers = {
      authorization: `DPoP ${bound.accessToken}`,
      dpop: await bound.proof(sent.method, `${baseUrl}${path.split('?')[0]}`),
      'nhn-source-system': 'Helsevev fuzz',
      ...sent.headers,
    }
    return await answerOf({ ...sent, path, headers }, url, agent)
  }
}

/** The answer, read to its end; status 0 when there is none. */
async function answerOf({ method, path, headers, body }: Sent, { hostname, port }: URL, agent: Agent): ReturnType<Send> {
  return await new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = { method, hostname, port, path, headers: { ...headers, ...length }, agent, timeout: PATIENCE }
    const sending = request(options, (reply) => {
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, location: reply.headers.location }))
      reply.on('error', () => resolve({ status: 0 }))
      reply.resume()
    })
    sending.on('timeout', () => sending.destroy())
    sending.on('error', () => resolve({ status: 0 }))
    sending.end(body)
  })
}

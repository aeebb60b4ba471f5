/**
 * `npm run bench -- input [--messages N] [--rounds N] [--connections N] [--processes N] [--only KIND] [--profile FOLDER]`: how fast what
 * vendors send is taken in, next to a raw insert of the very rows that came of it. docs/run/performance.md
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createHelseId, type Token } from '@helsevev/sdk'
import { seedReference } from '@helsevev/server/seed/index'
import { bergen, helseVest } from '@helsevev/server/seed/organizations'
import { clientOf } from '@helsevev/server/seed/sign-in'
import { openConnection } from './client/connection.ts'
import { fastDpopKey } from './client/proofs.ts'
import { requestText } from './client/request-text.ts'
import type { InputKind, Message } from './input/kind.ts'
import { inputs } from './input/kinds.ts'
import { insertAgain, rowsSince } from './input/raw.ts'
import { type BenchPerson, makePeople, storePeople } from './loading/people.ts'
import { asOwner, ownerPool, postmasterOf } from './loading/store.ts'
import { machine } from './measuring/machine.ts'
import { processors } from './measuring/processors.ts'
import { printSelfTimes } from './measuring/profile.ts'
import { figure } from './measuring/statistics.ts'
import type { ServerCommands } from './server/main.ts'
import { startWorker } from './worker.ts'
import { startIssuer } from './world.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    processes: { type: 'string', default: '1' },
    only: { type: 'string' },
    profile: { type: 'string' },
  },
})
const messages = Number(values.messages)
const rounds = Number(values.rounds)
const connections = Number(values.connections)
const processes = Number(values.processes)
const senders = { laboratory: helseVest.number, municipality: bergen.number } as const

const directory = await mkdtemp(join(tmpdir(), 'helsevev-input-'))
const folders = [directory]
const issuer = await startIssuer(directory, 1)
const variables = {
  HELSEVEV_DATA: directory,
  HELSEVEV_HOST: '127.0.0.1',
  HELSEVEV_PORT: '0',
  HELSEVEV_ISSUER: issuer.issuer,
  HELSEVEV_SEED: 'false',
  HELSEVEV_LOG_LEVEL: 'error',
  HELSEVEV_CLIENT_RATE: '1000000',
}
const start = (more: Record<string, string> = {}) =>
  startWorker<ServerCommands>(new URL('server/main.ts', import.meta.url), { ...variables, ...more })
const server = start()
/** Processes next to the first, which answer under its address as if they shared its port. */
const others: ReturnType<typeof start>[] = []
try {
  const { baseUrl, folder, postgres } = await server.ask('where')
  if (folder) folders.push(folder)
  for (let nth = 1; nth < processes; nth++) others.push(start({ HELSEVEV_BASE_URL: baseUrl }))
  const addresses = [baseUrl]
  for (const other of others) addresses.push((await other.ask('where')).address)
  const people = makePeople(2000)
  await asOwner(directory, async (sql) => {
    await seedReference(sql)
    await storePeople(sql, people)
  })
  const { processor, cores, commit, changed } = machine(postgres)
  console.log(
    [
      `${processor}, ${cores} cores, commit ${commit}${changed ? ' with changes' : ''}`,
      `${messages} messages a round, ${connections} connections, ${processes} ${processes === 1 ? 'process' : 'processes'}.\n`,
    ].join('; '),
  )
  for (const [name, kind] of Object.entries(inputs)) {
    if (values.only && values.only !== name) continue
    await measure(name, kind, addresses, people)
  }
} finally {
  for (const other of others) await other.stop()
  await server.stop()
  await issuer.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

/** Rounds of the server and of the raw insert in turn, after one of each that does not count. */
async function measure(name: string, kind: InputKind, addresses: readonly string[], people: readonly BenchPerson[]): Promise<void> {
  const [baseUrl = ''] = addresses
  const token = await tokenFor(kind)
  const postmaster = await postmasterOf(directory)
  const pool = await ownerPool(directory, connections)
  const sent: number[] = []
  const raw: number[] = []
  let nth = 0
  let rows = 0
  let serverCpu = 0
  let postgresCpu = 0
  let rawCpu = 0
  const write = async (): Promise<string[]> => {
    const requests: string[] = []
    while (requests.length < messages) {
      const { number } = people[nth % people.length] as BenchPerson
      const message = kind.message({ identityNumber: number, organization: senders[kind.sender], nth, people: people.length })
      requests.push(await requestOf(baseUrl, kind, message, token))
      nth += 1
    }
    return requests
  }
  for (let round = 0; round <= rounds; round++) {
    const requests = await write()
    const began = new Date()
    const before = { cpu: await usage(), machine: await processors(postmaster) }
    const seconds = await send(addresses, requests, kind)
    const after = { cpu: await usage(), machine: await processors(postmaster) }
    const stored = await rowsSince(pool, kind.service, began)
    const beforeRaw = await processors(postmaster)
    const rawSeconds = await insertAgain(pool, stored)
    const afterRaw = await processors(postmaster)
    if (round === 0) {
      // As in any database that has run for a while.
      await pool`analyze record`
      continue
    }
    const count = stored.reduce((sum, message) => sum + message.length, 0)
    sent.push(count / seconds)
    raw.push(count / rawSeconds)
    rows += count
    serverCpu += after.cpu - before.cpu
    postgresCpu += after.machine.postgres - before.machine.postgres
    rawCpu += afterRaw.postgres - beforeRaw.postgres
  }
  const ratio = figure(sent.map((rate, at) => rate / (raw[at] ?? Number.NaN)))
  const each = rows / rounds / messages
  const perSecond = figure(sent).median
  const ofOne = (microseconds: number) => (microseconds / 1000 / messages / rounds).toFixed(2)
  console.log(
    [
      `${name}: ${Math.round(perSecond)} rows/s (${Math.round(perSecond / each)} messages/s of ${each.toFixed(1)} rows)`,
      ` against ${Math.round(figure(raw).median)} rows/s raw`,
      `: ratio ${ratio.median.toFixed(2)} ± ${((ratio.median * ratio.spread) / 2).toFixed(2)}`,
      `; processor ms a message: server ${ofOne(serverCpu)}, PostgreSQL ${ofOne(postgresCpu)}`,
      `, PostgreSQL for the raw insert ${ofOne(rawCpu)}`,
    ].join(''),
  )
  await pool.end()
  // Profiled apart, since a profile slows what it looks at.
  if (values.profile) await profile(values.profile, name, async () => send(addresses, await write(), kind))
}

/** Microseconds of processor time of all processes. */
async function usage(): Promise<number> {
  const each = await Promise.all([server, ...others].map((one) => one.ask('usage')))
  return each.reduce((sum, { cpu }) => sum + cpu, 0)
}

async function profile(folder: string, name: string, round: () => Promise<unknown>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = resolve(folder, `${name}.cpuprofile`)
  await server.ask('startProfile')
  await round()
  await server.ask('stopProfile', file)
  await printSelfTimes(name, file)
}

async function tokenFor({ sender, service }: InputKind): Promise<Token> {
  const organization = senders[sender]
  const clientId = clientOf(organization)
  const helseId = createHelseId({ issuer: issuer.issuer, clientId, privateJwk: await issuer.privateKey(clientId), dpopKey: fastDpopKey() })
  const acting = clientId.startsWith('helse-') ? {} : { organization: { parent: organization } }
  return await helseId.clientCredentials({ scope: `helsevev:${service}/write`, ...acting })
}

/** Written and signed before the clock starts. */
async function requestOf(baseUrl: string, { mediaType }: InputKind, { path, body }: Message, token: Token): Promise<string> {
  const proof = await token.proof('POST', `${baseUrl}${path}`)
  return requestText(baseUrl, { method: 'POST', path, type: mediaType, body }, { accessToken: token.accessToken, proof })
}

/** Seconds; throws at the first answer that is not what the kind says. */
async function send(addresses: readonly string[], requests: readonly string[], kind: InputKind): Promise<number> {
  const queue = requests.values()
  const opened = await Promise.all(Array.from({ length: connections }, (_, nth) => openConnection(addresses[nth % addresses.length] ?? '')))
  const began = performance.now()
  await Promise.all(
    opened.map(async (connection) => {
      for (const request of queue) {
        const { status, body = '' } = await connection.send(request, kind.check !== undefined)
        const wrong = status === kind.status ? kind.check?.(body) : `status ${status}: ${body.slice(0, 1000)}`
        if (wrong) throw new Error(wrong)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  for (const connection of opened) connection.close()
  return seconds
}

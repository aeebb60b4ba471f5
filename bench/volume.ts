/**
 * `npm run bench -- volume [--people N,M] [--days N] [--rounds N] [--seconds N] [--connections N]`: whether look-ups of people with a year
 * of home measurements, fifty a day, are as fast as those of people with ten. docs/run/performance.md
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signIn, type Token } from '@helsevev/sdk'
import { attested } from './client/attested.ts'
import { openConnection } from './client/connection.ts'
import { fastDpopKey } from './client/proofs.ts'
import { requestText } from './client/request-text.ts'
import type { BenchPerson } from './loading/people.ts'
import { asOwner, postmasterOf } from './loading/store.ts'
import { machine } from './measuring/machine.ts'
import { processors } from './measuring/processors.ts'
import { figure } from './measuring/statistics.ts'
import type { ServerCommands } from './server/main.ts'
import { loadMeasurements, SERVICE } from './volume/load.ts'
import { type LookUp, lookUps } from './volume/look-ups.ts'
import { startWorker, type Worker } from './worker.ts'
import { type Issuer, reader, redirectUri, signInClient, startIssuer } from './world.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '25,100' },
    days: { type: 'string', default: '365' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '8' },
  },
})
const sizes = values.people.split(',').map(Number)
const days = Number(values.days)
const rounds = Number(values.rounds)
// A proof is good for ten seconds and five of leeway, and is signed before the round begins.
const seconds = Math.min(Number(values.seconds), 8)
const connections = Number(values.connections)

interface Side {
  baseUrl: string
  people: BenchPerson[]
  server: Worker<ServerCommands>
  folders: string[]
  /** Process id of PostgreSQL. */
  postmaster: number
  /** Rows of one person. */
  rows: number
}

const issuerFolder = await mkdtemp(join(tmpdir(), 'helsevev-volume-'))
const issuer = await startIssuer(issuerFolder, connections)
try {
  const { processor, cores, commit, changed } = machine('')
  console.log(
    [
      `${processor}, ${cores} cores, commit ${commit}${changed ? ' with changes' : ''}`,
      `${connections} connections, ${rounds} rounds of ${seconds} s.`,
    ].join('; '),
  )
  const tokens = await signInNurses(issuer)
  for (const people of sizes) await measurePair(people, tokens)
} finally {
  await issuer.close()
  await rm(issuerFolder, { recursive: true, force: true })
}

async function measurePair(people: number, tokens: readonly Token[]): Promise<void> {
  const sides: Side[] = []
  try {
    for (const each of [0, days]) sides.push(await startSide(people, each))
    const [ten, full] = sides
    if (!ten || !full) return
    console.log(`\n${people} people with ${full.rows} rows each against ${people} with ${ten.rows} each:`)
    for (const lookUp of lookUps) await measure(lookUp, ten, full, tokens)
  } finally {
    for (const { server, folders } of sides) {
      await server.stop()
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
    }
  }
}

async function startSide(people: number, days: number): Promise<Side> {
  const directory = await mkdtemp(join(tmpdir(), 'helsevev-volume-'))
  const server = startWorker<ServerCommands>(new URL('server/main.ts', import.meta.url), {
    HELSEVEV_DATA: directory,
    HELSEVEV_HOST: '127.0.0.1',
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER: issuer.issuer,
    HELSEVEV_SEED: 'false',
    HELSEVEV_LOG_LEVEL: 'error',
    HELSEVEV_CLIENT_RATE: '1000000',
  })
  const { baseUrl, folder } = await server.ask('where')
  const loaded = await loadMeasurements(directory, baseUrl, issuer, { people, days, nurses: connections })
  const bytes = await asOwner(
    directory,
    async (sql) => (await sql<{ bytes: number }[]>`select pg_database_size(current_database())::float8 as bytes`)[0]?.bytes,
  )
  console.log(
    `Loaded ${people * loaded.rows} rows in ${loaded.seconds.toFixed(0)} s; the database has ${Math.round((bytes ?? 0) / 1e6)} MB.`,
  )
  const postmaster = await postmasterOf(directory)
  return { baseUrl, server, postmaster, people: loaded.people, rows: loaded.rows, folders: [directory, ...(folder ? [folder] : [])] }
}

/** Each answer looked at once; then rounds in turn, after one of each that does not count. */
async function measure(lookUp: LookUp, ten: Side, full: Side, tokens: readonly Token[]): Promise<void> {
  const times: { ten: number[]; full: number[] } = { ten: [], full: [] }
  const used: { ten: Used[]; full: Used[] } = { ten: [], full: [] }
  const lengths = { ten: 0, full: 0 }
  for (const [name, side] of [
    ['ten', ten],
    ['full', full],
  ] as const) {
    await ask(lookUp, side, tokens, side.people.length, (body, person) => {
      const wrong = lookUp.wrong(body, person.number, side.rows)
      if (wrong) throw new Error(`${lookUp.name}: ${wrong}: ${body.slice(0, 500)}`)
      lengths[name] = body.length
    })
  }
  let count = 200
  for (let round = 0; round <= rounds; round++) {
    for (const [name, side] of [
      ['ten', ten],
      ['full', full],
    ] as const) {
      const before = await usedBy(side)
      const took = await ask(lookUp, side, tokens, count)
      const after = await usedBy(side)
      if (round > 0) {
        times[name].push(took / count)
        used[name].push({ server: (after.server - before.server) / count, postgres: (after.postgres - before.postgres) / count })
      }
      // As many for both, so that a round lasts about as long as asked for.
      if (round === 0 && name === 'full') count = Math.max(50, Math.round((seconds * 1000) / (took / count)))
    }
  }
  const ratio = figure(times.full.map((time, at) => time / (times.ten[at] ?? Number.NaN)))
  const perSecond = (each: number[]) => Math.round(1000 / figure(each).median)
  const total = (each: Used) => each.server + each.postgres
  const work = figure(used.full.map((each, at) => total(each) / total(used.ten[at] ?? { server: Number.NaN, postgres: Number.NaN })))
  const milliseconds = (each: Used[], part: keyof Used) => figure(each.map((one) => one[part])).median.toFixed(2)
  const answers = (side: 'full' | 'ten') => `${perSecond(times[side])} answers/s of ${(lengths[side] / 1000).toFixed(1)} kB`
  const processorTime = (side: 'full' | 'ten') =>
    `server ${milliseconds(used[side], 'server')}, PostgreSQL ${milliseconds(used[side], 'postgres')}`
  const halfSpread = ({ median, spread }: { median: number; spread: number }) => ((median * spread) / 2).toFixed(2)
  console.log(
    [
      `  ${lookUp.name}: ${answers('full')} against ${answers('ten')}: ${ratio.median.toFixed(2)} times the time ± ${halfSpread(ratio)}`,
      `processor ms an answer: ${processorTime('full')} against ${processorTime('ten')}`,
      `${work.median.toFixed(2)} times ± ${halfSpread(work)}`,
    ].join('; '),
  )
}

/** Processor time in milliseconds. */
interface Used {
  server: number
  postgres: number
}

async function usedBy({ server, postmaster }: Side): Promise<Used> {
  const [{ cpu }, { postgres }] = await Promise.all([server.ask('usage'), processors(postmaster)])
  return { server: cpu / 1000, postgres: postgres / 1000 }
}

/** Milliseconds for `count` look-ups; each person in turn from a place drawn at random. Throws at an answer that is not 200. */
async function ask(
  { path, form }: LookUp,
  { baseUrl, people }: Side,
  tokens: readonly Token[],
  count: number,
  look?: (body: string, person: BenchPerson) => void,
): Promise<number> {
  const first = Math.floor(Math.random() * people.length)
  const requests: { text: string; person: BenchPerson }[][] = tokens.map(() => [])
  for (let at = 0; at < count; at++) {
    const place = at % tokens.length
    const person = people[(first + at) % people.length]
    const token = tokens[place]
    if (!person || !token) throw new Error('Nobody asks, or nobody is asked about.')
    const attestation = attested(place, person.number)
    const body = new URLSearchParams({ 'patient.identifier': person.number, ...form }).toString()
    const proof = await token.proof('POST', `${baseUrl}${path}`, undefined, attestation)
    const sendable = { method: 'POST', path, type: 'application/x-www-form-urlencoded', body }
    requests[place]?.push({ text: requestText(baseUrl, sendable, { accessToken: token.accessToken, proof, attestation }), person })
  }
  const opened = await Promise.all(tokens.map(() => openConnection(baseUrl)))
  const began = performance.now()
  await Promise.all(
    opened.map(async (connection, place) => {
      for (const { text, person } of requests[place] ?? []) {
        const { status, body = '' } = await connection.send(text, look !== undefined)
        if (status !== 200) throw new Error(`status ${status}: ${body.slice(0, 1000)}`)
        look?.(body, person)
      }
    }),
  )
  const took = performance.now() - began
  for (const connection of opened) connection.close()
  return took
}

async function signInNurses({ issuer: url, nurses, privateKey }: Issuer): Promise<Token[]> {
  const tokens: Token[] = []
  const client = { clientId: signInClient, privateJwk: await privateKey(signInClient) }
  for (const personId of nurses) {
    const as = { issuer: url, ...client, dpopKey: fastDpopKey(), redirectUri, personId, organization: { parent: reader.number } }
    tokens.push(await signIn({ ...as, scope: `helsevev:${SERVICE}/read` }))
  }
  return tokens
}

/**
 * `npm run bench -- medication-list [--people N] [--lines N] [--rounds N] [--seconds N] [--connections N]`: look-ups of a list of thirty
 * lines by nurses, each about another person. docs/run/performance.md
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signIn, type Token } from '@helsevev/sdk'
import { seedReference } from '@helsevev/server/seed/index'
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { attested } from './client/attested.ts'
import { openConnection } from './client/connection.ts'
import { fastDpopKey } from './client/proofs.ts'
import { requestText } from './client/request-text.ts'
import { listMessage } from './input/medicines.ts'
import { type BenchPerson, makePeople, storePeople } from './loading/people.ts'
import { asOwner, postmasterOf } from './loading/store.ts'
import { recordSystems } from './loading/templates.ts'
import { machine } from './measuring/machine.ts'
import { processors } from './measuring/processors.ts'
import { figure } from './measuring/statistics.ts'
import type { ServerCommands } from './server/main.ts'
import { startWorker } from './worker.ts'
import { type Issuer, reader, redirectUri, signInClient, startIssuer, storeNurses } from './world.ts'

const SERVICE = 'medication-list'
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    lines: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '8' },
  },
})
const lines = Number(values.lines)
const rounds = Number(values.rounds)
// A proof is good for ten seconds and five of leeway, and is signed before the round begins.
const seconds = Math.min(Number(values.seconds), 8)
const connections = Number(values.connections)

interface LookUp {
  name: string
  path: string
  form: Record<string, string>
  /** How many lines the answer has. */
  count(answer: string): number
}

const lookUps: readonly LookUp[] = [
  {
    name: 'lines in use',
    path: `/fhir/${SERVICE}/MedicationStatement/_search`,
    form: { present: 'true', _count: '200' },
    count: (answer) => ((JSON.parse(answer) as Bundle).entry ?? []).filter(({ search }) => search?.mode === 'match').length,
  },
  {
    name: '$getMedication',
    path: `/fhir/${SERVICE}/$getMedication`,
    form: {},
    count: (answer) => {
      const document = (JSON.parse(answer) as Parameters).parameter?.find(({ name }) => name === 'medication')?.resource as Bundle
      return (document.entry ?? []).filter(({ resource }) => resource?.resourceType === 'MedicationStatement').length
    },
  },
]

const directory = await mkdtemp(join(tmpdir(), 'helsevev-list-'))
const folders = [directory]
const issuer = await startIssuer(directory, connections)
const server = startWorker<ServerCommands>(new URL('server/main.ts', import.meta.url), {
  HELSEVEV_DATA: directory,
  HELSEVEV_HOST: '127.0.0.1',
  HELSEVEV_PORT: '0',
  HELSEVEV_ISSUER: issuer.issuer,
  HELSEVEV_SEED: 'false',
  HELSEVEV_LOG_LEVEL: 'error',
  HELSEVEV_CLIENT_RATE: '1000000',
})
try {
  const { baseUrl, folder, postgres } = await server.ask('where')
  if (folder) folders.push(folder)
  const { processor, cores, commit, changed } = machine(postgres)
  console.log(
    `${processor}, ${cores} cores, commit ${commit}${changed ? ' with changes' : ''}; ${values.people} people, ${lines} lines each.`,
  )
  const people = makePeople(Number(values.people)).map((person) => ({ ...person, controllers: [reader.number] }))
  await load(baseUrl, people)
  const tokens = await signInNurses(issuer)
  for (const lookUp of lookUps) await measure(lookUp, baseUrl, people, tokens)
} finally {
  await server.stop()
  await issuer.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

/** Sends each person's list as the record system of the nurses' municipality. */
async function load(baseUrl: string, people: readonly BenchPerson[]): Promise<void> {
  await asOwner(directory, async (sql) => {
    await seedReference(sql)
    await storeNurses(sql, connections)
    await storePeople(sql, [...people], SERVICE)
  })
  const api = (await recordSystems(baseUrl, issuer, SERVICE)).get(reader.number)
  for (const [nth, { number }] of people.entries()) {
    const message = listMessage({ identityNumber: number, nth }, lines)
    const reply = await api?.post(`${SERVICE}/$medication-list`, message, { 'content-type': 'application/xml' })
    if (reply?.status !== 201) throw new Error(`status ${reply?.status}: ${JSON.stringify(reply?.body).slice(0, 500)}`)
  }
  await asOwner(directory, async (sql) => await sql`analyze record`)
}

/** Each answer is examined once; then rounds, after one that does not count. */
async function measure(lookUp: LookUp, baseUrl: string, people: readonly BenchPerson[], tokens: readonly Token[]): Promise<void> {
  let length = 0
  await ask(lookUp, { baseUrl, people, tokens, count: people.length }, (answer) => {
    const found = lookUp.count(answer)
    if (found !== lines) throw new Error(`${lookUp.name}: ${found} lines and not ${lines}: ${answer.slice(0, 500)}`)
    length = answer.length
  })
  const postmaster = await postmasterOf(directory)
  const used = async () => ({ server: (await server.ask('usage')).cpu, postgres: (await processors(postmaster)).postgres })
  let count = 100
  const times: number[] = []
  const spent: { server: number; postgres: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const before = await used()
    const took = await ask(lookUp, { baseUrl, people, tokens, count })
    const after = await used()
    if (round > 0) {
      times.push((count * 1000) / took)
      spent.push({ server: (after.server - before.server) / count / 1000, postgres: (after.postgres - before.postgres) / count / 1000 })
    } else count = Math.max(50, Math.round((seconds * 1000 * count) / took))
  }
  const { median, spread } = figure(times)
  const [ofServer, ofPostgres] = [figure(spent.map((one) => one.server)).median, figure(spent.map((one) => one.postgres)).median]
  console.log(
    [
      `${lookUp.name}: ${Math.round(median)} answers/s ± ${Math.round((median * spread) / 2)} of ${(length / 1000).toFixed(1)} kB`,
      `processor ms an answer: server ${ofServer.toFixed(2)}, PostgreSQL ${ofPostgres.toFixed(2)}`,
    ].join('; '),
  )
}

interface Asking {
  baseUrl: string
  people: readonly BenchPerson[]
  tokens: readonly Token[]
  count: number
}

/** Milliseconds for `count` look-ups, which are signed before the clock starts. Throws at an answer that is not 200. */
async function ask({ path, form }: LookUp, { baseUrl, people, tokens, count }: Asking, look?: (answer: string) => void): Promise<number> {
  const requests: string[][] = tokens.map(() => [])
  for (let at = 0; at < count; at++) {
    const place = at % tokens.length
    const [person, token] = [people[at % people.length], tokens[place]]
    if (!person || !token) throw new Error('Nobody asks, or nobody is asked about.')
    const attestation = attested(place, person.number)
    const body = new URLSearchParams({ 'patient.identifier': person.number, ...form }).toString()
    const proof = await token.proof('POST', `${baseUrl}${path}`, undefined, attestation)
    const sendable = { method: 'POST', path, type: 'application/x-www-form-urlencoded', body }
    requests[place]?.push(requestText(baseUrl, sendable, { accessToken: token.accessToken, proof, attestation }))
  }
  const opened = await Promise.all(tokens.map(() => openConnection(baseUrl)))
  const began = performance.now()
  await Promise.all(
    opened.map(async (connection, place) => {
      for (const request of requests[place] ?? []) {
        const { status, body = '' } = await connection.send(request, look !== undefined)
        if (status !== 200) throw new Error(`status ${status}: ${body.slice(0, 1000)}`)
        look?.(body)
      }
    }),
  )
  const took = performance.now() - began
  for (const connection of opened) connection.close()
  return took
}

async function signInNurses({ issuer: url, nurses, privateKey }: Issuer): Promise<Token[]> {
  const client = { clientId: signInClient, privateJwk: await privateKey(signInClient) }
  const tokens: Token[] = []
  for (const personId of nurses) {
    const as = { issuer: url, ...client, dpopKey: fastDpopKey(), redirectUri, personId, organization: { parent: reader.number } }
    tokens.push(await signIn({ ...as, scope: `helsevev:${SERVICE}/read helsevev:e-prescriptions/read` }))
  }
  return tokens
}

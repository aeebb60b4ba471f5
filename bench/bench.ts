/**
 * `npm run bench`: what a look-up, a read and a write cost, in addition to handlers that only run the statements. docs/run/performance.md
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { logicalId, type PatientKey, type RecordId } from '@helsevev/kernel/store/ids'
import { clientOf } from '@helsevev/server/seed/sign-in'
import type { Sql } from 'postgres'
import type { ClientCommands, Round, Target } from './client/main.ts'
import { type OperationName, operations, type Parameter } from './client/operations.ts'
import { asOwner, load, loadedBefore, postmasterOf } from './loading/store.ts'
import { bytesPerRow, type Disk, logDisk } from './measuring/disk.ts'
import { machine } from './measuring/machine.ts'
import { processors } from './measuring/processors.ts'
import { printSelfTimes } from './measuring/profile.ts'
import { type Comparison, comparison, figure, type MeasuredRound, used } from './measuring/statistics.ts'
import { warmStarts } from './measuring/warm-start.ts'
import { type Options, parseOptions } from './options.ts'
import { describe, type Result, writeResult } from './report.ts'
import type { ServerCommands } from './server/main.ts'
import { startWorker, type Worker } from './worker.ts'
import { controllers, type Issuer, reader, signInClient, startIssuer, storeNurses } from './world.ts'

const WARM_UP_SECONDS = 2

const options = parseOptions(process.argv.slice(2))
const dataDirectory = options.data ? resolve(options.data) : await mkdtemp(join(tmpdir(), 'helsevev-bench-'))
const madeFolders = options.data ? [] : [dataDirectory]
const issuer = await startIssuer(dataDirectory, options.connections)
try {
  const result = await measureAll(options, dataDirectory, issuer)
  console.log(describe(result))
  if (!options.smoke && !options.only) console.log(`Written to ${await writeResult(result)}.json and .md`)
} finally {
  await issuer.close()
  for (const folder of madeFolders) await rm(folder, { recursive: true, force: true })
}

async function measureAll(options: Options, directory: string, issuer: Issuer): Promise<Result> {
  const environment = {
    HELSEVEV_DATA: directory,
    HELSEVEV_HOST: '127.0.0.1',
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER: issuer.issuer,
    HELSEVEV_SEED: 'false',
    HELSEVEV_LOG_LEVEL: 'error',
    // What is measured is the server, not its limit.
    HELSEVEV_CLIENT_RATE: '1000000',
  }
  const startServer = () => startWorker<ServerCommands>(new URL('server/main.ts', import.meta.url), environment)

  let server = startServer()
  const first = await server.ask('where')
  if (!options.data && first.folder) madeFolders.push(first.folder)
  const before = await loadedBefore(directory, options)
  say(before ? 'Found the people loaded before' : `Loading ${options.people} people with ${options.resources} Observations each`)
  const loaded = before ?? (await load(directory, first.baseUrl, issuer, options))
  await asOwner(directory, (sql) => storeNurses(sql, options.connections))
  await server.stop()

  if (!options.only) say('Starting the server on what is there')
  const starts = options.only ? [] : await warmStarts(directory, options.smoke ? 1 : 3)

  server = startServer()
  const client = startWorker<ClientCommands>(new URL('client/main.ts', import.meta.url))
  try {
    const where = await server.ask('where')
    const postmaster = await postmasterOf(directory)
    await client.ask('signIn', await signIns(issuer))
    const measured: Result['operations'] = {}
    let log: [before: Disk, after: Disk] | undefined
    const wanted = options.only ? [options.only] : (Object.keys(operations) as OperationName[])
    for (const operation of wanted) {
      const parameters = await asOwner(directory, (sql) => draw(sql, options.people))
      say(`${operation}: checking ${parameters.length} answers of each handler`)
      await client.ask('check', { operation, parameters, full: where.baseUrl, bare: where.bareUrl, connections: options.connections })
      const logBefore = await asOwner(directory, logDisk)
      measured[operation] = await measure(operation, { server, client, options, full: where.baseUrl, bare: where.bareUrl, postmaster })
      if (operation === 'look-up') log = [logBefore, await asOwner(directory, logDisk)]
    }
    const { rss, peak } = await server.ask('usage')
    const { data: _data, profile: _profile, only: _only, smoke: _smoke, ...told } = options
    return {
      date: new Date().toISOString(),
      machine: machine(where.postgres),
      options: told,
      operations: measured,
      disk: loaded.disk,
      logRow: log ? bytesPerRow(...log) : Number.NaN,
      memory: { afterLoad: rss, peak },
      warmStart: figure(starts),
      load: { sent: loaded.sent, copy: loaded.copy, compared: loaded.compared },
    }
  } finally {
    await client.stop()
    await server.stop()
  }
}

interface Parts {
  server: Worker<ServerCommands>
  client: Worker<ClientCommands>
  options: Options
  full: string
  bare: string
  /** Process id of PostgreSQL. */
  postmaster: number
}

/** Rounds of the full and the bare handler in turn, after one of each that does not count. */
async function measure(operation: OperationName, parts: Parts): Promise<Comparison> {
  const { options } = parts
  const full: Target = { operation, url: parts.full, bare: false }
  const bare: Target = { operation, url: parts.bare, bare: true }
  const fullRate = rateOf(await round(parts, full, WARM_UP_SECONDS, 1000))
  const bareRate = rateOf(await round(parts, bare, WARM_UP_SECONDS, 2000))
  const rounds: { full: MeasuredRound[]; bare: MeasuredRound[] } = { full: [], bare: [] }
  for (let at = 0; at < options.rounds; at++) {
    rounds.full.push(await round(parts, full, options.seconds, fullRate))
    rounds.bare.push(await round(parts, bare, options.seconds, bareRate))
  }
  // Profiled apart, since a profile slows what it looks at.
  if (options.profile) await profile(options.profile, parts, full, fullRate)
  return comparison(rounds.full, rounds.bare)
}

async function profile(folder: string, parts: Parts, target: Target, rate: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = resolve(folder, `${target.operation.replaceAll(' ', '-')}.cpuprofile`)
  await parts.server.ask('startProfile')
  await round(parts, target, parts.options.seconds, rate)
  await parts.server.ask('stopProfile', file)
  await printSelfTimes(target.operation, file)
}

function rateOf({ answers, seconds }: Round): number {
  return Math.max(answers / seconds, 20)
}

async function round(
  { server, client, options, postmaster }: Parts,
  target: Target,
  seconds: number,
  rate: number,
): Promise<MeasuredRound> {
  const before = await server.ask('usage')
  const machineBefore = await processors(postmaster)
  const measured = await client.ask('run', { target, seconds, connections: options.connections, rate })
  const machineAfter = await processors(postmaster)
  return { ...measured, ...used(before, await server.ask('usage'), machineBefore, machineAfter) }
}

async function signIns(issuer: Issuer) {
  const recordSystem = clientOf(reader.number)
  return {
    issuer: issuer.issuer,
    organization: reader.number,
    nurses: issuer.nurses,
    signInClient: { clientId: signInClient, privateJwk: await issuer.privateKey(signInClient) },
    recordSystem: { clientId: recordSystem, privateJwk: await issuer.privateKey(recordSystem) },
  }
}

/** People at random, each with what a look-up of theirs must show. */
async function draw(sql: Sql, people: number): Promise<Parameter[]> {
  const visible = controllers.filter(({ name }) => name !== 'Bodø kommune').map(({ number }) => number)
  const rows = await sql<{ number: string; patient: PatientKey; ids: RecordId[] }[]>`
    select i.value as number, p.patient, array(
      select r.id from record r
      where r.patient = p.patient and r.service = 'news2' and r.type = 'Observation' and r.superseded is null and not r.deleted
        and r.controller = any (${visible})
      order by r.effective desc, r.id desc limit 20) as ids
    from person p join person_identifier i on i.patient = p.patient
    where p.given_name = 'Prøve' and (select count(*) from record r where r.patient = p.patient) >= 60
    order by random() limit ${Math.min(people, 4000)}`
  return rows.map(({ number, patient, ids }) => ({ number, newest: ids.map((id) => logicalId(patient, id)) }))
}

function say(what: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${what}`)
}

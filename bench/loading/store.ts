/** A database full of people and their Observations; made once in a data directory, and found again there. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCluster } from '@helsevev/cluster/cluster'
import { connectAsOwner } from '@helsevev/kernel/store/database'
import { useIdKeyOf } from '@helsevev/kernel/store/ids'
import postgres from '@helsevev/kernel/store/postgres'
import { seedReference } from '@helsevev/server/seed/index'
import type { Sql } from 'postgres'
import { type ObservationDisk, observationDisk } from '../measuring/disk.ts'
import type { Options } from '../options.ts'
import type { Issuer } from '../world.ts'
import { compareWithApi } from './compare.ts'
import { loadObservations, sentBytes } from './load.ts'
import { FNR, makePeople, storePeople } from './people.ts'
import { createTemplates, recordSystems } from './templates.ts'

export interface Loaded {
  people: number
  resources: number
  disk: ObservationDisk
  /** Mean bytes of an Observation as it is sent. */
  sent: number
  /** Rows per second. */
  copy: number
  /** Rows that the API was asked about. */
  compared: number
}

const noteIn = (directory: string) => join(directory, 'bench.json')

/** What a data directory holds already. Throws when it holds other numbers of people or Observations than the options ask for. */
export async function loadedBefore(directory: string, { people, resources }: Options): Promise<Loaded | undefined> {
  if (!existsSync(noteIn(directory))) return undefined
  const loaded = JSON.parse(await readFile(noteIn(directory), 'utf8')) as Loaded
  if (loaded.people === people && loaded.resources === resources) return loaded
  throw new Error(
    `${directory} holds ${loaded.people} people with ${loaded.resources} Observations. Ask for the same, or give another folder.`,
  )
}

/**
 * Loads the data directory while a server at `baseUrl` runs on it. The server provides the templates, and its answers show whether the rows
 * were loaded correctly.
 */
export async function load(directory: string, baseUrl: string, issuer: Issuer, options: Options): Promise<Loaded> {
  return await asOwner(directory, async (sql) => {
    await seedReference(sql)
    const [first, other, ...people] = makePeople(options.people + 2)
    if (!first || !other) throw new Error('No people were made.')
    await storePeople(sql, [first, other, ...people])
    const apis = await recordSystems(baseUrl, issuer)
    const templates = await createTemplates(sql, apis, { system: FNR, value: first.number })
    const began = performance.now()
    const rows = await loadObservations(sql, people, templates, options.resources, new Date())
    const copy = rows / ((performance.now() - began) / 1000)
    await sql`vacuum (analyze) record`
    await sql`vacuum (analyze)`
    const disk = await observationDisk(sql)
    const compared = await compareWithApi(sql, apis, other)
    const loaded = { people: options.people, resources: options.resources, disk, sent: sentBytes(options.resources), copy, compared }
    await writeFile(noteIn(directory), `${JSON.stringify(loaded)}\n`)
    return loaded
  })
}

/** Process id of the PostgreSQL that a running server has in the directory. */
export async function postmasterOf(directory: string): Promise<number> {
  return (await startCluster({ directory: join(directory, 'postgres') })).pid
}

/** A pool with the rights of the owner, all its connections open; the caller ends it. */
export async function ownerPool(directory: string, connections: number): Promise<Sql> {
  const { url } = await startCluster({ directory: join(directory, 'postgres') })
  const sql = postgres(url('owner'), { max: connections, connection: { TimeZone: 'UTC' } })
  await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.05)`))
  await useIdKeyOf(sql)
  return sql
}

/** As the owner of the cluster that a running server has in the directory. */
export async function asOwner<T>(directory: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const { url } = await startCluster({ directory: join(directory, 'postgres') })
  const sql = connectAsOwner(url('owner'))
  try {
    await useIdKeyOf(sql)
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

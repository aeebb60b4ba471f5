/** The database of the environment: the one that DATABASE_URL names, or the cluster in the data directory, which development alone has. */
import { join } from 'node:path'
import { type Database, type DatabaseOptions, openDatabase } from '@helsevev/kernel/store/database'
import type { Environment } from './env.ts'

export interface ServerDatabase extends Database {
  where: Database['where'] & {
    /** Folder of the cluster, and the one asked for when that could not be used; undefined for a database by DATABASE_URL. */
    directory?: string
    insteadOf?: string | undefined
  }
}

export interface ServerDatabaseOptions extends Omit<DatabaseOptions, 'databaseUrl' | 'migrationUrl'> {
  /** A command that is soon done: a server that starts meanwhile waits for it. */
  brief?: boolean
}

/** Starts or joins the cluster in the data directory. */
export async function startServerCluster(dataDirectory: string, options: { brief?: boolean; log?: (note: string) => void } = {}) {
  // Loaded only here, so that a production server never has it in memory.
  const { startCluster } = await import('@helsevev/cluster/cluster')
  return await startCluster({ directory: join(dataDirectory, 'postgres'), ...options })
}

/**
 * Starts or joins the cluster where the environment names no database. `close` ends the pool, and the cluster if this process started it.
 */
export async function openServerDatabase(
  { databaseUrl, migrationUrl, dataDirectory }: Pick<Environment, 'databaseUrl' | 'migrationUrl' | 'dataDirectory'>,
  { brief = false, ...options }: ServerDatabaseOptions = {},
): Promise<ServerDatabase> {
  if (databaseUrl) return await openDatabase({ ...options, databaseUrl, migrationUrl })
  const cluster = await startServerCluster(dataDirectory, { brief, ...(options.log && { log: options.log }) })
  try {
    const database = await openDatabase({ ...options, databaseUrl: cluster.url('runtime'), migrationUrl: cluster.url('owner') })
    return {
      ...database,
      where: { ...database.where, directory: cluster.directory, insteadOf: cluster.insteadOf },
      async close() {
        await database.close()
        await cluster.stop()
      },
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

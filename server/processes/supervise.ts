/** The program of the supervisor: the processes are forks of this one by node:cluster, which shares the port among them. */
import cluster from 'node:cluster'
import { createLog } from '@helsevev/kernel/log/log'
import { createReadableLog } from '@helsevev/kernel/log/readable'
import { startServerCluster } from '../database.ts'
import type { Environment } from '../env.ts'
import { createSupervisor, NeverServed } from './supervisor.ts'

/** Returns when all serve. SIGHUP replaces the processes one after the other; SIGINT and SIGTERM end all. */
export async function supervise(environment: Environment): Promise<void> {
  const log = environment.readableLog ? createReadableLog() : createLog(environment.logLevel)
  const database = await databaseOf(environment)
  const supervisor = createSupervisor({ processes: environment.processes, fork: () => cluster.fork(database.variables), log })
  const end = async (code: number) => {
    await database.close()
    process.exit(code)
  }
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void supervisor.stop(signal).then((isOrderly) => {
        log('STOPPED')
        return end(isOrderly ? 0 : 1)
      })
    })
  process.on('SIGHUP', () => void supervisor.restart())
  await supervisor.start().catch(async (error: unknown) => {
    if (stopping) return
    if (!(error instanceof NeverServed)) throw error
    await end(error.exitCode)
  })
}

/**
 * The cluster in the data directory is the supervisor's: it outlives a process that is replaced. A process gets the addresses as one gets
 * those of any database.
 */
async function databaseOf({ databaseUrl, dataDirectory, mode }: Environment) {
  if (databaseUrl) return { variables: {}, close: async () => {} }
  const started = await startServerCluster(dataDirectory)
  const variables = { HELSEVEV_MODE: mode, DATABASE_URL: started.url('runtime'), DATABASE_MIGRATION_URL: started.url('owner') }
  return { variables, close: async () => await started.stop() }
}

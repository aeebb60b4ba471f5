/**
 * One process that serves: by itself, or one of several under a supervisor. It ends in order on a signal, and when its supervisor is gone.
 */
import cluster from 'node:cluster'
import { createLog } from '@helsevev/kernel/log/log'
import { createReadableLog } from '@helsevev/kernel/log/readable'
import type { Environment } from './env.ts'
import { invitation } from './invitation.ts'
import { DRAIN_SECONDS } from './limits.ts'
import { DRAIN, SERVING } from './processes/supervisor.ts'

/** Resolves when it serves. Ends the process with 1 when it cannot, and with 0 when it was asked to stop. */
export async function serve(environment: Environment): Promise<void> {
  const began = performance.now()
  const log = environment.readableLog ? createReadableLog() : createLog(environment.logLevel)
  if (environment.readableLog)
    process.stdout.write('\n  Helsevev starts. The first time takes a minute: it makes a database, made-up people and three portals.\n\n')
  // Loaded only now: most of the start is the loading of packages, and a port that is taken is reported before that.
  const { startSystem } = await import('./system.ts')
  const system = await startSystem({ environment, log }).catch((error: unknown) => {
    process.stderr.write(`Helsevev does not start:\n  ${whyNot(error)}\n`)
    process.exit(1)
  })
  const { where } = system.database
  log('STARTED', {
    mode: environment.mode,
    address: system.baseUrl,
    database: where.directory ? 'embedded' : 'by DATABASE_URL',
    pid: process.pid,
    ms: Math.round(performance.now() - began),
  })

  let stopping = false
  async function stop(signal: string): Promise<void> {
    if (stopping) return
    stopping = true
    const at = performance.now()
    log('STOPPING', { signal })
    try {
      if (signal === DRAIN) await system.drain(DRAIN_SECONDS * 1000)
      await system.close()
    } catch (error) {
      log('FAULT', { error: error instanceof Error ? error.message : 'not an Error' })
      process.exit(1)
    }
    log('STOPPED', { ms: Math.round(performance.now() - at) })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
  if (process.send) {
    process.on('message', (message) => void (message === DRAIN && stop(DRAIN)))
    // Otherwise node:cluster ends the process at once, with what is under way.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true
    process.on('disconnect', () => void stop('the supervisor has ended'))
    // Sent to the whole group by a terminal that is closed; the supervisor asks for what it means.
    process.on('SIGHUP', () => undefined)
    process.send(SERVING)
  }
  if (environment.mode === 'development' && !process.send) process.stdout.write(invitation(system))
}

/** What an operator can mend, in a sentence; the stack of anything else, which is ours to mend. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.constructor === Error ? error.message : (error.stack ?? error.message)
}

/** `npm start`: reads the environment, starts the system, and stops it in order on a signal. */
import { createLog } from '@helsevev/kernel/log/log'
import { createReadableLog } from '@helsevev/kernel/log/readable'
import { parseEnvironment } from './env.ts'
import { invitation } from './invitation.ts'
import { takenPort } from './ports.ts'

const began = performance.now()
const environment = parseEnvironment(process.env)
if ('sentences' in environment) {
  process.stderr.write(`Helsevev does not start:\n${environment.sentences.map((sentence) => `  ${sentence}`).join('\n')}\n`)
  process.exit(78)
}

const taken = await takenPort(environment)
if (taken) {
  process.stderr.write(`Helsevev does not start:\n  ${taken}\n`)
  process.exit(1)
}

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
  ms: Math.round(performance.now() - began),
})

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void stop(signal)
  })
}

if (environment.mode === 'development') process.stdout.write(invitation(system))

async function stop(signal: string): Promise<void> {
  const at = performance.now()
  log('STOPPING', { signal })
  try {
    await system.close()
  } catch (error) {
    log('FAULT', { error: error instanceof Error ? error.message : 'not an Error' })
    process.exit(1)
  }
  log('STOPPED', { ms: Math.round(performance.now() - at) })
  process.exit(0)
}

/** What an operator can mend, in a sentence; the stack of anything else, which is ours to mend. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.constructor === Error ? error.message : (error.stack ?? error.message)
}

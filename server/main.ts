/** `npm start`: reads the environment, starts the system, and stops it in order when told to. */
import { createLog } from '@helsevev/kernel/log/log'
import { parseEnvironment } from './env.ts'
import { startSystem } from './system.ts'

const began = performance.now()
const environment = parseEnvironment(process.env)
if ('sentences' in environment) {
  process.stderr.write(`Helsevev does not start:\n${environment.sentences.map((sentence) => `  ${sentence}`).join('\n')}\n`)
  process.exit(78)
}

const log = createLog(environment.logLevel)
const system = await startSystem({ environment, log }).catch((error: unknown) => {
  process.stderr.write(`Helsevev does not start:\n  ${whyNot(error)}\n`)
  process.exit(1)
})
const { where } = system.database
log('STARTED', {
  mode: environment.mode,
  address: system.baseUrl,
  database: where.embedded ? 'embedded' : 'by DATABASE_URL',
  ms: Math.round(performance.now() - began),
})
if (environment.mode === 'development') process.stdout.write(await invitation())

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void stop(signal)
  })
}

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

async function invitation(): Promise<string> {
  const people = (system.testIssuer?.world.people ?? []).map(({ name, role }) => `    ${name} (${role})`)
  const folder = where.insteadOf ? `\n  The database is in ${where.directory}, because other users may not enter ${where.insteadOf}.` : ''
  return `
  Helsevev runs at ${system.baseUrl}
${people.length > 0 ? `\n  Sign in as one of these made-up people:\n${people.join('\n')}\n\n  Patients to open: docs/run/test-people.md` : ''}${folder}

`
}

/** What an operator can mend, in a sentence; the stack of anything else, which is ours to mend. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'A port is taken by another program. Stop it, or set HELSEVEV_PORT and HELSEVEV_ISSUER_PORT to free ports.'
  }
  return error.constructor === Error ? error.message : (error.stack ?? error.message)
}

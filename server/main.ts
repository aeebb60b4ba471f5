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
const system = await startSystem({ environment, log })
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
  await system.close()
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

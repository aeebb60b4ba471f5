/** `npm start`: reads the environment, and serves by this process or by several (HELSEVEV_PROCESSES). */
import cluster from 'node:cluster'
import { parseEnvironment } from './env.ts'
import { takenPort } from './ports.ts'

const environment = parseEnvironment(process.env)
if ('sentences' in environment) {
  process.stderr.write(`Helsevev does not start:\n${environment.sentences.map((sentence) => `  ${sentence}`).join('\n')}\n`)
  process.exit(78)
}

const taken = cluster.isPrimary ? await takenPort(environment) : undefined
if (taken) {
  process.stderr.write(`Helsevev does not start:\n  ${taken}\n`)
  process.exit(1)
}

if (environment.processes > 1 && cluster.isPrimary) {
  const { supervise } = await import('./processes/supervise.ts')
  await supervise(environment)
} else {
  const { serve } = await import('./serve.ts')
  await serve(environment)
}

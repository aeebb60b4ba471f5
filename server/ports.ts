/** Finds out at once which port is taken, before a database is made and three portals are built. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Environment, VariableName } from './env.ts'

/** A sentence with the port and its variable, or undefined when the server can listen on its ports. */
export async function takenPort(environment: Pick<Environment, 'host' | 'port' | 'issuer' | 'issuerPort'>): Promise<string | undefined> {
  const { host, port, issuer, issuerPort } = environment
  if (!issuer && port !== 0 && port === issuerPort)
    return `HELSEVEV_PORT and HELSEVEV_ISSUER_PORT are both ${port}. Set one of them to another port.`
  const taken = async (variable: VariableName, wanted: number) =>
    wanted !== 0 && (await isTaken(host, wanted))
      ? `Port ${wanted} is taken by another program. Stop it, or set ${variable} to a free port.`
      : undefined
  return (await taken('HELSEVEV_PORT', port)) ?? (issuer ? undefined : await taken('HELSEVEV_ISSUER_PORT', issuerPort))
}

async function isTaken(host: string, port: number): Promise<boolean> {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
    return false
  } catch (error) {
    // Anything else, such as a port that needs more rights, is reported by the server itself.
    return (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
  } finally {
    probe.close()
  }
}

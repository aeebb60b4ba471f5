/**
 * The server that is measured, in a process of its own: the whole system without portals, and next to it the bare handlers on
 * another port. Started with the environment of `npm start`.
 */
import type { AddressInfo } from 'node:net'
import { createLog } from '@helsevev/kernel/log/log'
import { parseEnvironment } from '@helsevev/server/env'
import { startSystem } from '@helsevev/server/system'
import { serve } from '../worker.ts'
import { bareHandlers } from './bare.ts'
import { observing } from './observing.ts'

export type { Usage } from './observing.ts'

const environment = parseEnvironment(process.env)
if ('sentences' in environment) throw new Error(environment.sentences.join(' '))
const system = await startSystem({ environment, log: createLog(environment.logLevel), withPortals: false })
const bare = bareHandlers(system.kernel, system.database.sql)
await bare.listen({ host: environment.host, port: 0 })

const commands = {
  where: () => ({
    baseUrl: system.baseUrl,
    /** Where this process listens itself. */
    address: system.address,
    bareUrl: `http://${environment.host}:${(bare.server.address() as AddressInfo).port}`,
    postgres: system.database.where.version,
    /** The cluster's folder; another one than asked for when PostgreSQL may not enter that. */
    folder: system.database.where.directory,
  }),
  ...observing,
}
export type ServerCommands = typeof commands

serve(commands, async () => {
  await bare.close()
  await system.close()
})

/** The whole system in a process of its own, with portals and the made-up people's history. Started with the environment of `npm start`. */
import { createLog } from '@helsevev/kernel/log/log'
import { parseEnvironment } from '@helsevev/server/env'
import { startSystem } from '@helsevev/server/system'
import { serve } from '../worker.ts'
import { observing } from './observing.ts'

const environment = parseEnvironment(process.env)
if ('sentences' in environment) throw new Error(environment.sentences.join(' '))
const system = await startSystem({ environment, log: createLog(environment.logLevel) })

const commands = {
  where: () => ({ baseUrl: system.baseUrl, folder: system.database.where.directory, postgres: system.database.where.version }),
  ...observing,
}
export type PortalCommands = typeof commands

serve(commands, () => system.close())

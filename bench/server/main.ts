/**
 * The server that is measured, in a process of its own: the whole system without portals, and beside it the bare handlers on
 * another port. Started with the environment of `npm start`.
 */
import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import type { AddressInfo } from 'node:net'
import { createLog } from '@helsevev/kernel/log/log'
import { parseEnvironment } from '@helsevev/server/env'
import { startSystem } from '@helsevev/server/system'
import { serve } from '../worker.ts'
import { bareHandlers } from './bare.ts'

const environment = parseEnvironment(process.env)
if ('sentences' in environment) throw new Error(environment.sentences.join(' '))
const system = await startSystem({ environment, log: createLog(environment.logLevel), withPortals: false })
const bare = bareHandlers(system.kernel)
await bare.listen({ host: environment.host, port: 0 })

export interface Usage {
  /** Bytes. */
  rss: number
  /** Bytes, the most there has been. */
  peak: number
  /** Microseconds of processor time since the start, in user and kernel mode. */
  cpu: number
}

let profiler: Session | undefined

const commands = {
  where: () => ({
    baseUrl: system.baseUrl,
    bareUrl: `http://${environment.host}:${(bare.server.address() as AddressInfo).port}`,
    postgres: system.database.where.version,
    /** Of the cluster; another one than asked for when PostgreSQL may not enter that. */
    folder: system.database.where.directory,
  }),
  usage: (): Usage => {
    const { user, system: kernelMode } = process.cpuUsage()
    return { rss: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024, cpu: user + kernelMode }
  },
  startProfile: async () => {
    profiler = new Session()
    profiler.connect()
    await profiler.post('Profiler.enable')
    await profiler.post('Profiler.start')
  },
  stopProfile: async (file: string) => {
    const result = await profiler?.post('Profiler.stop')
    await writeFile(file, JSON.stringify(result?.profile))
    profiler?.disconnect()
  },
}
export type ServerCommands = typeof commands

serve(commands, async () => {
  await bare.close()
  await system.close()
})

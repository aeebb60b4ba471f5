/** What a server process reports about itself while it is measured. */
import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'

export interface Usage {
  /** Bytes. */
  rss: number
  /** Bytes, the most there has been. */
  peak: number
  /** Microseconds of processor time since the start, in user and kernel mode. */
  cpu: number
}

let profiler: Session | undefined

export const observing = {
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

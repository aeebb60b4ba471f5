/**
 * How long `npm start` takes on a data directory that is there: from the start of the process to the first request answered from the
 * database.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(import.meta.resolve('@helsevev/server/main'))

/** Seconds, each time it was started. The first start, which may build a portal, is left out. */
export async function warmStarts(dataDirectory: string, times: number): Promise<number[]> {
  await start(dataDirectory)
  const seconds: number[] = []
  while (seconds.length < times) seconds.push(await start(dataDirectory))
  return seconds
}

async function start(dataDirectory: string): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      HELSEVEV_DATA: dataDirectory,
      HELSEVEV_HOST: '127.0.0.1',
      HELSEVEV_PORT: '0',
      HELSEVEV_ISSUER_PORT: '0',
      // Lines of JSON, which are read below; without a level, development prints sentences.
      HELSEVEV_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  try {
    for await (const line of createInterface(child.stdout)) {
      const address = /"code":"STARTED".*"address":"([^"]+)"/.exec(line)?.[1]
      if (!address) continue
      const answer = await fetch(`${address}/health/ready`)
      if (!answer.ok) throw new Error(`/health/ready answered ${answer.status}.`)
      return (performance.now() - began) / 1000
    }
    throw new Error('The server ended before it had started.')
  } finally {
    child.stdout.resume()
    child.kill('SIGTERM')
    await exited
  }
}

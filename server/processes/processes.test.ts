/** Two real processes on one port: replaced under load, killed, stopped. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'

let data: string
let program: ChildProcess
const lines: { code: string; address?: string; pid?: number }[] = []

async function seen(code: string, count: number): Promise<void> {
  while (lines.filter((line) => line.code === code).length < count) await wait(20)
}

before(async () => {
  data = await mkdtemp(join(tmpdir(), 'helsevev-processes-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(data, 0o711)
  const variables = { HELSEVEV_PROCESSES: '2', HELSEVEV_ISSUER: 'http://127.0.0.1:9', HELSEVEV_SEED: 'false', HELSEVEV_LOG_LEVEL: 'info' }
  program = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { PATH: process.env['PATH'], HELSEVEV_DATA: data, HELSEVEV_PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let rest = ''
  program.stdout?.on('data', (chunk) => {
    const [last = '', ...whole] = `${rest}${chunk}`.split('\n').reverse()
    rest = last
    for (const line of whole.reverse()) if (line.startsWith('{')) lines.push(JSON.parse(line))
  })
  await seen('STARTED', 2)
})
after(async () => {
  if (program.exitCode === null) program.kill('SIGKILL')
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

/** Asks on connections that are kept, until it is stopped; a client tries a request on a connection that was closed meanwhile once more. */
function load(address: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const statuses = new Map<string, number>()
  let isOver = false
  const ask = () =>
    new Promise<string>((resolve) => {
      get(`${address}/health/ready`, { agent }, (response) => {
        response.resume()
        response.on('end', () => resolve(String(response.statusCode)))
      }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    })
  const askers = Array.from({ length: connections }, async () => {
    while (!isOver) {
      const status = await ask()
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      await wait(2)
    }
  })
  return async () => {
    isOver = true
    await Promise.all(askers)
    agent.destroy()
    return Object.fromEntries(statuses)
  }
}

test('both share one port; a restart under load loses no request; one that is killed is replaced; a stop ends all', async () => {
  const address = lines.find(({ code }) => code === 'STARTED')?.address ?? ''
  assert.deepEqual(new Set(lines.filter(({ code }) => code === 'STARTED').map((line) => line.address)), new Set([address]))
  const end = load(address, 8)
  program.kill('SIGHUP')
  await seen('PROCESS_REPLACED', 2)
  const { 200: answered, ...lost } = await end()
  assert.deepEqual(lost, {})
  assert.ok((answered ?? 0) > 100, `${answered} answers`)
  const pids = lines.filter(({ code }) => code === 'STARTED').map(({ pid }) => pid)
  process.kill(pids.at(-1) ?? 0, 'SIGKILL')
  await seen('PROCESS_ENDED', 1)
  assert.equal((await fetch(`${address}/health/ready`)).status, 200, 'the other answers')
  await seen('STARTED', 5)
  program.kill('SIGTERM')
  const [code] = (await once(program, 'exit')) as [number]
  assert.equal(code, 0)
  await assert.rejects(fetch(`${address}/health/live`))
})

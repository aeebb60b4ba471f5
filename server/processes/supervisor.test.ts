/** The supervisor with processes that are played: it starts, replaces, restarts and stops them. */
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, createSupervisor, DRAIN, NeverServed, SERVING } from './supervisor.ts'

const limits = { firstPause: 5, longestPause: 20, start: 200, stop: 100 }

class Played extends EventEmitter {
  readonly sent: string[] = []
  readonly process: Child['process'] & { signals: string[] }
  constructor(pid: number, { ignores = false } = {}) {
    super()
    const signals: string[] = []
    this.process = {
      pid,
      signals,
      kill: (signal) => {
        signals.push(signal)
        if (signal === 'SIGKILL') this.end(null, signal)
        else if (!ignores) this.end(0)
        return true
      },
    }
  }
  send(message: string): boolean {
    this.sent.push(message)
    if (message === DRAIN) this.end(0)
    return true
  }
  end(code: number | null, signal: string | null = null): void {
    setImmediate(() => this.emit('exit', code, signal))
  }
}

/** `plan` says for each process that is started how it goes on. */
function supervised(processes: number, plan: (child: Played, nth: number) => void, options?: { ignores?: boolean }) {
  const started: Played[] = []
  const lines: string[] = []
  const supervisor = createSupervisor({
    processes,
    limits,
    log: (code, fields = {}) => void lines.push([code, ...Object.values(fields)].join(' ')),
    fork: () => {
      const child = new Played(started.length + 1, options)
      started.push(child)
      setImmediate(() => plan(child, started.length))
      return child as unknown as Child
    },
  })
  return { supervisor, started, lines }
}
const serves = (child: Played) => void child.emit('message', SERVING)

test('the first process serves before another is started, and then all do', async () => {
  const order: string[] = []
  const { supervisor, started } = supervised(3, (child, nth) => {
    order.push(`${nth} of ${started.length}`)
    serves(child)
  })
  await supervisor.start()
  assert.deepEqual([order[0], started.length], ['1 of 1', 3])
})

test('a first process that never serves ends the start with its own exit code', async () => {
  const { supervisor, started } = supervised(2, (child) => child.end(78))
  await assert.rejects(supervisor.start(), (error) => error instanceof NeverServed && error.exitCode === 78)
  assert.equal(started.length, 1)
})

test('a first process that hangs is killed, and ends the start', async () => {
  const { supervisor, started } = supervised(2, () => undefined)
  await assert.rejects(supervisor.start(), NeverServed)
  assert.deepEqual(started[0]?.process.signals, ['SIGKILL'])
})

test('a process that ends by itself is replaced at once; one that does not come to serve, again after a pause', async () => {
  const { supervisor, started, lines } = supervised(2, (child, nth) => (nth === 3 || nth === 4 ? child.end(1) : serves(child)))
  await supervisor.start()
  started[0]?.end(null, 'SIGKILL')
  while (started.length < 5) await wait(5)
  await wait(20)
  assert.deepEqual(lines, ['PROCESS_ENDED 1 SIGKILL', 'PROCESS_ENDED 1', 'PROCESS_ENDED 1'])
  assert.equal(started.length, 5)
})

test('a restart replaces one after the other, each when the new one serves', async () => {
  const { supervisor, started, lines } = supervised(2, serves)
  await supervisor.start()
  await supervisor.restart()
  assert.deepEqual(
    started.map(({ sent }) => sent),
    [[DRAIN], [DRAIN], [], []],
  )
  assert.deepEqual(lines, ['PROCESS_REPLACED 1', 'PROCESS_REPLACED 2'])
})

test('when a new process does not come to serve, the old ones stay', async () => {
  const { supervisor, started, lines } = supervised(2, (child, nth) => (nth > 2 ? child.end(1) : serves(child)))
  await supervisor.start()
  await supervisor.restart()
  assert.deepEqual([started.length, started.flatMap(({ sent }) => sent), lines], [3, [], ['PROCESS_KEPT 1 1']])
})

test('to stop asks all, and kills what has not ended in time', async () => {
  const orderly = supervised(2, serves)
  await orderly.supervisor.start()
  assert.equal(await orderly.supervisor.stop('SIGTERM'), true)
  const stubborn = supervised(2, serves, { ignores: true })
  await stubborn.supervisor.start()
  assert.equal(await stubborn.supervisor.stop('SIGTERM'), false)
  assert.deepEqual(
    stubborn.started.map(({ process }) => process.signals),
    [
      ['SIGTERM', 'SIGKILL'],
      ['SIGTERM', 'SIGKILL'],
    ],
  )
  await wait(30)
  assert.equal(orderly.started.length, 2, 'what ends while all are stopped is not replaced')
})

/**
 * Keeps several processes on one port (HELSEVEV_PROCESSES): starts them, replaces one that ends, replaces all of them in turn on request,
 * and stops them. It serves nothing itself and has no connection to the database. docs/run/processes.md
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@helsevev/kernel/log/lines'

/** What a process sends its supervisor when it answers requests, and what it is asked. */
export const SERVING = 'serving'
export const DRAIN = 'drain'

/** A process as the supervisor sees it: `Worker` of node:cluster is one. */
export interface Child {
  process: { pid?: number | undefined; kill(signal: NodeJS.Signals): boolean }
  send(message: string): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown
}

interface SupervisorOptions {
  processes: number
  fork: () => Child
  log: Log
  limits?: Record<keyof typeof supervision, number>
}

/** In milliseconds. docs/run/processes.md */
const supervision = {
  /** A process that ends before it serves is tried again after this, and after twice as long each time. */
  firstPause: 1000,
  longestPause: 30_000,
  /** From the start of a process until it serves, or it is given up. */
  start: 180_000,
  /** From the request to end until a process is killed. */
  stop: 60_000,
} as const

export interface Supervisor {
  /** Resolves when all serve; rejects with `NeverServed` when the first process ends before it does. */
  start(): Promise<void>
  /** Starts a new process for each, and lets the old one end when the new one serves. When a new one never serves, the old ones stay. */
  restart(): Promise<void>
  /** Asks all to end; resolves to whether all did so by themselves. */
  stop(signal: string): Promise<boolean>
}

/** The first process ended before it served: why stands in the log, by its own words. */
export class NeverServed extends Error {
  readonly exitCode: number
  constructor({ code }: Ended) {
    super('The first process ended before it served.')
    this.exitCode = code ?? 1
  }
}

interface Ended {
  code: number | null
  signal: string | null
}

interface Kept {
  child: Child
  served: Promise<'served'>
  ended: Promise<Ended>
}

export function createSupervisor({ processes, fork, log, limits = supervision }: SupervisorOptions): Supervisor {
  const all = new Set<Kept>()
  const serving = new Set<Kept>()
  let isStopping = false
  let restarting = Promise.resolve()

  /** Starts one: it serves, or it has ended. */
  async function begin(): Promise<{ kept: Kept } | { ended: Ended }> {
    const kept = keep(fork())
    all.add(kept)
    void kept.ended.then(() => all.delete(kept))
    const outcome = await within(limits.start, Promise.race([kept.served, kept.ended]))
    if (outcome === 'served') {
      serving.add(kept)
      void kept.ended.then((ended) => replace(kept, ended))
      return { kept }
    }
    kept.child.process.kill('SIGKILL')
    return { ended: await kept.ended }
  }

  async function replace(kept: Kept, ended: Ended): Promise<void> {
    if (!serving.delete(kept) || isStopping) return
    log('PROCESS_ENDED', { pid: kept.child.process.pid, exit: exitOf(ended) })
    await fill()
  }

  /** Starts one until it serves. */
  async function fill(): Promise<void> {
    for (let pause = limits.firstPause; !isStopping; pause = Math.min(pause * 2, limits.longestPause)) {
      const begun = await begin()
      if ('kept' in begun || isStopping) return
      log('PROCESS_ENDED', { exit: exitOf(begun.ended) })
      await wait(pause, undefined, { ref: false })
    }
  }

  async function restartAll(): Promise<void> {
    for (const old of [...serving]) {
      if (isStopping) return
      // One that has ended meanwhile is replaced already.
      if (!serving.has(old)) continue
      const begun = await begin()
      if ('ended' in begun) return log('PROCESS_KEPT', { pid: old.child.process.pid, exit: exitOf(begun.ended) })
      if (!serving.delete(old)) continue
      old.child.send(DRAIN)
      if (!(await within(limits.stop, old.ended))) old.child.process.kill('SIGKILL')
      log('PROCESS_REPLACED', { pid: old.child.process.pid })
    }
  }

  return {
    async start() {
      // The first migrates the database and stores reference data: the others find it done.
      const first = await begin()
      if ('ended' in first) throw new NeverServed(first.ended)
      await Promise.all(Array.from({ length: processes - 1 }, fill))
    },
    restart() {
      restarting = restarting.then(restartAll)
      return restarting
    },
    async stop(signal) {
      isStopping = true
      log('STOPPING', { signal })
      const left = [...all]
      for (const { child } of left) child.process.kill('SIGTERM')
      const outcomes = await Promise.all(left.map(({ ended }) => within(limits.stop, ended)))
      for (const { child } of all) child.process.kill('SIGKILL')
      return outcomes.every((ended) => ended?.code === 0)
    },
  }
}

function keep(child: Child): Kept {
  const served = new Promise<'served'>((resolve) => child.on('message', (message) => message === SERVING && resolve('served')))
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  return { child, served, ended }
}

function exitOf({ code, signal }: Ended): string | number {
  return signal ?? code ?? ''
}

/** Undefined when it takes longer, in milliseconds. */
async function within<T>(most: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController()
  try {
    return await Promise.race([work, wait(most, undefined, { signal: done.signal })])
  } finally {
    done.abort()
  }
}

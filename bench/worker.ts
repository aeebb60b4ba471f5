/** A process of its own that answers commands: its side (`serve`) and ours (`startWorker`). */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export type Commands = Record<string, (parameters: never) => unknown>

export interface Worker<C extends Commands> {
  /** Throws what the command threw, or when the process ends before it has answered. */
  ask<Name extends keyof C & string>(name: Name, ...parameters: Parameters<C[Name]>): Promise<Awaited<ReturnType<C[Name]>>>
  /** Asks it to end, and waits. */
  stop(): Promise<void>
}

interface Question {
  id: number
  name: string
  parameters: unknown
}

interface Reply {
  id: number
  value?: unknown
  error?: string
}

export function startWorker<C extends Commands>(file: URL, environment: Record<string, string> = {}): Worker<C> {
  const child: ChildProcess = fork(file, { env: { PATH: process.env['PATH'], ...environment }, serialization: 'advanced' })
  const exited = once(child, 'exit')
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', ({ id, value, error }: Reply) => {
    const question = open.get(id)
    open.delete(id)
    if (error === undefined) question?.resolve(value as never)
    else question?.reject(new Error(error))
  })
  child.on('exit', (code, signal) => {
    for (const { reject } of open.values()) reject(new Error(`${file.pathname} ended with ${code ?? signal}.`))
  })
  return {
    ask(name, ...parameters) {
      asked += 1
      const id = asked
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject })
        child.send({ id, name, parameters: parameters[0] } satisfies Question)
      })
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.disconnect()
      await exited
    },
  }
}

/** Answers commands until the other side disconnects; then `close` and the end of the process. */
export function serve(commands: Commands, close: () => Promise<void> = async () => undefined): void {
  process.on('message', async ({ id, name, parameters }: Question) => {
    try {
      const value = await commands[name]?.(parameters as never)
      process.send?.({ id, value } satisfies Reply)
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply)
    }
  })
  const end = () => void close().then(() => process.exit(0))
  // The other side may have lost interest while this one was starting.
  if (process.connected) process.on('disconnect', end)
  else end()
}

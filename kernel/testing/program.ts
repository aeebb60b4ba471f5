/** A second process, for tests with several processes: it runs the text of a module, and its output is read line by line. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Program {
  /** The next line that it prints; throws with its error output when it ends before that. */
  line(): Promise<string>
  /** Ends the process like a power cut: no more code of it runs. */
  kill(): Promise<void>
  /** Closes its standard input and waits until it ends by itself. */
  finish(): Promise<void>
}

/** `text` may use top-level await, import files by URL, and wait for `finish` with `await finished`. */
export function startProgram(text: string, environment: NodeJS.ProcessEnv = process.env): Program {
  const prelude = "import { once } from 'node:events'\nconst finished = once(process.stdin.resume(), 'end')\n"
  const child = spawn(process.execPath, ['--input-type=module', '--eval', prelude + text], { env: environment })
  const exited = once(child, 'close')
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`The program ended: ${complaint}`)
      return next.value
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async finish() {
      child.stdin.end()
      const [code] = await exited
      if (code !== 0) throw new Error(`The program ended with ${code}: ${complaint}`)
    },
  }
}

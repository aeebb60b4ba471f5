/**
 * How a command talks with the person who runs it. Identity numbers come in on standard input and never as arguments, which every
 * user of the machine can see and the shell keeps; on a terminal they are not echoed.
 */
import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { holdsIdentityNumber } from '@helsevev/kernel/values/identity-number'

export interface Terminal {
  /** Results, on standard output. */
  print(text: string): void
  /** What is wrong, on standard error. */
  complain(text: string): void
  /** The next line of standard input; asked for without echo on a terminal, and empty when there is none. */
  ask(question: string): Promise<string>
}

interface Input extends Readable {
  isTTY?: boolean
}

/** Questions go to `errors`, so that what is printed can be piped on. `close` lets go of the input. */
export function createTerminal(input: Input, output: Writable, errors: Writable): Terminal & { close(): void } {
  const piped = input.isTTY ? undefined : createInterface({ input })
  const lines = piped?.[Symbol.asyncIterator]()
  return {
    print: (text) => void output.write(text),
    complain: (text) => void errors.write(text),
    async ask(question) {
      if (!lines) return await askSilently(input, errors, question)
      const line = await lines.next()
      return line.done ? '' : line.value.trim()
    },
    close: () => piped?.close(),
  }
}

/** Reads a line with the keys a terminal has (backspace, Ctrl-U), and shows none of it. Ctrl-C gives up with an empty answer. */
async function askSilently(input: Input, errors: Writable, question: string): Promise<string> {
  errors.write(`${question}: `)
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nothing, terminal: true, historySize: 0 })
  const answer = await new Promise<string>((resolve) => {
    reader.once('line', resolve)
    reader.once('SIGINT', () => resolve(''))
    reader.once('close', () => resolve(''))
  })
  reader.close()
  errors.write('\n')
  return answer.trim()
}

/** The sentence for a command line that holds an identity number, or undefined. The number itself is not repeated. */
export function numberInArguments(words: readonly string[]): string | undefined {
  if (!words.some(holdsIdentityNumber)) return undefined
  const why = 'other users of the machine see arguments, and the shell keeps them'
  return `An identity number is never an argument: ${why}. Leave it out; you are asked for it.`
}

/** For tests: a command line as an operator types it, and what comes back. */
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { subjects } from './index.ts'
import { runProgram } from './program.ts'

export interface Observed {
  code: number
  /** Standard output, then standard error. */
  printed: string
  out: string
  err: string
  /** Questions, in the order they were asked. */
  asked: string[]
}

export interface Typing {
  source?: Record<string, string | undefined>
  /** Answers on standard input, one to a line. */
  input?: readonly string[]
  services?: readonly InformationService[]
  width?: number
}

/** Runs a line as a shell splits it, where spaces part words and quotes hold them together, or the words themselves. */
export async function observe(
  line: string | readonly string[],
  { source: given = {}, input = [], ...rest }: Typing = {},
): Promise<Observed> {
  // A database by its address comes with a mode; those of tests are for made-up people.
  const source = given['DATABASE_URL'] === undefined ? given : { HELSEVEV_MODE: 'development', ...given }
  const words = typeof line === 'string' ? splitLine(line) : line
  const answers = [...input]
  const [out, err, asked]: [string[], string[], string[]] = [[], [], []]
  const terminal = {
    print: (text: string) => void out.push(text),
    complain: (text: string) => void err.push(text),
    ask: async (question: string) => {
      asked.push(question)
      return answers.shift() ?? ''
    },
  }
  const code = await runProgram(subjects, words, { source, terminal, ...rest })
  return { code, printed: [...out, ...err].join(''), out: out.join(''), err: err.join(''), asked }
}

function splitLine(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

import { redactIdentityNumbers } from '../values/identity-number.ts'
import { type LineCode, type Log, lines } from './lines.ts'

type Fields = Record<string, string | number | undefined>

const seconds = (ms: string | number | undefined) => `${(Number(ms ?? 0) / 1000).toFixed(1)} s`

/** The lines for a person who starts the server. Answers and decisions are for programs that read JSON. */
const sentences: Partial<Record<LineCode, (fields: Fields) => string>> = {
  DATABASE: ({ note }) => `${note}.`,
  PORTAL: ({ note }) => String(note),
  SEEDED: ({ persons, resources, ms }) => `Stored ${persons} made-up people with ${resources} resources in ${seconds(ms)}.`,
  // A witness of the access log has its line in every form of the technical log; kernel/audit/witness.ts reads this one too.
  CHECKPOINT: ({ segment, seq, hash, key }) => `CHECKPOINT of the access log: segment ${segment}, row ${seq}, hash ${hash}, key ${key}`,
  STOPPING: () => 'Stopping: requests under way finish first.',
  STOPPED: () => 'Stopped.',
}

/**
 * The technical log for a person at a terminal: each event of start and stop as a sentence, each failure with all its fields, each
 * checkpoint of the access log, and no other lines. `createLog` writes all lines as JSON.
 */
export function createReadableLog(destination: NodeJS.WritableStream = process.stdout): Log {
  return (code, fields = {}) => {
    const text = sentences[code]?.(fields) ?? (lines[code].level === 'info' ? undefined : fault(code, fields))
    if (text !== undefined) destination.write(`  ${redactIdentityNumbers(text)}\n`)
  }
}

function fault(code: LineCode, { stack, ...fields }: Fields): string {
  const details = Object.entries(fields).map(([name, value]) => `${name} ${value}`)
  return [`${code}: ${lines[code].sentence} (${details.join(', ')})`, ...(stack === undefined ? [] : [String(stack)])].join('\n')
}

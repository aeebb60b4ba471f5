/** The technical log as JSON lines on standard output, through pino. Everything that looks like an identity number is removed. */
import { pino } from 'pino'
import { redactIdentityNumbers } from '../values/identity-number.ts'
import { type Log, lines } from './lines.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export function createLog(level: LogLevel, destination: NodeJS.WritableStream = process.stdout): Log {
  const at = (one: LogLevel) => pino({ level: one, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  const wanted = at(level)
  const always = at('info')
  return (code, fields = {}) => {
    // Checkpoints witness the access log: no level may silence them.
    const logger = code === 'CHECKPOINT' ? always : wanted
    // Most installations keep no line for each answer: then no line is prepared.
    if (!logger.isLevelEnabled(lines[code].level)) return
    const clean = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redactIdentityNumbers(value) : value]),
    )
    logger[lines[code].level]({ code, ...clean }, lines[code].sentence)
  }
}

export const silentLog: Log = () => undefined

/**
 * What the framework and the portals report through `request.log` reaches the operator's log, as a line of its catalogue: without this a
 * portal could fail for days and nobody would be notified.
 */
import type { FastifyBaseLogger } from 'fastify'
import type { LineCode, Log } from '../log/lines.ts'

/** The fields of a report that are passed on: kinds and routes. A message of an error may repeat what was sent. */
const FIELDS = ['portal', 'route', 'errorName', 'errorCode', 'cause'] as const

/** A logger for the framework that writes warnings and errors to `log`, and nothing else. */
export function operatorLogger(log: Log): FastifyBaseLogger {
  const write = (code: Extract<LineCode, 'REPORTED_ERROR' | 'REPORTED_WARNING'>) => (about: unknown, note?: unknown) => {
    const given = typeof about === 'object' && about !== null ? (about as Record<string, unknown>) : {}
    const fields = Object.fromEntries(
      FIELDS.flatMap((name) => {
        const value = given[name]
        return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
      }),
    )
    const error = given['err'] instanceof Error ? { errorName: given['err'].name } : {}
    log(code, { ...error, ...fields, note: typeof about === 'string' ? about : typeof note === 'string' ? note : undefined })
  }
  const nothing = () => undefined
  const logger: FastifyBaseLogger = {
    level: 'warn',
    silent: nothing,
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: write('REPORTED_WARNING'),
    error: write('REPORTED_ERROR'),
    fatal: write('REPORTED_ERROR'),
    child: () => logger,
  }
  return logger
}

/** The errors that mean that the database cannot be used just now, as opposed to a fault in a statement. */

/**
 * SQLSTATE of PostgreSQL, appendix A: class 08 connection exceptions, 53 resources (disk, memory, connections), 57P01–57P03 shutdown, 57014
 * too slow.
 */
const sqlStates = /^(08...|53...|57P0[123]|57014|25006|58030)$/
/** Codes of postgres.js, and of the socket below it. */
const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
])

/**
 * True for a connection that is lost, refused or timed out, a server that shuts down or starts, a disk that is full, and a database that is
 * read-only (a standby): the same request may succeed later. A write that was not acknowledged may or may not be stored.
 */
export function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if (error instanceof AggregateError && error.errors.some(isUnavailable)) return true
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return sqlStates.test(code) || connectionCodes.has(code)
  return cause !== undefined && isUnavailable(cause)
}

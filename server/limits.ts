/** Limits of the server that no part of the kernel has. docs/run/limits.md */

/** A request does not wait longer for the database: one that hangs would otherwise hold its callers for ever. */
export const STATEMENT_SECONDS = 20
/** A process that is replaced waits this long for its clients to open connections elsewhere; then it ends those that are idle. */
export const DRAIN_SECONDS = 10
/** Sign-ins that one address may begin or come back to: all of a hospital may stand behind one. */
export const SIGN_IN_RATE = { perSecond: 10, burst: 200 } as const

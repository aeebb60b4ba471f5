/**
 * Counts the requests that are running. Further requests are asked to come back, so that the running ones finish in time. It protects the
 * process, and no personal data: two processes may run twice as many. Limits that protect persons hold for all processes together
 * (rate-limit.ts, docs/run/limits.md).
 */

/** The greatest number of running requests, on all routes and APIs of a server together. */
export const MOST_REQUESTS = 512

export interface Load {
  /** False when there are as many requests as there may be. After true, `leave` is called once. */
  enter(): boolean
  leave(): void
}

/** Makes a counter. Each server has one, shared by all its APIs. */
export function createLoad(): Load {
  let underWay = 0
  return {
    enter() {
      if (underWay >= MOST_REQUESTS) return false
      underWay += 1
      return true
    },
    leave() {
      underWay -= 1
    },
  }
}

/** How many requests are under way, so that those under way finish in time: more are asked to come back. */

/** Requests under way at most, on all routes and APIs of a server together. */
const MOST = 512

export interface Load {
  /** False when there are as many as there may be. After true, `leave` is called once. */
  enter(): boolean
  leave(): void
}

/** One for each server, shared by all of its APIs. */
export function createLoad(): Load {
  let underWay = 0
  return {
    enter() {
      if (underWay >= MOST) return false
      underWay += 1
      return true
    },
    leave() {
      underWay -= 1
    },
  }
}

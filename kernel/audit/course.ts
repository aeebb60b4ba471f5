/** The interface between the readers of rows, one for each format of the chain, and the check of segments, links and checkpoints. */
import type { Hash } from './chain.ts'

export interface Broken {
  segment: string
  /** 0 is the opening of the segment. */
  seq: string
  at: Date | undefined
  reason: string
}

/** What the reader of a segment's rows reports while it reads. */
export interface Course {
  /**
   * A row, or the opening, agrees with its hash. `head` is the root of the tree that ends here; in formats 1 and 2 the hash of the row.
   * Returns the fault of the checkpoint there, if it has one.
   */
  at(seq: number, head: () => Hash, time: () => Date | undefined): Broken | undefined
  broken(seq: number, time: Date | undefined, reason: string): Broken
}

/** In formats 1 and 2 the hash of the row before is part of it. */
export const CHANGED_2 = 'the row does not match its hash: it, or the one before it, was changed'
export const CHANGED = 'the row does not match its hash: it was changed'

/** Reads the rows of a segment page by page; each call continues where the last one ended. */
export type ReadRows = (
  isFirst: boolean,
  from: bigint,
  to: bigint,
  course: Course,
) => Promise<{ reached: number; found: Broken | undefined }>

export function misplaced(seq: number, reached: number, time: () => Date | undefined, course: Course): Broken | undefined {
  if (seq === reached + 1) return undefined
  return course.broken(seq, time(), seq <= reached ? 'another row has the same number' : `row ${reached + 1} is missing before it`)
}

/**
 * Signed statements of how far a segment had come: every thousand rows, every minute in which rows came, and when the server stops. A
 * tail that is cut off is found as far back as the newest of them. No look-up waits for one, and none fails because one could not
 * be stored: the next attempt then covers more.
 */

import type { Sql } from 'postgres'
import type { Segment } from './chain.ts'
import { checkpointText, type Hash } from './chain.ts'
import type { LogKey } from './log-key.ts'

/** Rows of a segment without a checkpoint at most, as long as the database takes them. */
export const CHECKPOINT_ROWS = 1000
export const CHECKPOINT_MILLISECONDS = 60_000

export interface Checkpoint {
  segment: string
  seq: string
  hash: Hash
  at: Date
  /** The id of the key that signed. */
  key: string
}

export interface Checkpoints {
  /** So many rows more have brought a segment to where it stands. */
  written(segment: Segment, rows: number): void
  /** Signs where the log ends. Throws when that cannot be stored. */
  close(segment: Segment | undefined): Promise<void>
}

export function createCheckpoints(
  sql: Sql,
  options: { clock: () => Date; key: LogKey; witness?: ((checkpoint: Checkpoint) => void) | undefined },
): Checkpoints {
  const { clock, key, witness } = options
  // One segment, or several when a commit failed on the way and a new one was opened.
  let unsigned = new Map<string, Segment>()
  let rows = 0
  let signedAt = clock().getTime()
  let signing: Promise<void> | undefined

  async function sign({ id, seq, hash }: Segment): Promise<void> {
    const at = clock()
    const signature = key.sign(checkpointText(id, seq.toString(), hash))
    await sql`
      insert into log_checkpoint (segment, seq, hash, at, key_id, signature)
      values (${id}, ${seq.toString()}, decode(${hash}, 'hex'), ${at}, ${key.id}, ${signature})
      on conflict (segment, seq) do nothing`
    witness?.({ segment: id, seq: seq.toString(), hash, at, key: key.id })
  }

  async function signAll(): Promise<void> {
    const due = unsigned
    const counted = rows
    unsigned = new Map()
    rows = 0
    signedAt = clock().getTime()
    try {
      for (const [id, segment] of due) {
        await sign(segment)
        due.delete(id)
      }
    } catch (error) {
      // A segment that went on meanwhile is signed where it stands now.
      unsigned = new Map([...due, ...unsigned])
      rows += counted
      throw error
    }
  }

  /** One at a time; what could not be stored stays due. */
  function signWhatIsDue(): void {
    if (rows === 0) return
    signing ??= signAll()
      .catch(() => undefined)
      .finally(() => {
        signing = undefined
      })
  }

  const timer = setInterval(signWhatIsDue, CHECKPOINT_MILLISECONDS)
  timer.unref()
  return {
    written(segment, more) {
      unsigned.set(segment.id, segment)
      rows += more
      if (rows >= CHECKPOINT_ROWS || clock().getTime() - signedAt >= CHECKPOINT_MILLISECONDS) signWhatIsDue()
    },
    async close(segment) {
      clearInterval(timer)
      await signing
      if (segment) unsigned.set(segment.id, segment)
      await signAll()
    },
  }
}

/**
 * Checkpoints are signed statements of how far a segment had come. They are written every thousand rows, every minute in which rows came,
 * and when the server stops. When the end of the log is cut off, this is found for rows up to the newest checkpoint. No look-up waits for a
 * checkpoint, and none fails because one could not be stored: the next attempt then covers more rows.
 */

import type { Sql } from 'postgres'
import type { Segment } from './chain.ts'
import { checkpointText, type Hash } from './chain.ts'
import type { LogKey } from './log-key.ts'

/** The greatest number of rows in a segment without a checkpoint, as long as the database stores checkpoints. */
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
  /** Reports that this many rows were added to the segment, which now ends here. */
  written(segment: Segment, rows: number): void
  /** Signs the end of the log. Throws when the checkpoint cannot be stored. */
  close(segment: Segment | undefined): Promise<void>
}

export function createCheckpoints(
  sql: Sql,
  options: { clock: () => Date; key: LogKey; witness?: ((checkpoint: Checkpoint) => void) | undefined },
): Checkpoints {
  const { clock, key, witness } = options
  // One segment, or several when a commit failed and a new segment was opened.
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
      // A segment that has grown meanwhile is signed where it ends now.
      unsigned = new Map([...due, ...unsigned])
      rows += counted
      throw error
    }
  }

  /** Signs one checkpoint at a time; what could not be stored stays due. */
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

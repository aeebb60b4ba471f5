/**
 * Checkpoints are signed statements of how far a segment had come: the head of its Merkle tree as a signed note (signed-note.ts). They are
 * written every thousand rows, every minute in which rows came, and when the server stops. When the end of the log is cut off, this is
 * found for rows up to the newest checkpoint. No look-up waits for a checkpoint, and none fails because one could not be stored: the next
 * attempt then covers more rows.
 */

import type { Sql } from 'postgres'
import type { Hash } from './chain.ts'
import type { LogKey } from './log-key.ts'
import { noteText, originOf } from './signed-note.ts'

/** The greatest number of rows in a segment without a checkpoint, as long as the database stores checkpoints. */
export const CHECKPOINT_ROWS = 1000
export const CHECKPOINT_MILLISECONDS = 60_000

export interface Checkpoint {
  segment: string
  /** The last row; the tree has one leaf more, its opening. */
  seq: string
  /** The root of the tree. */
  hash: Hash
  at: Date
  /** The id of the key that signed. */
  key: string
}

/** The end of a segment so far. */
export interface End {
  segment: string
  /** The first segment of the log, which names the list of segments. */
  firstSegment: string
  /** The last row; 0 when there is none. */
  seq: bigint
  root(): Hash
}

export interface Checkpoints {
  /** Reports that this many rows were added to the segment, which now ends here. */
  written(end: End, rows: number): void
  /** Signs the end of the log. Throws when the checkpoint cannot be stored. */
  close(end: End | undefined): Promise<void>
}

export interface Signing {
  clock: () => Date
  key: LogKey
  witness?: ((checkpoint: Checkpoint) => void) | undefined
}

/** Signs the end of a segment, and stores the checkpoint. */
export async function signEnd(sql: Sql, { clock, key, witness }: Signing, end: End): Promise<void> {
  const { segment, firstSegment, seq } = end
  const [at, hash] = [clock(), end.root()]
  const signature = key.sign(Buffer.from(noteText({ origin: originOf(segment, firstSegment), size: Number(seq) + 1, root: hash })))
  await sql`
    insert into log_checkpoint (segment, seq, hash, at, key_id, signature)
    values (${segment}, ${seq.toString()}, decode(${hash}, 'hex'), ${at}, ${key.id}, ${signature})
    on conflict (segment, seq) do nothing`
  witness?.({ segment, seq: seq.toString(), hash, at, key: key.id })
}

export function createCheckpoints(sql: Sql, signing: Signing): Checkpoints {
  const { clock } = signing
  // One segment, or several when a commit failed and a new segment was opened.
  let unsigned = new Map<string, End>()
  let rows = 0
  let signedAt = clock().getTime()
  let signingNow: Promise<void> | undefined

  async function signAll(): Promise<void> {
    const due = unsigned
    const counted = rows
    unsigned = new Map()
    rows = 0
    signedAt = clock().getTime()
    try {
      for (const [segment, end] of due) {
        await signEnd(sql, signing, end)
        due.delete(segment)
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
    signingNow ??= signAll()
      .catch(() => undefined)
      .finally(() => {
        signingNow = undefined
      })
  }

  const timer = setInterval(signWhatIsDue, CHECKPOINT_MILLISECONDS)
  timer.unref()
  return {
    written(end, more) {
      unsigned.set(end.segment, end)
      rows += more
      if (rows >= CHECKPOINT_ROWS || clock().getTime() - signedAt >= CHECKPOINT_MILLISECONDS) signWhatIsDue()
    },
    async close(end) {
      clearInterval(timer)
      await signingNow
      if (end) unsigned.set(end.segment, end)
      await signAll()
    },
  }
}

/** How the head of a tree is compared with its signed checkpoints, and with heads that were kept outside the database. */
import type { Hash } from './chain.ts'
import { checkpointText2 } from './chain-format-2.ts'
import type { Broken } from './course.ts'
import type { PublicLogKey } from './log-key.ts'
import { type KeptHead, noteText, originOf } from './signed-note.ts'

export interface VerifyOptions {
  /** The keys that may have signed. A checkpoint of any other key is a fault. */
  keys: readonly PublicLogKey[]
  /** The time of the check: rows that are older than ten minutes must be signed for. */
  now: Date
  kept?: readonly KeptHead[]
}

export interface Verification {
  rows: number
  segments: number
  checkpoints: number
  /** Kept heads that the log agrees with. */
  kept: number
  /** Rows behind the newest checkpoint of their segment: nothing proves yet that they are as they were written. */
  unsigned: number
  /** The newest time for which a checkpoint is signed; undefined when there is none. */
  signedUntil: Date | undefined
  /** The first fault, in the order of reading; undefined when there is none. */
  broken: Broken | undefined
}

/** How the head of one tree is compared with its checkpoints and with what was kept. */
export interface Checks {
  options: VerifyOptions
  /** Kept heads of this tree by the number of the last row. */
  kept: Map<number, Hash>
  /** The fault of a head; undefined when checkpoint and kept head agree with it. */
  head(place: Place, checkpoint: CheckpointRow | undefined, format: number): string | undefined
}

interface Place {
  seq: number
  head: Hash
}

export interface CheckpointRow {
  seq: string
  hash: Hash
  at: Date
  key_id: string
  signature: Buffer
}

const SIGNED_BY = 'the checkpoint is signed by the key '
const signedByOther = (key: string) => `${SIGNED_BY}${key}, which is not among those given: it cannot be checked`

/** Whether the log was found to be signed by a key that was not given, and not to be changed. */
export function isSignedByAnother(reason: string): boolean {
  return reason.includes(SIGNED_BY)
}

export function checksOf(segment: string, firstSegment: string, options: VerifyOptions, result: Verification): Checks {
  const kept = new Map((options.kept ?? []).filter((one) => one.segment === segment).map(({ seq, root }) => [seq, root]))
  return {
    options,
    kept,
    head({ seq, head }, checkpoint, format) {
      const wanted = kept.get(seq)
      if (wanted !== undefined && wanted !== head) return 'the log up to here is another one than the checkpoint that was kept'
      if (wanted !== undefined) result.kept += 1
      kept.delete(seq)
      if (!checkpoint) return undefined
      result.checkpoints += 1
      if (checkpoint.hash !== head) return 'the hash differs from the signed checkpoint'
      const key = options.keys.find(({ id }) => id === checkpoint.key_id)
      if (!key) return signedByOther(checkpoint.key_id)
      const text =
        format === 3
          ? Buffer.from(noteText({ origin: originOf(segment, firstSegment), size: seq + 1, root: head }))
          : checkpointText2(segment, String(seq), head)
      if (!key.verify(text, checkpoint.signature)) return 'the signature of the checkpoint is wrong'
      if (!result.signedUntil || checkpoint.at > result.signedUntil) result.signedUntil = checkpoint.at
      return undefined
    },
  }
}

/** Hashes the rows of a binary COPY as they arrive, each with the hash before it. It reads only the lengths and the counter in a row. */
import { hash } from 'node:crypto'
import { EPOCH, FIELDS, type Hash } from './chain.ts'

export interface ReadRow {
  seq: number
  /** The stored hash. */
  hash: Hash
  /** Whether the row and the hash before it give the stored hash. */
  agrees: boolean
  at: Date | undefined
}

export interface RowReader {
  /** Another stream begins, with the rows that follow. */
  begin(): void
  /** Calls `row` for each row that has come whole, in order, until it returns false. The argument is valid until `row` returns. */
  read(chunk: Buffer, row: (row: ReadRow) => boolean): void
}

const HASH_BYTES = 32
/** Signature, flags and the length of an extension that is always empty. */
const HEADER_BYTES = 19
/** Places of the counter and the time in a row: the number of fields and the length of each field come before them. */
const SEQ = 2 + 4
const AT = SEQ + 8 + 4 + 8 + 4

/** `opening` is the hash that the first row was chained to. The reader holds no more than the longest row and one chunk. */
export function createRowReader(opening: Hash): RowReader {
  // Always starts with the hash before the next row, so that what the hash of this row covers is in one piece.
  let held = Buffer.alloc(1 << 17)
  let filled = held.write(opening, 'hex')
  let skip = 0
  let start = 0

  const current: ReadRow = {
    seq: 0,
    hash: opening,
    agrees: true,
    get at() {
      const time = new Date(Number(held.readBigInt64BE(start + HASH_BYTES + AT) / 1000n) + EPOCH)
      return Number.isNaN(time.getTime()) ? undefined : time
    },
  }

  /** The end of the row that begins at `at`; undefined when the row is incomplete, or when the stream ends here, with -1 fields. */
  function endOfRow(at: number): number | undefined {
    if (at + 2 > filled || held.readInt16BE(at) !== FIELDS) return undefined
    let end = at + 2
    for (let field = 0; field < FIELDS; field++) {
      if (end + 4 > filled) return undefined
      end += 4 + Math.max(held.readInt32BE(end), 0)
    }
    return end <= filled ? end : undefined
  }

  return {
    begin() {
      skip = HEADER_BYTES
      filled = HASH_BYTES
    },
    read(chunk, row) {
      const skipped = Math.min(skip, chunk.length)
      skip -= skipped
      const more = chunk.length - skipped
      if (filled + more > held.length) held = Buffer.concat([held.subarray(0, filled)], (filled + more) * 2)
      filled += chunk.copy(held, filled, skipped)
      start = 0
      for (let end = endOfRow(HASH_BYTES); end !== undefined; end = endOfRow(end)) {
        const stored = end - HASH_BYTES
        current.seq = Number(held.readBigInt64BE(start + HASH_BYTES + SEQ))
        current.hash = held.toString('hex', stored, end)
        current.agrees = hash('sha256', held.subarray(start, stored - 4), 'hex') === current.hash
        if (!row(current)) return
        start = stored
      }
      held.copyWithin(0, start, filled)
      filled -= start
    },
  }
}

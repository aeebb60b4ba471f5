/** Hashes the rows of a binary COPY as they arrive. It reads only the lengths, the counter and what the row names. */
import { hash } from 'node:crypto'
import { EPOCH, FIELDS, type Hash } from './chain.ts'
import { FIELDS_2 } from './chain-format-2.ts'

export interface ReadRow {
  seq: number
  /** The stored hash. */
  hash: Hash
  /** Whether the row gives the stored hash; in format 2, with the hash before it. */
  agrees: boolean
  at: Date | undefined
  /** The bytes of the columns that name an actor and an attestation, as a text; format 3 only. `readNames` reads it. */
  names: string
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
/** Where the columns of a row stand that are never null: the number of fields and the length of each field come before them. */
const layouts = {
  2: { fields: FIELDS_2, seq: 2 + 4, at: 2 + 12 + 12 + 4, names: undefined },
  3: { fields: FIELDS, seq: 2 + 12 + 4, at: 2 + 12 + 12 + 4, names: 2 + 4 * 12 },
} as const

/**
 * `opening` is the hash that the first row of format 2 was chained to, and empty in format 3. The reader holds no more than the longest row
 * and one chunk.
 */
export function createRowReader(format: keyof typeof layouts, opening: Hash): RowReader {
  const { fields, seq, at, names } = layouts[format]
  // Starts with the hash before the next row: what the hash of a row of format 2 covers is then in one piece.
  let held = Buffer.alloc(1 << 17)
  held.write(opening, 'hex')
  let filled = HASH_BYTES
  let skip = 0
  let start = 0

  const current: ReadRow = {
    seq: 0,
    hash: opening,
    agrees: true,
    get at() {
      const time = new Date(Number(held.readBigInt64BE(start + HASH_BYTES + at) / 1000n) + EPOCH)
      return Number.isNaN(time.getTime()) ? undefined : time
    },
    get names() {
      if (names === undefined) return ''
      const from = start + HASH_BYTES + names
      let end = from
      for (let field = 0; field < NAMES; field++) end += 4 + Math.max(held.readInt32BE(end), 0)
      return held.toString('latin1', from, end)
    },
  }

  /** The end of the row that begins at `from`; undefined when the row is incomplete, or when the stream ends here, with -1 fields. */
  function endOfRow(from: number): number | undefined {
    if (from + 2 > filled || held.readInt16BE(from) !== fields) return undefined
    let end = from + 2
    for (let field = 0; field < fields; field++) {
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
        current.seq = Number(held.readBigInt64BE(start + HASH_BYTES + seq))
        current.hash = held.toString('hex', stored, end)
        current.agrees = hash('sha256', held.subarray(format === 2 ? start : start + HASH_BYTES, stored - 4), 'hex') === current.hash
        if (!row(current)) return
        start = stored
      }
      held.copyWithin(0, start, filled)
      filled -= start
    },
  }
}

/** Actor, attestation and their digest. */
const NAMES = 3

/** What a row names, in the order of the columns; null where it names nothing. */
export function readNames(names: string): (string | null)[] {
  const bytes = Buffer.from(names, 'latin1')
  const found: (string | null)[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32BE(at)
    found.push(length < 0 ? null : bytes.readBigInt64BE(at + 4).toString())
    at += 4 + Math.max(length, 0)
  }
  return found
}

/** Hashes the rows of a binary COPY as they arrive. It reads only the lengths, the counter and what the row names. */
import { hash } from 'node:crypto'
import { EPOCH, FIELDS, type Hash } from './chain.ts'
import { FIELDS_2 } from './chain-format-2.ts'
import { type ByteText, byteText } from './tree.ts'

export interface ReadRow {
  seq: number
  /** The stored hash. */
  hash: ByteText
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
 * and one chunk. A row of format 3 that comes in one piece, as PostgreSQL sends it, is hashed where it stands.
 */
export function createRowReader(format: keyof typeof layouts, opening: Hash): RowReader {
  const { fields, seq, at, names } = layouts[format]
  /** What the hash of a row of format 2 covers is in one piece: the hash before it stands in front of it. */
  const before = format === 2 ? HASH_BYTES : 0
  let held = Buffer.alloc(1 << 17)
  held.write(opening, 'hex')
  let filled = before
  let skip = 0
  /** Where the row that is read stands. */
  let bytes: Buffer = held
  let start = 0

  const current: ReadRow = {
    seq: 0,
    hash: byteText(opening),
    agrees: true,
    get at() {
      const time = new Date(Number(bytes.readBigInt64BE(start + at) / 1000n) + EPOCH)
      return Number.isNaN(time.getTime()) ? undefined : time
    },
    get names() {
      if (names === undefined) return ''
      const from = start + names
      let end = from
      for (let field = 0; field < NAMES; field++) end += 4 + Math.max(bytes.readInt32BE(end), 0)
      return bytes.toString('latin1', from, end)
    },
  }

  /** Reads rows up to `length` from `start` on, which is then where the first incomplete row begins. False when `row` wants no more. */
  function readRows(length: number, row: (row: ReadRow) => boolean): boolean {
    for (let end = endOfRow(bytes, start, length, fields); end !== 0; end = endOfRow(bytes, start, length, fields)) {
      const stored = end - HASH_BYTES
      current.seq = Number(bytes.readBigInt64BE(start + seq))
      current.hash = bytes.toString('latin1', stored, end)
      current.agrees = hash('sha256', bytes.subarray(start - before, stored - 4), 'latin1') === current.hash
      if (!row(current)) return false
      start = end
    }
    return true
  }

  /** Puts the chunk behind what is held. */
  function hold(chunk: Buffer, from: number): void {
    const more = chunk.length - from
    if (filled + more > held.length) held = Buffer.concat([held.subarray(0, filled)], (filled + more) * 2)
    filled += chunk.copy(held, filled, from)
  }

  return {
    begin() {
      skip = HEADER_BYTES
      filled = before
    },
    read(chunk, row) {
      const skipped = Math.min(skip, chunk.length)
      skip -= skipped
      if (before === 0 && filled === 0) {
        bytes = chunk
        start = skipped
        if (readRows(chunk.length, row)) hold(chunk, start)
        return
      }
      hold(chunk, skipped)
      bytes = held
      start = before
      if (!readRows(filled, row)) return
      held.copyWithin(0, start - before, filled)
      filled -= start - before
    },
  }
}

/** The end of the row that begins at `start`; 0 when the row is incomplete, or when the stream ends here, with -1 fields. */
function endOfRow(bytes: Buffer, start: number, length: number, fields: number): number {
  if (start + 2 > length || bytes.readInt16BE(start) !== fields) return 0
  let end = start + 2
  for (let field = 0; field < fields; field++) {
    if (end + 4 > length) return 0
    end += 4 + Math.max(bytes.readInt32BE(end), 0)
  }
  return end <= length ? end : 0
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

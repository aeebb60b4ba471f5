import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleEntry } from '../testing/example-entry.ts'
import { type Hash, hashedBytes, hashRow, type LogRow } from './chain.ts'
import { createRowReader } from './row-reader.ts'

const opening: Hash = 'ab'.repeat(32)
const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const end = Buffer.from([0xff, 0xff])

/** A stream of rows, of which the longest is longer than the buffer that the reader begins with. */
function streamOf(count: number): { stream: Buffer; hashes: Hash[] } {
  const parts = [header]
  const hashes: Hash[] = []
  let previous = opening
  for (let seq = 1; seq <= count; seq++) {
    const long = seq === 3 ? { disclosed: Array.from({ length: 20_000 }, (_, id) => String(id)) } : {}
    const row: LogRow = { ...exampleEntry(long), segment: '7', seq: String(seq) }
    const hash = hashRow(previous, row)
    const bytes = Buffer.from(hashedBytes(previous, row).subarray(32))
    parts.push(bytes, Buffer.from([0, 0, 0, 32]), Buffer.from(hash, 'hex'))
    hashes.push(hash)
    previous = hash
  }
  return { stream: Buffer.concat([...parts, end]), hashes }
}

for (const size of [1, 7, 32, 1000, 65_536, Number.POSITIVE_INFINITY]) {
  test(`rows that come in pieces of ${size} bytes are read whole`, () => {
    const { stream, hashes } = streamOf(5)
    const reader = createRowReader(opening)
    const read: { seq: number; hash: Hash; agrees: boolean; at: string | undefined }[] = []
    reader.begin()
    for (let at = 0; at < stream.length; at += size) {
      reader.read(Buffer.from(stream.subarray(at, Math.min(at + size, stream.length))), (row) => {
        read.push({ seq: row.seq, hash: row.hash, agrees: row.agrees, at: row.at?.toISOString() })
        return true
      })
    }
    assert.deepEqual(
      read,
      hashes.map((hash, place) => ({ seq: place + 1, hash, agrees: true, at: '2026-01-15T10:00:00.123Z' })),
    )
  })
}

test('a stream that goes on where another ended is chained to its last row', () => {
  const first = streamOf(2)
  const reader = createRowReader(opening)
  const agrees: boolean[] = []
  const take = (row: { agrees: boolean }) => agrees.push(row.agrees) > 0
  reader.begin()
  reader.read(first.stream, take)
  const row: LogRow = { ...exampleEntry(), segment: '7', seq: '3' }
  const previous = first.hashes[1] ?? ''
  const next = Buffer.concat([
    header,
    hashedBytes(previous, row).subarray(32),
    Buffer.from([0, 0, 0, 32]),
    Buffer.from(hashRow(previous, row), 'hex'),
  ])
  reader.begin()
  reader.read(next, take)
  assert.deepEqual(agrees, [true, true, true])
})

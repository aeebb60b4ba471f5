import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleRow } from '../testing/example-entry.ts'
import { type Hash, hashedBytes, hashRow } from './chain.ts'
import { createRowReader, readNames } from './row-reader.ts'
import { hexOf, leafHash } from './tree.ts'

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const end = Buffer.from([0xff, 0xff])

/** A stream of rows, of which the longest is longer than the buffer that the reader begins with. */
function streamOf(count: number): { stream: Buffer; hashes: Hash[] } {
  const rows = Array.from({ length: count }, (_, place) => {
    const long = place === 2 ? { disclosed: Array.from({ length: 20_000 }, (_none, id) => String(id)) } : {}
    const row = exampleRow({ ...long, seq: String(place + 1), namesDigest: '-1' })
    return { bytes: Buffer.from(hashedBytes(row)), hash: hashRow(row) }
  })
  const parts = rows.flatMap(({ bytes, hash }) => [bytes, Buffer.from([0, 0, 0, 32]), Buffer.from(hash, 'hex')])
  return { stream: Buffer.concat([header, ...parts, end]), hashes: rows.map(({ hash }) => hash) }
}

for (const size of [1, 7, 32, 1000, 65_536, Number.POSITIVE_INFINITY]) {
  test(`rows that come in pieces of ${size} bytes are read whole`, () => {
    const { stream, hashes } = streamOf(5)
    const reader = createRowReader(3, '')
    const read: { seq: number; hash: Hash; agrees: boolean; at: string | undefined }[] = []
    reader.begin()
    for (let at = 0; at < stream.length; at += size) {
      reader.read(Buffer.from(stream.subarray(at, Math.min(at + size, stream.length))), (row) => {
        read.push({ seq: row.seq, hash: hexOf(row.hash), agrees: row.agrees, at: row.at?.toISOString() })
        return true
      })
    }
    assert.deepEqual(
      read,
      hashes.map((hash, place) => ({ seq: place + 1, hash, agrees: true, at: '2026-01-15T10:00:00.123Z' })),
    )
  })
}

test('what a row names is read from it; a row whose bytes differ in one place does not agree', () => {
  const { stream } = streamOf(2)
  stream[stream.length - 40] = 1
  const reader = createRowReader(3, '')
  const read: unknown[] = []
  reader.begin()
  reader.read(stream, (row) => read.push([row.agrees, readNames(row.names)]) > 0)
  assert.deepEqual(read, [
    [true, [null, null, '-1']],
    [false, [null, null, '-1']],
  ])
})

test('a hash of format 3 is that of a leaf of RFC 9162', () => {
  const row = exampleRow()
  assert.equal(hashRow(row), leafHash(hashedBytes(row).subarray(1)))
})

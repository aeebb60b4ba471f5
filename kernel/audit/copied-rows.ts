/** Reads the rows of a COPY one by one, page by page, and stops at the first fault. */
import { finished } from 'node:stream/promises'
import type { Sql } from 'postgres'
import { type Broken, type Course, misplaced } from './course.ts'
import type { ReadRow, RowReader } from './row-reader.ts'

export async function readCopy(
  sql: Sql,
  statement: string,
  { reader, reached: before, course, changed, take }: Reading,
): Promise<{ reached: number; found: Broken | undefined }> {
  let reached = before
  let found: Broken | undefined
  const each = (row: ReadRow): boolean => {
    found = misplaced(row.seq, reached, () => row.at, course)
    if (!found && !row.agrees) found = course.broken(row.seq, row.at, changed)
    if (found) return false
    reached += 1
    found = take(row, reached)
    return found === undefined
  }
  const stream = await sql.unsafe(statement).readable()
  reader.begin()
  // Events, since an iterator costs more for each row than its hash does. The stream is read to its end even after a fault: a stream that
  // is left half read keeps its connection waiting for ever.
  stream.on('data', (chunk: Buffer) => {
    if (!found) reader.read(chunk, each)
  })
  await finished(stream)
  return { reached, found }
}

interface Reading {
  reader: RowReader
  /** The rows before this page. */
  reached: number
  course: Course
  /** The reason when a row does not agree with its hash. */
  changed: string
  take: (row: ReadRow, reached: number) => Broken | undefined
}

/**
 * Where a page ends, as an opaque text: the next begins after this record in the order of the search, whatever was written meanwhile. Letters
 * only, as logical ids are, so that no address holds digits that look like an identity number.
 */
import { fromLetters, type RecordId, toLetters } from '../../store/ids.ts'

export interface Cursor {
  effective: Date
  id: RecordId
}

/** Milliseconds before the year 0001, so that none is negative. */
const OFFSET = 62_135_596_800_000

export function cursorText({ effective, id }: Cursor): string {
  return `${toLetters(String(effective.getTime() + OFFSET))}-${toLetters(id)}`
}

/** As FHIR's dateTime. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Undefined when the text is no cursor. */
export function cursorOf(text: string): Cursor | undefined {
  const match = /^([a-p]{1,16})-([a-p]{1,16})$/.exec(text)
  const time = match?.[1] && fromLetters(match[1])
  const id = match?.[2] && fromLetters(match[2])
  if (!time || !id) return undefined
  const at = Number(time) - OFFSET
  return at > LATEST ? undefined : { effective: new Date(at), id: id as RecordId }
}

/**
 * The end of a page as an opaque text: the next page begins after this record in the order of the search, whatever was written meanwhile.
 * It has only letters, like logical ids, so that no address holds digits that look like an identity number.
 */
import { fromLetters, type RecordId, toLetters } from '../../store/ids.ts'

export interface Cursor {
  effective: Date
  id: RecordId
}

/** The milliseconds from the year 0001 to 1970: added, so that no number is negative. */
const OFFSET = 62_135_596_800_000

export function cursorText({ effective, id }: Cursor): string {
  return `${toLetters(String(effective.getTime() + OFFSET))}-${toLetters(id)}`
}

/** The latest time of a FHIR dateTime. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Reads a cursor; undefined when the text is none. */
export function cursorOf(text: string): Cursor | undefined {
  const match = /^([a-p]{1,16})-([a-p]{1,16})$/.exec(text)
  const time = match?.[1] && fromLetters(match[1])
  const id = match?.[2] && fromLetters(match[2])
  if (!time || !id) return undefined
  const at = Number(time) - OFFSET
  return at > LATEST ? undefined : { effective: new Date(at), id: id as RecordId }
}

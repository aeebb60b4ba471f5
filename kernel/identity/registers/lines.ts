/** The lines of a stream of bytes, of which only one is held at a time. */
import { TextDecoder } from 'node:util'

export interface Line {
  /** Counted from 1, empty lines and remarks included. */
  number: number
  text: string
  fault?: { rule: string; remedy: string }
}

/** The greatest number of characters. A practitioner takes some hundred, a large municipality with all its units some ten thousand. */
const LONGEST_LINE = 1_000_000

/** The lines that are neither empty nor remarks, which start with #. A line that is too long, or not UTF-8, has a fault and no text. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8')
  let number = 0
  let rest = ''
  let tooLong = false
  const line = (text: string): Line | undefined => {
    number += 1
    if (tooLong || text.length > LONGEST_LINE) {
      tooLong = false
      const rule = `The line is longer than ${LONGEST_LINE} characters.`
      return { number, text: '', fault: { rule, remedy: 'Write one JSON object to a line.' } }
    }
    if (text.includes('\uFFFD')) {
      return { number, text: '', fault: { rule: 'The line is not UTF-8.', remedy: 'Save the file as UTF-8.' } }
    }
    const trimmed = text.trim()
    return trimmed === '' || trimmed.startsWith('#') ? undefined : { number, text: trimmed }
  }
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const read = line(part)
      if (read) yield read
    }
    if (rest.length > LONGEST_LINE) {
      tooLong = true
      rest = ''
    }
  }
  rest += decoder.decode()
  const last = rest || tooLong ? line(rest) : undefined
  if (last) yield last
}

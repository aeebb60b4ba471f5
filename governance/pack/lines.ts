/** Lines of a pack, and running text made of them that still knows its lines. */

export interface Line {
  /** Counted from 1. */
  number: number
  /** Without space at the ends. */
  text: string
  /** The text was indented: in a pack made from pages, a page or a part begins here. */
  begins: boolean
}

export function linesOf(text: string): Line[] {
  return text
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((raw, index) => ({ number: index + 1, text: spaced(raw), begins: raw.trim() !== '' && raw.startsWith(' ') }))
}

/** One space for each run of space. */
function spaced(text: string): string {
  return text.split(/\s/).filter(Boolean).join(' ')
}

export function isAddress(text: string): boolean {
  return text.startsWith('https://') || text.startsWith('http://')
}

/** Joins two lines: a word that was divided at a hyphen is one word again, and `helse-` before `og` stays. */
export function joined(before: string, after: string): string {
  if (before === '' || after === '') return before + after
  const divided = before.endsWith('-') && !/^(?:og|eller)\b/.test(after)
  return divided ? before + after : `${before} ${after}`
}

/** Running text of lines; addresses of the web are left out. */
export function flowing(lines: readonly Line[]): string {
  return lines
    .map(({ text }) => text)
    .filter((text) => !isAddress(text))
    .reduce(joined, '')
}

export interface Paragraph {
  text: string
  line: number
  /** Where each line begins in the text. */
  starts: { at: number; line: number }[]
}

/** Paragraphs end at an empty line, at a bullet and where a page begins. */
export function paragraphsOf(lines: readonly Line[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let open: Paragraph | undefined
  for (const { text, number, begins } of lines) {
    if (text === '' || isAddress(text)) {
      open = undefined
      continue
    }
    if (!open || begins || isBullet(text)) {
      open = { text, line: number, starts: [{ at: 0, line: number }] }
      paragraphs.push(open)
      continue
    }
    const whole = joined(open.text, text)
    open.starts.push({ at: whole.length - text.length, line: number })
    open.text = whole
  }
  return paragraphs
}

export function lineAt({ starts, line }: Paragraph, at: number): number {
  return starts.findLast((start) => start.at <= at)?.line ?? line
}

export function isBullet(text: string): boolean {
  return text.startsWith('•') || text.startsWith('- ')
}

/** Text of paragraphs: a new one begins at a bullet or after a full stop or colon, since a page may divide a sentence. */
export function textOf(lines: readonly Line[]): string {
  return paragraphsOf(lines).reduce((whole, { text }) => {
    if (whole === '') return text
    return isBullet(text) || /[.:]$/.test(whole) ? `${whole}\n${text}` : joined(whole, text)
  }, '')
}

/** The sentence around a place. A full stop before a small letter or a digit belongs to a date or a short form. */
export function sentenceAround(text: string, at: number): string {
  let from = 0
  for (const end of text.matchAll(/[.!?] (?=\p{Lu})/gu)) {
    if (end.index >= at) return text.slice(from, end.index + 1)
    from = end.index + 2
  }
  return text.slice(from)
}

/** Whether two texts are equal but for space. */
export function sameWords(one: string, other: string): boolean {
  return one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '')
}

/** Dates as they are written in Norwegian. */

const months = ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember']

export interface WrittenDate {
  at: number
  /** As it stands. */
  text: string
  day: number
  month: number
  /** Undefined where none stands. */
  year: number | undefined
}

/** `30. juni 2023` and `3. juli`, in the order in which they stand. */
export function writtenDates(text: string): WrittenDate[] {
  const found = text.matchAll(
    /\b(\d{1,2})\. (januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)(?: (\d{4}))?/g,
  )
  return [...found].map((match) => ({
    at: match.index,
    text: match[0],
    day: Number(match[1]),
    month: months.indexOf(match[2] ?? '') + 1,
    year: match[3] === undefined ? undefined : Number(match[3]),
  }))
}

export function isoOf({ day, month }: Pick<WrittenDate, 'day' | 'month'>, year: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** ISO date of a text that begins with a date with a year; undefined when it does not. */
export function dateIn(text: string): string | undefined {
  const [first] = writtenDates(text)
  return first?.year === undefined ? undefined : isoOf(first, first.year)
}

/** `Kl. 12.15 – 16.00` as two times of day. */
export function timesIn(text: string): string[] {
  return [...text.matchAll(/\b(\d{1,2})[.:](\d{2})\b/g)].map(([, hour = '', minute = '']) => `${hour.padStart(2, '0')}:${minute}`)
}

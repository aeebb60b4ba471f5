/**
 * Dates and numbers as they are written in Norway, in the language of the screen. Clinical times are shown in Norwegian time, wherever the
 * browser is; a date without a time (FHIR `date`, `2026-01-15`) is never moved to another day. The words are our own: Intl takes those of
 * the browser's own language for a language that it does not know, as nynorsk in Chromium.
 */
export type Language = 'nb' | 'nn' | 'en'
export const languages: readonly Language[] = ['nb', 'nn', 'en']

const locales: Record<Language, string> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' }
const timeZone = 'Europe/Oslo'

/** The language to format in; anything that is not one of ours is bokmål. */
export function languageOf(language: string | undefined): Language {
  return languages.find((known) => known === language) ?? 'nb'
}

/** BCP 47 tag for the `lang` attribute and Intl. */
export function localeOf(language: string | undefined): string {
  return locales[languageOf(language)]
}

const onlyDate = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value)

function instant(value: string | Date): Date | undefined {
  const date = value instanceof Date ? value : new Date(onlyDate(value) ? `${value}T12:00:00Z` : value)
  return Number.isNaN(date.getTime()) ? undefined : date
}

interface Words {
  /** By what they are in a date, and alone. */
  months: readonly string[]
  short: readonly string[]
  alone: readonly string[]
  weekdays: readonly string[]
  /** Between the day and the month, and between the date and the time. */
  afterDay: string
  beforeTime: string
  and: string
  decimal: string
  group: string
  minus: string
  units: Record<Unit, readonly [one: string, many: string]>
  /** With `{time}`. */
  ago: string
  ahead: string
}

const names = (text: string) => text.split(' ')
const norwegian = {
  months: names('januar februar mars april mai juni juli august september oktober november desember'),
  short: names('jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.'),
  alone: names('jan feb mar apr mai jun jul aug sep okt nov des'),
  afterDay: '. ',
  beforeTime: ' kl. ',
  and: 'og',
  decimal: ',',
  group: '\u00a0',
  minus: '\u2212',
  ahead: 'om {time}',
}
const months = names('Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec')

const words: Record<Language, Words> = {
  nb: {
    ...norwegian,
    weekdays: names('mandag tirsdag onsdag torsdag fredag lørdag søndag'),
    units: {
      year: ['år', 'år'],
      month: ['måned', 'måneder'],
      day: ['døgn', 'døgn'],
      hour: ['time', 'timer'],
      minute: ['minutt', 'minutter'],
    },
    ago: 'for {time} siden',
  },
  nn: {
    ...norwegian,
    weekdays: names('måndag tysdag onsdag torsdag fredag laurdag søndag'),
    units: {
      year: ['år', 'år'],
      month: ['månad', 'månader'],
      day: ['døgn', 'døgn'],
      hour: ['time', 'timar'],
      minute: ['minutt', 'minutt'],
    },
    ago: 'for {time} sidan',
  },
  en: {
    months: names('January February March April May June July August September October November December'),
    short: months,
    alone: months,
    weekdays: names('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
    afterDay: ' ',
    beforeTime: ', ',
    and: 'and',
    decimal: '.',
    group: ',',
    minus: '-',
    units: {
      year: ['year', 'years'],
      month: ['month', 'months'],
      day: ['day', 'days'],
      hour: ['hour', 'hours'],
      minute: ['minute', 'minutes'],
    },
    ago: '{time} ago',
    ahead: 'in {time}',
  },
}

const wordsOf = (language: string | undefined) => words[languageOf(language)]

// English, with Latin digits and our calendar, is in every browser, and only numbers are read from it.
const clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
  timeZone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute'

/** What clocks and calendars in Norway show at that moment; undefined when the text is no time. */
function shownIn(value: string | Date): Record<Field, string> | undefined {
  const date = instant(value)
  return date && (Object.fromEntries(clock.formatToParts(date).map(({ type, value: text }) => [type, text])) as Record<Field, string>)
}

const named = (list: readonly string[], month: string) => list[Number(month) - 1] ?? ''

/** `15. januar 2026`; a partial FHIR date (`2026`, `2026-01`) keeps its precision; empty when the text is not a date. */
export function formatDate(value: string | Date, language?: string): string {
  if (typeof value === 'string' && /^\d{4}$/.test(value)) return value
  const isMonth = typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)
  const shown = shownIn(isMonth ? `${value}-15` : value)
  if (!shown) return ''
  const { months, afterDay } = wordsOf(language)
  return `${isMonth ? '' : `${shown.day}${afterDay}`}${named(months, shown.month)} ${shown.year}`
}

/** `15. jan.`, for axes and lists that show the year elsewhere. */
export function formatDay(value: string | Date, language?: string): string {
  const shown = shownIn(value)
  const { short, afterDay } = wordsOf(language)
  return shown ? `${shown.day}${afterDay}${named(short, shown.month)}` : ''
}

/** `jan`, for axes that show the year elsewhere. */
export function formatMonth(value: string | Date, language?: string): string {
  return named(wordsOf(language).alone, shownIn(value)?.month ?? '')
}

/** `mandag`; counted from 0, which is Monday. */
export function formatWeekday(index: number, language?: string): string {
  return wordsOf(language).weekdays[index] ?? ''
}

/** Whether the device shows another time than clocks in Norway do, so that the page must say whose time it shows. */
export function isElsewhere(moment = new Date()): boolean {
  const shown = (zone?: string) =>
    new Intl.DateTimeFormat('en', { ...(zone ? { timeZone: zone } : {}), dateStyle: 'short', timeStyle: 'short' }).format(moment)
  return shown() !== shown(timeZone)
}

/** The date in Norway at that moment, `2026-01-15`. */
export function dayInNorway(moment: Date): string {
  const { year = '', month = '', day = '' } = shownIn(moment) ?? {}
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The last moment of a day in Norway (`2026-01-15`), also when summer time begins or ends on it; undefined when the text is not a day. */
export function endOfDay(day: string): Date | undefined {
  if (!onlyDate(day)) return undefined
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined
  // Norway is one hour ahead of UTC, and two in summer: the end is the instant at which Norway still has this day, and a millisecond later
  // no more.
  return [2, 1]
    .map((hours) => new Date(midnight + (24 - hours) * 3_600_000 - 1))
    .find((end) => dayInNorway(end) === day && dayInNorway(new Date(end.getTime() + 1)) !== day)
}

/** `14:05`, Norwegian time, the same in all languages. */
export function formatTime(value: string | Date, _language?: string): string {
  const shown = shownIn(value)
  return shown ? `${shown.hour}:${shown.minute}` : ''
}

/** `15. jan. 2026 kl. 14:05`; only the date when the value has no time. */
export function formatDateTime(value: string | Date, language?: string): string {
  if (typeof value === 'string' && (onlyDate(value) || value.length < 10)) return formatDate(value, language)
  const shown = shownIn(value)
  return shown ? `${formatDay(value, language)} ${shown.year}${wordsOf(language).beforeTime}${formatTime(value)}` : ''
}

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute'

const steps: [Unit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** How long ago, in the largest unit that fits: `for 3 timer siden`. Under a minute counts as a minute. */
export function formatAge(value: string | Date, now: Date, language?: string): string {
  const date = instant(value)
  if (!date) return ''
  const seconds = (date.getTime() - now.getTime()) / 1000
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  const { ago, ahead } = wordsOf(language)
  return (seconds > 0 ? ahead : ago).replace('{time}', formatCount(Math.trunc(Math.abs(seconds) / size) || 1, unit, language))
}

/** `85 år`, `1 month`. */
export function formatCount(count: number, unit: Unit, language?: string): string {
  return `${formatNumber(count, language)} ${wordsOf(language).units[unit][count === 1 ? 0 : 1]}`
}

/** `Helse Vest, Bergen kommune og Stavanger kommune` */
export function formatList(items: Iterable<string>, language?: string): string {
  const all = [...items]
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${wordsOf(language).and} ${all.at(-1)}`
}

/** `1 234,5` in Norwegian. */
export function formatNumber(
  value: number | `${number}`,
  language?: string,
  options?: Pick<Intl.NumberFormatOptions, 'minimumFractionDigits' | 'maximumFractionDigits'>,
): string {
  const { decimal, group, minus } = wordsOf(language)
  const signs: Partial<Record<Intl.NumberFormatPartTypes, string>> = { decimal, group, minusSign: minus }
  const parts = new Intl.NumberFormat('en-u-nu-latn', options).formatToParts(value)
  return parts.map(({ type, value: text }) => signs[type] ?? text).join('')
}

/** A decimal as it was written (`11.0`), with all its digits: `11,0` in Norwegian. A text that is no number stays as it is. */
export function formatDecimal(written: string, language?: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(written)) return written
  const digits = Math.min(written.split('.')[1]?.length ?? 0, 100)
  return formatNumber(written as `${number}`, language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/**
 * A value or an interval that was put in a text, as `< 11,0 mmol/L` or `3.5-5.0`, with the decimal sign of the language. A date, or another
 * number with several signs, stays as it is.
 */
export function decimalSignIn(text: string, language?: string): string {
  return text.replace(/(?<![\d.,])(\d+)[.,](\d+)(?![.,]?\d)/g, `$1${wordsOf(language).decimal}$2`)
}

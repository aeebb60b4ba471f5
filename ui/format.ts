/**
 * Dates and numbers as they are written in Norway, in the language of the screen. Clinical times are shown in Norwegian time, wherever the
 * browser is; a date without a time (FHIR `date`, `2026-01-15`) is never moved to another day.
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

function format(value: string | Date, language: string | undefined, options: Intl.DateTimeFormatOptions): string {
  const date = instant(value)
  return date ? new Intl.DateTimeFormat(localeOf(language), { timeZone, ...options }).format(date) : ''
}

/** `15. januar 2026`; a partial FHIR date (`2026`, `2026-01`) keeps its precision; empty when the text is not a date. */
export function formatDate(value: string | Date, language?: string): string {
  if (typeof value === 'string' && /^\d{4}$/.test(value)) return value
  if (typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)) return format(`${value}-15`, language, { month: 'long', year: 'numeric' })
  return format(value, language, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** `15. jan.`, for axes and lists that show the year elsewhere. */
export function formatDay(value: string | Date, language?: string): string {
  return format(value, language, { day: 'numeric', month: 'short' })
}

/** `jan`, for axes that show the year elsewhere. */
export function formatMonth(value: string | Date, language?: string): string {
  return format(value, language, { month: 'short' })
}

/** Whether the device shows another time than clocks in Norway do, so that the page must say whose time it shows. */
export function isElsewhere(moment = new Date()): boolean {
  const clock = (zone?: string) =>
    new Intl.DateTimeFormat('sv-SE', { ...(zone ? { timeZone: zone } : {}), dateStyle: 'short', timeStyle: 'short' })
  return clock().format(moment) !== clock(timeZone).format(moment)
}

/** The date in Norway at that moment, `2026-01-15`. */
export function dayInNorway(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment)
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

/** `14:05`, Norwegian time. */
export function formatTime(value: string | Date, language?: string): string {
  return format(value, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `15. jan. 2026 kl. 14:05`; only the date when the value has no time. */
export function formatDateTime(value: string | Date, language?: string): string {
  if (typeof value === 'string' && (onlyDate(value) || value.length < 10)) return formatDate(value, language)
  const date = format(value, language, { day: 'numeric', month: 'short', year: 'numeric' })
  if (!date) return ''
  return languageOf(language) === 'en' ? `${date}, ${formatTime(value, language)}` : `${date} kl. ${formatTime(value, language)}`
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

const nynorsk: Partial<Record<Intl.RelativeTimeFormatUnit, readonly [one: string, many: string]>> = {
  year: ['år', 'år'],
  month: ['månad', 'månader'],
  day: ['døgn', 'døgn'],
  hour: ['time', 'timar'],
  minute: ['minutt', 'minutt'],
}

/** Chromium has no nynorsk for relative times, and writes bokmål. */
function inNynorsk(count: number, unit: Intl.RelativeTimeFormatUnit, ahead: boolean): string {
  const words = `${count} ${nynorsk[unit]?.[count === 1 ? 0 : 1] ?? ''}`
  return ahead ? `om ${words}` : `for ${words} sidan`
}

/** How long ago, in the largest unit that fits: `for 3 timer siden`. Under a minute counts as a minute. */
export function formatAge(value: string | Date, now: Date, language?: string): string {
  const date = instant(value)
  if (!date) return ''
  const seconds = (date.getTime() - now.getTime()) / 1000
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  const count = Math.trunc(seconds / size) || (seconds > 0 ? 1 : -1)
  if (languageOf(language) === 'nn') return inNynorsk(Math.abs(count), unit, count > 0)
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'always' }).format(count, unit)
}

/** `1 234,5` in Norwegian. */
export function formatNumber(value: number, language?: string, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(localeOf(language), options).format(value)
}

/** A decimal as it was written (`11.0`), with all its digits: `11,0` in Norwegian. A text that is no number stays as it is. */
export function formatDecimal(written: string, language?: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(written)) return written
  const digits = Math.min(written.split('.')[1]?.length ?? 0, 100)
  const format = new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return format.format(written as `${number}`)
}

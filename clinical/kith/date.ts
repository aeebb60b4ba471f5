/** Times of the message as FHIR dateTime: Norwegian time where no zone is stated, seconds filled in, fractions to the millisecond. */
import { instant } from '@helsevev/kernel/values/dates'

const PATTERN = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T(\d{2}:\d{2})(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/

/** Undefined for a text that is not a date, such as `19xx-xx-xx`. */
export function fhirDateTime(text: string | undefined): string | undefined {
  const match = PATTERN.exec(text?.trim() ?? '')
  if (!match) return undefined
  const [, date = '', time, seconds = ':00', fraction = '', zone] = match
  const moment = time === undefined ? date : `${date}T${time}${seconds}${fraction.slice(0, 4)}${zone ?? ''}`
  const start = instant(moment)
  if (!start) return undefined
  if (time === undefined || zone) return moment
  return `${moment}${Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO('Europe/Oslo').offset}`
}

/** Undefined for a text that is not a date. */
export function instantOf(text: string | undefined): Date | undefined {
  const moment = fhirDateTime(text)
  return moment === undefined ? undefined : instant(moment)
}

/**
 * The last moment that a time without zone can mean, in the hour that comes twice when summer time ends; undefined where it means one. The
 * first of the two is its instant: laboratories write local time, and nothing shows which of them it was.
 */
export function latestOf(text: string | undefined): Date | undefined {
  const [, date, time, seconds = ':00', fraction = '', zone] = PATTERN.exec(text?.trim() ?? '') ?? []
  if (time === undefined || zone !== undefined || fhirDateTime(text) === undefined) return undefined
  const local = Temporal.PlainDateTime.from(`${date}T${time}${seconds}${fraction.slice(0, 4)}`)
  const [first, last] = (['earlier', 'later'] as const).map((disambiguation) => local.toZonedDateTime('Europe/Oslo', { disambiguation }))
  // In spring a time that does not exist has two readings as well, and neither is what was meant.
  const isTwice = first && last && first.epochMilliseconds !== last.epochMilliseconds && last.toPlainDateTime().equals(local)
  return isTwice ? new Date(last.epochMilliseconds) : undefined
}

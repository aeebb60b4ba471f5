/** FHIR dates and times (http://hl7.org/fhir/R4/datatypes.html#dateTime). Without a zone they are read in Norwegian time. */
const ZONE = 'Europe/Oslo'
const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** The bounds of the days that were read last: a message states the same few days many times. */
const days = new Map<string, [number, number]>()
const KEPT_DAYS = 5000

/** The first instant of the period that a FHIR date or dateTime names, and the first instant after it; undefined for another text. */
export function period(text: string): { start: Date; end: Date } | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, year = '', month, day, time, zone] = match
  try {
    if (time) {
      const usual = usualInstant(text, day ?? '', time, zone)
      if (usual !== undefined) return between(usual, usual + unitOf(time))
      const local = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${time}`)
      const start = zone ? Temporal.Instant.from(`${local}${zone}`) : local.toZonedDateTime(ZONE).toInstant()
      return between(start.epochMilliseconds, start.epochMilliseconds + unitOf(time))
    }
    const known = days.get(text)
    if (known) return between(...known)
    const date = Temporal.PlainDate.from({ year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) }, { overflow: 'reject' })
    const after = date.add(day ? { days: 1 } : month ? { months: 1 } : { years: 1 })
    const bounds: [number, number] = [midnight(date), midnight(after)]
    if (days.size === KEPT_DAYS) days.clear()
    days.set(text, bounds)
    return between(...bounds)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function unitOf(time: string): number {
  return time.length === 5 ? 60_000 : time.includes('.') ? 1 : 1000
}

/**
 * The milliseconds of a time with zone on a day that every month has. `Date` reads such a time like `Temporal`, and ten times as fast.
 * Undefined for another time, and for a text that is no time.
 */
function usualInstant(text: string, day: string, time: string, zone: string | undefined): number | undefined {
  if (zone === undefined || day > '28' || time > '23:59:59.999' || time.length > 12) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

/** The instant that orders a record: the start of its time. */
export function instant(text: string): Date | undefined {
  return period(text)?.start
}

/** Bounds of a date search with its prefix (http://hl7.org/fhir/R4/search.html#date). `ap` and `ne` are not offered. */
export function dateRange(text: string): { comparator: '<' | '<=' | '>' | '>='; instant: Date }[] | undefined {
  const match = /^(eq|gt|ge|lt|le|sa|eb)?(.+)$/.exec(text)
  const range = period(match?.[2] ?? '')
  if (!range) return undefined
  switch (match?.[1]) {
    case 'gt':
    case 'sa':
      return [{ comparator: '>=', instant: range.end }]
    case 'ge':
      return [{ comparator: '>=', instant: range.start }]
    case 'lt':
    case 'eb':
      return [{ comparator: '<', instant: range.start }]
    case 'le':
      return [{ comparator: '<', instant: range.end }]
    default:
      return [
        { comparator: '>=', instant: range.start },
        { comparator: '<', instant: range.end },
      ]
  }
}

/** FHIR and the database have the years 0001 to 9999. A zone, or the end of a period, may lead out of them. */
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

function between(start: number, end: number): { start: Date; end: Date } {
  const within = (milliseconds: number) => new Date(Math.min(Math.max(milliseconds, FIRST), LAST))
  return { start: within(start), end: within(end) }
}

function midnight(date: Temporal.PlainDate): number {
  return date.toZonedDateTime(ZONE).epochMilliseconds
}

/** What happened to the lines of a list since a day, from what the lines state. */
import type { ShownLine } from './panel-data.ts'

export interface Change {
  line: ShownLine
  /** ISO 8601 or a FHIR date. */
  time: string
  kind: 'started' | 'changed' | 'stopped'
}

/** The last of each line from `since` until `now`, newest first. */
export function changesSince(lines: readonly ShownLine[], since: Date, now: Date): Change[] {
  const isWithin = (time: string | undefined): time is string =>
    time !== undefined && Date.parse(time) >= since.getTime() && Date.parse(time) <= now.getTime()
  const found = lines.flatMap((line): Change[] => {
    const { stop, start, changed } = line
    if (line.standing === 'stopped') return isWithin(stop?.time) ? [{ line, time: stop.time, kind: 'stopped' }] : []
    if (isWithin(start)) return [{ line, time: start, kind: 'started' }]
    return isWithin(changed) ? [{ line, time: changed, kind: 'changed' }] : []
  })
  return found.sort((one, other) => Date.parse(other.time) - Date.parse(one.time) || (one.line.id < other.line.id ? -1 : 1))
}

/** What happened to the lines of a list lately, from what the lines state. */
import type { ShownLine } from './panel-data.ts'

const DAYS = 90

export interface Change {
  line: ShownLine
  /** ISO 8601 or a FHIR date. */
  time: string
  kind: 'started' | 'changed' | 'stopped'
}

/** The last of each line in the last 90 days, newest first. */
export function changesSince(lines: readonly ShownLine[], now: Date): Change[] {
  const since = now.getTime() - DAYS * 86_400_000
  const isRecent = (time: string | undefined): time is string =>
    time !== undefined && Date.parse(time) >= since && Date.parse(time) <= now.getTime()
  const found = lines.flatMap((line): Change[] => {
    const { stop, start, changed } = line
    if (line.standing === 'stopped') return isRecent(stop?.time) ? [{ line, time: stop.time, kind: 'stopped' }] : []
    if (isRecent(start)) return [{ line, time: start, kind: 'started' }]
    return isRecent(changed) ? [{ line, time: changed, kind: 'changed' }] : []
  })
  return found.sort((one, other) => Date.parse(other.time) - Date.parse(one.time) || (one.line.id < other.line.id ? -1 : 1))
}

/**
 * The state of a line of the medication list at an instant. It follows from the line alone: a prescription that expires or is used up does
 * not end the treatment. Seponering.Tidspunkt is the instant from which the drug must not be taken (ER-M251), so a line is stopped at that
 * very instant; the national stylesheet of M25 compares with < and >, and shows such a line in neither of its two lists.
 */
import { isAhead } from '../period.ts'
import { dayOf } from '../time.ts'
import type { Line } from './list-line.ts'

export type LineState = 'not-started' | 'active' | 'course-over' | 'stop-planned' | 'stopped' | 'gone'

/** Published rule of M25: a discontinued line stays in the list 90 days after the date of discontinuation. */
const daysKept = 90

/** `gone`: discontinued more than 90 days ago, by dates in Norway. A discontinuation without a time counts, and is never gone. */
export function lineState(line: Pick<Line, 'start' | 'discontinuation' | 'drug'>, now: Date): LineState {
  const stop = line.discontinuation
  if (stop && !isAhead(stop.time, now)) return stop.time !== undefined && daysSince(stop.time, now) > daysKept ? 'gone' : 'stopped'
  if (isAhead(line.start, now)) return 'not-started'
  if (isCourseOver(line, now)) return 'course-over'
  return stop ? 'stop-planned' : 'active'
}

/** Whether the patient is to take it now, as far as the list says: what is over by its doses is not taken, but stays on the list. */
export function isInUse(state: LineState): boolean {
  return state === 'active' || state === 'stop-planned'
}

/**
 * Every part of the dose has an end, and the last one has come. Sluttidspunkt is the first day on which the part is no longer taken: real
 * messages write five days from 5 January as 5 to 10 January.
 */
function isCourseOver({ drug }: Pick<Line, 'drug'>, now: Date): boolean {
  const dosings = drug?.prescribing?.dosings ?? []
  return dosings.length > 0 && dosings.every(({ end }) => end !== undefined && !isAhead(end, now))
}

function daysSince(moment: string, now: Date): number {
  return (Date.parse(dayOf(now.toISOString())) - Date.parse(dayOf(moment))) / 86_400_000
}

/**
 * The state of a service at an instant: its status shows what the municipality decided, its dates show whether that applies now. A status
 * of active with an end date that has passed is a service that nobody closed; it is counted as ended and flagged, since systems that send
 * the prototype's messages give an end date and never a closing status.
 */
import { hasEnded, isAhead } from '@helsevev/clinical/period'

export type Standing = 'active' | 'onhold' | 'upcoming' | 'ended' | 'retracted'

export interface Course {
  /** EpisodeOfCare.status */
  status: string
  start?: string | undefined
  end?: string | undefined
}

export function standingOf({ status, start, end }: Course, now: Date): Standing {
  if (status === 'entered-in-error') return 'retracted'
  if (status === 'finished' || hasEnded(end, now)) return 'ended'
  if (isAhead(start, now)) return 'upcoming'
  return status === 'onhold' ? 'onhold' : 'active'
}

/** Still marked active or on hold after its last day. */
export function isUnclosed({ status, end }: Course, now: Date): boolean {
  return (status === 'active' || status === 'onhold') && hasEnded(end, now)
}

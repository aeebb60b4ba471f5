/** Whether a prescription can be handed out, and when it stopped being so. */
import { period } from '@helsevev/kernel/values/dates'
import type { ShownPrescription, Standing, State } from './panel-data.ts'

const standings: Readonly<Record<State, Standing>> = {
  E: 'open',
  U: 'open',
  B: 'open',
  A: 'ended',
  T: 'ended',
  F: 'ended',
  R: 'ended',
  X: 'ended',
  H: 'unclear',
  M1Pending: 'unclear',
  M1Failed: 'unclear',
  unknown: 'unclear',
}

export function standingOf(state: State): Standing {
  return standings[state]
}

type Ending = Pick<ShownPrescription, 'state' | 'dispensings' | 'recalls' | 'validUntil'>

/**
 * ISO 8601: of one that can be handed out, the end of its last day; of one that ended, the recall, the last dispensing or the statement of
 * Reseptformidleren that ended it. Undefined where nothing that was sent here says when. `stated`: when that state was first stated.
 */
export function endOf({ state, dispensings, recalls, validUntil }: Ending, stated: string | undefined): string | undefined {
  const expiry = validUntil === undefined ? undefined : period(validUntil)?.end
  if (standings[state] !== 'ended' || state === 'F') return expiry?.toISOString()
  const recall = recalls.find(({ withdrawn }) => withdrawn === undefined)
  const last = dispensings.find(({ isCancelled }) => !isCancelled)?.time
  // Under dispensing when it was recalled (7503 is 2): that dispensing ended it.
  const recalled = recall?.answer === '2' ? (last ?? recall.time) : recall?.time
  const dated = (state === 'T' ? recalled : state === 'R' ? last : undefined) ?? stated
  return dated === undefined ? undefined : period(dated)?.start.toISOString()
}

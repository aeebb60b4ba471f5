/**
 * The answer to "does this person get municipal services?". In the prototype 0 meant both "no data" and "none active"; here none,
 * unknown and withheld are three answers, and services on hold are counted apart from active ones.
 */
import type { Status } from '@helsevev/kernel/fhir/status-parameters'
import type { Standing } from './standing.ts'

export interface Seen {
  /** Every service that may be shown. */
  standings: readonly Standing[]
  /** How many of the ended services are still marked active or on hold. */
  unclosed: number
  /** What it means when no service is active or on hold. */
  nothing: Exclude<Status, 'some'>
  /** Whether something is withheld that may be mentioned. */
  withheld: boolean
}

export interface StatusAnswer {
  status: Status
  active: number
  onHold: number
  upcoming: number
  unclosed: number
  /** Something is found, and more that may be mentioned is withheld: the same in every service. */
  partial: boolean
}

export function statusAnswer({ standings, unclosed, nothing, withheld }: Seen): StatusAnswer {
  const count = (standing: Standing) => standings.filter((each) => each === standing).length
  const active = count('active')
  const onHold = count('onhold')
  const status = active + onHold > 0 ? 'some' : nothing
  return { status, active, onHold, upcoming: count('upcoming'), unclosed, partial: status === 'some' && withheld }
}

/** The answer as English sentences. They do not mention categories that are never listed. */
export function standingSentence({ status, active, onHold, upcoming, unclosed, partial }: StatusAnswer): string {
  const first: Record<Status, string> = {
    some:
      onHold === 0
        ? `${services(active)} active.`
        : active === 0
          ? `${services(onHold)} on hold, none active.`
          : `${services(active)} active and ${onHold} on hold.`,
    none: 'No municipal service is active or on hold: a municipality that has reported on the person has none now.',
    unknown: 'Unknown: no municipality has reported on the person here. There may be services all the same.',
    'own-only':
      'Nothing that your own organisation has reported is active or on hold. Whether others have reported anything is not said to you.',
    withheld: 'Withheld: nothing you may see is active or on hold, and there is information that is not shown to you.',
  }
  return [
    first[status],
    upcoming > 0 ? `${services(upcoming)} decided and not started.` : '',
    unclosed > 0 ? `${services(unclosed)} still marked as running after the end date: ask the municipality.` : '',
    partial ? 'The answer is not complete: there is information that is not shown to you.' : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function services(count: number): string {
  return count === 1 ? '1 municipal service is' : `${count} municipal services are`
}

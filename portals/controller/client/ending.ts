/** Agreements that end by themselves, the next first, with what keeps each going. Pure. */
import type { Cell, Counterpart, Matrix, Organization } from '@helsevev/kernel/control/contract'
import { dayInNorway } from '@helsevev/ui/format.ts'

/**
 * `sign`: a new version waits for our signature. `wait`: it waits for theirs alone. `standard`: a standard agreement, renewed by who
 * publishes it. `amend`: nothing is done yet.
 */
type ToDo = 'sign' | 'wait' | 'standard' | 'amend'

interface Ending {
  id: string
  service: string
  controller: Pick<Organization, 'name'>
  receiver: Pick<Counterpart, 'name'>
  /** The last day it holds in Norway. */
  lastDay: string
  /** Whole days left after today: 0 when today is the last. */
  daysLeft: number
  toDo: ToDo
}

/** Within this many days an end is shown as near: the other side needs time to sign as well. */
export const NEAR = 60

export function endingOf({ weOpen, openToUs }: Matrix, us: Pick<Organization, 'name'>, now: Date): Ending[] {
  const today = dayInNorway(now)
  const of = (cells: readonly Cell[], ours: boolean) =>
    cells.flatMap(({ service, counterpart, agreements }) =>
      agreements.flatMap(({ id, standing, validUntil, standardAgreement }): Ending[] => {
        if (standing !== 'in-force' || !validUntil) return []
        const lastDay = dayInNorway(new Date(Date.parse(validUntil) - 1))
        const waiting = agreements.find((other) => other.id === id && other.standing === 'pending')
        const isOurTurn = waiting && (ours ? waiting.signedByController : waiting.signedByReceiver) === null
        const parties = ours ? { controller: us, receiver: counterpart } : { controller: counterpart, receiver: us }
        const toDo = waiting ? (isOurTurn ? 'sign' : 'wait') : standardAgreement ? 'standard' : 'amend'
        return [{ id, service, ...parties, lastDay, daysLeft: daysBetween(today, lastDay), toDo }]
      }),
    )
  return [...of(weOpen, true), ...of(openToUs, false)].toSorted((a, b) => a.lastDay.localeCompare(b.lastDay))
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** Carries the practitioner to block from the log to the page of choices. It is kept in the window's memory, for one use. */
import { onForget } from '@helsevev/portal/client/session'
import type { Practitioner } from '../contract.ts'

let chosen: Practitioner | undefined

onForget(() => {
  chosen = undefined
})

export function blockSoon(practitioner: Practitioner): void {
  chosen = practitioner
}

/** The practitioner to block, the first time it is asked for. */
export function takeBlock(): Practitioner | undefined {
  const taken = chosen
  chosen = undefined
  return taken
}

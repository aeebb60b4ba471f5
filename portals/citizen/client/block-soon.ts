/** From the list of who has looked to the page of choices: whom the person wants to block. Kept in the window's memory, once. */
import { onForget } from '@helsevev/portal/client/session'
import type { Practitioner } from '../contract.ts'

let chosen: Practitioner | undefined

onForget(() => {
  chosen = undefined
})

export function blockSoon(practitioner: Practitioner): void {
  chosen = practitioner
}

/** Whom to block, the first time it is asked. */
export function takeBlock(): Practitioner | undefined {
  const taken = chosen
  chosen = undefined
  return taken
}

import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act, reasonFault } from './act.ts'
import type { Closure } from './close.ts'
import { refusal } from './refusal.ts'

/** The controller opens the service to the receiver again: agreements in force open it from the next call on. */
export async function reopen(acts: Acts, actor: Actor, { controller, service, receiver, reason }: Closure): Promise<Result<Closure>> {
  return await act(acts, actor, async (tx, now) => {
    const wrong = reasonFault(reason)
    if (wrong) return wrong
    if (actor.organization !== controller) return refusal('not-the-controller')
    const reopened = await tx`
      update sharing_closure set reopened = ${now}, reopened_by = ${actor.name}
      where controller = ${controller} and service = ${service} and receiver = ${receiver} and reopened is null
      returning closed`
    if (reopened.length === 0) return refusal('not-closed')
    return {
      done: { controller, service, receiver, reason },
      change: { event: 'sharing-reopened', type: 'sharing-closure', service, reason: `${controller} to ${receiver}: ${reason.trim()}` },
    }
  })
}

import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act, reasonFault, serviceFault } from './act.ts'
import { organizationType } from './parties.ts'
import { refusal } from './refusal.ts'

export interface Closure {
  controller: string
  service: string
  /** An organisation. One member of a group may be shut out while the others go on. */
  receiver: string
  reason: string
}

/** R3: the controller closes one service to one receiver, whatever agreement opens it. The next call is refused; nothing else changes. */
export async function close(acts: Acts, actor: Actor, { controller, service, receiver, reason }: Closure): Promise<Result<Closure>> {
  return await act(acts, actor, async (tx, now) => {
    const wrong = serviceFault(acts, service) ?? reasonFault(reason)
    if (wrong) return wrong
    if (actor.organization !== controller) return refusal('not-the-controller')
    for (const number of [controller, receiver])
      if (!(await organizationType(tx, number))) return refusal('organisation-unknown', `${number}:`)
    if (controller === receiver) return refusal('receiver-is-controller')
    const closed = await tx`
      insert into sharing_closure (controller, service, receiver, closed, closed_by, reason)
      select ${controller}, ${service}, ${receiver}, ${now}, ${actor.name}, ${reason.trim()}
      where not exists (
        select from sharing_closure
        where controller = ${controller} and service = ${service} and receiver = ${receiver} and reopened is null)
      on conflict do nothing
      returning closed`
    if (closed.length === 0) return refusal('already-closed')
    return {
      done: { controller, service, receiver, reason },
      change: { event: 'sharing-closed', type: 'sharing-closure', service, reason: `${controller} to ${receiver}: ${reason.trim()}` },
    }
  })
}

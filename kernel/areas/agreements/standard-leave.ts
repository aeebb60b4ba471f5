import type { Actor } from '../../audit/actors.ts'
import { problem, type Result } from '../../problem/problem.ts'
import { type Acts, act, reasonFault } from './act.ts'
import { removeMember } from './groups.ts'
import { refusal } from './refusal.ts'
import { agreedUnder, lockedStandard } from './standard-agreement.ts'

/**
 * An organisation leaves a standard agreement at once. In one transaction its agreements under it are ended and it leaves the group. It
 * stays in the group when it has joined another standard agreement for that group.
 */
export async function leaveStandard(
  acts: Acts,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Result<{ standard: string; organization: string; ended: string[] }>> {
  return await act(acts, actor, async (tx, now) => {
    const wrong = reasonFault(reason)
    if (wrong) return wrong
    if (!(await lockedStandard(tx, id))) return problem('agreement-unknown')
    const organization = actor.organization ?? ''
    const agreed = await agreedUnder(tx, id, organization, now)
    if (agreed.length === 0) return refusal('not-joined')
    const ended = agreed.map((one) => one.id)
    await tx`
      update sharing_agreement set ended = ${now}, ended_by = ${actor.name}, ended_reason = ${reason.trim()}
      where id = any (${ended}) and superseded is null`
    for (const group of new Set(agreed.map((one) => one.group))) {
      const [other] = await tx`
        select from sharing_agreement
        where controller = ${organization} and receiver = ${group} and standard_agreement is not null
          and superseded is null and (ended is null or ended > ${now}) limit 1`
      if (!other) await removeMember(tx, group, organization, now)
    }
    return {
      done: { standard: id, organization, ended },
      change: { event: 'standard-agreement-left', type: 'standard-agreement', reason: `${organization} leaves ${id}: ${reason.trim()}` },
    }
  })
}

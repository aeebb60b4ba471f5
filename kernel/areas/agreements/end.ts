import type { Actor } from '../../audit/actors.ts'
import { problem, type Result } from '../../problem/problem.ts'
import { type Acts, act, reasonFault } from './act.ts'
import { lockedVersions } from './agreement.ts'
import { successorFault } from './contract.ts'
import { sideOf } from './parties.ts'
import { refusal } from './refusal.ts'

/**
 * Either side ends an agreement, with a reason: at once, or from `at`. A version that waits for signatures ends with it. An end that lies
 * ahead can be brought forward but not postponed; a longer period needs a new agreement. The controller states who takes over what a
 * private provider delivered; without it, that is the controller.
 */
export async function end(
  acts: Acts,
  actor: Actor,
  { id, at, reason, takenOverBy }: { id: string; at?: Date | undefined; reason: string; takenOverBy?: string | undefined },
): Promise<Result<{ id: string; ended: Date }>> {
  return await act(acts, actor, async (tx, now) => {
    const wrong = reasonFault(reason)
    if (wrong) return wrong
    const standing = (await lockedVersions(tx, id)).filter(({ superseded }) => superseded === null)
    const [first] = standing
    if (!first) return problem('agreement-unknown')
    if (!(await sideOf(tx, first, actor.organization, now))) return refusal('not-a-party')
    const untrue = await successorFault(tx, first, takenOverBy, actor.organization)
    if (untrue) return untrue
    const ended = at ?? now
    if (ended < now) return refusal('end-passed')
    if (standing.some((version) => version.ended && version.ended <= ended)) return refusal('ended')
    await tx`
      update sharing_agreement set ended = ${ended}, ended_by = ${actor.name}, ended_reason = ${reason.trim()},
        taken_over_by = ${takenOverBy ?? null}
      where id = ${id} and superseded is null`
    const when = at ? ` from ${ended.toISOString()}` : ''
    return {
      done: { id, ended },
      change: { event: 'agreement-ended', type: 'sharing-agreement', service: first.service, reason: `${id}${when}: ${reason.trim()}` },
    }
  })
}

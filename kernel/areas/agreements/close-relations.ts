/** Whether a controller shows its records to staff who are the patient or close to the patient. docs/decisions/0044-close-relations.md */
import { CLOSE_RELATIONS } from '../../access/close-relation-facts.ts'
import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act } from './act.ts'
import { ownRuleFault } from './role-rules.ts'

export interface CloseRelationRule {
  organization: string
  service: string
  open: boolean
}

/** Opens or closes, for the organisation that one acts for. Closed is what holds without a rule. */
export async function setCloseRelationRule(acts: Acts, actor: Actor, rule: CloseRelationRule): Promise<Result<CloseRelationRule>> {
  return await act(acts, actor, async (tx) => {
    const { organization, service, open } = rule
    const wrong = await ownRuleFault(tx, acts, actor, rule)
    if (wrong) return wrong
    if (open) {
      await tx`
        insert into controller_setting (organization, service, key, language, value)
        values (${organization}, ${service}, ${CLOSE_RELATIONS}, 'nb', 'open') on conflict do nothing`
    } else {
      await tx`delete from controller_setting where organization = ${organization} and service = ${service} and key = ${CLOSE_RELATIONS}`
    }
    const reason = `${organization}: look-ups of staff about themselves and close relations ${open ? 'opened' : 'closed'}`
    return { done: rule, change: { event: 'close-relations-set', type: 'controller-setting', service, reason } }
  })
}

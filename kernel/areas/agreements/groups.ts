/** Groups of organisations that receive together. An agreement with a group opens to each organisation that is a member when it asks. */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { Problem, Result } from '../../problem/problem.ts'
import { type Acts, act, reasonFault, textRule } from './act.ts'
import { groupExists, isMember, organizationType } from './parties.ts'
import { refusal } from './refusal.ts'

export interface Group {
  id: string
  name: string
}

const ID = /^[a-z][a-z0-9-]{1,62}$/

/** Makes a group without members. Any organisation in the register may do so. */
export async function makeGroup(acts: Acts, actor: Actor, group: Group): Promise<Result<Group>> {
  return await act(acts, actor, async (tx) => {
    if (!actor.organization || !(await organizationType(tx, actor.organization))) return refusal('organisation-unknown')
    if (await groupExists(tx, group.id)) return refusal('group-exists', `${group.id}:`)
    const wrong = await addGroup(tx, group)
    if (wrong) return wrong
    return { done: group, change: { event: 'group-made', type: 'organization-group', reason: `${group.id}: ${group.name}` } }
  })
}

/** Adds a group to the register, as part of another act. */
export async function addGroup(tx: Sql, { id, name }: Group): Promise<Problem | undefined> {
  const rule = groupIdRule(id) ?? textRule(name, 'title-missing', 1, 200)
  if (rule) return refusal(rule)
  await tx`insert into organization_group (id, name) values (${id}, ${name.trim()})`
  return undefined
}

/** The rule for ids, which is the same for groups and for standard agreements. */
export function groupIdRule(id: string): 'group-id-invalid' | undefined {
  return ID.test(id) ? undefined : 'group-id-invalid'
}

/** An organisation enters a group by its own decision. From the next call on it sees what the group's agreements open. */
export async function enterGroup(acts: Acts, actor: Actor, group: string): Promise<Result<{ group: string; organization: string }>> {
  return await act(acts, actor, async (tx, now) => {
    const organization = actor.organization ?? ''
    if (!(await groupExists(tx, group))) return refusal('group-unknown', `${group}:`)
    const wrong = await memberFault(tx, organization)
    if (wrong) return wrong
    if (await isMember(tx, group, organization, now)) return refusal('already-member')
    await addMember(tx, group, organization, now)
    return {
      done: { group, organization },
      change: { event: 'group-entered', type: 'organization-group', reason: `${organization} in ${group}` },
    }
  })
}

/** An organisation leaves a group, with a reason. What its own agreements open to the group stays open. */
export async function leaveGroup(
  acts: Acts,
  actor: Actor,
  { group, reason }: { group: string; reason: string },
): Promise<Result<{ group: string; organization: string }>> {
  return await act(acts, actor, async (tx, now) => {
    const organization = actor.organization ?? ''
    const wrong = reasonFault(reason)
    if (wrong) return wrong
    if (!(await removeMember(tx, group, organization, now))) return refusal('not-member')
    return {
      done: { group, organization },
      change: { event: 'group-left', type: 'organization-group', reason: `${organization} from ${group}: ${reason.trim()}` },
    }
  })
}

/** R5: a private provider sees only the patients it delivers services to. As a member of a group it would see every patient. */
export async function memberFault(tx: Sql, organization: string): Promise<Problem | undefined> {
  const type = await organizationType(tx, organization)
  if (!type) return refusal('organisation-unknown', `${organization}:`)
  return type === 'private-provider' ? refusal('private-member') : undefined
}

export async function addMember(tx: Sql, group: string, organization: string, now: Date): Promise<void> {
  await tx`
    insert into organization_group_member (group_id, organization, valid_from) values (${group}, ${organization}, ${now})
    on conflict (group_id, organization, valid_from) do update set valid_until = null`
}

/** Ends the membership. Returns whether there was one. */
export async function removeMember(tx: Sql, group: string, organization: string, now: Date): Promise<boolean> {
  const ended = await tx`
    update organization_group_member set valid_until = ${now}
    where group_id = ${group} and organization = ${organization} and valid_from <= ${now} and (valid_until is null or valid_until > ${now})
    returning organization`
  return ended.length > 0
}

/** Which authorisations may use a service within one legal entity, and for which purposes. docs/decisions/0013-roles-per-service.md */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { isProblem, type Problem, type Result } from '../../problem/problem.ts'
import { type Acts, act, serviceFault } from './act.ts'
import { organizationType } from './parties.ts'
import { refusal } from './refusal.ts'

export interface RoleRule {
  organization: string
  service: string
  /** Authorisation, Volven 9060. */
  role: string
  purposes: string[]
}

/**
 * Lets one role use a service for these purposes, which must be among those that the service itself allows. From the first rule of an
 * organisation for a service, roles without a rule are shut out.
 */
export async function setRoleRule(acts: Acts, actor: Actor, rule: RoleRule): Promise<Result<RoleRule>> {
  return await act(acts, actor, async (tx) => {
    const { organization, service, role, purposes } = rule
    const wrong = await ownRuleFault(tx, acts, actor, rule)
    if (wrong) return wrong
    const open: readonly string[] = acts.services.find(({ id }) => id === service)?.readers[role] ?? []
    if (purposes.length === 0) return refusal('purposes-invalid')
    if (purposes.some((purpose) => !open.includes(purpose)))
      return refusal('role-not-in-service', `${service} lets ${role} read for: ${open.join(' ') || 'nothing'}.`)
    await tx`
      insert into role_access (organization, service, role, purposes) values (${organization}, ${service}, ${role}, ${purposes})
      on conflict (organization, service, role) do update set purposes = excluded.purposes`
    const reason = `${organization}: ${role} for ${purposes.join(' ')}`
    return { done: rule, change: { event: 'role-rule-set', type: 'role-access', service, reason } }
  })
}

/** Removes the rule of a role. When no rule is left, the rules of the service itself hold for the organisation. */
export async function removeRoleRule(
  acts: Acts,
  actor: Actor,
  rule: Omit<RoleRule, 'purposes'>,
): Promise<Result<Omit<RoleRule, 'purposes'>>> {
  return await act(acts, actor, async (tx) => {
    const { organization, service, role } = rule
    const wrong = await ownRuleFault(tx, acts, actor, rule)
    if (wrong) return wrong
    const removed = await tx`
      delete from role_access where organization = ${organization} and service = ${service} and role = ${role} returning role`
    if (removed.length === 0) return refusal('no-role-rule')
    return { done: rule, change: { event: 'role-rule-removed', type: 'role-access', service, reason: `${organization}: ${role}` } }
  })
}

export async function roleRules(sql: Sql, organization?: string): Promise<RoleRule[]> {
  return await sql<RoleRule[]>`
    select organization, service, role, purposes from role_access
    where ${organization ?? null}::text is null or organization = ${organization ?? null}
    order by organization, service, role`
}

/** A rule of an organisation about its own staff is set by that organisation, about a service that exists. */
export async function ownRuleFault(
  tx: Sql,
  acts: Acts,
  actor: Actor,
  { organization, service }: { organization: string; service: string },
): Promise<Problem | undefined> {
  const wrong = serviceFault(acts, service)
  if (isProblem(wrong)) return wrong
  if (actor.organization !== organization) return refusal('not-the-organisation')
  return (await organizationType(tx, organization)) ? undefined : refusal('organisation-unknown', `${organization}:`)
}

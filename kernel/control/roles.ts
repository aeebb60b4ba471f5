/** The persons who may act for a data controller in its portal. Rows end and are never removed. docs/run/roles.md */
import type { Sql } from 'postgres'
import type { Actor } from '../audit/actors.ts'
import type { ChangeLog } from '../audit/change-log.ts'
import { problem, type Result } from '../problem/problem.ts'
import type { Ids, PatientKey } from '../store/ids.ts'
import { cleanText } from '../values/clean-text.ts'
import { type ControllerRole, controllerRoles, type GrantedRole, type Organization, type RoleGrant } from './contract.ts'
import { refusal } from './refusal.ts'

/** What a change needs in addition to the database. */
export interface Parts {
  ids: Ids
  clock: () => Date
  changes: ChangeLog
}

/** The role with most permissions that a person, under any number, has for the organisation now. Index: controller_role_organization. */
export async function roleOf(sql: Sql, organization: string, person: PatientKey, now: Date): Promise<ControllerRole | undefined> {
  const rows = await sql<{ role: GrantedRole }[]>`
    select role from controller_role
    where organization = ${organization} and ${holdsAt(sql, now)}
      and person in (select ${person}::bigint union all select same_as from person_link where patient = ${person})`
  return controllerRoles.find((role) => rows.some((row) => row.role === role))
}

/** Names of the persons who grant roles, for a refusal that states who to ask. */
export async function ownersOf(sql: Sql, organization: string, now: Date): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct concat_ws(' ', p.given_name, p.family_name) as name
    from controller_role r join person p on p.patient = r.person
    where r.organization = ${organization} and r.role = 'owner' and ${holdsAt(sql, now)}
    order by name`
  return rows.map(({ name }) => name)
}

/** The data controllers at which a person, under any number, has a role now. Roles are few and are all read. */
export async function organizationsWithRole(sql: Sql, person: PatientKey, now: Date): Promise<Organization[]> {
  return await sql<Organization[]>`
    select distinct o.number, o.name
    from controller_role r join organization o on o.number = r.organization
    where ${holdsAt(sql, now)} and r.role <> 'case-officer'
      and r.person in (select ${person}::bigint union all select same_as from person_link where patient = ${person})
    order by o.name`
}

/** Everybody who has or has had a role for the organisation. Index: controller_role_organization. */
export async function personsWithRoles(sql: Sql, organization: string): Promise<PatientKey[]> {
  const rows = await sql<{ person: PatientKey }[]>`select distinct person from controller_role where organization = ${organization}`
  return rows.map(({ person }) => person)
}

/** All roles of the organisation, also those that have ended; those that hold come first. Index: controller_role_organization. */
export async function roleGrants(
  sql: Sql,
  { organization, now, limit, skip }: { organization: string; now: Date; limit: number; skip: number },
): Promise<RoleGrant[]> {
  const rows = await sql<(Omit<RoleGrant, 'from' | 'until'> & { from: Date; until: Date | null })[]>`
    select r.id, concat_ws(' ', p.given_name, p.family_name) as name, r.role, r.valid_from as "from", r.valid_until as until,
      r.granted_by as "grantedBy", r.reason, r.ended_by as "endedBy", r.ended_reason as "endedReason", ${holdsAt(sql, now)} as holds
    from controller_role r left join person p on p.patient = r.person
    where r.organization = ${organization}
    order by holds desc, array_position(array['owner', 'privacy-officer', 'reader', 'case-officer'], r.role), name, r.valid_from desc, r.id
    limit ${limit} offset ${skip}`
  return rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until?.toISOString() ?? null }))
}

export interface Granting {
  organization: string
  person: PatientKey
  role: GrantedRole
  until?: Date | undefined
  reason: string
}

/** Grants a role. The row of the log is written before the commit, so that no role is missing in the log. */
export async function grantRole(sql: Sql, parts: Parts, actor: Actor, granting: Granting): Promise<Result<{ id: string; name: string }>> {
  const { organization, person, role, until, reason } = granting
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const now = parts.clock()
    if (!(await lockOrganization(tx, organization))) return problem('not-found', 'The organisation is not in the register.')
    if (until && until <= now) return refusal('until-passed', 'until')
    const [known] = await tx<{ name: string }[]>`
      select concat_ws(' ', given_name, family_name) as name from person where patient = ${person}`
    if (!known) return problem('person-unknown')
    if (known.name.trim() === '') return refusal('person-without-name', 'identityNumber')
    const [held] = await tx`
      select from controller_role
      where organization = ${organization} and role = ${role} and ${holdsAt(tx, now)}
        and person in (select ${person}::bigint union all select same_as from person_link where patient = ${person})`
    if (held) return refusal('role-held-already', 'role')
    const id = parts.ids.uuid()
    await tx`
      insert into controller_role (id, organization, person, role, valid_from, valid_until, granted_by, reason)
      values (${id}, ${organization}, ${person}, ${role}, ${now}, ${until ?? null}, ${actor.name}, ${cleanText(reason)})`
    // The answer names the person, and so the row is on that person.
    const words = `${role} to ${known.name}: ${reason.trim()}`
    await parts.changes({ patient: person, event: 'role-granted', actor, type: 'controller-role', reason: words })
    return { id, name: known.name }
  })
}

/** Ends a role at once. An organisation keeps at least one owner: without an owner, no one could grant a role. */
export async function endRole(
  sql: Sql,
  parts: Parts,
  actor: Actor,
  { organization, id, reason }: { organization: string; id: string; reason: string },
): Promise<Result<{ id: string }>> {
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const now = parts.clock()
    await lockOrganization(tx, organization)
    const [found] = await tx<{ role: GrantedRole; holds: boolean; name: string }[]>`
      select r.role, ${holdsAt(tx, now)} as holds, concat_ws(' ', p.given_name, p.family_name) as name
      from controller_role r left join person p on p.patient = r.person
      where r.id = ${id} and r.organization = ${organization}`
    if (!found) return problem('not-found')
    if (!found.holds) return refusal('role-ended-already')
    if (found.role === 'owner') {
      const [other] = await tx`
        select from controller_role r
        where r.organization = ${organization} and r.role = 'owner' and r.id <> ${id} and r.valid_until is null and ${holdsAt(tx, now)}`
      if (!other) return refusal('last-owner')
    }
    await tx`
      update controller_role set valid_until = ${now}, ended_by = ${actor.name}, ended_reason = ${cleanText(reason)} where id = ${id}`
    await parts.changes({ event: 'role-ended', actor, type: 'controller-role', reason: `${found.role} of ${found.name}: ${reason.trim()}` })
    return { id }
  })
}

/** A condition: the role holds now. Periods are [from, until). */
function holdsAt(sql: Sql, now: Date) {
  return sql`(valid_from <= ${now} and (valid_until is null or valid_until > ${now}))`
}

/** Locks the organisation, so that changes of its roles are made one after another. */
async function lockOrganization(tx: Sql, number: string): Promise<boolean> {
  const rows = await tx`select from organization where number = ${number} for no key update`
  return rows.length > 0
}

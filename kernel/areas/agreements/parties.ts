/** Which organisations may share with each other, and which may act for a side of an agreement. */
import type { Sql } from 'postgres'
import type { Problem } from '../../problem/problem.ts'
import type { AgreementVersion } from './agreement.ts'
import { type Rule, refusal, refusals } from './refusal.ts'

export interface Parties {
  controller: string
  receiver: string
  receiverType: AgreementVersion['receiverType']
  units: readonly string[]
}

/** All that is wrong with the parties of an agreement. Relies on the primary keys of organization and organization_group. */
export async function partiesFault(sql: Sql, { controller, receiver, receiverType, units }: Parties): Promise<Problem | undefined> {
  const controllerType = await organizationType(sql, controller)
  if (!controllerType) return refusal('organisation-unknown', `${controller}:`)
  if (controller === receiver) return refusal('receiver-is-controller')
  const broken: { rule: Rule; detail?: string }[] = []
  if (receiverType !== 'private-provider' && units.length > 0) broken.push({ rule: 'units-without-provider' })
  if (receiverType === 'group') {
    if (!(await groupExists(sql, receiver))) broken.push({ rule: 'group-unknown', detail: `${receiver}:` })
    return broken.length > 0 ? refusals(broken) : undefined
  }
  const type = await organizationType(sql, receiver)
  if (!type) broken.push({ rule: 'organisation-unknown', detail: `${receiver}:` })
  if (receiverType === 'organization' && type === 'private-provider') broken.push({ rule: 'receiver-is-private' })
  if (receiverType === 'private-provider') {
    if (type && type !== 'private-provider') broken.push({ rule: 'receiver-not-private' })
    if (controllerType !== 'municipality') broken.push({ rule: 'controller-not-municipality' })
    for (const unit of await unknownUnits(sql, receiver, units)) broken.push({ rule: 'unit-unknown', detail: `${unit}:` })
  }
  return broken.length > 0 ? refusals(broken) : undefined
}

export async function organizationType(sql: Sql, number: string): Promise<string | undefined> {
  const [row] = await sql<{ type: string }[]>`select type from organization where number = ${number}`
  return row?.type
}

export async function groupExists(sql: Sql, id: string): Promise<boolean> {
  const [row] = await sql`select from organization_group where id = ${id}`
  return row !== undefined
}

/** Those of `units` that are not sub-units of the organisation, neither directly nor under another sub-unit. */
export async function unknownUnits(sql: Sql, organization: string, units: readonly string[]): Promise<string[]> {
  if (units.length === 0) return []
  const known = await sql<{ number: string }[]>`
    select o.number
    from organization o left join organization above on above.number = o.part_of
    where o.number = any (${[...units]}) and (o.part_of = ${organization} or above.part_of = ${organization})`
  return units.filter((unit) => !known.some(({ number }) => number === unit))
}

/** Whether the organisation is a member of the group now. Relies on organization_group_member's primary key. */
export async function isMember(sql: Sql, group: string, organization: string, now: Date): Promise<boolean> {
  const [row] = await sql`
    select from organization_group_member
    where group_id = ${group} and organization = ${organization} and valid_from <= ${now} and (valid_until is null or valid_until > ${now})`
  return row !== undefined
}

export type Side = 'controller' | 'receiver'

/**
 * The side that an organisation acts for; undefined when it is not a party. Any member may act for a group, except the controller, which
 * would sign with itself. When the agreement was made by joining a standard agreement, its publisher acts for the group.
 */
export async function sideOf(
  sql: Sql,
  agreement: Pick<AgreementVersion, 'controller' | 'receiver' | 'receiverType' | 'standardAgreement'>,
  organization: string | undefined,
  now: Date,
): Promise<Side | undefined> {
  if (organization === undefined) return undefined
  if (organization === agreement.controller) return 'controller'
  if (agreement.receiverType !== 'group') return organization === agreement.receiver ? 'receiver' : undefined
  const acts = agreement.standardAgreement
    ? (await publisherOf(sql, agreement.standardAgreement)) === organization
    : await isMember(sql, agreement.receiver, organization, now)
  return acts ? 'receiver' : undefined
}

async function publisherOf(sql: Sql, standardAgreement: string): Promise<string | undefined> {
  const [id, version] = standardAgreement.split('/')
  const [row] = await sql<{ publisher: string }[]>`
    select published_by as publisher from standard_agreement where id = ${id ?? ''} and version = ${Number(version)}`
  return row?.publisher
}

/** Units of a data controller and the telephone number to call, which is shown to clinicians when something is withheld or unclear. */
import type { Sql } from 'postgres'
import { ORGANIZATION_SYSTEM, seriesOf } from '../codes/systems.ts'
import { problem, type Result } from '../problem/problem.ts'
import { holdsIdentityNumber } from '../values/identity-number.ts'
import type { ControlCall } from './call.ts'
import type { Changed, ChangePhone, Unit } from './contract.ts'
import type { Slice } from './paging.ts'
import { refusal } from './refusal.ts'

const PHONE = /^\+?[0-9](?: ?[0-9]){2,18}$/

/** The organisation, its sub-units, and the service units of them all that are in use now. */
export async function units({ sql, organization, now }: ControlCall, { limit, skip }: Slice): Promise<Unit[]> {
  return await sql<Unit[]>`
    with own as (${ownOrganizations(sql, organization)})
    select * from (
      select number as organization, ${ORGANIZATION_SYSTEM} as system, number as value, name, phone from own
      union all
      select u.organization, u.system, u.value, u.name, u.phone
      from organization_unit u join own on own.number = u.organization
      where u.valid_from <= ${now} and (u.valid_until is null or u.valid_until > ${now})) as u
    order by u.value <> ${organization}, u.name, u.system, u.value
    limit ${limit} offset ${skip}`
}

export async function changePhone(
  call: ControlCall,
  { organization, system: sent, value, phone, reason }: ChangePhone,
): Promise<Result<Changed>> {
  if (phone !== null && (!PHONE.test(phone.trim()) || holdsIdentityNumber(phone))) return refusal('phone-invalid', 'phone')
  const system = seriesOf(sent) ?? sent
  const { actor, parts } = call
  return await call.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [found] = await tx<{ name: string; phone: string | null }[]>`
      with own as (${ownOrganizations(tx, call.organization)})
      select name, phone from own where ${system} = ${ORGANIZATION_SYSTEM} and number = ${value} and number = ${organization}
      union all
      select u.name, u.phone from organization_unit u join own on own.number = u.organization
      where u.organization = ${organization} and u.system = ${system} and u.value = ${value}`
    if (!found) return problem('not-found')
    const next = phone?.trim() ?? null
    if (found.phone === next) return refusal('nothing-changed', 'phone')
    if (system === ORGANIZATION_SYSTEM) await tx`update organization set phone = ${next} where number = ${value}`
    else
      await tx`
        update organization_unit set phone = ${next} where organization = ${organization} and system = ${system} and value = ${value}`
    const change = `${found.name}, ${found.phone ?? 'no number'} to ${next ?? 'no number'}`
    await parts.changes({ event: 'phone-changed', actor, type: 'organization-unit', reason: `${change}: ${reason.trim()}` })
    return { id: value }
  })
}

/**
 * The organisation, its sub-units and their sub-units, which is as deep as units go. A controller has few rows; the whole register is read.
 */
function ownOrganizations(sql: Sql, organization: string) {
  return sql`
    select o.number, o.name, o.phone
    from organization o left join organization above on above.number = o.part_of
    where o.number = ${organization} or o.part_of = ${organization} or above.part_of = ${organization}`
}

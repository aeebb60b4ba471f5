/** Vendors that act for a data controller, and the controller's switch for each. docs/api/control.md#vendors */
import type { Sql } from 'postgres'
import type { Result } from '../problem/problem.ts'
import { cleanText } from '../values/clean-text.ts'
import { dayInNorway } from '../values/norwegian-day.ts'
import type { ControlCall } from './call.ts'
import type { Changed, Vendor } from './contract.ts'
import { dayAfter } from './period.ts'
import { refusal } from './refusal.ts'

/**
 * Vendors that have ever acted for the organisation, and vendors that it has switched off, with their requests of the last 28 days: those
 * of the access log, and those that were refused before it could have a row of them. Index: access_log_at (brin) for the days; log_actor
 * has a row for each distinct actor and is read whole.
 */
export async function vendors({ sql, organization, supplier, now, kernel }: ControlCall): Promise<Vendor[]> {
  const rows = await sql<(Omit<Vendor, 'withdrawn' | 'carriesThisRequest' | 'delegation'> & { withdrawn: Date | null })[]>`
    with acted as (select id, supplier from log_actor where organization = ${organization} and supplier is not null),
    done as (
      select a.supplier, count(*) filter (where l.outcome = 'ok')::integer as answered,
        count(*) filter (where l.outcome = 'refused')::integer as refused
      from access_log l join acted a on a.id = l.actor
      where l.at >= ${dayAfter(now, -27)} and l.at < ${dayAfter(now, 1)}
      group by a.supplier),
    off as (select * from vendor_delegation where organization = ${organization} and restored is null)
    select v.number, o.name, coalesce(d.answered, 0) as answered, coalesce(d.refused, 0) as refused,
      off.withdrawn, off.withdrawn_by as "withdrawnBy", off.reason
    from (select supplier as number from acted union select supplier from off) as v
    left join organization o on o.number = v.number
    left join done d on d.supplier = v.number
    left join off on off.supplier = v.number
    order by o.name nulls last, v.number`
  const counted = await kernel.refusedCalls.counted({ organization }, dayInNorway(dayAfter(now, -27)))
  const unlogged = (number: string) => counted.reduce((sum, row) => sum + (row.supplier === number ? row.calls : 0), 0)
  return rows.map((row) => ({
    ...row,
    refused: row.refused + unlogged(row.number),
    withdrawn: row.withdrawn?.toISOString() ?? null,
    delegation: row.withdrawn === null ? 'on' : 'off',
    carriesThisRequest: row.number === supplier,
  }))
}

/** Switches a vendor off: from the next call on, its requests for the organisation are refused, also when HelseID accepts them. */
export async function withdrawDelegation(call: ControlCall, supplier: string, reason: string): Promise<Result<Changed>> {
  if (supplier === call.supplier) return refusal('carries-this-request')
  const { organization, actor, parts, now } = call
  return await call.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const made = await tx`
      insert into vendor_delegation (organization, supplier, withdrawn, withdrawn_by, reason)
      values (${organization}, ${supplier}, ${now}, ${actor.name}, ${cleanText(reason)})
      on conflict do nothing returning supplier`
    if (made.length === 0) return refusal('withdrawn-already')
    await parts.changes({ event: 'delegation-withdrawn', actor, type: 'vendor-delegation', reason: `${supplier}: ${reason.trim()}` })
    return { id: supplier, standing: 'off' }
  })
}

/** Switches a vendor on again. Index: vendor_delegation_withdrawn. */
export async function restoreDelegation(call: ControlCall, supplier: string, reason: string): Promise<Result<Changed>> {
  const { organization, actor, parts, now } = call
  return await call.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const ended = await tx`
      update vendor_delegation set restored = ${now}, restored_by = ${actor.name}
      where organization = ${organization} and supplier = ${supplier} and restored is null returning supplier`
    if (ended.length === 0) return refusal('not-withdrawn')
    await parts.changes({ event: 'delegation-restored', actor, type: 'vendor-delegation', reason: `${supplier}: ${reason.trim()}` })
    return { id: supplier, standing: 'on' }
  })
}

/**
 * R5: a private provider may read about the patients that it delivers services to for a controller, as long as it does so. The controller
 * registers which patients they are.
 */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { type Problem, problem, type Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { type Acts, act } from './act.ts'
import { unknownUnits } from './parties.ts'
import { refusal } from './refusal.ts'

export interface Delivery {
  patient: PatientKey
  controller: string
  provider: string
  /** The sub-unit that delivers; empty when it is no particular one. */
  unit: string
}

/** Registers that the provider delivers to the patient, from now or another time, until further notice or another time. */
export async function beginDelivery(
  acts: Acts,
  actor: Actor,
  request: Delivery & { validFrom?: Date | undefined; validUntil?: Date | null | undefined },
): Promise<Result<Delivery & { validFrom: Date; validUntil: Date | null }>> {
  return await act(acts, actor, async (tx, now) => {
    const { patient, controller, provider, unit, validFrom = now, validUntil = null } = request
    const wrong = await deliveryFault(tx, actor, request, now)
    if (wrong) return wrong
    if (validUntil && validUntil <= validFrom) return refusal('period-invalid')
    if (validUntil && validUntil <= now) return refusal('period-over')
    // Another transaction that registers a delivery to this person waits here, and then sees this one.
    const [person] = await tx`select from person where patient = ${patient} for update`
    if (!person) return problem('person-unknown')
    const [overlapping] = await tx`
      select from service_delivery
      where patient = ${patient} and controller = ${controller} and provider = ${provider} and unit = ${unit}
        and (valid_until is null or (valid_until > ${validFrom} and valid_until > valid_from))
        and (${validUntil}::timestamptz is null or valid_from < ${validUntil})
      limit 1`
    if (overlapping) return refusal('already-delivering')
    // One that was ended before this beginning came stands with it: the new one begins a millisecond later.
    await tx`
      insert into service_delivery (patient, controller, provider, unit, valid_from, valid_until, registered_by)
      select ${patient}, ${controller}, ${provider}, ${unit},
        coalesce(max(valid_from) + interval '1 millisecond', ${validFrom}::timestamptz), ${validUntil}::timestamptz, ${actor.name}
      from service_delivery
      where patient = ${patient} and controller = ${controller} and provider = ${provider} and unit = ${unit}
        and valid_until = valid_from and valid_from >= ${validFrom} and valid_from < ${validFrom}::timestamptz + interval '1 second'`
    return {
      done: { patient, controller, provider, unit, validFrom, validUntil },
      change: { patient, event: 'delivery-begun', type: 'service-delivery', reason: deliveryText(request) },
    }
  })
}

/** Ends what the provider delivers to the patient, at once: the next call is refused. Deliveries that have not begun never do. */
export async function endDelivery(acts: Acts, actor: Actor, delivery: Delivery): Promise<Result<Delivery>> {
  return await act(acts, actor, async (tx, now) => {
    const { patient, controller, provider, unit } = delivery
    if (actor.organization !== controller) return refusal('not-the-controller')
    const of = tx`patient = ${patient} and controller = ${controller} and provider = ${provider} and unit = ${unit}`
    const ahead = await tx`
      update service_delivery set valid_until = valid_from
      where ${of} and valid_from >= ${now} and (valid_until is null or valid_until > valid_from) returning unit`
    const ended = await tx`
      update service_delivery set valid_until = ${now}
      where ${of} and valid_from < ${now} and (valid_until is null or valid_until > ${now})
      returning unit`
    if (ahead.length + ended.length === 0) return refusal('not-delivering')
    return { done: delivery, change: { patient, event: 'delivery-ended', type: 'service-delivery', reason: deliveryText(delivery) } }
  })
}

/** How many patients each provider delivers to, for the commands. It does not show who they are. */
export async function deliveryCounts(
  sql: Sql,
  now: Date,
): Promise<{ controller: string; provider: string; unit: string; patients: number }[]> {
  return await sql<{ controller: string; provider: string; unit: string; patients: number }[]>`
    select controller, provider, unit, count(distinct patient)::int as patients
    from service_delivery
    where valid_from <= ${now} and (valid_until is null or valid_until > ${now})
    group by controller, provider, unit order by controller, provider, unit`
}

async function deliveryFault(tx: Sql, actor: Actor, { controller, provider, unit }: Delivery, now: Date): Promise<Problem | undefined> {
  if (actor.organization !== controller) return refusal('not-the-controller')
  const [contract] = await tx`
    select from sharing_agreement
    where controller = ${controller} and receiver = ${provider} and receiver_type = 'private-provider'
      and superseded is null and (ended is null or ended > ${now}) limit 1`
  if (!contract) return refusal('no-contract')
  const [unknown] = unit === '' ? [] : await unknownUnits(tx, provider, [unit])
  return unknown ? refusal('unit-unknown', `${unknown}:`) : undefined
}

function deliveryText({ controller, provider, unit }: Delivery): string {
  return unit === '' ? `${provider} for ${controller}` : `${provider}, unit ${unit}, for ${controller}`
}

/** What a data controller opens to case officers. docs/run/case-officers.md */
import type { Sql } from 'postgres'
import { problem, type Result } from '../problem/problem.ts'
import { cleanText } from '../values/clean-text.ts'
import { instant } from '../values/dates.ts'
import type { ControlCall } from './call.ts'
import type { CaseOfficerOpening, Changed, OpenToCaseOfficers } from './contract.ts'
import { namesOf } from './names.ts'
import { refusal } from './refusal.ts'

type Row = Omit<CaseOfficerOpening, 'controller' | 'receiver' | 'from' | 'until'> & {
  controller: string
  receiver: string
  from: Date
  until: Date | null
}

/** Openings that hold now, ours and those to us. Index: case_officer_access_controller, case_officer_access_receiver. */
export async function caseOfficerOpenings(sql: Sql, organization: string, now: Date): Promise<CaseOfficerOpening[]> {
  const rows = await sql<Row[]>`
    select id, controller, service, receiver, purposes, valid_from as "from", valid_until as until, opened_by as "openedBy", reason
    from case_officer_access
    where (controller = ${organization} or receiver = ${organization}) and (valid_until is null or valid_until > ${now})
    order by controller <> ${organization}, service, receiver, valid_from`
  const names = await namesOf(sql, [...new Set(rows.flatMap(({ controller, receiver }) => [controller, receiver]))])
  const named = (number: string) => ({ number, name: names.get(number) ?? number })
  return rows.map(({ controller, receiver, from, until, ...row }) => ({
    ...row,
    controller: named(controller),
    receiver: named(receiver),
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
  }))
}

/**
 * Opens a service of ours to the case officers of an organisation, from the next call on. The row of the log is written before the commit.
 */
export async function openToCaseOfficersOf(call: ControlCall, asked: OpenToCaseOfficers): Promise<Result<Changed>> {
  const { service, receiver, reason } = asked
  const { organization, actor, parts, now } = call
  if (!call.kernel.services.has(service)) return problem('invalid-parameter', 'There is no such service.', { expression: 'service' })
  const until = asked.until === undefined ? null : instant(asked.until)
  if (until === undefined || (until !== null && until <= now)) return refusal('until-passed', 'until')
  return await call.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [known] = await tx`select from organization where number = ${receiver} and part_of is null`
    if (!known) return problem('not-found', 'The organisation is not in the register, or is a unit of another.', { expression: 'receiver' })
    // One opening of a controller is made at a time: otherwise two equal ones could each find that the other is not there.
    await tx`select from organization where number = ${organization} for no key update`
    const [held] = await tx`
      select from case_officer_access
      where controller = ${organization} and service = ${service} and receiver = ${receiver}
        and (valid_until is null or valid_until > ${now})`
    if (held) return refusal('open-already', 'service')
    const id = parts.ids.uuid()
    await tx`
      insert into case_officer_access (id, controller, service, receiver, purposes, valid_from, valid_until, opened_by, reason)
      values (${id}, ${organization}, ${service}, ${receiver}, '{COC}', ${now}, ${until}, ${actor.name}, ${cleanText(reason)})`
    const text = `${service} to case officers of ${receiver}: ${reason.trim()}`
    await parts.changes({ event: 'case-officers-opened', actor, service, type: 'case-officer-access', reason: text })
    return { id, standing: 'open' }
  })
}

/** Closes an opening at once. */
export async function closeToCaseOfficersOf(call: ControlCall, id: string, reason: string): Promise<Result<Changed>> {
  const { organization, actor, parts, now } = call
  return await call.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [ended] = await tx<{ service: string; receiver: string }[]>`
      update case_officer_access set valid_until = ${now}, ended_by = ${actor.name}, ended_reason = ${cleanText(reason)}
      where id = ${id} and controller = ${organization} and ended_by is null and (valid_until is null or valid_until > ${now})
      returning service, receiver`
    if (!ended) return problem('not-found')
    const text = `${ended.service} to case officers of ${ended.receiver}: ${reason.trim()}`
    await parts.changes({ event: 'case-officers-closed', actor, service: ended.service, type: 'case-officer-access', reason: text })
    return { id, standing: 'closed' }
  })
}

/** Emergency accesses that wait to be closed, as the portal shows them. docs/run/follow-up.md */
import { closeFollowUp, followUpPatients, followUps } from '../areas/follow-up/follow-up.ts'
import { isProblem, type Problem } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { ControlCall } from './call.ts'
import type { Changed, CloseFollowUp, FollowUp, Page } from './contract.ts'
import { namedPatients } from './named-patients.ts'
import { pageOf, type Slice } from './paging.ts'
import { closingProblem } from './refusal.ts'

const NOBODY = '0' as PatientKey

export async function followUpPage(call: ControlCall, { open, slice }: { open: boolean; slice: Slice }): Promise<Page<FollowUp>> {
  const found = pageOf(await followUps(call.sql, call.organization, { open, limit: slice.limit + 1, skip: slice.skip }), slice)
  const keys = await followUpPatients(
    call.sql,
    call.organization,
    found.items.map(({ eventId }) => eventId),
  )
  const patientOf = await namedPatients(call, [...keys.values()])
  return {
    ...found,
    items: found.items.map(({ at, closed, opened, organization, organizationName, ...more }) => ({
      ...more,
      opened: opened.map(({ from, until, ...one }) => ({ ...one, from: from.toISOString(), until: until.toISOString() })),
      ...patientOf(keys.get(more.eventId) ?? NOBODY),
      at: at.toISOString(),
      closed: closed?.toISOString() ?? null,
      organization: organization === null ? null : { number: organization, name: organizationName ?? organization },
    })),
  }
}

export async function closeFollowUpOf(
  call: ControlCall,
  eventId: string,
  { finding, reason, seenUntil }: CloseFollowUp,
): Promise<Changed | Problem> {
  const { sql, parts, organization: controller, actor } = call
  const seen = seenUntil === undefined ? undefined : new Date(seenUntil)
  const outcome = await closeFollowUp(sql, parts, { controller, eventId, finding, note: reason, seenUntil: seen, closedBy: actor })
  const refused = outcome === 'closed' ? undefined : closingProblem(outcome)
  return isProblem(refused) ? refused : { id: eventId, standing: finding }
}

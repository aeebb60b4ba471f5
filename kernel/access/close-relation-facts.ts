/** Facts about a member of staff who is the patient, or a close relation of the patient. */
import type { PendingQuery, Row, Sql } from 'postgres'
import { citizenAsked, readCitizen } from './citizen-facts.ts'
import type { AccessRequest, CloseRelation, Facts } from './request.ts'

/** The setting of a data controller in a service: `open`, or no row. */
export const CLOSE_RELATIONS = 'close-relations'

/**
 * The relation of the person with the number `q.reader` to the patient with the keys `k.keys`, as a column: `self`, `relative` or null. A
 * parent stays a parent when the responsibility has ended; any other person who acts for another is close as long as it lasts. Husbands
 * and wives are not in the register: misuse control finds their look-ups. Index: the primary keys of person_identifier, person_link and
 * representation; representation_representative.
 */
export function relationOfReader(sql: Sql): PendingQuery<Row[]> {
  const close = sql`r.valid_from <= q.now and (r.kind = 'parental-responsibility' or (
      r.kind in ('foster-parent', 'guardian', 'power-of-attorney', 'without-capacity')
      and (r.valid_until is null or r.valid_until > q.now) and (r.ended is null or r.ended > q.now)))`
  return sql`
    case when q.reader is not null then (
      select case
        when me.keys && k.keys then 'self'
        when exists (
          select from representation r
          where r.patient = any (k.keys || me.keys)
            and r.representative = any (case when r.patient = any (k.keys) then me.keys else k.keys end)
            and ${close})
          then 'relative' end
      from (select array[i.patient] || array(select l.same_as from person_link l where l.patient = i.patient) as keys
            from person_identifier i where i.system in ('FNR', 'DNR', 'FHN') and i.value = q.reader limit 1) as me) end`
}

/** With the controllers that have opened the service to close relations, and what the person is as a citizen. Few look-ups need it. */
export async function withOpenings(sql: Sql, request: AccessRequest, facts: Facts, kind: CloseRelation['kind'] | null): Promise<Facts> {
  // A person who writes about somebody close is shown nothing of the choices (steps/decide-writing.ts).
  if (kind !== null && request.caller.kind === 'person' && request.kind === 'write')
    return { ...facts, closeRelation: { kind, openedBy: [] } }
  if (kind === null || request.caller.kind !== 'person' || !['read', 'search', 'list'].includes(request.kind)) return facts
  const openings = await sql<{ organization: string }[]>`
    select organization from controller_setting
    where service = ${request.area.id} and key = ${CLOSE_RELATIONS} and value = 'open'`
  const openedBy = openings.map(({ organization }) => organization)
  const closeRelation = { kind, openedBy }
  if (openedBy.length === 0) return { ...facts, closeRelation }
  return {
    ...facts,
    closeRelation,
    citizen: await readCitizen(sql, request.caller.pid, facts.patient, citizenAsked(request)),
  }
}

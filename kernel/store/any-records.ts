/**
 * Whether each of many decisions lets any current record through, in one statement: there is a decision for each patient of a list and each
 * service. The predicate is that of read-records.ts, but over rows instead of parameters, so that the statement always has the same text
 * and is prepared once. has-data.test.ts compares the two.
 */

import type { Sql } from 'postgres'
import type { Visibility } from './visibility.ts'
import { ChoicesChanged } from './visibility.ts'

/**
 * The answers in the order of the decisions. Throws ChoicesChanged when the choices of a patient have changed since the decision.
 * Index: record_current.
 */
export async function anyRecords(sql: Sql, decisions: readonly Visibility[]): Promise<boolean[]> {
  const asked = decisions.map(questionOf).filter(({ controllers }) => controllers.length > 0)
  const found = decisions.map(() => false)
  if (asked.length === 0) return found
  const rows = await sql<{ place: number; any: boolean; same: boolean }[]>`
    select q.place,
      exists (
        select from record r
        where r.patient = any (q.keys) and r.service = q.service and r.controller = any (q.controllers)
          and r.superseded is null and not r.deleted
          and (q.opened is null or r.sensitive_codes is null or r.controller = q.organization
            or (select bool_and(r.controller || '|' || c = any (q.opened)) from unnest(r.sensitive_codes) as c))
          and (q.own or (
            (q.withholdings is null or not exists (
              select from jsonb_to_recordset(q.withholdings) as w (controller text, record bigint)
              where (w.controller is null or w.controller = r.controller) and (w.record is null or w.record = r.id)))
            and (r.release_codes is null or not r.release_codes && q.hidden)
            and (q."releasedAt" is null or r.release_at is null or r.release_at <= q."releasedAt")))
      ) as any,
      q.own or (select count(*) + count(ended) from patient_choice p where p.patient = any (q.keys)) = q.changes as same
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as q (
      place integer, keys bigint[], service text, organization text, controllers text[], opened text[], own boolean, withholdings jsonb,
      hidden text[], "releasedAt" timestamptz, changes integer)`
  if (rows.some(({ same }) => !same)) throw new ChoicesChanged('The choices of a patient changed while the request was under way.')
  for (const { place, any } of rows) found[place] = any
  return found
}

function questionOf(decision: Visibility, place: number) {
  const { patient, withholdings, releasedOnly } = decision
  return {
    place,
    keys: [patient.key, ...patient.linked],
    service: decision.service,
    organization: decision.organization,
    controllers: decision.controllers,
    opened: decision.openedSensitiveCodes ?? null,
    own: decision.ownRecords,
    withholdings: withholdings.length === 0 ? null : withholdings.map(({ controller, record }) => ({ controller, record })),
    hidden: decision.hiddenReleaseCodes,
    releasedAt: releasedOnly ? decision.at.toISOString() : null,
    changes: decision.choiceChanges,
  }
}

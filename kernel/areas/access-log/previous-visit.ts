/** When a citizen last visited a person's page. The access log has every look-up, so no other record of visits is kept. */
import type { Sql } from 'postgres'
import type { PatientKey } from '../../store/ids.ts'

/** Two visits are separated by this many minutes without a look-up: as long as a session lasts without use. */
const VISIT_GAP_MINUTES = 30

/** The last look-up of the visit before the present one; undefined at the first visit. Index: access_log_patient. */
export async function previousVisit(
  sql: Sql,
  { keys, visitor, now }: { keys: readonly PatientKey[]; visitor: PatientKey; now: Date },
): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date | null }[]>`
    select max(at) as at from (
      select l.at, coalesce(lead(l.at) over (order by l.at), ${now}) - l.at as gap
      from patient_access p join access_log l using (segment, seq) left join log_actor a on a.id = l.actor
      where p.patient = any (${[...keys]}::bigint[]) and l.purpose in ('PATRQT', 'FAMRQT', 'PWATRNY') and l.outcome = 'ok'
        and (coalesce(l.citizen, a.person) = ${visitor}
          or coalesce(l.citizen, a.person) in (select same_as from person_link where patient = ${visitor}))
    ) as visits
    where gap > make_interval(mins => ${VISIT_GAP_MINUTES})`
  return row?.at ?? undefined
}

/** What is stored after each row of the access log and before the answer is sent, in this order. */
import type { AfterAccess, LoggedAccess } from '../fhir/exchange.ts'
import type { Source } from '../fhir/rows.ts'
import type { PatientKey } from '../store/ids.ts'
import { notifyPatient } from './choices/after-access.ts'
import { insertNotice, type KeptNotice } from './choices/notices.ts'
import { listEmergencyAccess } from './follow-up/after-access.ts'

export function afterAccess(source: Pick<Source, 'sql' | 'ids'>): readonly AfterAccess[] {
  return [listEmergencyAccess(source), notifyPatient(source)]
}

const PAGE = 500

interface Left {
  patient: PatientKey
  id: string
  at: Date
  episode: string | null
  /** A notice alone, of a change that has no decision; or the access that something follows. */
  access: KeptNotice | Omit<LoggedAccess, 'episode'>
}

/**
 * Stores what a server that was killed has left after its rows older than `before`, and returns for how many rows. Each of `functions`
 * changes nothing where it had been run already. docs/decisions/0051-what-follows-a-row.md
 */
export async function recoverAfterAccess(
  { sql, ids }: Pick<Source, 'sql' | 'ids'>,
  functions: readonly AfterAccess[],
  before: Date,
): Promise<number> {
  let recovered = 0
  for (;;) {
    const left = await sql<Left[]>`
      select f.patient, f.id, f.at, f.access, (
        select l.episode from patient_access p join access_log l using (segment, seq)
        where p.patient = f.patient and l.event_id = (f.access -> 'entry' ->> 'eventId')::uuid limit 1) as episode
      from after_access f where f.at < ${before} order by f.at limit ${PAGE}`
    for (const { patient, id, at, access, episode } of left) {
      if ('notice' in access) await insertNotice(sql, ids, { patient, at, ...access.notice })
      else for (const after of functions) await after({ ...revived(access), episode })
      await sql`delete from after_access where patient = ${patient} and id = ${id}`
    }
    recovered += left.length
    if (left.length < PAGE) return recovered
  }
}

/** JSON has no times: those that are used here are made again. */
function revived({ entry, ...access }: Omit<LoggedAccess, 'episode'>): Omit<LoggedAccess, 'episode'> {
  return { ...access, entry: { ...entry, at: new Date(entry.at), toa: entry.toa && new Date(entry.toa) } }
}

/** What a patient wants to be told of. Emergency access is always told and is no setting. */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { PatientKey } from '../../store/ids.ts'

/** Each look-up of records; those by organisations that see more than their own; each write. */
const alertKinds = ['every-look-up', 'other-organization', 'write'] as const
export type Alert = (typeof alertKinds)[number]

/** The patient's setting; empty when none was made. Index: patient_alert_setting_pkey. */
export async function alertsOf(sql: Sql, patient: PatientKey): Promise<Alert[]> {
  const [row] = await sql<{ alerts: Alert[] }[]>`select alerts from patient_alert_setting where patient = ${patient}`
  return row?.alerts ?? []
}

/** Replaces the setting, and resolves when the change stands in the access log. Setting what is set already is no change. */
export async function setAlerts(
  parts: { sql: Sql; changes: ChangeLog },
  patient: PatientKey,
  alerts: readonly Alert[],
  actor: Actor,
): Promise<void> {
  const wanted = alertKinds.filter((kind) => alerts.includes(kind))
  // Ordered as in the table above, so that equal settings are equal arrays.
  const { count } = await parts.sql`
    insert into patient_alert_setting as s (patient, alerts) values (${patient}, ${wanted})
    on conflict (patient) do update set alerts = excluded.alerts where s.alerts <> excluded.alerts`
  if (count === 0) return
  await parts.changes({ patient, event: 'alerts-set', actor, type: 'patient-alert-setting', reason: wanted.join(' ') || 'none' })
}

/** The events that a patient has chosen to be notified of. Patients are always notified of emergency access; it is not a setting. */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { PatientKey } from '../../store/ids.ts'

/** Every look-up of records; every look-up by an organisation that sees other records than its own; every write. */
const alertKinds = ['every-look-up', 'other-organization', 'write'] as const
export type Alert = (typeof alertKinds)[number]

/** The patient's setting; empty when the patient has made none. Index: patient_alert_setting_pkey. */
export async function alertsOf(sql: Sql, patient: PatientKey): Promise<Alert[]> {
  const [row] = await sql<{ alerts: Alert[] }[]>`select alerts from patient_alert_setting where patient = ${patient}`
  return row?.alerts ?? []
}

/** Replaces the setting, and resolves when the change is in the access log. Nothing is logged when the setting is the same as before. */
export async function setAlerts(
  parts: { sql: Sql; changes: ChangeLog },
  patient: PatientKey,
  alerts: readonly Alert[],
  actor: Actor,
): Promise<void> {
  // The order is that of the table above, so that equal settings are equal arrays.
  const wanted = alertKinds.filter((kind) => alerts.includes(kind))
  const { count } = await parts.sql`
    insert into patient_alert_setting as s (patient, alerts) values (${patient}, ${wanted})
    on conflict (patient) do update set alerts = excluded.alerts where s.alerts <> excluded.alerts`
  if (count === 0) return
  await parts.changes({ patient, event: 'alerts-set', actor, type: 'patient-alert-setting', reason: wanted.join(' ') || 'none' })
}

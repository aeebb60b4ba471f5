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
  if (!(await storeAlerts(parts.sql, patient, alerts))) return
  const reason = inOrder(alerts).join(' ') || 'none'
  await parts.changes({ patient, event: 'alerts-set', actor, type: 'patient-alert-setting', reason })
}

/** Replaces the setting without a row of the log, which the caller writes; whether it is another than before. */
export async function storeAlerts(sql: Sql, patient: PatientKey, alerts: readonly Alert[]): Promise<boolean> {
  const { count } = await sql`
    insert into patient_alert_setting as s (patient, alerts) values (${patient}, ${inOrder(alerts)})
    on conflict (patient) do update set alerts = excluded.alerts where s.alerts <> excluded.alerts`
  return count > 0
}

/** The order of the table above, so that equal settings are equal arrays. */
const inOrder = (alerts: readonly Alert[]) => alertKinds.filter((kind) => alerts.includes(kind))

/** Notifies the patient: of emergency access whatever else the patient has chosen, of changes, and of what the patient has asked for. */
import type { AfterAccess } from '../../fhir/exchange.ts'
import { insertNotice, noticeOfChange, noticesFor } from './notices.ts'

export const notifyPatient: AfterAccess = async ({ sql, ids }, { decision, event, entry }) => {
  const change = noticeOfChange(event, decision.basis === 'self' || decision.basis === 'youth')
  const causes = [...noticesFor({ decision, alerts: decision.alerts }), ...(change ? [change] : [])]
  for (const cause of causes) await insertNotice(sql, ids, { patient: decision.patient.key, eventId: entry.eventId, at: entry.at, cause })
}

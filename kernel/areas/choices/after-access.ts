/** Notifies the patient: of emergency access whatever else the patient has chosen, of changes, and of what the patient has asked for. */
import type { AfterAccess } from '../../fhir/exchange.ts'
import type { Source } from '../../fhir/rows.ts'
import { insertNotice, noticeOfChange, noticesFor } from './notices.ts'

export const notifyPatient =
  ({ sql, ids }: Pick<Source, 'sql' | 'ids'>): AfterAccess =>
  async ({ decision, event, entry }) => {
    const change = noticeOfChange(event, decision.basis === 'self' || decision.basis === 'youth')
    const causes = [...noticesFor({ decision, alerts: decision.alerts }), ...(change ? [change] : [])]
    for (const cause of causes) await insertNotice(sql, ids, { patient: decision.patient.key, eventId: entry.eventId, at: entry.at, cause })
  }

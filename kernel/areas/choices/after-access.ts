/** Notifies the patient of emergency access and of changes in any case, and of other events when the patient has chosen so. */
import type { AfterAccess } from '../../fhir/exchange.ts'
import type { Source } from '../../fhir/rows.ts'
import { insertNotice, noticeOfChange, noticesFor } from './notices.ts'

export const notifyPatient =
  ({ sql, ids }: Pick<Source, 'sql' | 'ids'>): AfterAccess =>
  async ({ decision, event, entry }) => {
    const change = noticeOfChange(event, decision.basis === 'self' || decision.basis === 'youth')
    const causes = [...noticesFor({ decision, alerts: decision.alerts, openedBy: entry.openedBy ?? null }), ...(change ? [change] : [])]
    for (const cause of causes) await insertNotice(sql, ids, { patient: decision.patient.key, eventId: entry.eventId, at: entry.at, cause })
  }

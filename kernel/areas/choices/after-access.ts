/** Notifies the patient of emergency access and of changes in any case, and of other events when the patient has chosen so. */
import type { AfterAccess } from '../../fhir/exchange.ts'
import type { Source } from '../../fhir/rows.ts'
import { insertNotice, noticeOfChange, noticesFor } from './notices.ts'

export const notifyPatient =
  ({ sql, ids }: Pick<Source, 'sql' | 'ids'>): AfterAccess =>
  async ({ decision, event, entry, episode }) => {
    const change = noticeOfChange(event, decision.basis === 'self' || decision.basis === 'youth')
    const notice = { patient: decision.patient.key, eventId: entry.eventId, at: entry.at }
    const causes = noticesFor({ decision, alerts: decision.alerts, openedBy: entry.openedBy ?? null })
    for (const cause of causes) await insertNotice(sql, ids, { ...notice, cause, episode })
    if (change) await insertNotice(sql, ids, { ...notice, cause: change })
  }

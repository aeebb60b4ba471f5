/** Each look-up makes a notice. What one user did within a short time is shown as one. */
import type { Notice } from './contract.ts'
import { visitMinutes } from './log-visits.ts'

export interface ToldOnce {
  /** The newest of them. */
  notice: Notice
  ids: string[]
}

/** Takes notices newest first. */
export function toldOnce(notices: readonly Notice[]): ToldOnce[] {
  const told: ToldOnce[] = []
  const latest = new Map<string, { told: ToldOnce; at: string }>()
  for (const notice of notices) {
    const key = JSON.stringify([notice.cause, notice.who, notice.organization])
    const before = latest.get(key)
    if (before && Date.parse(before.at) - Date.parse(notice.at) <= visitMinutes * 60_000) {
      before.told.ids.push(notice.id)
      before.at = notice.at
      continue
    }
    const one: ToldOnce = { notice, ids: [notice.id] }
    told.push(one)
    latest.set(key, { told: one, at: notice.at })
  }
  return told
}

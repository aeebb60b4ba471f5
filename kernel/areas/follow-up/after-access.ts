/** Puts an emergency access on the follow-up lists of the controllers whose records were opened and of the reader's own organisation. */
import type { AfterAccess } from '../../fhir/exchange.ts'
import type { Source } from '../../fhir/rows.ts'
import { openFollowUps } from './follow-up.ts'

export const listEmergencyAccess =
  ({ sql }: Pick<Source, 'sql'>): AfterAccess =>
  async ({ decision, entry, episode, reason }) => {
    if (decision.purpose !== 'BTG' || decision.kind === 'identify') return
    await openFollowUps(sql, {
      patient: decision.patient.key,
      eventId: entry.eventId,
      episode,
      at: entry.at,
      actor: entry.actor ?? '0',
      service: decision.service,
      reason: reason ?? '',
      controllers: [decision.organization, ...decision.visibleContributors],
    })
  }

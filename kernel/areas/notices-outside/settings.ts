/** Where a patient wants notices outside the portal, and about what. docs/run/notices.md */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { Ids, PatientKey } from '../../store/ids.ts'
import { alertsOf, storeAlerts } from '../choices/alerts.ts'
import { alertOf, type Topic } from '../choices/topics.ts'

export const channels = ['sms', 'email'] as const
export type Channel = (typeof channels)[number]
export type NoticeLanguage = 'nb' | 'nn' | 'en'

export interface NoticeSettings {
  /** Telephone number with the code of the country, or address of e-mail; absent where nothing is wanted. */
  addresses: Partial<Record<Channel, string>>
  topics: Topic[]
  language: NoticeLanguage
}

/** Index: notice_address_pkey. */
export async function settingsOf(sql: Sql, patient: PatientKey): Promise<NoticeSettings> {
  const rows = await sql<{ channel: Channel; address: string; topics: Topic[]; language: NoticeLanguage }[]>`
    select channel, address, topics, language from notice_address where patient = ${patient} order by channel`
  return {
    addresses: Object.fromEntries(rows.map(({ channel, address }) => [channel, address])),
    topics: rows[0]?.topics ?? [],
    language: rows[0]?.language ?? 'nb',
  }
}

interface Change {
  patient: PatientKey
  settings: NoticeSettings
  eventId: string
  at: Date
}

/**
 * Replaces the settings. A new address is notified that notices come there, and an old one that they come no more: so a person learns of a
 * change that somebody else made at their screen, and a stranger whose address was written by mistake learns it once and with no name.
 */
export async function setSettings(sql: Sql, ids: Ids, { patient, settings, eventId, at }: Change): Promise<void> {
  const { addresses, topics, language } = settings
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const before = await settingsOf(tx, patient)
    await storeAlerts(tx, patient, await alertsWith(tx, patient, topics))
    await tx`delete from notice_address where patient = ${patient}`
    for (const channel of channels) {
      const [old, now] = [before.addresses[channel], addresses[channel]]
      if (now !== undefined)
        await tx`
          insert into notice_address (patient, channel, address, language, topics, set_at)
          values (${patient}, ${channel}, ${now}, ${language}, ${topics}, ${at})`
      const told = (address: string, kind: 'address-set' | 'address-removed'): PendingQuery<Row[]> => tx`
        insert into notice_outbox (patient, id, channel, address, language, kind, event_id, queued, next_try)
        values (${patient}, ${ids.recordId()}, ${channel}, ${address}, ${language}, ${kind}, ${eventId}, ${at}, ${at})
        on conflict do nothing`
      if (old !== undefined && old !== now) await told(old, 'address-removed')
      if (now !== undefined && old !== now) await told(now, 'address-set')
    }
  })
}

/** The notices of the portal that follow: the two topics of which notices are made only on request. */
async function alertsWith(sql: Sql, patient: PatientKey, topics: readonly Topic[]) {
  const others = (await alertsOf(sql, patient)).filter((alert) => !Object.values(alertOf).includes(alert))
  return [...others, ...topics.flatMap((topic) => alertOf[topic] ?? [])]
}

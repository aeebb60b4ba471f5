/** What the registers have of who sends a message. */
import type { Sql } from 'postgres'

export interface SenderFacts {
  /** Whether HPR has a right to prescribe at that time. */
  prescribes: boolean
  /** What the organisation has set for the service, by key; a setting that has a text for each language is left out. */
  settings: Record<string, string>
}

/** Index: practitioner_pkey, controller_setting_pkey. */
export async function senderFacts(
  sql: Sql,
  { hprNumber, organization, service, now }: { hprNumber: string | undefined; organization: string; service: string; now: Date },
): Promise<SenderFacts> {
  const [row] = await sql<SenderFacts[]>`
    select
      exists (select from practitioner where hpr_number = ${hprNumber ?? null} and prescribing_from <= ${now}
        and (prescribing_until is null or prescribing_until > ${now})) as prescribes,
      (select coalesce(jsonb_object_agg(key, value), '{}') from controller_setting
        where organization = ${organization} and service = ${service} and language = 'nb') as settings`
  return row ?? { prescribes: false, settings: {} }
}

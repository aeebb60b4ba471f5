/** Standard agreements as they are stored: terms in versions, published by one organisation, that others join (R6). */
import type { Sql } from 'postgres'
import type { PatientKey } from '../../store/ids.ts'

export interface StandardAgreement {
  id: string
  version: number
  title: string
  services: string[]
  purposes: string[]
  sensitiveCodes: string[]
  legalBasis: string
  /** The group that receives; an organisation that joins becomes a member of it. */
  group: string
  validUntil: Date | null
  published: Date
  /** Number of the organisation that published it and signs for the group. */
  publisher: string
  /** Name and key of the person who published it and so signs for the group; null when it was published before these were kept. */
  signedBy: string | null
  signer: PatientKey | null
}

function columns(sql: Sql) {
  return sql`
    s.id, s.version, s.title, s.services, s.purposes, s.sensitive_codes as "sensitiveCodes", s.legal_basis as "legalBasis",
    s.group_id as "group", s.valid_until as "validUntil", s.published, s.published_by as publisher, s.signed_by as "signedBy", s.signer`
}

/** The newest version of each, with the number of organisations that have agreements under any version of it. */
export async function standardAgreements(sql: Sql, now: Date): Promise<(StandardAgreement & { joined: number })[]> {
  return await sql<(StandardAgreement & { joined: number })[]>`
    select distinct on (s.id) ${columns(sql)}, (
      select count(distinct a.controller)::int from sharing_agreement a
      where a.standard_agreement like s.id || '/%' and a.superseded is null and (a.ended is null or a.ended > ${now})) as joined
    from standard_agreement s
    order by s.id, s.version desc`
}

/** The newest version, locked until the transaction ends: others that publish, join or leave wait here, and then see what this one did. */
export async function lockedStandard(tx: Sql, id: string): Promise<StandardAgreement | undefined> {
  // A lock on the row asks for a right to change it, which the server's role has not: what was published stands.
  await tx`select pg_advisory_xact_lock(hashtext(${`standard-agreement ${id}`}))`
  const [row] = await tx<
    StandardAgreement[]
  >`select ${columns(tx)} from standard_agreement s where s.id = ${id} order by s.version desc limit 1`
  return row
}

/** What `sharing_agreement.standard_agreement` holds. */
export function standardReference({ id, version }: Pick<StandardAgreement, 'id' | 'version'>): string {
  return `${id}/${version}`
}

export interface StandingUnderStandard {
  id: string
  version: number
  service: string
  group: string
  standardAgreement: string
}

/** What an organisation has agreed to under any version of a standard agreement, and not ended. Relies on sharing_agreement_controller. */
export async function agreedUnder(tx: Sql, standard: string, organization: string, now: Date): Promise<StandingUnderStandard[]> {
  return await tx<StandingUnderStandard[]>`
    select a.id, a.version, a.service, a.receiver as "group", a.standard_agreement as "standardAgreement"
    from sharing_agreement a
    where a.controller = ${organization} and a.standard_agreement like ${`${standard}/%`}
      and a.superseded is null and (a.ended is null or a.ended > ${now})
    order by a.service`
}

/** Everything that SQL needs to know about a decision, and the predicates made from it. */
import type { PendingQuery, Row, Sql } from 'postgres'
import { BLOCKED_AGAINST_STAFF } from '../codes/release-codes.ts'
import { covered } from './covered.ts'
import type { PatientKey, RecordId } from './ids.ts'

export interface Patient {
  key: PatientKey
  /** Other keys of the same person. */
  linked: PatientKey[]
  /** The birth date as YYYY-MM-DD from the register, never from the identity number. */
  birthDate: string | undefined
  /** The number that the person is shown with: national identity number before D-number before help number. */
  identifier: { system: string; value: string }
}

/** Whether a key is one of the person's. */
export function isSamePerson(patient: Patient, key: PatientKey): boolean {
  return patient.key === key || patient.linked.includes(key)
}

/** The causes by which a choice of the patient withholds records, as Pasientens prøvesvar names them. */
export type WithheldCause = 'SpecificBlock' | 'GeneralBlock' | 'Reservation'

/**
 * hidden by a restriction · blocked for this practitioner · opted-out of the service · not-agreed: no agreement opens it · extra-sensitive:
 * the agreement opens the service and not its code · not-released: the source has not released it to this reader · nothing: it is not there
 */
export type Unseen = 'hidden' | 'blocked' | 'opted-out' | 'not-agreed' | 'extra-sensitive' | 'not-released' | 'nothing'

/**
 * The records that a choice of the patient hides: those of the service that match each part that is not null. A record stands for all that
 * a choice about it covers (covered.ts).
 */
export interface Withholding {
  cause: WithheldCause
  choice: string
  controller: string | null
  record: RecordId | null
  /** Whether the reader may see that records are withheld, and how many. */
  told: boolean
}

/** A controller whose records are open to a private provider by contract alone: those with one of the tokens. */
export interface Contracted {
  controller: string
  tokens: string[]
}

/** A restriction that stands against the reader and is open in this look-up. */
export interface OpenedRestriction {
  choice: string
  controller: string | null
  record: RecordId | null
  /** The registered consent that opens it. */
  consent: string | undefined
}

/**
 * What limits the rows of one patient in one service. A Decision (kernel/access/decision.ts) is a Visibility that the pipeline has decided.
 */
export interface Visibility {
  service: string
  /** The organisation that reads or writes; for a citizen, the organisation that runs the portal. */
  organization: string
  patient: Patient
  /** Only the organisation's own records: neither the patient's choices nor release codes limit them. */
  ownRecords: boolean
  /**
   * The controllers whose records may be seen: the organisation itself and controllers with an agreement in force; for a citizen, every
   * controller that has reported.
   */
  controllers: string[]
  /** The extra-sensitive codes that agreements open, as `{controller}|{code}`; undefined means all codes, for a citizen's own records. */
  openedSensitiveCodes: string[] | undefined
  /** The controllers of whose records only those of a contract are open. */
  contracted?: Contracted[]
  /** What the patient's choices hide from this reader. */
  withholdings: Withholding[]
  /** The count of changes of choices at the decision; the statement that fetches records finds nothing when the choices have changed. */
  choiceChanges: number
  /** The codes of list 9603 that hide a record from this reader. */
  hiddenReleaseCodes: string[]
  /** Tokens that hide a record from this reader: others hide the records that have one of these in common with them. */
  hiddenTokens?: string[]
  /** Whether there are records that the source has blocked against staff; they are counted among the withheld records. */
  blockedAgainstStaff: boolean
  /** The time of the decision. */
  at: Date
  /** For citizens: records with a later release are not shown. */
  releasedOnly: boolean
  /** A member of staff who sees what a citizen sees, among what is open to staff. */
  isStaff?: boolean
  /** For citizens: there may be records in the service that are not released to this reader. */
  mayBeUnreleased?: boolean
  /** Relatives of the patient are shown by who they are alone: to those who act for the patient, a youth, and staff in a close relation. */
  relativesWithoutPlaces?: boolean
  /** The visible controllers that have reported and whose records are not withheld as a whole. */
  visibleContributors: string[]
}
type Fragment = PendingQuery<Row[]>

/** The condition of records that controllers open, before the patient's choices hide any. */
export function opened(sql: Sql, decision: Visibility): Fragment {
  const { key, linked } = decision.patient
  // With one key, the order of the index is kept; for a linked person, the few records of the person are sorted.
  const patient = linked.length === 0 ? sql`patient = ${key}` : sql`patient = any (${[key, ...linked]}::bigint[])`
  const sensitive = decision.openedSensitiveCodes ? sql`and ${openedCodes(sql, decision)}` : sql``
  const contracts = (decision.contracted ?? []).map(
    ({ controller, tokens }) => sql`and (controller <> ${controller} or tokens && ${tokens}::text[])`,
  )
  const contracted = contracts.reduce((all, one) => sql`${all} ${one}`, sql``)
  return sql`${patient} and service = ${decision.service} and controller = any (${decision.controllers}) ${sensitive} ${contracted}`
}

/** The condition of records whose extra-sensitive codes are opened, each of them. Staff see their organisation's own. */
export function openedCodes(sql: Sql, { openedSensitiveCodes: codes, releasedOnly, isStaff, organization }: Visibility): Fragment {
  if (codes === undefined) return sql`true`
  // The organisation that runs a citizen's portal opens nothing to the citizen by that.
  const own = releasedOnly && isStaff !== true ? '' : organization
  return sql`(sensitive_codes is null or controller = ${own}
    or (select bool_and(controller || '|' || c = any (${codes})) from unnest(sensitive_codes) as c))`
}

export function matches(
  sql: Sql,
  { service, patient }: Visibility,
  { controller, record }: Pick<Withholding, 'controller' | 'record'>,
): Fragment {
  if (controller === null && record === null) return sql`true`
  if (record === null) return sql`controller = ${controller}`
  const keys = sql`${[patient.key, ...patient.linked]}::bigint[]`
  const named = { service: sql`${service}`, root: sql`${record}::bigint`, controller: sql`${controller}::text` }
  return sql`id = any (${covered(sql, { keys, ...named })})`
}

export function anyOf(sql: Sql, conditions: Fragment[]): Fragment {
  return conditions.reduce((all, one) => sql`${all} or ${one}`, sql`false`)
}

/**
 * The condition that the patient's choices are still as at the decision: the statement sees every block that was acknowledged before it.
 */
export function unchanged(sql: Sql, { patient, choiceChanges }: Visibility): Fragment {
  return sql`(select count(*) + count(ended) from patient_choice
    where patient = any (${[patient.key, ...patient.linked]}::bigint[])) = ${choiceChanges}`
}

export function visible(sql: Sql, decision: Visibility): Fragment {
  return decision.ownRecords ? opened(sql, decision) : sql`${shown(sql, decision)} and ${unchanged(sql, decision)}`
}

/** The condition of records that the reader is shown, as far as the choices were known at the decision. */
export function shown(sql: Sql, decision: Visibility): Fragment {
  const hidden = decision.withholdings.map((one) => matches(sql, decision, one))
  const choices = hidden.length > 0 ? sql`and not (${anyOf(sql, hidden)})` : sql``
  const codes =
    decision.hiddenReleaseCodes.length > 0 ? sql`and (release_codes is null or not release_codes && ${decision.hiddenReleaseCodes})` : sql``
  const released = decision.releasedOnly ? sql`and (release_at is null or release_at <= ${decision.at})` : sql``
  const tokens = decision.hiddenTokens?.length ? sql`and not tokens && ${decision.hiddenTokens}::text[]` : sql``
  return sql`${opened(sql, decision)} ${choices} ${codes} ${tokens} ${released}`
}

/** A choice of the patient was made or ended after the decision: decide again (kernel/fhir/decided.ts). */
export class ChoicesChanged extends Error {}

/** Throws ChoicesChanged when a statement found nothing because the choices have changed since the decision. */
export async function checkChoices(sql: Sql, decision: Visibility): Promise<void> {
  if (decision.ownRecords) return
  const [row] = await sql<{ same: boolean }[]>`select ${unchanged(sql, decision)} as same`
  if (!row?.same) throw new ChoicesChanged('The choices of the patient changed while the request was under way.')
}

/** The codes that hide a record and its number too: what is not released to this reader is not counted. */
export function uncountedCodes({ hiddenReleaseCodes }: Visibility): string[] {
  return hiddenReleaseCodes.filter((code) => code !== BLOCKED_AGAINST_STAFF)
}

/** All that SQL needs to know of a decision, and the predicates it becomes. */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { PatientKey, RecordId } from './ids.ts'

export interface Patient {
  key: PatientKey
  /** Other keys of the same person. */
  linked: PatientKey[]
  /** YYYY-MM-DD from the register, never from the number. */
  birthDate: string | undefined
  /** The number the person is shown under: national identity number before D-number before help number. */
  identifier: { system: string; value: string }
}

/** Why records are withheld by the patient's own choice, as Pasientens prøvesvar names the causes. */
export type WithheldCause = 'SpecificBlock' | 'GeneralBlock' | 'Reservation'

/** Records that a choice of the patient hides: those of the service that match each part that is not null. */
export interface Withholding {
  cause: WithheldCause
  choice: string
  controller: string | null
  record: RecordId | null
  /** Whether the asker may be notified that, and how many. */
  told: boolean
}

/** What the rows of one patient in one service are narrowed by. A Decision (kernel/access/decision.ts) is one that has been decided. */
export interface Visibility {
  service: string
  /** The organisation that asks or writes; for a citizen, the one that runs the portal. */
  organization: string
  patient: Patient
  /** Only the organisation's own records: neither the patient's choices nor release codes narrow them. */
  ownRecords: boolean
  /**
   * Controllers whose records may be seen: the organisation itself and those with an agreement in force; each that has reported, for a
   * citizen.
   */
  controllers: string[]
  /** `{controller}|{code}` of the extra-sensitive codes that agreements open; undefined: every one, for the citizen's own. */
  openedSensitiveCodes: string[] | undefined
  /** What the patient's choices hide from this asker. */
  withholdings: Withholding[]
  /** Choices as they were when this was decided; the statement that fetches records finds nothing when they have changed. */
  choiceChanges: number
  /** Codes of list 9603 that hide a record from this asker. */
  hiddenReleaseCodes: string[]
  /** Records of hiddenReleaseCodes exist, and are counted among what is withheld. */
  blockedAgainstStaff: boolean
  /** When it was decided. */
  at: Date
  /** For citizens: records whose release lies ahead are not shown. */
  releasedOnly: boolean
  /** Visible controllers that have reported, and whose records are not withheld as a whole. */
  visibleContributors: string[]
}
type Fragment = PendingQuery<Row[]>

/** What controllers open, before what the patient hides. */
export function opened(sql: Sql, decision: Visibility): Fragment {
  const { key, linked } = decision.patient
  // One key keeps the index order; a linked person costs a sort of that person's few records.
  const patient = linked.length === 0 ? sql`patient = ${key}` : sql`patient = any (${[key, ...linked]}::bigint[])`
  const codes = decision.openedSensitiveCodes
  const sensitive = codes
    ? sql`and (sensitive_codes is null or controller = ${decision.organization}
         or (select bool_and(controller || '|' || c = any (${codes})) from unnest(sensitive_codes) as c))`
    : sql``
  return sql`${patient} and service = ${decision.service} and controller = any (${decision.controllers}) ${sensitive}`
}

export function matches(sql: Sql, { controller, record }: Withholding): Fragment {
  if (controller === null && record === null) return sql`true`
  if (record === null) return sql`controller = ${controller}`
  return controller === null ? sql`id = ${record}` : sql`(controller = ${controller} and id = ${record})`
}

export function anyOf(sql: Sql, conditions: Fragment[]): Fragment {
  return conditions.reduce((all, one) => sql`${all} or ${one}`, sql`false`)
}

/** The patient's choices are still those that were decided on: a block that was acknowledged before this statement is seen by it. */
export function unchanged(sql: Sql, { patient, choiceChanges }: Visibility): Fragment {
  return sql`(select count(*) + count(ended) from patient_choice where patient = any (${[patient.key, ...patient.linked]}::bigint[])) = ${choiceChanges}`
}

export function visible(sql: Sql, decision: Visibility): Fragment {
  if (decision.ownRecords) return opened(sql, decision)
  const hidden = decision.withholdings.map((one) => matches(sql, one))
  const choices = hidden.length > 0 ? sql`and not (${anyOf(sql, hidden)})` : sql``
  const codes =
    decision.hiddenReleaseCodes.length > 0 ? sql`and (release_codes is null or not release_codes && ${decision.hiddenReleaseCodes})` : sql``
  const released = decision.releasedOnly ? sql`and (release_at is null or release_at <= ${decision.at})` : sql``
  return sql`${opened(sql, decision)} ${choices} ${codes} ${released} and ${unchanged(sql, decision)}`
}

/** A choice of the patient was made or ended after the decision: decide again (kernel/fhir/decided.ts). */
export class ChoicesChanged extends Error {}

/** The statement found nothing: because there is nothing, or because the choices it was decided on no longer stand? */
export async function checkChoices(sql: Sql, decision: Visibility): Promise<void> {
  if (decision.ownRecords) return
  const [row] = await sql<{ same: boolean }[]>`select ${unchanged(sql, decision)} as same`
  if (!row?.same) throw new ChoicesChanged('The choices of the patient changed while the request was under way.')
}

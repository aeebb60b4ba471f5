/**
 * A choice of the patient, and who sees and ends which (docs/decisions/0017-choices-of-the-patient.md). What it hides is decided in
 * kernel/access/withholding.ts.
 */
import type { Sql } from 'postgres'
import type { Choice } from '../../access/request.ts'
import { logicalId, type PatientKey, type RecordId } from '../../store/ids.ts'

export type ChoiceKind = Choice['kind']
/** The patient; somebody who acts for the patient; staff, because the patient asked them to. */
export type MadeAs = 'self' | 'representative' | 'staff'

/** Parts that are undefined mean all. */
export interface NewChoice {
  kind: ChoiceKind
  service?: string | undefined
  /** Whose records: organisation number. */
  controller?: string | undefined
  /** Which organisation may not see them; of a consent, which may. */
  receiver?: string | undefined
  /** HPR number. */
  practitioner?: string | undefined
  /** Of the patient: the two keys of a logical id. */
  record?: { patient: PatientKey; id: RecordId } | undefined
  /** A start that is not ahead is at once. */
  from?: Date | undefined
  /** First instant at which it no longer holds. */
  until?: Date | undefined
  note?: string | undefined
}

export interface Chooser {
  /** Key of the person. */
  person: PatientKey
  as: MadeAs
  /** Of staff. */
  organization?: string | undefined
}

export interface StoredChoice {
  patient: PatientKey
  id: RecordId
  kind: ChoiceKind
  service: string | null
  controller: string | null
  receiver: string | null
  practitioner: string | null
  record: RecordId | null
  from: Date
  until: Date | null
  made: Date
  madeAs: MadeAs
  /** Name of whoever made it, when the person register has it. Never a number. */
  madeBy: string | null
  note: string | null
  ended: Date | null
  endedAs: MadeAs | null
  /** Service and type of the record it names, when that is stored here. */
  recordPath: string | null
}

/** Of `patient_choice c`. */
export function choiceColumns(sql: Sql) {
  return sql`
      c.patient, c.id, c.kind, c.service, c.controller, c.receiver, c.practitioner, c.record, c.valid_from as "from", c.valid_until as "until",
      c.made, c.made_as as "madeAs", c.note, c.ended, c.ended_as as "endedAs",
      (select nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') from person p where p.patient = c.made_by) as "madeBy",
      (select r.service || '/' || r.type from record r where r.patient = c.patient and r.id = c.record limit 1) as "recordPath"`
}

/** Not ended, and the period is not over: a choice whose start lies ahead stands too. */
export function stands({ ended, until }: Pick<StoredChoice, 'ended' | 'until'>, now: Date): boolean {
  return ended === null && (until === null || until > now)
}

/**
 * Whom a choice may be shown to. Somebody who acts for the patient sees what such people made, since records that the patient restricted
 * are not theirs to know of. Staff see what concerns their organisation's records or sight, and never whom the patient has blocked.
 */
export function isShownTo(choice: StoredChoice, { as, organization }: Pick<Chooser, 'as' | 'organization'>): boolean {
  if (as === 'self') return true
  if (as === 'representative') return choice.madeAs === 'representative'
  if (choice.kind === 'block') return false
  return [choice.controller, choice.receiver].every((number) => number === null || number === organization)
}

type Ends = 'any' | 'what representatives made' | 'none'

/** Who ends what. A block is lifted by the patient alone; a parent's, set for a child, by those who act for the child too. */
// biome-ignore format: a table, one row to a line
const ends: Record<ChoiceKind, Record<MadeAs, Ends>> = {
  'opt-out':     { self: 'any', representative: 'what representatives made', staff: 'any' },
  'restriction': { self: 'any', representative: 'what representatives made', staff: 'any' },
  'block':       { self: 'any', representative: 'what representatives made', staff: 'none' },
  'consent':     { self: 'any', representative: 'what representatives made', staff: 'any' },
}

export function mayEnd({ kind, madeAs }: Pick<StoredChoice, 'kind' | 'madeAs'>, as: MadeAs): boolean {
  const may = ends[kind][as]
  return may === 'any' || (may === 'what representatives made' && madeAs === 'representative')
}

/** What it says, to whoever may see it: no names, no numbers of persons but the HPR number of who is blocked. */
export function choiceText(choice: Pick<StoredChoice, 'kind' | 'service' | 'controller' | 'receiver' | 'practitioner' | 'record'>): string {
  const parts = (['service', 'controller', 'receiver', 'practitioner'] as const)
    .filter((part) => choice[part] !== null)
    .map((part) => `${part} ${choice[part]}`)
  if (choice.record !== null) parts.push('one record')
  return [choice.kind, ...parts].join(', ')
}

/** Which one, for the access log. Whom a patient has blocked is not for everybody who may read the log of an organisation. */
export function choiceInLog({ kind, service, patient, id }: Pick<StoredChoice, 'kind' | 'service' | 'patient' | 'id'>): string {
  return [kind, ...(service === null ? [] : [`service ${service}`]), logicalId(patient, id)].join(', ')
}

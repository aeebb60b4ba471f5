/**
 * A choice of the patient, and who may see it and end it (docs/decisions/0017-choices-of-the-patient.md). What a choice hides is decided
 * in kernel/access/withholding.ts.
 */
import type { Sql } from 'postgres'
import type { Choice } from '../../access/request.ts'
import { logicalId, type PatientKey, type RecordId } from '../../store/ids.ts'

export type ChoiceKind = Choice['kind']
/** Who makes, sees or ends a choice: the patient, a person who acts for the patient, or staff at the patient's request. */
export type MadeAs = 'self' | 'representative' | 'staff'

/** A part that is undefined puts no limit on the choice. */
export interface NewChoice {
  kind: ChoiceKind
  service?: string | undefined
  /** Number of the organisation whose records the choice is about. */
  controller?: string | undefined
  /** Number of the organisation that may not see them, or, in a consent, may see them. */
  receiver?: string | undefined
  /** HPR number of the practitioner who may not, or may, see them. */
  practitioner?: string | undefined
  /** A record of the patient: the two keys of its logical id. */
  record?: { patient: PatientKey; id: RecordId } | undefined
  /** A start that is not in the future means at once. */
  from?: Date | undefined
  /** The first instant at which the choice no longer holds. */
  until?: Date | undefined
  note?: string | undefined
}

export interface Chooser {
  /** Key of the person who makes, sees or ends the choice. */
  person: PatientKey
  as: MadeAs
  /** The organisation that staff act for. */
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
  /** Key of the person who made it. Never shown. */
  maker: PatientKey
  /** Name of the person who made it, when the person register has one. Never a number. */
  madeBy: string | null
  note: string | null
  ended: Date | null
  endedAs: MadeAs | null
  /** Service and type of the record that the choice names, when that record is stored here. */
  recordPath: string | null
}

/** The columns of a StoredChoice, from `patient_choice c`. */
export function choiceColumns(sql: Sql) {
  return sql`
      c.patient, c.id, c.kind, c.service, c.controller, c.receiver, c.practitioner, c.record,
      c.valid_from as "from", c.valid_until as "until", c.made, c.made_as as "madeAs", c.made_by as maker, c.note,
      c.ended, c.ended_as as "endedAs",
      (select nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') from person p where p.patient = c.made_by) as "madeBy",
      (select r.service || '/' || r.type from record r where r.patient = c.patient and r.id = c.record limit 1) as "recordPath"`
}

/** Whether the choice has not ended and its period is not over. A choice whose start lies ahead stands too. */
export function stands({ ended, until }: Pick<StoredChoice, 'ended' | 'until'>, now: Date): boolean {
  return ended === null && (until === null || until > now)
}

/**
 * Whether a choice may be shown to the viewer. A person who acts for the patient sees only the choices that such persons made, because they
 * must not learn which records the patient has restricted. Staff see the choices that name no other organisation than theirs, and never a
 * block.
 */
export function isShownTo(choice: StoredChoice, { as, organization }: Pick<Chooser, 'as' | 'organization'>): boolean {
  if (as === 'self') return true
  if (as === 'representative') return choice.madeAs === 'representative'
  if (choice.kind === 'block') return false
  return [choice.controller, choice.receiver].every((number) => number === null || number === organization)
}

type Ends = 'any' | 'what representatives made' | 'none'

/**
 * Who may end which choice. Staff never lift a block. Those who act for the patient, such as parents, end what such persons made. When they
 * disagree, the stricter holds: what hides is ended by the one who made it, and what opens by either.
 */
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

/**
 * Whether another person who acts for the patient made a choice that hides, so that this one may not end it. `keys`: all keys of the person
 * who wants to end it.
 */
export function isOfTheOther(
  { kind, madeAs, maker }: Pick<StoredChoice, 'kind' | 'madeAs' | 'maker'>,
  keys: readonly PatientKey[],
): boolean {
  return kind !== 'consent' && madeAs === 'representative' && !keys.includes(maker)
}

/**
 * The choice in words, for those who may see it. It holds no names, and of personal numbers only the HPR number of a blocked practitioner.
 */
export function choiceText(choice: Pick<StoredChoice, 'kind' | 'service' | 'controller' | 'receiver' | 'practitioner' | 'record'>): string {
  const parts = (['service', 'controller', 'receiver', 'practitioner'] as const)
    .filter((part) => choice[part] !== null)
    .map((part) => `${part} ${choice[part]}`)
  if (choice.record !== null) parts.push('one record')
  return [choice.kind, ...parts].join(', ')
}

type ChoiceInLog = Pick<StoredChoice, 'kind' | 'service' | 'controller' | 'receiver' | 'record' | 'patient' | 'id'>

/**
 * The choice as the access log names it: what kind it is, what it covers, and its id. It leaves out who is blocked: not all who read the
 * log may know that. `choiceInReason` reads it again.
 */
export function choiceInLog({ kind, service, controller, receiver, record, patient, id }: ChoiceInLog): string {
  const parts = Object.entries({ service, controller, receiver }).flatMap(([name, value]) => (value === null ? [] : `${name} ${value}`))
  return [kind, ...parts, ...(record === null ? [] : ['one record']), logicalId(patient, id)].join(', ')
}

/** Making a choice. It holds from the commit, which comes before the acknowledgement: every later request is decided with it. */
import type { Sql } from 'postgres'
import { isProblem, type Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'
import { type Chooser, choiceColumns, choiceInLog, isShownTo, type NewChoice, type StoredChoice, stands } from './choice.ts'
import type { ChoiceParts, ChoiceStore, NamedChooser } from './parts.ts'
import { type ChoiceRule, choiceRefusal } from './refusal.ts'

/**
 * Clocks of servers differ. A choice that holds at once is dated back by this many milliseconds, so that no server sees it as still ahead.
 */
const CLOCK_MARGIN = 60_000
const LONGEST_NOTE = 1000
/** The most choices that may stand at one time, since every look-up weighs each of them. */
const MOST_CHOICES = 500
const HPR_NUMBER = /^[0-9]{1,9}$/
const ORGANIZATION_NUMBER = /^[0-9]{9}$/

export interface MadeChoice {
  choice: StoredChoice
  /** False when a choice that says the same already stood; that choice is returned. */
  created: boolean
}

/** Makes a choice and logs it. `keys`: the patient's keys, including linked ones; the choice is stored under the first. */
export async function makeChoice(
  parts: ChoiceParts,
  keys: readonly [PatientKey, ...PatientKey[]],
  choice: NewChoice,
  by: NamedChooser,
): Promise<Result<MadeChoice>> {
  const made = await storeChoice(parts, keys, choice, by)
  if (isProblem(made)) return made
  const { patient, service } = made.choice
  await parts.changes({
    patient,
    // A repeated request, sent because the first answer was lost, must be in the log too.
    event: made.created ? 'choice-made' : 'choice-confirmed',
    actor: by.actor,
    service: service ?? undefined,
    type: 'patient-choice',
    reason: choiceInLog(made.choice),
  })
  return made
}

/** Makes a choice, and leaves the row of the access log to the caller: an interaction writes one row for each exchange. */
export async function storeChoice(
  store: ChoiceStore,
  keys: readonly [PatientKey, ...PatientKey[]],
  choice: NewChoice,
  by: Chooser,
): Promise<Result<MadeChoice>> {
  const now = store.clock()
  const broken = [...formRules(choice, by, now), ...(await registerRules(store, keys, choice))]
  if (broken.length > 0) return choiceRefusal(broken)
  const patient = choice.record?.patient ?? keys[0]
  return await store.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    // One choice of a patient is stored at a time. Otherwise two equal choices could each find that the other is not there.
    await tx`select pg_advisory_xact_lock(${keys[0]}::bigint)`
    const standing = await standingChoices(tx, keys, now)
    // What each of two parents restricts is a choice of each: the one stands when the other is ended.
    const isOwn = (other: StoredChoice) => by.as !== 'representative' || other.maker === by.person
    const same = standing.find((other) => isShownTo(other, by) && isOwn(other) && saysTheSame(other, choice, now))
    if (same) return { choice: same, created: false }
    if (standing.length >= MOST_CHOICES) return choiceRefusal(['too-many-choices'])
    const id = store.ids.recordId()
    await tx`
      insert into patient_choice (patient, id, kind, service, controller, receiver, practitioner, record, valid_from, valid_until,
        made, made_by, made_as, note)
      values (${patient}, ${id}, ${choice.kind}, ${choice.service ?? null}, ${choice.controller ?? null}, ${choice.receiver ?? null},
        ${choice.practitioner ?? null}, ${choice.record?.id ?? null}, ${startOf(choice, now)}, ${choice.until ?? null},
        ${now}, ${by.person}, ${by.as}, ${choice.note?.trim() ?? null})`
    const [stored] = await tx<
      StoredChoice[]
    >`select ${choiceColumns(tx)} from patient_choice c where c.patient = ${patient} and c.id = ${id}`
    if (!stored) throw new Error('A choice that was inserted is not there.')
    const type = 'patient-choice'
    await store.intend?.(tx, { patient, at: now, event: 'choice-made', service: choice.service ?? 'choices', type, person: by.person })
    return { choice: stored, created: true }
  })
}

function startOf({ from }: NewChoice, now: Date): Date {
  return from !== undefined && from > now ? from : new Date(now.getTime() - CLOCK_MARGIN)
}

/** The rules that can be checked from the choice alone. */
function formRules(
  { kind, service, controller, receiver, practitioner, record, from, until, note }: NewChoice,
  { as }: Chooser,
  now: Date,
): ChoiceRule[] {
  const broken: ChoiceRule[] = []
  if (kind === 'opt-out' && service === undefined) broken.push('service-required')
  if (kind === 'opt-out' && [controller, receiver, practitioner, record].some((part) => part !== undefined)) broken.push('opt-out-is-whole')
  if (kind === 'block' && practitioner === undefined) broken.push('practitioner-required')
  if (kind === 'restriction' && practitioner !== undefined) broken.push('restriction-is-of-all')
  if (until !== undefined && from !== undefined && until <= from) broken.push('period-invalid')
  else if (until !== undefined && until <= now) broken.push('period-over')
  if (as === 'staff' && !saysSomething(note)) broken.push('note-required')
  else if (note !== undefined) broken.push(...noteRules(note.trim()))
  return broken
}

function noteRules(note: string): ChoiceRule[] {
  if (note.length === 0 || note.length > LONGEST_NOTE || /[^\P{Cc}\n\t]/u.test(note) || !note.isWellFormed()) return ['note-invalid']
  return holdsIdentityNumber(note) ? ['note-holds-number'] : []
}

interface Known {
  practitioner: boolean
  controller: boolean
  receiver: boolean
  record: boolean
}

/** The rules that the registers decide. Index: the primary keys of practitioner, organization, service_participation and record. */
async function registerRules({ sql, services }: ChoiceStore, keys: readonly PatientKey[], choice: NewChoice): Promise<ChoiceRule[]> {
  const { service, controller, receiver, practitioner, record } = choice
  const matching = (pattern: RegExp, text: string | undefined) => (text !== undefined && pattern.test(text) ? text : null)
  const ofPatient = record !== undefined && keys.includes(record.patient)
  const [known] = await sql<Known[]>`
    select
      exists (select from practitioner where hpr_number = ${matching(HPR_NUMBER, practitioner)}) as practitioner,
      ${isLegalEntity(sql, matching(ORGANIZATION_NUMBER, controller))} as controller,
      ${isLegalEntity(sql, matching(ORGANIZATION_NUMBER, receiver))} as receiver,
      exists (select from record where patient = ${ofPatient ? record.patient : null}::bigint and id = ${record?.id ?? null}::bigint
        and service = coalesce(${service ?? null}, service)
        and controller = coalesce(${matching(ORGANIZATION_NUMBER, controller)}, controller)) as record`
  const broken: ChoiceRule[] = []
  if (service !== undefined && !services.has(service)) broken.push('service-unknown')
  if (controller !== undefined && !known?.controller) broken.push('controller-unknown')
  if (receiver !== undefined && !known?.receiver) broken.push('receiver-unknown')
  if (practitioner !== undefined && !known?.practitioner) broken.push('practitioner-unknown')
  if (record !== undefined && !known?.record) broken.push('record-unknown')
  return broken
}

/** Records and look-ups belong to legal entities: a choice that named a unit would hide nothing. */
function isLegalEntity(sql: Sql, number: string | null) {
  return sql`exists (select from organization o where o.number = ${number}
    and (o.part_of is null or exists (select from service_participation s where s.organization = o.number)))`
}

/** Index: patient_choice_pkey. */
async function standingChoices(sql: Sql, keys: readonly PatientKey[], now: Date): Promise<StoredChoice[]> {
  const found = await sql<StoredChoice[]>`
    select ${choiceColumns(sql)} from patient_choice c where c.patient = any (${[...keys]}::bigint[]) and c.ended is null`
  return found.filter((choice) => stands(choice, now))
}

/** Whether the other choice is about the same records and the same recipient, and holds for at least as long. */
function saysTheSame(other: StoredChoice, choice: NewChoice, now: Date): boolean {
  const { until } = choice
  return (
    other.kind === choice.kind &&
    other.service === (choice.service ?? null) &&
    other.controller === (choice.controller ?? null) &&
    other.receiver === (choice.receiver ?? null) &&
    other.practitioner === (choice.practitioner ?? null) &&
    other.record === (choice.record?.id ?? null) &&
    other.from <= (choice.from !== undefined && choice.from > now ? choice.from : now) &&
    (other.until === null || (until !== undefined && other.until >= until))
  )
}

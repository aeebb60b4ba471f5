/** Registers and ends representation. Each change is one row of the access log, which is durable before the change is acknowledged. */
import type { Sql } from 'postgres'
import { ADULT_AGE } from '../../access/representation.ts'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import type { Intend } from '../../audit/intents.ts'
import { isProblem, type Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { ageOn, birthday } from '../../values/age.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { storedBetween } from './list.ts'
import { type RepresentationRule, representationRefusal } from './refusal.ts'
import {
  FOSTER_GRANT_DAYS,
  guardianScopes,
  kinds,
  type NewRepresentation,
  type RegisteredAs,
  type RelationKind,
  type StoredRepresentation,
} from './representation.ts'

export interface RegisterStore {
  sql: Sql
  clock: () => Date
  /** Set where the row of the access log comes after the commit. */
  intend?: Intend
}

export interface RegisterParts extends RegisterStore {
  changes: ChangeLog
}

export interface Registrar {
  as: RegisteredAs
  /** `organization` is that of the child welfare service, when the registrar is one. */
  actor: Actor
}

const DAY = 86_400_000
const ZONE = 'Europe/Oslo'

export interface Registered {
  representation: StoredRepresentation
  /** False when the same relation is already registered, for at least as long. That one is returned, and no second one is made. */
  created: boolean
}

/** Registers a relation and logs it. */
export async function registerRepresentation(parts: RegisterParts, wanted: NewRepresentation, by: Registrar): Promise<Result<Registered>> {
  const outcome = await storeRepresentation(parts, wanted, by)
  if (isProblem(outcome)) return outcome
  await log(parts, outcome.created ? 'representation-registered' : 'representation-confirmed', outcome.representation, by)
  return outcome
}

/** Registers a relation, and leaves the row of the access log to the caller: an interaction writes one row for each exchange. */
export async function storeRepresentation(parts: RegisterStore, wanted: NewRepresentation, by: Registrar): Promise<Result<Registered>> {
  const now = parts.clock()
  return await parts.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    // One relation of a patient is stored at a time. Otherwise two equal requests could each find that the other is not there.
    await tx`select pg_advisory_xact_lock(${wanted.patient[0]}::bigint)`
    const facts = await factsOf(tx, wanted, by, now)
    const broken = [...formRules(wanted, by, now), ...factRules(wanted, by, facts, now)]
    if (broken.length > 0) return representationRefusal(broken)
    const until = untilOf(wanted, facts)
    const same = facts.standing.find((other) => saysTheSame(other, wanted, until, now))
    if (same) return { representation: same, created: false }
    const representation = await insert(tx, wanted, until, by, now)
    await parts.intend?.(tx, intentOf('representation-registered', representation, by, now))
    return { representation, created: true }
  })
}

type Between = Pick<NewRepresentation, 'kind' | 'patient' | 'representative'>

/** Ends every relation of the kind between the two that has not ended, and logs each. Returns the relations as they are now. */
export async function endRepresentation(parts: RegisterParts, between: Between, by: Registrar): Promise<Result<StoredRepresentation[]>> {
  const ended = await storeEndOfRepresentation(parts, between, by)
  if (isProblem(ended)) return ended
  for (const relation of ended) await log(parts, 'representation-ended', relation, by)
  return ended
}

/** Ends relations, and leaves the row of the access log to the caller. */
export async function storeEndOfRepresentation(
  parts: RegisterStore,
  { kind, patient, representative }: Between,
  by: Registrar,
): Promise<Result<StoredRepresentation[]>> {
  if (!kinds[kind].ends.includes(by.as)) return representationRefusal(['not-for-you'])
  const now = parts.clock()
  return await parts.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    if (by.as === 'child-welfare' && !(await isChildWelfare(tx, by.actor.organization))) return representationRefusal(['not-child-welfare'])
    const standing = (await storedBetween(tx, patient, representative, now)).filter((relation) => relation.kind === kind)
    if (standing.length === 0) return representationRefusal(['not-registered'])
    const { count } = await tx`
      update representation set ended = ${now}, ended_by = ${nameOf(by)}
      where patient = any (${[...patient]}::bigint[]) and representative = any (${[...representative]}::bigint[])
        and kind = ${kind} and ended is null and (valid_until is null or valid_until > ${now})`
    // Another caller ended it in the meantime.
    if (count === 0) return representationRefusal(['not-registered'])
    for (const relation of standing) await parts.intend?.(tx, intentOf('representation-ended', relation, by, now))
    return standing.map((relation) => ({ ...relation, ended: now, endedBy: nameOf(by) }))
  })
}

function intentOf(event: string, { patient }: StoredRepresentation, { actor }: Registrar, at: Date): Parameters<Intend>[1] {
  return { patient, at, event, service: 'representation', type: 'representation', person: actor.person }
}

async function log({ changes }: RegisterParts, event: string, relation: StoredRepresentation, { actor }: Registrar): Promise<void> {
  await changes({ patient: relation.patient, event, actor, type: 'representation', reason: relationInLog(relation) })
}

/** The relation as the access log names it. */
export function relationInLog({ kind, areas, until }: Pick<StoredRepresentation, 'kind' | 'areas' | 'until'>): string {
  return [kind, ...areas.map((area) => `area ${area}`), ...(until ? [`until ${until.toISOString().slice(0, 10)}`] : [])].join(', ')
}

/** The registrar as shown to the patient: a name, and for a child welfare service also its number. */
function nameOf({ as, actor }: Registrar): string {
  return as === 'child-welfare' ? `child welfare service ${actor.organization}: ${actor.name}` : `${as}: ${actor.name}`
}

interface RegisterFacts {
  patientBirthDate: string | null
  representativeBirthDate: string | null
  died: boolean
  childWelfare: boolean
  /** The relations between the two, of any kind, that have not ended. */
  standing: StoredRepresentation[]
}

/** Index: the primary keys of person, organization and representation. */
async function factsOf(
  sql: Sql,
  { patient, representative }: NewRepresentation,
  { as, actor }: Registrar,
  now: Date,
): Promise<RegisterFacts> {
  const [row] = await sql<Pick<RegisterFacts, 'patientBirthDate' | 'representativeBirthDate' | 'died'>[]>`
    select
      (select birth_date::text from person where patient = ${patient[0]}) as "patientBirthDate",
      (select birth_date::text from person where patient = ${representative[0]}) as "representativeBirthDate",
      exists (select from person where patient = any (${[...patient, ...representative]}::bigint[]) and died is not null) as died`
  return {
    patientBirthDate: row?.patientBirthDate ?? null,
    representativeBirthDate: row?.representativeBirthDate ?? null,
    died: row?.died ?? false,
    childWelfare: as === 'child-welfare' && (await isChildWelfare(sql, actor.organization)),
    standing: await storedBetween(sql, patient, representative, now),
  }
}

/** Municipalities and the state have a child welfare service (barnevernsloven). No register shows which of their units it is. */
async function isChildWelfare(sql: Sql, number: string | undefined): Promise<boolean> {
  const [row] = await sql`select from organization where number = ${number ?? ''} and type in ('municipality', 'other')`
  return row !== undefined
}

function formRules(
  { kind, patient, representative, areas, from, until, source }: NewRepresentation,
  { as }: Registrar,
  now: Date,
): RepresentationRule[] {
  const broken: RepresentationRule[] = []
  if (!kinds[kind].registers.includes(as)) broken.push('not-for-you')
  if (patient.some((key) => representative.includes(key))) broken.push('same-person')
  broken.push(...areaRules(kind, areas))
  const text = source.trim()
  if (text.length < 3 || text.length > 200 || /\p{Cc}/u.test(text) || !text.isWellFormed() || holdsIdentityNumber(text))
    broken.push('source-invalid')
  const start = from ?? now
  if (until !== undefined && until <= start) broken.push('period-invalid')
  else if (until !== undefined && until <= now) broken.push('period-over')
  if (kind !== 'foster-parent') return broken
  if (until === undefined) broken.push('until-required')
  else if (until.getTime() - Math.max(start.getTime(), now.getTime()) > FOSTER_GRANT_DAYS * DAY) broken.push('until-too-far')
  return broken
}

function areaRules(kind: RelationKind, areas: readonly string[]): RepresentationRule[] {
  switch (kinds[kind].areas) {
    case 'none':
      return areas.length === 0 ? [] : ['areas-not-here']
    case 'one scope of guardianship':
      return areas.length === 1 && guardianScopes.some((scope) => scope === areas[0]) ? [] : ['scope-invalid']
    case 'service areas':
      return areas.length > 0 && areas.length <= 20 && areas.every((area) => /^[1-9][0-9]?$/.test(area)) ? [] : ['areas-invalid']
  }
}

function factRules({ kind }: NewRepresentation, { as }: Registrar, facts: RegisterFacts, now: Date): RepresentationRule[] {
  const row = kinds[kind]
  const broken: RepresentationRule[] = []
  if (as === 'child-welfare' && !facts.childWelfare) broken.push('not-child-welfare')
  if (facts.died) broken.push('has-died')
  const age = facts.patientBirthDate === null ? undefined : ageOn(facts.patientBirthDate, now)
  const actingAge = facts.representativeBirthDate === null ? undefined : ageOn(facts.representativeBirthDate, now)
  const isBounded = row.from > 0 || row.until !== Number.POSITIVE_INFINITY
  // A giver is shown nothing of the receiver; the age of the receiver is checked again at each request (kernel/access/representation.ts).
  const actsFrom = as === 'patient' && kind === 'power-of-attorney' ? 0 : row.actsFrom
  if ((isBounded && age === undefined) || (actsFrom > 0 && actingAge === undefined)) broken.push('birth-date-unknown')
  if (age !== undefined && age < row.from) broken.push('patient-too-young')
  if (age !== undefined && age >= row.until) broken.push('patient-too-old')
  if (actingAge !== undefined && actingAge < actsFrom) broken.push('representative-too-young')
  if (kind === 'parental-consent' && !facts.standing.some((other) => other.kind === 'parental-responsibility' && other.from <= now))
    broken.push('parent-required')
  return broken
}

/** When a person without capacity turns 18 a guardian is appointed, and the doctor's statement no longer counts. */
function untilOf({ kind, until }: NewRepresentation, { patientBirthDate }: RegisterFacts): Date | undefined {
  if (kind !== 'without-capacity' || patientBirthDate === null) return until
  const adultDay = Temporal.PlainDate.from(birthday(patientBirthDate, ADULT_AGE)).toZonedDateTime(ZONE)
  const adult = new Date(adultDay.epochMilliseconds)
  return until !== undefined && until < adult ? until : adult
}

function saysTheSame(other: StoredRepresentation, { kind, areas, from }: NewRepresentation, until: Date | undefined, now: Date): boolean {
  return (
    other.kind === kind &&
    areas.every((area) => other.areas.includes(area)) &&
    other.from <= (from !== undefined && from > now ? from : now) &&
    (other.until === null || (until !== undefined && other.until >= until))
  )
}

async function insert(
  sql: Sql,
  { kind, patient, representative, areas, from, source, receiverName }: NewRepresentation,
  until: Date | undefined,
  by: Registrar,
  now: Date,
): Promise<StoredRepresentation> {
  const [one, other]: [PatientKey, PatientKey] = [patient[0], representative[0]]
  // A relation that has ended may have the same start, and with it the same primary key.
  const start = sql`case when exists (select from representation where patient = ${one} and representative = ${other} and kind = ${kind}
      and valid_from = ${from ?? now}) then ${now}::timestamptz else ${from ?? now}::timestamptz end`
  await sql`
    insert into representation (patient, representative, kind, areas, valid_from, valid_until, source, registered, registered_by,
      receiver_name)
    values (${one}, ${other}, ${kind}, ${[...areas]}, ${start}, ${until ?? null}, ${source.trim()}, ${now}, ${nameOf(by)},
      ${receiverName ?? null})`
  const stored = (await storedBetween(sql, patient, representative, now)).filter((relation) => relation.kind === kind).at(-1)
  if (!stored) throw new Error('A representation that was inserted is not there.')
  return stored
}

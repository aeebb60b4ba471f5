/**
 * Lifting a block for a patient who does not sign in. One member of staff registers that the patient asks for it, in person and identified;
 * another confirms it within a week, and then every block of that practitioner ends. Neither answer shows staff whether there was one. The
 * patient gets a notice, and a letter for those who do not read notices. docs/decisions/0047-choices-for-those-who-do-not-sign-in.md
 */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import type { ChangeLog } from '../../audit/change-log.ts'
import { samePerson } from '../../identity/same-person.ts'
import { type Ids, logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { cleanText } from '../../values/clean-text.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'
import type { IdentifiedBy } from './identified-by.ts'
import { insertNotice } from './notices.ts'

/** A request that nobody confirms in this many days has no effect. */
const LIFT_DAYS = 7
const DAY = 86_400_000

// biome-ignore format: a table, one row to a line
export const liftRefusals = {
  'unknown':                 'The organisation has no such request that waits. One that nobody confirmed in a week has no effect: register it again.',
  'person-unknown':          'The person is not in the person register.',
  'practitioner-unknown':    'The HPR number is not in the register of health personnel.',
  'identified-when':         'State when the patient was identified: today or in the week before.',
  'same-person':             'Another person than the one who registered the request confirms it.',
  'blocked-person':          'The blocked person has no part in lifting the block. Let others register and confirm it.',
  'note-missing':            'State in words how the patient asked: at least ten letters, five of them different, and at most 500 characters.',
  'identity-number-in-text': 'The text holds what looks like an identity number. Leave it out.',
} as const satisfies Record<string, string>
export type LiftRefusal = keyof typeof liftRefusals

export interface LiftParts {
  sql: Sql
  ids: Ids
  clock: () => Date
  changes: ChangeLog
}

type Staff = Actor & { person: PatientKey; organization: string }

export interface LiftRequest {
  id: string
  patient: PatientKey
  hprNumber: string
  /** Name of the practitioner in the register; the number when it has none. */
  practitioner: string
  identified: IdentifiedBy
  identifiedAt: Date
  asked: Date
  askedBy: string
  note: string
  confirmed: Date | null
  confirmedBy: string | null
}

/** The requests of an organisation, newest first: those that wait, or those that were confirmed or have lapsed. */
export async function liftRequests(
  sql: Sql,
  organization: string,
  { open, now, limit, skip = 0 }: { open: boolean; now: Date; limit: number; skip?: number },
): Promise<LiftRequest[]> {
  const waits = sql`(c.at is null and r.asked > ${new Date(now.getTime() - LIFT_DAYS * DAY)})`
  const rows = await sql<(Omit<LiftRequest, 'id'> & { key: RecordId })[]>`
    select r.patient, r.id as key, r.practitioner as "hprNumber", r.identified, r.identified_at as "identifiedAt", r.asked,
      r.asked_by as "askedBy", r.note, c.at as confirmed, c.confirmed_by as "confirmedBy",
      coalesce((select nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') from practitioner p
                where p.hpr_number = r.practitioner), r.practitioner) as practitioner
    from block_lift_request r left join block_lift_confirmation c using (patient, id)
    where r.organization = ${organization} and ${waits} = ${open}
    order by r.asked desc, r.id
    limit ${limit} offset ${skip}`
  return rows.map(({ key, ...row }) => ({ ...row, id: logicalId(row.patient, key) }))
}

interface Asking {
  patient: PatientKey
  hprNumber: string
  identified: IdentifiedBy
  identifiedAt: Date
  note: string
}

/** Registers that the patient asks for the lifting of a block. Ends nothing yet. */
export async function askBlockLift(
  parts: LiftParts,
  by: Staff,
  { patient, hprNumber, identified, identifiedAt, note }: Asking,
): Promise<{ id: string } | LiftRefusal> {
  const now = parts.clock()
  if (!saysSomething(note) || note.trim().length > 500) return 'note-missing'
  if (holdsIdentityNumber(note)) return 'identity-number-in-text'
  if (identifiedAt > now || identifiedAt.getTime() <= now.getTime() - LIFT_DAYS * DAY) return 'identified-when'
  return await parts.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const [known] = await tx`select from practitioner where hpr_number = ${hprNumber}`
    if (!known) return 'practitioner-unknown'
    if (await samePerson(tx, by, { person: undefined, hprNumber })) return 'blocked-person'
    const id = parts.ids.recordId()
    await tx`
      insert into block_lift_request
        (patient, id, organization, practitioner, identified, identified_at, note, asked, asked_by, asked_person, asked_hpr)
      values (${patient}, ${id}, ${by.organization}, ${hprNumber}, ${identified}, ${identifiedAt}, ${cleanText(note)}, ${now},
        ${by.name}, ${by.person}, ${by.hprNumber ?? null})`
    // The row names neither the practitioner nor whether there is a block: not all who read the log may know that.
    await parts.changes({ patient, event: 'block-lift-asked', actor: by, type: 'patient-choice', reason: `identified by ${identified}` })
    return { id: logicalId(patient, id) }
  })
}

export interface LiftedBlock {
  id: string
  /** For a patient who does not read notices. */
  letter: { nb: string; nn: string; en: string }
}

/** Confirms a request of another member of staff: from now on no block of the practitioner stands, whether there was one or not. */
export async function confirmBlockLift(parts: LiftParts, by: Staff, id: string): Promise<LiftedBlock | LiftRefusal> {
  const place = parseLogicalId(id)
  if (!place) return 'unknown'
  const now = parts.clock()
  return await parts.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const found = await waitingRequest(tx, place, by.organization, now)
    if (!found) return 'unknown'
    if (await samePerson(tx, by, { person: found.askedPerson, hprNumber: found.askedHpr })) return 'same-person'
    if (await samePerson(tx, by, { person: undefined, hprNumber: found.hprNumber })) return 'blocked-person'
    const confirmed = await tx`
      insert into block_lift_confirmation (patient, id, at, confirmed_by, confirmed_person)
      values (${place.patient}, ${place.id}, ${now}, ${by.name}, ${by.person}) on conflict do nothing returning id`
    // Another person confirmed it in the meantime.
    if (confirmed.length === 0) return 'unknown'
    await endBlocks(tx, place.patient, found.hprNumber, by.person, now)
    const eventId = parts.ids.uuid()
    await insertNotice(tx, parts.ids, { patient: place.patient, at: now, eventId, cause: 'choice-ended' })
    const reason = `asked by ${found.askedBy}, identified by ${found.identified}`
    await parts.changes({ patient: place.patient, event: 'block-lifted', actor: by, type: 'patient-choice', reason, eventId })
    return { id, letter: letterOf(found, by, now) }
  })
}

type Waiting = Pick<LiftRequest, 'hprNumber' | 'practitioner' | 'identified' | 'askedBy'> & {
  askedPerson: string
  askedHpr: string | null
  organizationName: string
}

async function waitingRequest(
  tx: Sql,
  { patient, id }: { patient: PatientKey; id: RecordId },
  organization: string,
  now: Date,
): Promise<Waiting | undefined> {
  const [row] = await tx<Waiting[]>`
    select r.practitioner as "hprNumber", r.identified, r.asked_by as "askedBy", r.asked_person as "askedPerson", r.asked_hpr as "askedHpr",
      coalesce((select nullif(trim(concat_ws(' ', p.given_name, p.family_name)), '') from practitioner p
                where p.hpr_number = r.practitioner), r.practitioner) as practitioner,
      (select o.name from organization o where o.number = r.organization) as "organizationName"
    from block_lift_request r
    where r.patient = ${patient} and r.id = ${id} and r.organization = ${organization}
      and r.asked > ${new Date(now.getTime() - LIFT_DAYS * DAY)}
      and not exists (select from block_lift_confirmation c where c.patient = r.patient and c.id = r.id)`
  return row
}

/** Every block of the person who has the number, under all numbers of patient and practitioner. Index: patient_choice_pkey. */
async function endBlocks(tx: Sql, patient: PatientKey, hprNumber: string, person: PatientKey, now: Date): Promise<void> {
  await tx`
    update patient_choice set ended = ${now}, ended_by = ${person}, ended_as = 'staff'
    where patient in (select ${patient}::bigint union select same_as from person_link where patient = ${patient})
      and kind = 'block' and ended is null
      and (practitioner = ${hprNumber} or practitioner in (
        select other.hpr_number from practitioner one
        join practitioner other on other.person = one.person
          or other.person in (select l.same_as from person_link l where l.patient = one.person)
        where one.hpr_number = ${hprNumber}))`
}

const documents: Record<IdentifiedBy, [nb: string, nn: string, en: string]> = {
  passport: ['pass', 'pass', 'passport'],
  'national-identity-card': ['nasjonalt ID-kort', 'nasjonalt ID-kort', 'national identity card'],
  'driving-licence': ['førerkort', 'førarkort', 'driving licence'],
  'electronic-id': ['elektronisk ID', 'elektronisk ID', 'electronic identity'],
}

/** What the patient reads, true whether there was a block or not. */
function letterOf({ practitioner, identified, askedBy, organizationName }: Waiting, { name }: Actor, now: Date): LiftedBlock['letter'] {
  const day = now.toLocaleDateString('nb', { timeZone: 'Europe/Oslo' })
  const [nb, nn, en] = documents[identified]
  return {
    nb:
      `Fra ${day} gjelder ingen blokkering av ${practitioner}. Du ba om det, og ble identifisert med ${nb}. ` +
      `${askedBy} registrerte det og ${name} bekreftet det, hos ${organizationName}. ` +
      'Du kan blokkere igjen når du vil. Ba du ikke om dette, så ta kontakt med personvernombudet der.',
    nn:
      `Frå ${day} gjeld inga blokkering av ${practitioner}. Du bad om det, og blei identifisert med ${nn}. ` +
      `${askedBy} registrerte det og ${name} stadfesta det, hos ${organizationName}. ` +
      'Du kan blokkere igjen når du vil. Bad du ikkje om dette, så ta kontakt med personvernombodet der.',
    en:
      `From ${day} no block of ${practitioner} holds. You asked for it, and were identified by ${en}. ` +
      `${askedBy} registered it and ${name} confirmed it, at ${organizationName}. ` +
      'You can block again whenever you want. If you did not ask for this, contact the privacy officer there.',
  }
}

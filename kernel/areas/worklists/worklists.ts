/** Stores the lists of patients that units have now. A list is replaced as a whole, and removed when it is too old to be of use. */
import type { Sql } from 'postgres'
import { WORKLIST_DAYS } from '../../access/facts.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { IdentityNumberKind } from '../../values/identity-number.ts'

const DAY = 24 * 60 * 60_000
const SWEPT_EVERY = 10 * 60_000

export interface Listed {
  patient: PatientKey
  /** The room or bed, as the unit names it. */
  place: string | undefined
  /** When the patient came to the unit. */
  since: Date | undefined
}

export interface WorklistHead {
  unit: string
  organization: string
  drawnUp: Date
  /** How many persons on the list are not in the person register. */
  leftOut: number
}

/** The persons who were put on the list, and those who were taken off it. */
export interface Changed {
  added: PatientKey[]
  removed: PatientKey[]
  /** The same persons stood on the unit’s list before, and as many were left out: it was logged then. */
  isSame: boolean
}

/**
 * Replaces the unit's list; undefined when the stored list was drawn up later. When several lists of one unit arrive at once, they wait for
 * each other at the row of the unit. Index: worklist_pkey, worklist_patient_unit.
 */
export async function replaceWorklist(sql: Sql, head: WorklistHead, listed: readonly Listed[], now: Date): Promise<Changed | undefined> {
  const { unit, organization, drawnUp, leftOut } = head
  return await sql.begin(async (tx) => {
    // Index: worklist_pkey.
    const [standing] = await tx<{ left_out: number }[]>`select left_out from worklist where unit = ${unit} for update`
    const [taken] = await tx`
      insert into worklist (unit, organization, drawn_up, received, left_out)
      values (${unit}, ${organization}, ${drawnUp}, ${now}, ${leftOut})
      on conflict (unit) do update
        set organization = excluded.organization, drawn_up = excluded.drawn_up, received = excluded.received, left_out = excluded.left_out
        where worklist.drawn_up <= excluded.drawn_up
      returning unit`
    if (!taken) return undefined
    const before = new Set(
      (await tx<{ patient: PatientKey }[]>`delete from worklist_patient where unit = ${unit} returning patient`).map(keyOf),
    )
    const rows = listed.map(({ patient, place, since }, position) => ({
      patient,
      unit,
      position,
      place: place ?? null,
      since: since ?? null,
    }))
    if (rows.length > 0) await tx`insert into worklist_patient ${tx(rows)}`
    const after = new Set(listed.map(keyOf))
    const added = [...after].filter((key) => !before.has(key))
    const removed = [...before].filter((key) => !after.has(key))
    return { added, removed, isSame: standing?.left_out === leftOut && added.length + removed.length === 0 }
  })
}

const keyOf = ({ patient }: { patient: PatientKey }): PatientKey => patient

/** Removes the list of the unit. Returns the persons who were on it; undefined when there was no list. */
export async function removeWorklist(sql: Sql, unit: string): Promise<PatientKey[] | undefined> {
  return await sql.begin(async (tx) => {
    const [gone] = await tx`delete from worklist where unit = ${unit} returning unit`
    if (!gone) return undefined
    return (await tx<{ patient: PatientKey }[]>`delete from worklist_patient where unit = ${unit} returning patient`).map(keyOf)
  })
}

export interface ListedPerson extends Listed {
  identifier: { kind: IdentityNumberKind; value: string }
  given_name: string | null
  family_name: string | null
  gender: 'male' | 'female' | 'other' | 'unknown' | null
  birth_date: string | null
}

interface Row extends Omit<ListedPerson, 'identifier' | 'place' | 'since'> {
  place: string | null
  since: Date | null
  identifier: string
}

/**
 * The unit's list in the order it was sent, with the number that each person is shown under; undefined when there is no list, or only one
 * that is too old. Index: worklist_pkey, worklist_patient_unit, person_pkey, person_identifier_patient.
 */
export async function readWorklist(
  sql: Sql,
  unit: string,
  organization: string,
  now: Date,
): Promise<{ head: WorklistHead; listed: ListedPerson[] } | undefined> {
  // One statement reads head and rows, so that a list that is replaced in the meantime is never read half old and half new.
  const rows = await sql<(Partial<Row> & { drawn_up: Date; left_out: number })[]>`
    select w.drawn_up, w.left_out, l.patient, l.place, l.since, p.given_name, p.family_name, p.gender, p.birth_date::text,
      (select i.system || ' ' || i.value from person_identifier i
       where i.patient = l.patient order by array_position(array['FNR', 'DNR', 'FHN'], i.system), i.registered desc limit 1) as identifier
    from worklist w
    left join worklist_patient l on l.unit = w.unit
    left join person p on p.patient = l.patient
    where w.unit = ${unit} and w.organization = ${organization} and w.drawn_up > ${oldest(now)}
    order by l.position`
  const [first] = rows
  if (!first) return undefined
  const listed = rows.flatMap((row) => (row.patient ? [listedPerson(row as Row)] : []))
  return { head: { unit, organization, drawnUp: first.drawn_up, leftOut: first.left_out }, listed }
}

function listedPerson({ identifier, place, since, ...row }: Row): ListedPerson {
  const [kind, value] = identifier.split(' ') as [IdentityNumberKind, string]
  return { ...row, identifier: { kind, value }, place: place ?? undefined, since: since ?? undefined }
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - WORKLIST_DAYS * DAY)
}

/** Removes lists that are too old, and returns how many. Index: worklist_drawn_up. */
export async function sweepWorklists(sql: Sql, now: Date): Promise<number> {
  const old = await sql<{ unit: string }[]>`select unit from worklist where drawn_up <= ${oldest(now)}`
  for (const { unit } of old) {
    await sql.begin(async (tx) => {
      const [gone] = await tx`delete from worklist where unit = ${unit} and drawn_up <= ${oldest(now)} returning unit`
      if (gone) await tx`delete from worklist_patient where unit = ${unit}`
    })
  }
  return old.length
}

/** Removes old lists every ten minutes, in every process. Returns the function that stops this. */
export function keepSweepingWorklists(sql: Sql, clock: () => Date): () => void {
  const sweeper = setInterval(() => void sweepWorklists(sql, clock()).catch(() => undefined), SWEPT_EVERY)
  sweeper.unref()
  return () => clearInterval(sweeper)
}

/** The choices of a patient, as whoever asks may see them. */
import type { Sql } from 'postgres'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { type Chooser, choiceColumns, isShownTo, type StoredChoice, stands } from './choice.ts'

/** Choices in one answer at most, newest first. */
const MOST = 2000

export interface ListedChoices {
  choices: StoredChoice[]
  /** There are more than were read. */
  more: boolean
}

/**
 * Newest first. `which`: those that stand (also those whose period begins later), those that have ended or run out, or both.
 * `keys`: of the patient, linked ones too. Index: patient_choice_pkey.
 */
export async function listChoices(
  sql: Sql,
  keys: readonly PatientKey[],
  viewer: Pick<Chooser, 'as' | 'organization'>,
  { which, now }: { which: 'standing' | 'past' | 'all'; now: Date },
): Promise<ListedChoices> {
  const found = await sql<StoredChoice[]>`
    select ${choiceColumns(sql)} from patient_choice c
    where c.patient = any (${[...keys]}::bigint[]) ${which === 'standing' ? sql`and c.ended is null` : sql``}
    order by c.made desc, c.id desc
    limit ${MOST + 1}`
  const choices = found
    .slice(0, MOST)
    .filter((choice) => isShownTo(choice, viewer) && (which === 'all' || stands(choice, now) === (which === 'standing')))
  return { choices, more: found.length > MOST }
}

export async function choiceById(sql: Sql, keys: readonly PatientKey[], id: RecordId): Promise<StoredChoice | undefined> {
  const [choice] = await sql<StoredChoice[]>`
    select ${choiceColumns(sql)} from patient_choice c where c.patient = any (${[...keys]}::bigint[]) and c.id = ${id}`
  return choice
}

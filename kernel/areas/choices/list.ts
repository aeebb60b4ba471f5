/** The choices of a patient that the viewer may see. */
import type { Sql } from 'postgres'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { type Chooser, choiceColumns, isShownTo, type StoredChoice, stands } from './choice.ts'

/** The most choices in one answer. The newest are taken. */
const MOST = 2000

export interface ListedChoices {
  choices: StoredChoice[]
  /** Whether there are more choices than were read. */
  more: boolean
}

/**
 * Newest first. `which`: the choices that stand (also those whose period begins later), those that have ended or run out, or both.
 * `keys`: the patient's keys, including linked ones. Index: patient_choice_pkey.
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

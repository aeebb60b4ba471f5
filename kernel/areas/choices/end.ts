/** Ending a choice. The choice is kept as it was, with the time of the end and the person who ended it. */
import type { Sql } from 'postgres'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { type Chooser, choiceInLog, isOfTheOther, isShownTo, mayEnd, type StoredChoice, stands } from './choice.ts'
import { choiceById } from './list.ts'
import type { ChoiceParts, ChoiceStore, NamedChooser } from './parts.ts'

/** Ends a choice and logs it. Ending a choice that has already ended is refused, and changes nothing. */
export async function endChoice(
  parts: ChoiceParts,
  keys: readonly PatientKey[],
  id: RecordId,
  by: NamedChooser,
): Promise<Result<StoredChoice>> {
  const ended = await storeEnd(parts, keys, id, by)
  if (isProblem(ended)) return ended
  await parts.changes({
    patient: ended.patient,
    event: 'choice-ended',
    actor: by.actor,
    service: ended.service ?? undefined,
    type: 'patient-choice',
    reason: choiceInLog(ended),
  })
  return ended
}

const theStricterHolds =
  'Another person who acts for the patient made this choice. It stands until that person ends it: when they disagree, the stricter holds.'

/** Index: person_link_pkey. */
async function keysOf(sql: Sql, person: PatientKey): Promise<PatientKey[]> {
  const linked = await sql<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${person}`
  return [person, ...linked.map(({ key }) => key)]
}

/** Ends a choice, and leaves the row of the access log to the caller. Index: patient_choice_pkey. */
export async function storeEnd(
  { sql, clock, intend }: Pick<ChoiceStore, 'sql' | 'clock' | 'intend'>,
  keys: readonly PatientKey[],
  id: RecordId,
  by: Chooser,
): Promise<Result<StoredChoice>> {
  const now = clock()
  const choice = await choiceById(sql, keys, id)
  if (!choice) return problem('not-found')
  // Staff can have the id of a block from the patient, so they get the reason why they may not end it. No other caller learns that it
  // exists.
  if (!isShownTo(choice, by) && !(choice.kind === 'block' && by.as === 'staff')) return problem('not-found')
  if (!mayEnd(choice, by.as)) return problem('choice-not-yours')
  if (by.as === 'representative' && isOfTheOther(choice, await keysOf(sql, by.person))) return problem('choice-not-yours', theStricterHolds)
  if (!stands(choice, now)) return problem('choice-ended')
  const count = await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const ended = await tx`
      update patient_choice set ended = ${now}, ended_by = ${by.person}, ended_as = ${by.as}
      where patient = ${choice.patient} and id = ${id} and ended is null`
    const what = { patient: choice.patient, at: now, event: 'choice-ended', service: choice.service ?? 'choices', type: 'patient-choice' }
    if (ended.count > 0) await intend?.(tx, { ...what, person: by.person })
    return ended.count
  })
  // Another caller ended it in the meantime.
  if (count === 0) return problem('choice-ended')
  return { ...choice, ended: now, endedAs: by.as }
}

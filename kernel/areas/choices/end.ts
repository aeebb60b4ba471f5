/** Ending a choice: it is kept as it was, with when and by whom it was ended. */
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { type Chooser, choiceInLog, isShownTo, mayEnd, type StoredChoice, stands } from './choice.ts'
import { choiceById } from './list.ts'
import type { ChoiceParts, ChoiceStore, NamedChooser } from './parts.ts'

/** Ends a choice and logs it. Ending what has ended is told as such, and changes nothing. */
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

/** Ends a choice for a caller who writes the row of the access log. Index: patient_choice_pkey. */
export async function storeEnd(
  { sql, clock }: Pick<ChoiceStore, 'sql' | 'clock'>,
  keys: readonly PatientKey[],
  id: RecordId,
  by: Chooser,
): Promise<Result<StoredChoice>> {
  const now = clock()
  const choice = await choiceById(sql, keys, id)
  if (!choice) return problem('not-found')
  // Staff who were told by the patient which block it is are told why they cannot; others are not told that it is there.
  if (!isShownTo(choice, by) && !(choice.kind === 'block' && by.as === 'staff')) return problem('not-found')
  if (!mayEnd(choice, by.as)) return problem('choice-not-yours')
  if (!stands(choice, now)) return problem('choice-ended')
  const { count } = await sql`
    update patient_choice set ended = ${now}, ended_by = ${by.person}, ended_as = ${by.as}
    where patient = ${choice.patient} and id = ${id} and ended is null`
  // Somebody else ended it meanwhile.
  if (count === 0) return problem('choice-ended')
  return { ...choice, ended: now, endedAs: by.as }
}

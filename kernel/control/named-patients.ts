import { type PatientKey, parseLogicalId } from '../store/ids.ts'
import type { ControlCall } from './call.ts'
import type { PatientName } from './contract.ts'
import { patientNames } from './names.ts'
import { mayDo } from './permissions.ts'

/**
 * Patients by name and birth date, each noted as named in the answer (pasientjournalloven § 18: who has had access), for roles that control
 * access (pasientjournalloven § 22); for other roles the lists have no member `patient`. Both lists hold only what the organisation is
 * responsible for: look-ups by its own staff, and look-ups of its own records.
 */
export async function namedPatients(
  { sql, role, named }: ControlCall,
  keys: readonly PatientKey[],
): Promise<(key: PatientKey) => { patient?: PatientName }> {
  if (!mayDo(role, 'name-patients')) return () => ({})
  const names = await patientNames(sql, keys)
  for (const key of names.keys()) named.add(key)
  return (key) => {
    const patient = names.get(key)
    return patient === undefined ? {} : { patient }
  }
}

/** The person key in a logical id; the key 0, which no person has, when the text is no id. */
export function keyIn(id: string): PatientKey {
  return parseLogicalId(id)?.patient ?? ('0' as PatientKey)
}

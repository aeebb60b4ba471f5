/** ReseptId of the prescriptions that a line of a medication list names: two services have messages about one prescription. */
import { randomFrom } from '../random.ts'

/** The same for the same person and drug. */
export function prescriptionIdOf(person: string, drug: string): string {
  return randomFrom(`prescription of ${drug} for ${person}`).uuid()
}

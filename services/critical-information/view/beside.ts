/** The allergies that the panel has loaded, for the medication list. */
import type { BesideAllergy } from '@helsevev/clinical/medicines/beside'
import type { CriticalInformationData } from './panel-data.ts'

/** Those that hold now, in the order of the panel: the most dangerous first. */
export function besideOf({ entries }: CriticalInformationData): BesideAllergy[] {
  return entries
    .filter(({ type, standing }) => type === 'AllergyIntolerance' && standing === 'active')
    .map(({ label, certainty, isSerious, consequences }) => ({ what: label, certainty, isSerious, consequences }))
}

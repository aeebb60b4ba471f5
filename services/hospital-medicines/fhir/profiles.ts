/** Profiles of what was given and of what was ordered in an institution: those of LMDI 1.1, as far as care needs them. */
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { extensionUrls, lmdiProfiles } from './systems.ts'

const named = (name: string) => ({ url: `http://helsevev.no/fhir/StructureDefinition/${name}`, name })
const extensions: string[] = Object.values(extensionUrls)

export const administrationProfile = defineProfile({
  ...named('no-hospital-administration'),
  aliases: [lmdiProfiles.MedicationAdministration],
  title: 'Medicine given in an institution',
  type: 'MedicationAdministration',
  extensions,
  elements: [
    { path: 'MedicationAdministration.dosage', min: 1, why: 'How much was given, and by which way.' },
    { path: 'MedicationAdministration.dosage.dose', min: 1, why: 'How much was given.' },
    { path: 'MedicationAdministration.dosage.route', min: 1, why: 'By which way: SNOMED CT or list 7477.' },
  ],
})

export const orderProfile = defineProfile({
  ...named('no-hospital-order'),
  aliases: [lmdiProfiles.MedicationRequest],
  title: 'Medicine ordered in an institution',
  type: 'MedicationRequest',
  extensions,
  elements: [
    { path: 'MedicationRequest.authoredOn', min: 1, why: 'When it was ordered.' },
    { path: 'MedicationRequest.requester', min: 1, why: 'Who ordered it.' },
  ],
})

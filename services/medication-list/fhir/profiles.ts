/** Profiles of the list and its lines: what every reader can rely on. */
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { extensionUrls } from './systems.ts'

const named = (name: string) => ({ url: `http://helsevev.no/fhir/StructureDefinition/${name}`, name })
const extensions: string[] = Object.values(extensionUrls)

export const listProfile = defineProfile({
  ...named('no-medication-list'),
  title: 'Medication list',
  type: 'List',
  extensions,
  elements: [
    { path: 'List.extension', min: 1, why: 'When the message was made.' },
    { path: 'List.identifier', min: 1, why: 'The id of the message, which is the version of the list.' },
    { path: 'List.code', min: 1, why: 'LOINC 10160-0 for the list, and the kind of message.' },
    { path: 'List.date', min: 1 },
  ],
})

export const lineProfile = defineProfile({
  ...named('no-medication-list-line'),
  title: 'Line of the medication list',
  type: 'MedicationStatement',
  extensions,
  elements: [
    { path: 'MedicationStatement.identifier', min: 1, why: 'The id of the line (PLL-id), which never changes.' },
    { path: 'MedicationStatement.basedOn', max: '1', why: 'The prescription that holds now.' },
  ],
})

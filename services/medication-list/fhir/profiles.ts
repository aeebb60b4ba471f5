/** Profiles of the list and its lines: what every reader can rely on. */
import { MESSAGE_KIND } from '@helsevev/clinical/e-prescription-fhir/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { CARE_TEAM, extensionUrls } from './systems.ts'

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

export const multidoseProfile = defineProfile({
  ...named('no-multidose-team'),
  title: 'Responsible for multidose',
  type: 'CareTeam',
  extensions,
  elements: [
    { path: 'CareTeam.extension', min: 1, why: 'When the message was made.' },
    { path: 'CareTeam.identifier', min: 1, why: 'The id of the message.' },
    { path: 'CareTeam.category', min: 1, max: '1', codes: [{ system: CARE_TEAM, codes: ['multidose'] }] },
  ],
})

export const sayingProfile = defineProfile({
  ...named('no-medication-list-message'),
  title: 'Statement about the medication list',
  type: 'Communication',
  extensions,
  elements: [
    { path: 'Communication.extension', min: 1, why: 'When the message was made.' },
    { path: 'Communication.identifier', min: 1, why: 'The id of the message.' },
    { path: 'Communication.category', min: 1, max: '1', codes: [{ system: MESSAGE_KIND, codes: ['M9.12', 'M27.2', 'M28'] }] },
    { path: 'Communication.sent', min: 1 },
  ],
})

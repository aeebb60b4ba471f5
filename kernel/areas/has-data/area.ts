/**
 * Whether there is anything, of several patients and services at once: not an information service of anybody's, but named so that a line in a
 * list is one row of the access log, whatever number of services it is about. docs/api/has-data.md
 */
import { defineService } from '../../fhir/service.ts'

export const hasDataService = defineService({
  id: 'has-data',
  names: {
    nb: 'oversikt over hvem det finnes opplysninger om',
    nn: 'oversyn over kven det finst opplysningar om',
    en: 'who there is something about',
  },
  summary: {
    nb: 'Om det finnes opplysninger om en pasient i hver tjeneste, uten å åpne noe.',
    nn: 'Om det finst opplysningar om ein pasient i kvar teneste, utan å opne noko.',
    en: 'Whether there is anything about a patient in each service, without opening it.',
  },
  storageMode: 'national-original',
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 22',
      about: 'a look-up is decided and logged',
      source: 'lovdata.no, as cited by Norsk helsenett',
      read: '2026-11-22',
    },
    {
      law: 'trust framework',
      clause: 'ATT-6',
      about: 'an attestation without a patient is for narrow lists alone',
      source: 'NorskHelsenett/Tillitsrammeverk v1.1, 2024-04-30',
      read: '2026-11-22',
    },
  ],
  resources: {},
  // Each service has its own readers and scopes, and they decide.
  readers: {},
  representation: {
    area: '3',
    parentsOfUnder12: false,
    parentsOf12To15: false,
    youth: 'never',
    guardian: false,
    fosterParents: false,
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'Holds nothing.',
})

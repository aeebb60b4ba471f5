/** Whether there is anything about the patients of a list, as an area. The readers and scopes of each service decide. */
import { type Area, nobodyRepresents } from '../../access/area.ts'

export const hasDataArea: Area = {
  id: 'has-data',
  names: {
    nb: 'oversikt over hvem det finnes opplysninger om',
    nn: 'oversyn over kven det finst opplysningar om',
    en: 'who there is something about',
  },
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
  // Each service has its own readers, which decide.
  readers: {},
  representation: nobodyRepresents,
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
}

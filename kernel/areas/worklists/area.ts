/** Worklists as an area: the patients that a unit has now. docs/api/worklist.md */
import { type Area, nobodyRepresents } from '../../access/area.ts'

const READ = '2026-11-25'

export const worklistsArea: Area = {
  id: 'worklist',
  names: { nb: 'arbeidslister', nn: 'arbeidslister', en: 'worklists' },
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 19',
      about: 'The data controller makes information available to the personnel who give its patients health care.',
      source: 'domain notes on PJL',
      read: READ,
    },
    {
      law: 'helsepersonelloven',
      clause: '§ 25',
      about: 'Cooperating personnel of a unit know which patients it gives health care to.',
      source: 'lovdata.no, as cited by Norsk helsenett',
      read: READ,
    },
    {
      law: 'trust framework',
      clause: 'ATT-6',
      about: 'an attestation without a patient is for narrow lists alone',
      source: 'NorskHelsenett/Tillitsrammeverk v1.1, 2024-04-30',
      read: READ,
    },
  ],
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC'],
    SP: ['TREAT', 'ETREAT', 'COC'],
    PS: ['TREAT', 'ETREAT', 'COC'],
    JO: ['TREAT', 'ETREAT', 'COC'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
  },
  representation: nobodyRepresents,
  grounds: ['treatment', 'emergency', 'coordination'],
}

/** The person register as an area: name and birth date of the person who has a number. */
import { type Area, usualRepresentation } from '../../access/area.ts'

export const personsArea: Area = {
  id: 'persons',
  names: { nb: 'personregisteret', nn: 'personregisteret', en: 'the person register' },
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 22',
      about: 'a look-up is about the right person, and is logged',
      source: 'domain notes on PJL',
      read: '2026-11-22',
    },
  ],
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
    JO: ['TREAT', 'ETREAT', 'COC', 'BTG'],
  },
  representation: usualRepresentation,
  grounds: ['treatment', 'emergency', 'coordination'],
}

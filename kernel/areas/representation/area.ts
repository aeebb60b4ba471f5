/** Representation as an area: which persons act for others. */
import { type Area, usualRepresentation } from '../../access/area.ts'

const READ = '2026-11-22'

export const representationArea: Area = {
  id: 'representation',
  names: { nb: 'fullmakter og representasjon', nn: 'fullmakter og representasjon', en: 'representation' },
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 18',
      about: 'the patient sees what is registered about who acts for the patient',
      source: 'domain notes on PJL',
      read: READ,
    },
    {
      law: 'pasient- og brukerrettighetsloven',
      clause: '§ 4-4',
      about: 'parents decide for a child, and a youth is heard',
      source: 'lovdata.no, as cited by Norsk helsenett',
      read: READ,
    },
  ],
  // Staff do not register relations here. A registrar does so by command.
  readers: {},
  // A parent of a youth gives and withdraws the consent that lets the youth sign in. That opens nothing else to the parent.
  representation: { ...usualRepresentation, parentsOf12To15: true },
  grounds: ['own-data'],
}

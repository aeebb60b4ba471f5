/** What a data controller sees and decides about its own use, as an area. docs/api/control.md */
import { type Area, nobodyRepresents } from '../access/area.ts'

const READ = '2026-11-22'

export const controlArea: Area = {
  id: 'control',
  names: { nb: 'styring for dataansvarlige', nn: 'styring for dataansvarlege', en: 'control for data controllers' },
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 19',
      about: 'the controller decides how information is made available',
      source: 'domain notes on PJL',
      read: READ,
    },
    {
      law: 'pasientjournalloven',
      clause: '§ 22',
      about: 'the controller documents access and controls it',
      source: 'domain notes on PJL',
      read: READ,
    },
  ],
  readers: {},
  representation: nobodyRepresents,
  grounds: ['own-data'],
}

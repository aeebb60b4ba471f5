/** The access log as an area: who has seen or written what, when and why. */
import { type Area, usualRepresentation } from '../../access/area.ts'

const READ = '2026-11-22'

export const accessLogArea: Area = {
  id: 'access-log',
  names: { nb: 'innsynsloggen', nn: 'innsynsloggen', en: 'the access log' },
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 18',
      about: 'the patient may see who has had access',
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
  // Staff read the log only to control access for their data controller, never to see one patient in care.
  readers: {},
  representation: usualRepresentation,
  grounds: ['own-data'],
}

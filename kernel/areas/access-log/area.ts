/** The access log as the API shows it: not an information service of anybody's, but declared alike so that access and log are too. */
import { defineService } from '../../fhir/service.ts'

const READ = '2026-11-22'

export const accessLogService = defineService({
  id: 'access-log',
  names: { nb: 'innsynsloggen', nn: 'innsynsloggen', en: 'the access log' },
  summary: {
    nb: 'Hvem som har sett eller skrevet hva, når og hvorfor.',
    nn: 'Kven som har sett eller skrive kva, når og kvifor.',
    en: 'Who has seen or written what, when and why.',
  },
  storageMode: 'local-original',
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
  resources: {},
  // Staff see it as a controller's control and never about one patient in care.
  readers: {},
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
  },
  grounds: ['own-data'],
  retention: 'Five years after the record it is about is deleted.',
})

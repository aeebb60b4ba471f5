/** The portal of data controllers as the log and the scopes know it: not an information service, but declared alike so that access and log are too. */
import { defineService } from '../fhir/service.ts'

const READ = '2026-11-22'

export const controlService = defineService({
  id: 'control',
  names: { nb: 'styring for dataansvarlige', nn: 'styring for dataansvarlege', en: 'control for data controllers' },
  summary: {
    nb: 'Hvem vi deler med, hvem som slår opp hos oss, og hva vi må følge opp.',
    nn: 'Kven vi deler med, kven som slår opp hos oss, og kva vi må følgje opp.',
    en: 'Whom we share with, who looks at our data, and what we have to follow up.',
  },
  storageMode: 'local-original',
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
  resources: {},
  readers: {},
  representation: {
    area: '3',
    parentsOfUnder12: false,
    parentsOf12To15: false,
    youth: 'never',
    guardian: false,
    fosterParents: false,
  },
  grounds: ['own-data'],
  retention: 'Roles, agreements and withdrawn delegations are ended and kept, so that what was decided on any day can be explained.',
})

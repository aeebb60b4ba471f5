/** Who acts for whom as the API shows it: not an information service of anybody's, but declared alike so that access and log are too. */
import { defineService } from '../../fhir/service.ts'

const READ = '2026-11-22'

export const representation = defineService({
  id: 'representation',
  names: { nb: 'fullmakter og representasjon', nn: 'fullmakter og representasjon', en: 'representation' },
  summary: {
    nb: 'Hvem som handler for hvem: fullmakter, samtykke fra foreldre, foreldreansvar, vergemål.',
    nn: 'Kven som handlar for kven: fullmakter, samtykke frå foreldre, foreldreansvar, verjemål.',
    en: 'Who acts for whom: powers of attorney, consent of parents, parental responsibility, guardianship.',
  },
  storageMode: 'national-original',
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
  resources: {},
  // Staff register nothing here: a registrar does, by command.
  readers: {},
  // A parent of a youth gives and withdraws the consent that lets the youth sign in, and opens nothing else by it.
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: true,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
  },
  grounds: ['own-data'],
  retention: 'Ended, and kept so that an earlier look-up can be explained.',
})

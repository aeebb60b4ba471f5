/** The person register as the API shows it: not an information service of anybody's, but declared alike so that access and log are too. */
import { defineService } from '../../fhir/service.ts'

export const persons = defineService({
  id: 'persons',
  names: { nb: 'personregisteret', nn: 'personregisteret', en: 'the person register' },
  summary: {
    nb: 'Navn og fødselsdato til den som har et nummer.',
    nn: 'Namn og fødselsdato til den som har eit nummer.',
    en: 'Name and birth date of the person who has a number.',
  },
  storageMode: 'national-original',
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 22',
      about: 'a look-up is of the right person, and is logged',
      source: 'domain notes on PJL',
      read: '2026-11-22',
    },
  ],
  resources: {},
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
    JO: ['TREAT', 'ETREAT', 'COC', 'BTG'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
  },
  grounds: ['treatment', 'emergency', 'coordination'],
  retention: 'As long as the person register of which it is a copy.',
})

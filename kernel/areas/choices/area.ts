/** The patient's choices as an area. */
import { type Area, usualRepresentation } from '../../access/area.ts'

const READ = '2026-11-22'
const everyPurpose = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const

export const choicesArea: Area = {
  id: 'privacy',
  names: { nb: 'personvernvalg', nn: 'personvernval', en: 'privacy choices' },
  legalBasis: [
    {
      law: 'pasient- og brukerrettighetsloven',
      clause: '§ 5-3',
      about: 'the patient may object to the record being handed over',
      source: 'lovdata.no, as cited by Norsk helsenett',
      read: READ,
    },
    {
      law: 'pasientjournalloven',
      clause: '§ 17',
      about: 'the patient may object',
      source: 'lovdata.no, as cited by Norsk helsenett',
      read: READ,
    },
  ],
  readers: { LE: everyPurpose, SP: everyPurpose, PS: everyPurpose, JO: everyPurpose, FT: everyPurpose, ET: everyPurpose },
  // A youth who may sign in to see records may also decide who else sees them. Parents of a youth of 12 to 15 make choices through staff.
  representation: usualRepresentation,
  grounds: ['treatment', 'coordination'],
}

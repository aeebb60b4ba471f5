/** The profiles of a contact and of the responsible team. What a reader does not need in order to call is not shared. */
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { CONTACT_ORDER_URL, GUARDIAN_SCOPE_URL } from './related-person.ts'

const OURS = 'http://helsevev.no/fhir/StructureDefinition/'
const notNeeded = 'Not needed to call somebody. It stays in the record of the sender.'

export const contactProfile = defineProfile({
  url: `${OURS}no-contact`,
  aliases: [
    'http://hl7.no/fhir/StructureDefinition/no-basis-RelatedPerson',
    'http://hl7.no/fhir/ig/StructureDefinition/no-basis-RelatedPerson',
  ],
  name: 'no-contact',
  title: 'Contact or next of kin',
  type: 'RelatedPerson',
  extensions: [CONTACT_ORDER_URL, GUARDIAN_SCOPE_URL],
  elements: [
    { path: 'RelatedPerson.period', min: 1, why: 'Give period.start, the day from which the contact is registered.' },
    { path: 'RelatedPerson.period.start', min: 1, why: 'The day from which the contact is registered, such as 2026-01-15.' },
    { path: 'RelatedPerson.address', max: '0', why: notNeeded },
    { path: 'RelatedPerson.birthDate', max: '0', why: notNeeded },
    { path: 'RelatedPerson.photo', max: '0', why: notNeeded },
    { path: 'RelatedPerson.contained', max: '0', why: notNeeded },
  ],
})

export const responsibleProfile = defineProfile({
  url: `${OURS}no-responsible-team`,
  name: 'no-responsible-team',
  title: 'Who is responsible',
  type: 'CareTeam',
  elements: [
    {
      path: 'CareTeam.status',
      min: 1,
      codes: [{ system: 'http://hl7.org/fhir/care-team-status', codes: ['active', 'inactive', 'entered-in-error'] }],
      why: 'A team is responsible, or was.',
    },
    { path: 'CareTeam.period', min: 1, why: 'Give period.start, the day from which the team is responsible.' },
    { path: 'CareTeam.period.start', min: 1, why: 'The day from which the team is responsible, such as 2026-01-15.' },
    { path: 'CareTeam.participant', min: 1, why: 'Who is responsible: the primary contact, the regular GP.' },
    { path: 'CareTeam.participant.role', min: 1, why: 'What the participant is to the patient.' },
    { path: 'CareTeam.participant.member', min: 1, why: 'Who it is.' },
    { path: 'CareTeam.category', max: '0', why: 'The kind of team can show what the patient needs help for.' },
    { path: 'CareTeam.note', max: '0', why: 'A note is not needed to call those who are responsible.' },
    { path: 'CareTeam.reasonCode', max: '0', why: 'Why somebody needs help is not needed to call who is responsible.' },
    { path: 'CareTeam.reasonReference', max: '0', why: 'Why somebody needs help is not needed to call who is responsible.' },
  ],
})

/**
 * Contacts and next of kin: who to call, who is guardian, and who is responsible in the municipality and as regular GP. A copy; the record
 * system that reported it stays the master. It does not decide who may act for the patient: see kernel/areas/representation.
 * docs/services/contacts.md
 */
import { codings, identifiers } from '@helsevev/clinical/search-parameters'
import { statusSystems } from '@helsevev/clinical/systems'
import { defineService } from '@helsevev/kernel/fhir/service'
import { teamKey } from './fhir/care-team.ts'
import { prepareContact, prepareTeam } from './fhir/prepare.ts'
import { contactProfile, responsibleProfile } from './fhir/profiles.ts'
import { contactKey } from './fhir/related-person.ts'
import { statusOperation } from './fhir/status-operation.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { rules } from './model/rules.ts'

export const contacts = defineService({
  ...identity,
  summary: {
    nb: 'Hvem som skal ringes først, pårørende og verge, kontakten i kommunen og fastlegen.',
    nn: 'Kven ein skal ringje først, pårørande og verje, kontakten i kommunen og fastlegen.',
    en: 'Who to call first, next of kin and guardian, the contact in the municipality and the regular GP.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'ETREAT', 'COC'],
    JO: ['TREAT', 'ETREAT', 'BTG'],
    AA: ['TREAT', 'ETREAT', 'BTG'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
    source: 'helsenorge.no, youth access: who to contact, with the consent of a parent; 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'Copy and versions are kept while the controller shares the service. The controller keeps the original under its own rules.',
  resources: {
    RelatedPerson: {
      profiles: [{ profile: contactProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'patient',
      time: ({ period }) => period?.start,
      searchParameters: [
        { name: 'date', type: 'date', expression: 'RelatedPerson.period', dates: ({ period }) => [period] },
        {
          name: 'active',
          type: 'token',
          expression: 'RelatedPerson.active, and true where it is not stated',
          values: ({ active = true }) => [{ code: String(active) }],
        },
        {
          name: 'relationship',
          type: 'token',
          expression: 'RelatedPerson.relationship',
          values: ({ relationship = [] }) => codings(...relationship),
        },
        {
          name: 'name',
          type: 'string',
          expression: 'RelatedPerson.name',
          texts: ['name.family', 'name.given', 'name.text', 'name.prefix', 'name.suffix'],
          byWord: true,
        },
        {
          name: 'identifier',
          type: 'token',
          expression: 'RelatedPerson.identifier',
          values: ({ identifier = [] }) => identifiers(...identifier),
        },
      ],
      businessKey: contactKey,
      prepare: prepareContact,
    },
    CareTeam: {
      profiles: [{ profile: responsibleProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: ({ period }) => period?.start,
      searchParameters: [
        { name: 'date', type: 'date', expression: 'CareTeam.period', dates: ({ period }) => [period] },
        {
          name: 'status',
          type: 'token',
          expression: 'CareTeam.status',
          system: statusSystems.CareTeam,
          values: ({ status }) => [{ code: status }],
        },
        {
          name: 'identifier',
          type: 'token',
          expression: 'CareTeam.identifier',
          values: ({ identifier = [] }) => identifiers(...identifier),
        },
      ],
      businessKey: teamKey,
      prepare: prepareTeam,
    },
  },
  operations: [statusOperation],
})

export default contacts

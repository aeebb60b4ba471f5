/**
 * no-municipal-service: an EpisodeOfCare that is one municipal health or care service to one person. It follows the profile of HL7 Norway's
 * OKT guide (2025), which is a draft: the guide's URL is an alias. Elements that would carry the record itself are not used: a service
 * shares what is selected and summarised.
 */

import { statusSystems } from '@helsevev/clinical/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { DATA_CONTROLLER_URL } from '@helsevev/kernel/fhir/write/content'
import { WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'

export const DESCRIPTION_URL = 'http://hl7.no/fhir/ig/okt/StructureDefinition/ServiceDescriptionMarkdown'
/** `needsCaption` of the prototype: the sender states that a reader needs more information than the code. valueBoolean. */
export const NEEDS_CAPTION_URL = 'http://helsevev.no/fhir/StructureDefinition/needs-caption'
/** `serviceLevel` of the prototype, a text whose meaning each municipality decides. valueString. */
export const SERVICE_LEVEL_URL = 'http://helsevev.no/fhir/StructureDefinition/service-level'
/** The data controller that reported the service: valueIdentifier with its organisation number. Set by the server on every write. */
export { DATA_CONTROLLER_URL }

const selected = 'A municipal service is shared in summary; this stays in the record.'

export const municipalServiceProfile = defineProfile({
  url: 'http://helsevev.no/fhir/StructureDefinition/no-municipal-service',
  aliases: ['http://hl7.no/fhir/ig/okt/StructureDefinition/OktEpisodeOfCare'],
  name: 'no-municipal-service',
  title: 'Municipal health and care service',
  type: 'EpisodeOfCare',
  elements: [
    {
      path: 'EpisodeOfCare.status',
      min: 1,
      codes: [{ system: statusSystems.EpisodeOfCare, codes: ['active', 'onhold', 'finished', 'entered-in-error'] }],
      why: 'A service is shared when it runs, is paused or has ended; FHIR R4 writes on hold as onhold.',
    },
    { path: 'EpisodeOfCare.patient', min: 1, max: '1' },
    {
      path: 'EpisodeOfCare.patient.identifier',
      min: 1,
      max: '1',
      why: 'The person is named by number: patient.identifier with system and value. A reference alone cannot be followed here.',
    },
    { path: 'EpisodeOfCare.patient.identifier.system', min: 1 },
    { path: 'EpisodeOfCare.patient.identifier.value', min: 1 },
    { path: 'EpisodeOfCare.type.coding', min: 1, max: '1', why: 'A type holds one coding: list 9151 (IPLOS) or OktStayTypeCs.' },
    { path: 'EpisodeOfCare.period', min: 1, max: '1', why: 'Give period.start, the day the service started.' },
    { path: 'EpisodeOfCare.period.start', min: 1, why: 'The day the service started, such as 2026-01-15.' },
    { path: 'EpisodeOfCare.managingOrganization', max: '1' },
    { path: 'EpisodeOfCare.diagnosis', max: '0', why: selected },
    { path: 'EpisodeOfCare.referralRequest', max: '0', why: selected },
    { path: 'EpisodeOfCare.careManager', max: '0', why: 'Name the unit in managingOrganization, with its phone number.' },
    { path: 'EpisodeOfCare.team', max: '0', why: 'Name the unit in managingOrganization, with its phone number.' },
    { path: 'EpisodeOfCare.account', max: '0', why: selected },
  ],
  extensions: [WEEKLY_EXTENT_URL, DESCRIPTION_URL, NEEDS_CAPTION_URL, SERVICE_LEVEL_URL, DATA_CONTROLLER_URL],
})

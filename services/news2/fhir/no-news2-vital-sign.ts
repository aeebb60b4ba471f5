/** Profile of the measurements that a score is made from, when they are sent as separate Observations and derivedFrom refers to them. */

import { LOINC, OBSERVATION_CATEGORY, SNOMED_CT } from '@helsevev/clinical/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { allMeasurementCodes } from './codes.ts'

const codesOf = (wanted: string) => allMeasurementCodes.filter(({ system }) => system === wanted).map(({ code }) => code)
const vkp = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation-'

export const noNews2VitalSign = defineProfile({
  url: 'http://helsevev.no/fhir/StructureDefinition/no-news2-vital-sign',
  aliases: ['Resprate', 'Oxygensat', 'Bloodpressure', 'Heartrate', 'Bodytemp', 'Consciousness'].map((name) => `${vkp}${name}`),
  name: 'no-news2-vital-sign',
  title: 'Measurement of a NEWS2 parameter',
  type: 'Observation',
  elements: [
    {
      path: 'Observation.category',
      min: 1,
      codes: [{ system: OBSERVATION_CATEGORY, codes: ['vital-signs', 'survey', 'exam', 'therapy', 'procedure'] }],
    },
    {
      path: 'Observation.code',
      min: 1,
      codes: [
        { system: LOINC, codes: codesOf(LOINC) },
        { system: SNOMED_CT, codes: codesOf(SNOMED_CT) },
      ],
    },
    { path: 'Observation.subject', min: 1 },
    { path: 'Observation.subject.identifier', min: 1, why: 'The patient is named by a national identity number, D-number or help number.' },
    { path: 'Observation.effective[x]', min: 1, types: ['dateTime', 'Period', 'instant'] },
    { path: 'Observation.value[x]', types: ['Quantity', 'integer', 'boolean', 'CodeableConcept'] },
  ],
})

/** Profile of the NEWS2 score: one Observation with the total as its value, and sub-scores or measured values in its components. */

import { totalCode } from '@helsevev/clinical/news2/codes'
import { OBSERVATION_CATEGORY, SNOMED_CT } from '@helsevev/clinical/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { assessmentUrl } from './assessment.ts'
import { scale2ChosenBy } from './scale2-chooser.ts'

export const noNews2 = defineProfile({
  url: 'http://helsevev.no/fhir/StructureDefinition/no-news2',
  aliases: ['http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation-NEWS2score'],
  name: 'no-news2',
  title: 'NEWS2 score',
  type: 'Observation',
  elements: [
    { path: 'Observation.category', min: 1, codes: [{ system: OBSERVATION_CATEGORY, codes: ['survey'] }] },
    { path: 'Observation.code', min: 1, codes: [{ system: SNOMED_CT, codes: [totalCode] }] },
    { path: 'Observation.subject', min: 1 },
    { path: 'Observation.subject.identifier', min: 1, why: 'The patient is named by a national identity number, D-number or help number.' },
    { path: 'Observation.effective[x]', min: 1, types: ['dateTime'], why: 'A trend needs the moment of each score.' },
    {
      path: 'Observation.value[x]',
      types: ['Quantity', 'integer'],
      why: 'The total as sent; left out when it was not made, and the score is then partial or computed here.',
    },
    { path: 'Observation.hasMember', max: '0', why: 'Sub-scores are components, so that a score is read and corrected as one.' },
  ],
  extensions: [assessmentUrl, scale2ChosenBy],
})

/**
 * The VKP profiles of HL7 Norge (vkpobservation 0.5) as one profile, a measurement of any kind; and the two other profiles of the service.
 */
import { LOINC } from '@helsevev/clinical/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { COMPARABLE_URL } from './measurement.ts'

const OURS = 'http://helsevev.no/fhir/StructureDefinition/'
const VKP = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation'
const EHELSE = 'http://ehelse.no/fhir/StructureDefinition/'

/** A part of a blood pressure, which a measurement has at most once. */
const part = (name: string, code: string) => ({ name, element: 'code', pattern: { coding: [{ system: LOINC, code }] }, max: '1' as const })

export const measurementProfile = defineProfile({
  url: `${OURS}no-home-measurement`,
  aliases: [
    VKP,
    ...['Bloodpressure', 'Bodytemp', 'Bodyweight', 'Heartrate', 'Oxygensat', 'Resprate', 'Consciousness', 'CFSscore'].map(
      (name) => `${VKP}-${name}`,
    ),
  ],
  name: 'no-home-measurement',
  title: 'Home measurement',
  type: 'Observation',
  extensions: [COMPARABLE_URL],
  elements: [
    { path: 'Observation.subject', min: 1 },
    { path: 'Observation.code.coding', min: 1, why: 'What was measured, as LOINC, SNOMED CT or NLK.' },
    {
      path: 'Observation.effective[x]',
      min: 1,
      types: ['dateTime', 'instant', 'Period'],
      why: 'A trend needs the moment of each measurement.',
    },
    { path: 'Observation.value[x]', types: ['Quantity', 'CodeableConcept', 'integer', 'string', 'boolean'] },
    {
      path: 'Observation.component',
      slices: [part('systolic', '8480-6'), part('diastolic', '8462-4')],
      why: 'Of two systolic or two diastolic pressures in one measurement nobody knows which holds.',
    },
  ],
})

export const goalProfile = defineProfile({
  url: `${OURS}no-home-threshold`,
  name: 'no-home-threshold',
  title: 'Threshold of one’s own',
  type: 'Goal',
  elements: [
    { path: 'Goal.target', min: 1, why: 'What is measured, and the range that is well.' },
    { path: 'Goal.target.measure', min: 1 },
  ],
})

export const alertProfile = defineProfile({
  url: `${OURS}no-home-alert`,
  aliases: [`${EHELSE}vkp-DetectedIssue-v090`],
  name: 'no-home-alert',
  title: 'Alarm',
  type: 'DetectedIssue',
  elements: [
    { path: 'DetectedIssue.code', min: 1, why: 'What kind of alarm it is.' },
    { path: 'DetectedIssue.identified[x]', min: 1, why: 'When it went off.' },
  ],
})

export const followUpProfile = defineProfile({
  url: `${OURS}no-home-alert-follow-up`,
  aliases: [`${EHELSE}vkp-Composition-v090`],
  name: 'no-home-alert-follow-up',
  title: 'Follow-up of an alarm',
  type: 'Composition',
  elements: [{ path: 'Composition.event', min: 1, why: 'What was done with the alarm, and when.' }],
})

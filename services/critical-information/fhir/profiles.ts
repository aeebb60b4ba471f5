/** The profiles, one for each profile of Kjernejournal. No profile requires what a sender can leave to the server, such as the recorder. */
import { defineProfile, type ElementRule, type Profile } from '@helsevev/kernel/fhir/validation/profile'
import type { EntryType } from '../model/categories.ts'
import { extensionUrls } from './entry.ts'

const OURS = 'http://helsevev.no/fhir/StructureDefinition/'
const KJ = 'http://nhn.no/kj/fhir/StructureDefinition/'

function profile(type: EntryType, kj: string, name: string, title: string, elements: ElementRule[]): Profile {
  return defineProfile({
    url: `${OURS}${name}`,
    aliases: [`${KJ}${kj}`],
    name,
    title,
    type,
    extensions: Object.values(extensionUrls),
    elements,
  })
}

const condition: ElementRule[] = [
  { path: 'Condition.code', min: 1, why: 'What the entry is about.' },
  { path: 'Condition.verificationStatus', min: 1, why: 'Suspected, probable or confirmed (list 7521), refuted, or entered in error.' },
]

export const allergyProfile = profile(
  'AllergyIntolerance',
  'KjAllergyIntolerance',
  'no-critical-allergy',
  'Critical allergy or drug reaction',
  [
    {
      path: 'AllergyIntolerance.verificationStatus',
      min: 1,
      why: 'Suspected, probable or confirmed (list 7521), refuted, or entered in error.',
    },
    {
      path: 'AllergyIntolerance.category',
      min: 1,
      why: 'medication for a drug reaction; food, environment or biologic for another allergy.',
    },
    { path: 'AllergyIntolerance.criticality', min: 1, why: 'Serious (high) or less serious (low), list 7520.' },
    { path: 'AllergyIntolerance.code', min: 1, why: 'What the person reacts to.' },
  ],
)
export const intubationProfile = profile(
  'Condition',
  'KjConditionIntubationProblem',
  'no-critical-intubation',
  'Intubation problem',
  condition,
)
export const anaesthesiaProfile = profile(
  'Condition',
  'KjConditionOtherProblemWithAnesthesia',
  'no-critical-anaesthesia',
  'Other problem with anaesthesia',
  condition,
)
export const conditionProfile = profile(
  'Condition',
  'KjConditionCriticalMedicalCondition',
  'no-critical-condition',
  'Critical medical condition',
  condition,
)
export const transplantProfile = profile(
  'Condition',
  'KjConditionTransplantsAndOtherForeignBodies',
  'no-critical-transplant',
  'Transplant or foreign body',
  condition,
)
export const infectionProfile = profile('Condition', 'KjConditionInfection', 'no-critical-infection', 'Infection', condition)
export const treatmentProfile = profile('Procedure', 'KjProcedure', 'no-critical-treatment', 'Treatment', [
  { path: 'Procedure.code', min: 1, why: 'Which treatment (list 7517).' },
])
export const implantProfile = profile('DeviceUseStatement', 'KjDeviceUseStatement', 'no-critical-implant', 'Implant', [
  { path: 'DeviceUseStatement.device', min: 1, why: 'The implant (list 7518), as a contained Device with type, or by name.' },
])
export const routineProfile = profile('Flag', 'KjFlag', 'no-critical-routine', 'Change of routine', [
  { path: 'Flag.code', min: 1, why: 'What is to be done otherwise (list 7522).' },
])

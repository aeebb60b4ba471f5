/**
 * The ten categories of critical information (Volven 7651) in their six groups (7650), with the FHIR type, the profile of Kjernejournal and
 * the value of `criticalInfoType` of each. Norsk helsenett, Kritisk informasjon FHIR-API, read 2026-11.
 */

import { ATC, ICD_10, ICPC_2, SNOMED_CT, volven } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'

export type CategoryCode = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
export type EntryType = 'AllergyIntolerance' | 'Condition' | 'Procedure' | 'DeviceUseStatement' | 'Flag'

export const CATEGORY_SYSTEM = volven(7651)

export interface Category {
  code: CategoryCode
  /** List 7650. */
  group: '1' | '2' | '3' | '4' | '5' | '6'
  type: EntryType
  /** Name of the profile at Kjernejournal. */
  profile: string
  criticalInfoType: string
  names: { nb: string; nn: string; en: string }
  /** Lists that the main code should come from, as canonical systems. */
  lists: readonly string[]
}

const diagnoses = [ICD_10, ICPC_2, SNOMED_CT]

/** Two rows share category 7: devices in use, and transplants or foreign bodies. */
export const categories: readonly Category[] = [
  {
    code: '1',
    group: '1',
    type: 'AllergyIntolerance',
    profile: 'KjAllergyIntolerance',
    criticalInfoType: 'DrugReaction',
    names: { nb: 'Legemiddelreaksjon', nn: 'Legemiddelreaksjon', en: 'Drug reaction' },
    lists: [ATC, SNOMED_CT, 'http://ehelse.no/FESTSubstance', 'http://ehelse.no/FESTMedication'],
  },
  {
    code: '2',
    group: '1',
    type: 'AllergyIntolerance',
    profile: 'KjAllergyIntolerance',
    criticalInfoType: 'OtherAllergen',
    names: { nb: 'Annen allergi', nn: 'Annan allergi', en: 'Other allergy' },
    lists: [volven(7514), SNOMED_CT],
  },
  {
    code: '3',
    group: '2',
    type: 'Condition',
    profile: 'KjConditionIntubationProblem',
    criticalInfoType: 'IntubationProblem',
    names: { nb: 'Intubasjonsproblem', nn: 'Intubasjonsproblem', en: 'Intubation problem' },
    lists: [volven(7515), volven(7516), SNOMED_CT],
  },
  {
    code: '4',
    group: '2',
    type: 'Condition',
    profile: 'KjConditionOtherProblemWithAnesthesia',
    criticalInfoType: 'OtherProblemWithAnesthesia',
    names: { nb: 'Annet problem ved anestesi', nn: 'Anna problem ved anestesi', en: 'Other problem with anaesthesia' },
    lists: diagnoses,
  },
  {
    code: '5',
    group: '3',
    type: 'Condition',
    profile: 'KjConditionCriticalMedicalCondition',
    criticalInfoType: 'CriticalMedicalCondition',
    names: { nb: 'Kritisk medisinsk tilstand', nn: 'Kritisk medisinsk tilstand', en: 'Critical medical condition' },
    lists: diagnoses,
  },
  {
    code: '6',
    group: '4',
    type: 'Procedure',
    profile: 'KjProcedure',
    criticalInfoType: 'Treatment',
    names: { nb: 'Behandling', nn: 'Behandling', en: 'Treatment' },
    lists: [volven(7517), SNOMED_CT],
  },
  {
    code: '7',
    group: '4',
    type: 'DeviceUseStatement',
    profile: 'KjDeviceUseStatement',
    criticalInfoType: 'Implant',
    names: { nb: 'Implantat', nn: 'Implantat', en: 'Implant' },
    lists: [volven(7518), SNOMED_CT],
  },
  {
    code: '7',
    group: '4',
    type: 'Condition',
    profile: 'KjConditionTransplantsAndOtherForeignBodies',
    criticalInfoType: 'TransplantsAndOtherForeignBodies',
    names: { nb: 'Transplantat eller fremmedlegeme', nn: 'Transplantat eller framandlekam', en: 'Transplant or foreign body' },
    lists: [volven(7518), SNOMED_CT],
  },
  {
    code: '8',
    group: '5',
    type: 'Flag',
    profile: 'KjFlag',
    criticalInfoType: 'LimitationOfLifeProlongingTreatment',
    names: {
      nb: 'Avgrensning av livsforlengende behandling',
      nn: 'Avgrensing av livsforlengjande behandling',
      en: 'Limitation of life-prolonging treatment',
    },
    lists: [volven(7522), SNOMED_CT],
  },
  {
    code: '9',
    group: '5',
    type: 'Flag',
    profile: 'KjFlag',
    criticalInfoType: 'OtherProcedureChange',
    names: { nb: 'Annen endring i behandlingsrutine', nn: 'Annan endring i behandlingsrutine', en: 'Other change of routine' },
    lists: [volven(7522), SNOMED_CT],
  },
  {
    code: '10',
    group: '6',
    type: 'Condition',
    profile: 'KjConditionInfection',
    criticalInfoType: 'Infection',
    names: { nb: 'Smitte', nn: 'Smitte', en: 'Infection' },
    lists: [volven(7519), ICD_10, SNOMED_CT],
  },
]

/** The lists that belong to critical information. Their codes ship with Helsevev (kernel/codes/data). */
const ownLists = new Set([7497, 7498, 7513, 7514, 7515, 7516, 7517, 7518, 7519, 7520, 7521, 7522].map(volven))

/** Undefined for a list that is not ours, and while the codes of the list are not loaded. */
export function isOfList(codes: Codes, system: string | undefined, code: string | undefined): boolean | undefined {
  const list = codes.canonical(system ?? '')
  if (!ownLists.has(list) || !codes.known(list)) return undefined
  return code !== undefined && codes.display(list, code) !== undefined
}

/**
 * Critical information (Kritisk informasjon): what changes emergency care, in ten categories. There is one entry for each fact about a
 * person, no matter who wrote it; each reader may correct it, and it never disappears. docs/services/critical-information.md
 */
import { codings } from '@helsevev/clinical/search-parameters'
import { hl7, statusSystems } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'
import { defineService, type Prepared, type ResourceDeclaration, type SearchParameter } from '@helsevev/kernel/fhir/service'
import {
  categoryOf,
  clinicalOf,
  conceptOf,
  type Entry,
  extensionUrls,
  presenceOf,
  recordedOf,
  standingOf,
  withoutExtensions,
} from './fhir/entry.ts'
import { factOf, factsIn } from './fhir/facts.ts'
import { enteredInError, prepareEntry } from './fhir/prepare.ts'
import {
  allergyProfile,
  anaesthesiaProfile,
  conditionProfile,
  implantProfile,
  infectionProfile,
  intubationProfile,
  routineProfile,
  transplantProfile,
  treatmentProfile,
} from './fhir/profiles.ts'
import { statusOperation } from './fhir/status-operation.ts'
import { summaryLineOf } from './fhir/summary-line.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { CATEGORY_SYSTEM, type EntryType } from './model/categories.ts'
import { refusal, rules } from './model/rules.ts'

const isOf = (criticalInfoType: string) => (entry: Entry) => categoryOf(entry, withoutAliases)?.criticalInfoType === criticalInfoType

/** The spellings of list 7651 that senders use. */
function withoutAliases(system: string): string {
  return /(^|[._-])7651$/.test(system) ? CATEGORY_SYSTEM : system
}

/** An allergy and a condition have two statuses as concepts; the other types have one as a code, whose list is not in the resource. */
function statusesOf(type: EntryType): SearchParameter<Entry>[] {
  if (type !== 'AllergyIntolerance' && type !== 'Condition')
    return [
      {
        name: 'status',
        type: 'token',
        expression: `${type}.status`,
        system: statusSystems[type],
        values: (entry) => [{ code: clinicalOf(entry) }],
      },
    ]
  const list = type === 'Condition' ? (['condition-clinical', 'condition-ver-status'] as const) : allergyLists
  const status = (name: string, element: 'clinicalStatus' | 'verificationStatus', system: string): SearchParameter<Entry> => ({
    name,
    type: 'token',
    expression: `${type}.${element}`,
    system: hl7(system),
    values: (entry) => (entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition' ? codings(entry[element]) : []),
  })
  return [status('clinical-status', 'clinicalStatus', list[0]), status('verification-status', 'verificationStatus', list[1])]
}

const allergyLists = ['allergyintolerance-clinical', 'allergyintolerance-verification'] as const

function parametersOf(type: EntryType): SearchParameter<Entry>[] {
  return [
    { name: 'date', type: 'date', expression: `${type} registered` },
    {
      name: 'criticalInfoType',
      type: 'token',
      expression: `${type}.meta.profile or category`,
      values: (entry) => [{ code: categoryOf(entry, withoutAliases)?.criticalInfoType }],
    },
    {
      name: 'code',
      type: 'token',
      expression: type === 'DeviceUseStatement' ? 'DeviceUseStatement.device.type' : `${type}.code`,
      equivalents: true,
      ...(type === 'DeviceUseStatement' ? { texts: ['contained.type.text', 'contained.type.coding.display', 'device.display'] } : {}),
      values: (entry) => codings(conceptOf(entry)),
    },
    ...statusesOf(type),
    {
      name: 'standing',
      type: 'token',
      expression: `${type}: stated, refuted or entered-in-error`,
      values: (entry) => {
        const standing = standingOf(entry, new Date(0))
        return [{ code: standing === 'refuted' || standing === 'entered-in-error' ? standing : 'stated' }]
      },
    },
    { name: 'present', type: 'token', expression: `${type}: true when it applies now`, findsPresent: true },
  ]
}

function declaration<E extends Entry>(type: E['resourceType'], profiles: ResourceDeclaration['profiles']): ResourceDeclaration<E> {
  return {
    profiles,
    otherwise: () => refusal('category-missing', `${type}.category`),
    interactions: ['read', 'search-type', 'create', 'update', 'delete'],
    patientElement: type === 'AllergyIntolerance' ? 'patient' : 'subject',
    time: recordedOf,
    searchParameters: parametersOf(type),
    businessKey: (entry, { canonical }) => factOf(entry, canonical),
    uniqueWithin: 'patient',
    changedBy: 'readers',
    // Each keeps the type of the entry that it gets.
    prepare: (entry, context) => prepareEntry(entry, context) as Prepared<E>,
    deletion: (entry) => enteredInError(entry) as E,
    presence: presenceOf,
    unstamped: (entry) => withoutExtensions(entry, [extensionUrls.updater, extensionUrls.updated]),
  }
}

export const criticalInformation = defineService({
  ...identity,
  summary: {
    nb: 'Overfølsomhet, problemer ved anestesi, kritiske tilstander, behandlinger og implantater, endrede rutiner og smitte.',
    nn: 'Overfølsemd, problem ved anestesi, kritiske tilstandar, behandlingar og implantat, endra rutinar og smitte.',
    en: 'Hypersensitivity, problems with anaesthesia, critical conditions, treatments and implants, changed routines and infections.',
  },
  storageMode: 'national-original',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    JO: ['TREAT', 'ETREAT', 'BTG'],
    TL: ['TREAT', 'ETREAT', 'BTG'],
    FA1: ['TREAT', 'ETREAT'],
    FA2: ['TREAT', 'ETREAT'],
    AA: ['TREAT', 'ETREAT', 'BTG'],
    PS: ['TREAT', 'ETREAT'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'helsenorge.no/kjernejournal: no digital insight for 12 to 15, own sign-in from 16; 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'Entries are kept with their versions, refuted and ended ones too, as long as the person has a record.',
  resources: {
    AllergyIntolerance: declaration('AllergyIntolerance', [{ profile: allergyProfile }]),
    Condition: declaration('Condition', [
      { profile: intubationProfile, when: isOf('IntubationProblem') },
      { profile: anaesthesiaProfile, when: isOf('OtherProblemWithAnesthesia') },
      { profile: conditionProfile, when: isOf('CriticalMedicalCondition') },
      { profile: transplantProfile, when: isOf('TransplantsAndOtherForeignBodies') },
      { profile: infectionProfile, when: isOf('Infection') },
    ]),
    Procedure: declaration('Procedure', [{ profile: treatmentProfile }]),
    DeviceUseStatement: declaration('DeviceUseStatement', [{ profile: implantProfile }]),
    Flag: declaration('Flag', [{ profile: routineProfile, when: (entry: Entry) => categoryOf(entry, withoutAliases) !== undefined }]),
  },
  operations: [statusOperation],
  patientSummary: (
    [
      ['alerts', 'Flag'],
      ['allergies', 'AllergyIntolerance'],
      ['problems', 'Condition'],
      ['procedures', 'Procedure'],
      ['devices', 'DeviceUseStatement'],
    ] as const
  ).map(([section, type]) => ({
    section,
    type,
    count: 50,
    line: summaryLineOf,
    facts: (entries: readonly Entry[], { canonical }: Codes) => factsIn(entries, canonical),
  })),
})

export default criticalInformation

/**
 * The medication list: what a patient takes, one list for all who treat, in the newest version that anyone of them has sent.
 * docs/services/medication-list.md
 */
import { issuesFor } from '@helsevev/clinical/e-prescription-fhir/making'
import { countingStatus } from '@helsevev/clinical/status-operation'
import { defineService, type Prepared, type SummaryContribution } from '@helsevev/kernel/fhir/service'
import { completedTeam, unstampedTeam } from './fhir/derived.ts'
import { getMedicationOperation } from './fhir/get-medication.ts'
import { lineProfile, listProfile, multidoseProfile, sayingProfile } from './fhir/profiles.ts'
import { careTeamParameters, communicationParameters, listParameters, statementParameters } from './fhir/search-parameters.ts'
import { summaryOfList } from './fhir/summary.ts'
import { extensionUrls, LIST_CODE } from './fhir/systems.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { convertMessage, isOfList, keyOf, type Made } from './messages/convert.ts'
import { indicators } from './model/indicators.ts'
import { rules } from './model/rules.ts'
import { presenceOf } from './model/standing.ts'
import { sendMedication } from './send/send-medication.ts'

/** Only the adapter writes: a list is stored whole. */
const read = {
  interactions: ['read', 'search-type'] as const,
  businessKey: (resource: Made) => keyOf(resource),
}

/** The list is one, no matter who writes (docs/decisions/0077). */
const sharedByAll = { uniqueWithin: 'patient', changedBy: 'readers' } as const

function prepare<R extends Made>(resource: R): Prepared<R> {
  return { resource, issues: [...issuesFor(resource)] }
}

export const medicationList = defineService({
  ...identity,
  summary: {
    nb: 'Legemidlene pasienten bruker: en felles liste, uansett hvem som skrev den og i hvilket system.',
    nn: 'Legemidla pasienten bruker: ei felles liste, uansett kven som skreiv ho og i kva system.',
    en: 'The medicines that the patient uses: one shared list, no matter who wrote it and in which system.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    TL: ['TREAT', 'ETREAT', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    JO: ['TREAT', 'ETREAT', 'BTG'],
    FA1: ['TREAT', 'ETREAT'],
    FA2: ['TREAT', 'ETREAT'],
    AA: ['TREAT', 'ETREAT', 'BTG'],
  },
  // A prescription that is kept from those who act for the patient (Vergeinnsynsreservasjon) keeps its line from them too.
  hiddenWith: { service: 'e-prescriptions', parameter: 'prescription' },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'no own rule for the medication list was found: the row of kjernejournal, helsenorge.no, 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'The list and its versions are kept while its sender shares the service; the original, by the rules of the sender.',
  resources: {
    List: {
      ...read,
      profiles: [{ profile: listProfile }],
      patientElement: 'subject',
      time: ({ date }) => date,
      searchParameters: listParameters,
      prepare,
      ...sharedByAll,
    },
    MedicationStatement: {
      ...read,
      profiles: [{ profile: lineProfile }],
      patientElement: 'subject',
      time: ({ effectivePeriod, dateAsserted }) => effectivePeriod?.start ?? dateAsserted,
      searchParameters: statementParameters,
      prepare,
      presence: presenceOf,
      ...sharedByAll,
    },
    CareTeam: {
      ...read,
      profiles: [{ profile: multidoseProfile }],
      patientElement: 'subject',
      time: ({ period, extension = [] }) => period?.start ?? extension.find(({ url }) => url === extensionUrls.messageTime)?.valueDateTime,
      searchParameters: careTeamParameters,
      prepare,
      unstamped: unstampedTeam,
      derived: { by: 'category', make: (resource, others, { now }) => completedTeam(resource, others, now) },
      presence: ({ status }) => (status === 'active' ? {} : 'never'),
    },
    Communication: {
      ...read,
      profiles: [{ profile: sayingProfile }],
      patientElement: 'subject',
      time: ({ sent }) => sent,
      searchParameters: communicationParameters,
      prepare,
    },
  },
  operations: [
    getMedicationOperation,
    countingStatus({
      summary: 'Whether the person has a list: some, none, unknown or withheld, how many lines are in use, and who has sent. Opens none.',
      counts: {
        lists: (records) => records.count('List', { tokens: { code: [{ system: LIST_CODE.system, code: LIST_CODE.code }] } }),
        inUse: (records) => records.count('MedicationStatement', { present: true }),
        lines: (records) => records.count('MedicationStatement'),
      },
    }),
  ],
  patientSummary: [summaryOfList as SummaryContribution],
  indicators,
  adapters: [
    {
      name: 'medication-list',
      summary:
        'A message of the medication list as it is sent: M25.1 with its extension, M25.2, M25.3, M25.4, M9.12, M27.1, M27.2 or M28, XML.',
      accepts: 'xml',
      recognises: (body) => isOfList(body as Buffer),
      convert: (body, context) => convertMessage(body as Buffer, context),
    },
    sendMedication,
  ],
})

export default medicationList

/**
 * E-prescriptions: the chain of a prescription from M1 to the last dispensing. Each message of e-prescription is the record of who sent it,
 * and others complete it. docs/services/e-prescriptions.md
 */

import { issuesFor } from '@helsevev/clinical/e-prescription-fhir/making'
import { countingStatus } from '@helsevev/clinical/status-operation'
import { defineService, type Prepared } from '@helsevev/kernel/fhir/service'
import type { Presence } from '@helsevev/kernel/store/present'
import { period } from '@helsevev/kernel/values/dates'
import type { MedicationRequest } from '@medplum/fhirtypes'
import {
  completedCommunication,
  completedDispensing,
  completedPrescription,
  completedRecall,
  unstamped,
  unstampedPrescription,
} from './fhir/derived.ts'
import { dispenseProfile, messageProfile, prescriptionProfile, recallProfile } from './fhir/profiles.ts'
import {
  communicationParameters,
  medicationDispenseParameters,
  medicationRequestParameters,
  taskParameters,
} from './fhir/search-parameters.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { convertMessage, keyOf } from './messages/convert.ts'
import type { Made } from './messages/made.ts'
import { rules } from './model/rules.ts'

/** Only the adapter writes: a message is stored whole. */
const read = {
  interactions: ['read', 'search-type'] as const,
  businessKey: (resource: Made) => keyOf(resource),
}

function prepare<R extends Made>(resource: R): Prepared<R> {
  return { resource, issues: [...issuesFor(resource)] }
}

/** Open until the last day of its validity. A prescription expires without a message. */
function presenceOf({ status, dispenseRequest }: MedicationRequest): Presence {
  if (status !== 'active' && status !== 'on-hold') return 'never'
  const end = dispenseRequest?.validityPeriod?.end
  return { until: end === undefined ? undefined : period(end)?.end }
}

/**
 * Whether it holds an element of e-prescription other than the medication list, or a receipt. Names of schemas are ASCII; UTF-16 has a zero
 * octet in each letter.
 */
function isEPrescription(octets: Buffer): boolean {
  const letters = octets.toString('latin1').replaceAll('\0', '')
  return /\/xmlstds\/(eresept|apprec)\//.test(letters) && !/\/xmlstds\/eresept\/m(25\d|912|27\d|28)\//.test(letters)
}

export const ePrescriptions = defineService({
  ...identity,
  summary: {
    nb: 'Resepter med utleveringer, tilbakekallinger og fornyelser, uansett hvem som skrev dem og hvilket apotek som utleverte.',
    nn: 'Reseptar med utleveringar, tilbakekallingar og fornyingar, uansett kven som skreiv dei og kva apotek som utleverte.',
    en: 'Prescriptions with dispensings, recalls and renewals, no matter who wrote them and which pharmacy dispensed.',
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
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'no own rule for prescriptions was found: the row of kjernejournal, helsenorge.no, 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'The copy and its versions are kept while its sender shares the service; the original, by the rules of the sender.',
  resources: {
    MedicationRequest: {
      ...read,
      profiles: [{ profile: prescriptionProfile }],
      patientElement: 'subject',
      time: ({ authoredOn }) => authoredOn,
      searchParameters: medicationRequestParameters,
      prepare,
      unstamped: unstampedPrescription,
      derived: { by: 'prescription', make: (resource, others, { now }) => completedPrescription(resource, others, now) },
      presence: presenceOf,
    },
    MedicationDispense: {
      ...read,
      profiles: [{ profile: dispenseProfile }],
      patientElement: 'subject',
      time: ({ whenHandedOver }) => whenHandedOver,
      searchParameters: medicationDispenseParameters,
      prepare,
      unstamped,
      derived: { by: 'prescription', make: completedDispensing },
      presence: ({ status }) => (status === 'entered-in-error' ? 'never' : {}),
    },
    Task: {
      ...read,
      profiles: [{ profile: recallProfile }],
      patientElement: 'for',
      time: ({ authoredOn }) => authoredOn,
      searchParameters: taskParameters,
      prepare,
      unstamped,
      derived: { by: 'prescription', make: completedRecall },
    },
    Communication: {
      ...read,
      profiles: [{ profile: messageProfile }],
      patientElement: 'subject',
      time: ({ sent }) => sent,
      searchParameters: communicationParameters,
      prepare,
      unstamped,
      derived: { by: 'prescription', make: completedCommunication },
    },
  },
  operations: [
    countingStatus({
      summary: 'Whether the person has prescriptions: some, none, unknown or withheld, how many are open, and who has sent. Opens none.',
      counts: {
        prescriptions: (records) => records.count('MedicationRequest'),
        open: (records) => records.count('MedicationRequest', { present: true }),
        dispensings: (records) => records.count('MedicationDispense', { present: true }),
      },
    }),
  ],
  adapters: [
    {
      name: 'e-prescription',
      summary: 'A message of e-prescription as it is sent: M1, M5, M5.2, M6, M7, M8, M9.6, M10 or AppRec, XML.',
      accepts: 'xml',
      recognises: (body) => isEPrescription(body as Buffer),
      answers: true,
      convert: (body, context) => convertMessage(body as Buffer, context),
    },
  ],
})

export default ePrescriptions

/** Profiles of the chain of a prescription: what every reader can rely on. */

import { MESSAGE_KIND } from '@helsevev/clinical/e-prescription-fhir/systems'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { WITHDRAWAL } from '../messages/recall.ts'
import { extensionUrls, TASK_CODE } from './systems.ts'

const named = (name: string) => ({ url: `http://helsevev.no/fhir/StructureDefinition/${name}`, name })
const extensions: string[] = Object.values(extensionUrls)

export const prescriptionProfile = defineProfile({
  ...named('no-prescription'),
  title: 'Prescription',
  type: 'MedicationRequest',
  extensions,
  elements: [
    { path: 'MedicationRequest.extension', min: 1, why: 'When the message was made.' },
    { path: 'MedicationRequest.identifier', min: 2, why: 'ReseptId, and the id of the message.' },
    { path: 'MedicationRequest.intent', fixed: 'order' },
    { path: 'MedicationRequest.authoredOn', min: 1 },
  ],
})

export const dispenseProfile = defineProfile({
  ...named('no-prescription-dispense'),
  title: 'Dispensing of a prescription',
  type: 'MedicationDispense',
  extensions,
  elements: [
    { path: 'MedicationDispense.extension', min: 1, why: 'When the message was made.' },
    { path: 'MedicationDispense.identifier', min: 1, why: 'The id of the message, and of the M10.' },
    { path: 'MedicationDispense.whenHandedOver', min: 1 },
    { path: 'MedicationDispense.authorizingPrescription', max: '1' },
  ],
})

export const recallProfile = defineProfile({
  ...named('no-prescription-recall'),
  title: 'Recall of a prescription',
  type: 'Task',
  extensions,
  elements: [
    { path: 'Task.extension', min: 1, why: 'When the message was made.' },
    { path: 'Task.identifier', min: 1, why: 'The id of the message.' },
    { path: 'Task.code', min: 1, codes: [{ system: TASK_CODE, codes: ['recall'] }] },
    { path: 'Task.authoredOn', min: 1 },
  ],
})

export const messageProfile = defineProfile({
  ...named('no-prescription-message'),
  title: 'Statement about a prescription',
  type: 'Communication',
  extensions,
  elements: [
    { path: 'Communication.extension', min: 1, why: 'When the message was made.' },
    { path: 'Communication.identifier', min: 1, why: 'The id of the message.' },
    {
      path: 'Communication.category',
      min: 1,
      max: '1',
      codes: [{ system: MESSAGE_KIND, codes: ['M5.2', 'M6', 'M7', 'M8', 'M9.6', 'M10', 'AppRec', WITHDRAWAL] }],
      why: 'The kind of message; M6, M8 and M10 where they cancel a dispensing.',
    },
    { path: 'Communication.sent', min: 1 },
  ],
})

/**
 * Where the elements of the messages go in FHIR, by the group and the field of the structure. An element that is not here is kept as an
 * extension under its own name (clinical/e-prescription-fhir/elements.ts). A row that begins with "not stored" says why.
 */
import { type Places, sharedPlaces } from '@helsevev/clinical/e-prescription-fhir/places'

const person = 'not stored: who the patient is comes from the person register'
const extension = (name: string) => `extension ${name}`

export const placed: Places = {
  ...sharedPlaces('dosage'),
  LegemidlerIBruk: {
    lines: 'a MedicationStatement for each',
    note: 'List.note',
    isSubstitute: extension('sfm-pllInformation.substitute'),
  },
  EnkeltoppforingLIB: {
    id: 'MedicationStatement.identifier',
    type: extension('sfm-reseptamendment.typeresept'),
    prescriptionId: 'MedicationStatement.basedOn',
    prescriptionValidUntil: extension('sfm-reseptamendment.expirationdate'),
    lastChanged: `MedicationStatement.dateAsserted, ${extension('sfm-reseptamendment.lastchanged')}`,
    start: 'MedicationStatement.effectivePeriod.start',
    withChange: extension('medication-changed-at-renewal'),
    discontinuation: `${extension('sfm-discontinuation')}, MedicationStatement.effectivePeriod.end and statusReason`,
    questions: extension('medication-question'),
  },
  Rolle: { role: extension('sfm-regInfo.type') },
  Helseperson: { given: extension('sfm-regInfo.provider'), family: extension('sfm-regInfo.provider') },
  ReseptDokLegemiddel: { note: 'MedicationStatement.note' },
  M271: { status: extension('multidose-request'), from: 'CareTeam.period.start' },
  Pasient: { patient: person, otherNumbers: person, lists: 'a record set for each list that lies in it' },
  LegemidlerIbrukUtvidelse: {
    dosages: 'MedicationStatement.dosage',
    handledWarnings: extension('medication-list-handled-warning'),
    medicalChanges: extension('medication-medical-change'),
    comments: 'MedicationStatement.note',
    review: extension('medication-list-review'),
  },
  Dosering: {
    instructions: 'dosage.additionalInstruction',
    doseText: 'dosage.text',
    additionalText: 'dosage.patientInstruction',
  },
}

/**
 * Where the elements of the messages go in FHIR, by the group and the field of the structure. An element that is not here is kept as an
 * extension under its own name (elements.ts). A row that begins with "not stored" says why.
 */
import { type Places, sharedPlaces } from '@helsevev/clinical/e-prescription-fhir/places'

export const placed: Places = {
  ...sharedPlaces('dosageInstruction'),
  Resept: {
    authoredOn: 'MedicationRequest.authoredOn',
    validUntil: 'MedicationRequest.dispenseRequest.validityPeriod.end',
    hiddenFromRepresentatives: 'extension prescription-hidden-from-representatives, and meta.security NORN_FORANS',
    referenceNumber: 'not stored: whoever has the number opens the prescription. Extension prescription-has-reference-number',
    specialty: 'PractitionerRole.specialty',
    festUpdated: 'extension prescription-fest-updated',
    isLocked: 'extension prescription-locked; nothing else of a locked prescription is stored',
  },
  ReseptDokLegemiddel: {
    itemGroup: 'MedicationRequest.category',
    packages: 'quantity, unit pakning',
    note: 'note',
    reimbursementBasis: 'extension prescription-reimbursement',
    reimbursementCode: 'extension prescription-reimbursement',
    repeats: 'MedicationRequest.dispenseRequest.numberOfRepeatsAllowed',
    substitutionAllowed: 'MedicationRequest.substitution',
    amount: 'quantity',
  },
  ReseptDokHandelsvare: {
    itemGroup: 'MedicationRequest.category',
    packages: 'quantity, unit pakning',
    note: 'note',
    reimbursementBasis: 'extension prescription-reimbursement',
    instruction: 'dosageInstruction.text',
  },
  MedForbMatr: { number: 'Medication.code.coding', name: 'Medication.code.text' },
  Naringsmiddel: { number: 'Medication.code.coding', name: 'Medication.code.text' },
  Brystprotese: { number: 'Medication.code.coding', name: 'Medication.code.text' },
  Utlevering: {
    prescriptionId: 'MedicationDispense.authorizingPrescription',
    whenHandedOver: 'MedicationDispense.whenHandedOver',
    isCancellation: 'the type of the record: a cancellation is a Communication',
    concluded: 'extension dispense-concluded',
  },
  UtleveringsrapportRekvirent: { reportId: 'MedicationDispense.identifier' },
  UtleveringsrapportFastlege: { reportId: 'MedicationDispense.identifier' },
  Tilbakekalling: {
    prescriptionId: 'Task.focus',
    note: 'note',
    reason: 'Task.reasonCode; of M9.6, extension prescription-stated-recall',
    newPrescriptionId: 'Task.input',
  },
  KvitteringTilbakekalling: { prescriptionId: 'Communication.about', status: 'extension e-prescription-answer' },
  Listeelement: {
    prescriptionId: 'Communication.about',
    status: 'extension prescription-stated-state',
  },
  Fornying: { previousPrescriptionId: 'extension prescription-previous' },
  M96: { prescriptions: 'a Communication for each', hasLocked: 'extension prescriptions-locked-exist' },
  AppRec: { id: 'identifier', timestamp: 'extension e-prescription-message-time', status: 'extension e-prescription-answer' },
  OriginalMsgId: { id: 'extension e-prescription-answers' },
  Dosering: {
    instructions: 'dosageInstruction.additionalInstruction',
    doseText: 'dosageInstruction.text',
    additionalText: 'dosageInstruction.patientInstruction',
  },
}

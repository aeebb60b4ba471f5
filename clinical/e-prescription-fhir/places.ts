/**
 * Where the elements that several messages have go in FHIR, by the group and the field of the structure. An element that is in no table is
 * kept as an extension under its own name (elements.ts). A row that begins with "not stored" says why.
 */
export type Places = Readonly<Record<string, Readonly<Record<string, string>>>>

const drug = {
  atc: 'Medication.code.coding',
  name: 'Medication.code.text',
  form: 'Medication.form',
  festId: 'Medication.code.coding',
  preparationType: 'Medication.extension(drug-preparation-type)',
}
const person = 'not stored: who the patient is comes from the person register'
const personal = 'not stored: personal details of somebody who is not the patient'
const personalDetails = { birthDate: personal, sex: personal, nationality: personal, address: personal, contacts: personal }

/** `dosage`: the element of the record that says how the drug is taken. */
export const sharedPlaces = (dosage: 'dosage' | 'dosageInstruction'): Places => ({
  MsgInfo: {
    timestamp: 'extension e-prescription-message-time',
    id: 'identifier',
    patient: person,
  },
  HealthcareProfessional: personalDetails,
  Person: { family: personal, middle: personal, given: personal, identifiers: personal, ...personalDetails },
  Patient: {
    family: person,
    middle: person,
    given: person,
    identifiers: person,
    birthDate: person,
    sex: person,
    nationality: person,
    address: person,
    contacts: person,
  },
  PasientInfo: { patient: person, otherNumbers: person },
  Forskrivning: {
    applicationArea: `${dosage}.extension(dosage-application-area)`,
    doseText: `${dosage}.text`,
    use: `${dosage}.asNeededBoolean, extension dosage-use`,
    shortDose: `${dosage}.extension(dosage-short-dose)`,
  },
  LegemiddelMerkevare: drug,
  Legemiddelpakning: { ...drug, articleNumber: 'Medication.code.coding' },
  LegemiddelVirkestoff: drug,
  Legemiddeldose: drug,
  Legemiddelblanding: { name: 'Medication.code.text', form: 'Medication.form' },
  BestanddelAnnet: { name: 'Medication.ingredient' },
  Virkestoff: { festId: 'Medication.ingredient', name: 'Medication.ingredient' },
})

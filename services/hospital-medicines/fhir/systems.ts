/** Names of LMDI 1.1 (http://hl7.no/fhir/ig/lmdi) that this service reads, and its own. */
const lmdi = (name: string) => `http://hl7.no/fhir/ig/lmdi/StructureDefinition/${name}`

export const lmdiProfiles = {
  MedicationAdministration: lmdi('lmdi-medicationadministration'),
  MedicationRequest: lmdi('lmdi-medicationrequest'),
} as const

export const extensionUrls = {
  /** ATC of a Medication: its code is a product, and the class stands here. */
  classification: lmdi('legemiddel-classification'),
  /** Percentage of the usual dose. */
  dosePercentage: lmdi('lmdi-prosentvis-doseendring'),
  /** Name of the regimen that an order is part of. */
  regimen: lmdi('lmdi-del-av-behandlingsregime'),
  clinicalTrial: lmdi('lmdi-klinisk-studie'),
  nprEpisode: lmdi('npr-episode-identifier'),
  /** When the sender made the statement: Bundle.timestamp. */
  stated: 'http://helsevev.no/fhir/StructureDefinition/hospital-medicine-stated',
} as const

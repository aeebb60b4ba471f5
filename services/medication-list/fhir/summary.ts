/** The contribution to the patient summary: what is in use now. */
import { identifierValue, MESSAGE_KIND, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { SummaryContribution } from '@helsevev/kernel/fhir/service'
import type { MedicationStatement } from '@medplum/fhirtypes'

/** Drug, dose in the words of the sender, and what it is for. */
function lineOf({ contained = [], medicationCodeableConcept, dosage = [], reasonCode = [] }: MedicationStatement): string {
  const medication = contained.find((one) => one.resourceType === 'Medication')
  const code = medication?.code ?? medicationCodeableConcept
  const drug = code?.text ?? code?.coding?.find(({ display }) => display !== undefined)?.display ?? ''
  const dose = dosage.find(({ text }) => text !== undefined)?.text?.replaceAll(/\s+/g, ' ')
  const words = [dose, reasonCode[0]?.text].filter(Boolean).join(', ')
  return words === '' ? drug : `${drug}: ${words}`
}

/** Lines of the list alone: what a pharmacy proposes is not in use. A line that stands in the lists of two systems is one. */
export const summaryOfList: SummaryContribution<MedicationStatement> = {
  section: 'medications',
  type: 'MedicationStatement',
  tokens: { 'stands-in': [{ system: MESSAGE_KIND, code: 'M25.1' }] },
  count: 100,
  line: lineOf,
  facts: (records) => [...Map.groupBy(records, (one) => identifierValue(PLL_ID, one.identifier) ?? one.id ?? '').values()],
}

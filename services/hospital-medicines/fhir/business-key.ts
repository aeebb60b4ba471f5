/** Which records state the same: by the identifier of the source; without one, by medicine, time, dose and way. */
import type { Codes } from '@helsevev/kernel/codes/codes'
import { instant } from '@helsevev/kernel/values/dates'
import type { CodeableConcept, MedicationAdministration, MedicationRequest, Quantity } from '@medplum/fhirtypes'
import { codingsOf, type Given, namesOf } from './medicine.ts'

/** LMDI asks for no system: a value alone is the number of the sender. */
function identifierOf({ identifier = [] }: Given): string | undefined {
  const known = identifier.find(({ value }) => value)
  return known && `identifier:${known.system ?? ''}|${known.value}`
}

export function administrationKey(given: MedicationAdministration, codes: Codes): string {
  const { effectiveDateTime, effectivePeriod, dosage } = given
  const times = [effectiveDateTime ?? effectivePeriod?.start, effectivePeriod?.end].map(timeOf)
  return identifierOf(given) ?? contentKey(given, codes, [times, amount(dosage?.dose), concepts(dosage?.route, codes)])
}

export function orderKey(order: MedicationRequest, codes: Codes): string {
  const { authoredOn, intent, requester, dosageInstruction } = order
  return identifierOf(order) ?? contentKey(order, codes, [timeOf(authoredOn), intent, requester, dosageInstruction])
}

function contentKey(record: Given, codes: Codes, parts: unknown[]): string {
  const medicine = codingsOf(record).map(({ system, code }) => `${codes.canonical(system ?? '')}|${code}`)
  return `content:${JSON.stringify([medicine.length > 0 ? medicine : namesOf(record), ...parts])}`
}

function timeOf(time: string | undefined): number | string | undefined {
  return time === undefined ? undefined : (instant(time)?.getTime() ?? time)
}

function amount(dose: Quantity | undefined): unknown[] {
  return [dose?.value, dose?.code ?? dose?.unit]
}

function concepts(concept: CodeableConcept | undefined, { canonical }: Codes): string[] {
  return (concept?.coding ?? []).map(({ system, code }) => `${canonical(system ?? '')}|${code}`)
}

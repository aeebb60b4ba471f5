/** What a stored drug states, for comparing it with others. */

import { period } from '@helsevev/kernel/values/dates'
import type { Medication, MedicationRequest } from '@medplum/fhirtypes'
import type { ComparedPrescription, DrugCodes } from '../medicines/double-use.ts'
import { ATC } from '../systems.ts'
import { ARTICLE_NUMBER, extensionUrl, FEST, identifierValue, messageExtensions, RESEPT_ID } from './systems.ts'

/** A mixture is known by its ingredients: other drugs have none. */
export function drugCodesOf(medication: Medication | undefined): DrugCodes {
  const codings = medication?.code?.coding ?? []
  const [atc, festId, articleNumber] = [ATC, FEST, ARTICLE_NUMBER].map((list) => codings.find(({ system }) => system === list)?.code)
  const form = medication?.form?.coding?.[0]?.code
  const stated = medication?.extension?.find(({ url }) => url === messageExtensions.preparationType)?.valueCodeableConcept
  const preparationType = stated?.coding?.[0]?.code
  return {
    ...(atc === undefined ? {} : { atc }),
    ...(festId === undefined ? {} : { festId }),
    ...(form === undefined ? {} : { form }),
    ...(articleNumber === undefined ? {} : { articleNumber }),
    ...(preparationType === undefined ? {} : { preparationType }),
    ...(medication?.ingredient ? { isMixture: true } : {}),
  }
}

const STATE = extensionUrl('prescription-state')
const LOCKED = extensionUrl('prescription-locked')

/** A part of what the messages of others make of a prescription. */
export function statePart({ extension }: MedicationRequest, name: string) {
  return extension?.find(({ url }) => url === STATE)?.extension?.find(({ url }) => url === name)
}

/**
 * Code of the state (list 7408, or a local one) at an instant; `unknown` where nothing states it. Time ends what is stored as open, without
 * a message. What a pharmacy has under dispensing is still there.
 */
export function stateAt(one: MedicationRequest, now: Date): string {
  const state = statePart(one, 'state')?.valueCoding?.code ?? 'unknown'
  const last = one.dispenseRequest?.validityPeriod?.end
  const end = last === undefined ? undefined : period(last)?.end
  return (state === 'E' || state === 'B') && end && end <= now ? 'F' : state
}

export function earliestFirst(records: readonly MedicationRequest[]): MedicationRequest[] {
  const came = ({ meta }: MedicationRequest) => Date.parse(meta?.lastUpdated ?? '') || 0
  return records.toSorted((one, other) => came(one) - came(other))
}

const openStates: ReadonlySet<string> = new Set(['E', 'U', 'B'])

/** The earliest to come stands for all that say the same of one prescription. `records` are its MedicationRequests; undefined for none. */
export function comparedPrescription(records: readonly MedicationRequest[], now: Date): ComparedPrescription | undefined {
  const [first] = earliestFirst(records)
  const number = identifierValue(RESEPT_ID, first?.identifier)
  if (!first || number === undefined) return undefined
  const isLocked = records.some(({ extension }) => extension?.some(({ url, valueBoolean }) => url === LOCKED && valueBoolean))
  const medication = first.contained?.find((each) => each.resourceType === 'Medication')
  const drug = medication?.code?.text ?? medication?.code?.coding?.find(({ display }) => display !== undefined)?.display
  const use = first.dosageInstruction?.[0]?.extension?.find(({ url }) => url === messageExtensions.use)?.valueCoding?.code
  const previous = first.priorPrescription?.identifier?.value
  const next = statePart(first, 'new-prescription')?.valueIdentifier?.value
  return {
    number,
    codes: isLocked ? {} : drugCodesOf(medication),
    isOpen: openStates.has(stateAt(first, now)),
    isLocked,
    ...(isLocked || drug === undefined ? {} : { drug }),
    ...(isLocked || use === undefined ? {} : { use }),
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  }
}

/** Each prescription once, no matter how many have reported it, in the order in which they were found. */
export function comparedPrescriptions(records: readonly MedicationRequest[], now: Date): ComparedPrescription[] {
  const byNumber = Map.groupBy(records, ({ identifier }) => identifierValue(RESEPT_ID, identifier))
  return [...byNumber.values()].flatMap((same) => comparedPrescription(same, now) ?? [])
}

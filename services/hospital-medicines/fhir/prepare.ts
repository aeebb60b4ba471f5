/** The rules of the service for a record that follows its profile. What was sent is not changed. */
import { hasTimeOfDay } from '@helsevev/clinical/time'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { type Json, visitObjects } from '@helsevev/kernel/values/tree'
import type { MedicationAdministration, MedicationRequest, Reference } from '@medplum/fhirtypes'
import { flag, refusal } from '../model/rules.ts'
import { type Given, medicationOf } from './medicine.ts'
import { extensionUrls } from './systems.ts'

/** Clocks differ a little between systems. */
const CLOCK_TOLERANCE = 10 * 60_000

const statuses: ReadonlySet<string> = new Set(['completed', 'entered-in-error'])

export function prepareAdministration(sent: MedicationAdministration, { now }: WriteContext): Prepared<MedicationAdministration> {
  const dose = sent.dosage?.dose
  const issues = [
    ...(statuses.has(sent.status) ? [] : [refusal('status-not-used', 'MedicationAdministration.status')]),
    ...timeIssues(sent, now),
    ...commonIssues(sent),
    ...(dose?.value !== undefined && dose.code === undefined && dose.unit === undefined
      ? [flag('dose-without-unit', 'MedicationAdministration.dosage.dose')]
      : []),
  ]
  return { resource: sent, issues }
}

export function prepareOrder(sent: MedicationRequest): Prepared<MedicationRequest> {
  return { resource: sent, issues: commonIssues(sent) }
}

function timeIssues({ effectiveDateTime, effectivePeriod }: MedicationAdministration, now: Date): Issue[] {
  const place = 'MedicationAdministration.effective'
  const stated = effectivePeriod ? [effectivePeriod.start, effectivePeriod.end] : [effectiveDateTime]
  const isWhole = stated.every((time) => time !== undefined && hasTimeOfDay(time))
  if (!isWhole) return [refusal('time-of-day-missing', place)]
  const latest = now.getTime() + CLOCK_TOLERANCE
  return stated.some((time) => (instant(time ?? '')?.getTime() ?? 0) > latest) ? [refusal('effective-in-future', place)] : []
}

function commonIssues(sent: Given): Issue[] {
  const hasIdentifier = (sent.identifier ?? []).some(({ value }) => value)
  return [
    ...medicineIssues(sent),
    ...(hasIdentifier ? [] : [flag('identifier-missing', `${sent.resourceType}.identifier`)]),
    ...openReferences(sent),
  ]
}

function medicineIssues(sent: Given): Issue[] {
  const place = `${sent.resourceType}.medication`
  const { medicationCodeableConcept: concept } = sent
  if (concept) {
    if (!concept.text && !concept.coding?.some(({ code, display }) => code ?? display)) return [refusal('medication-missing', place)]
    return concept.coding?.some(({ code }) => code) ? [] : [flag('medicine-without-code', place)]
  }
  const medication = medicationOf(sent)
  if (!medication) return [refusal('medication-missing', place)]
  const hasCode = medication.code?.coding?.some(({ code }) => code) ?? false
  if (!hasCode && !medication.code?.text && !medication.ingredient?.length) return [refusal('medication-empty', place)]
  return hasCode ? [] : [flag('medicine-without-code', place)]
}

/** References that name nothing: neither a part of the record, nor another record, nor an identifier. */
function openReferences(sent: Given): Issue[] {
  const { subject: _subject, ...rest } = sent
  const issues: Issue[] = []
  visitObjects(rest as unknown as Json, sent.resourceType, (holder, expression) => {
    const { reference, identifier } = holder as Reference
    if (typeof reference !== 'string' || reference.startsWith('#') || identifier !== undefined) return
    if (/^\s*urn:uuid:/i.test(reference) || /^[A-Za-z]+\/[a-p]{32}$/.test(reference)) return
    issues.push(flag('reference-open', expression))
  })
  return issues
}

/**
 * Whether what was sent was stated before what stands: deliveries are repeated for hours, and a correction may overtake them. At the same
 * time, a withdrawal holds. A record that states no time holds when it comes.
 */
export function isOlder(sent: Given, standing: Given): boolean {
  const [at, before] = [statedAt(sent), statedAt(standing)]
  if (at === undefined || before === undefined) return false
  return at < before || (at === before && standing.status === 'entered-in-error' && sent.status !== 'entered-in-error')
}

function statedAt({ extension = [] }: Given): number | undefined {
  const stated = extension.find(({ url }) => url === extensionUrls.stated)?.valueInstant
  return stated === undefined ? undefined : instant(stated)?.getTime()
}

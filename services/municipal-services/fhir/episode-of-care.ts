/** Reads a municipal service from its EpisodeOfCare: the only module that knows which element holds what. */
import { dayOf } from '@helsevev/clinical/time'
import { decimalText } from '@helsevev/kernel/values/json'
import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { isExtraSensitive, isIplos, withoutPadding } from '../model/iplos.ts'
import { FLAG_SYSTEM, type Flag, isFlag } from '../model/rules.ts'
import type { Course } from '../model/standing.ts'
import { STAY_TYPE_SYSTEM, type StayType, stayTypeOf } from '../model/stay-type.ts'
import { hoursFromRatio, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { DATA_CONTROLLER_URL, DESCRIPTION_URL, NEEDS_CAPTION_URL, SERVICE_LEVEL_URL } from './profile.ts'

export function courseOf(resource: EpisodeOfCare): Course {
  return { status: resource.status, start: resource.period?.start, end: resource.period?.end }
}

export function iplosCodingOf(resource: EpisodeOfCare): { code: string; display: string | undefined } | undefined {
  const coding = codings(resource).find(({ system, code }) => isIplos(system) && code)
  return coding?.code ? { code: withoutPadding(coding.code), display: coding.display } : undefined
}

export function stayTypeIn(resource: EpisodeOfCare): StayType | undefined {
  const coding = codings(resource).find(({ system }) => system === STAY_TYPE_SYSTEM)
  return coding?.code ? stayTypeOf(coding.code) : undefined
}

/** Hours per week with the digits that were sent, or undefined when the service is not measured in hours. */
export function weeklyHoursOf(resource: EpisodeOfCare): string | undefined {
  const ratio = extension(resource, WEEKLY_EXTENT_URL)?.valueRatio
  const extent = ratio && hoursFromRatio(ratio)
  if (!extent || !('hours' in extent)) return undefined
  const written = extent.flags.includes('weekly-extent-converted') ? undefined : ratio.numerator && decimalText(ratio.numerator, 'value')
  return written ?? String(extent.hours)
}

export function descriptionOf(resource: EpisodeOfCare): string | undefined {
  return extension(resource, DESCRIPTION_URL)?.valueMarkdown
}

export function serviceLevelOf(resource: EpisodeOfCare): string | undefined {
  return extension(resource, SERVICE_LEVEL_URL)?.valueString
}

export function needsCaptionOf(resource: EpisodeOfCare): boolean {
  return extension(resource, NEEDS_CAPTION_URL)?.valueBoolean === true
}

export function flagsOf(resource: EpisodeOfCare): Flag[] {
  return (resource.meta?.tag ?? []).flatMap(({ system, code }) => (system === FLAG_SYSTEM && isFlag(code) ? [code] : []))
}

/**
 * The key by which two messages of one controller about one patient are the same service: the source's decision id, or else the code and
 * the first day. A service without either is known by its day, stay type and description, so that two such services that start on the same
 * day stay two. The kernel adds patient and controller (the municipality's organisation number).
 */
export function businessKeyOf(resource: EpisodeOfCare): string | undefined {
  const decision = resource.identifier?.find(({ system, value }) => system && value)
  if (decision) return `decision|${decision.system}|${decision.value}`
  const start = resource.period?.start
  if (!start) return undefined
  const code = iplosCodingOf(resource)?.code
  if (code) return `service|${code}|${dayOf(start)}`
  return `service-without-code|${dayOf(start)}|${stayTypeIn(resource) ?? ''}|${descriptionOf(resource)?.trim().toLowerCase() ?? ''}`
}

/**
 * Codes that hide the service unless the agreement opens each of them. Every coding counts: hiding must not depend on the order of a list.
 */
export function sensitiveCodesOf(resource: EpisodeOfCare): string[] {
  const all = codings(resource).flatMap(({ system, code }) =>
    isIplos(system) && code && isExtraSensitive(code) ? [withoutPadding(code)] : [],
  )
  return [...new Set(all)]
}

function codings(resource: EpisodeOfCare) {
  return (resource.type ?? []).flatMap((type) => type.coding ?? [])
}

function extension(resource: EpisodeOfCare, url: string) {
  return resource.extension?.find((each) => each.url === url)
}

/** Organisation number of the data controller that reported the service. */
export function controllerOf(resource: EpisodeOfCare): string | undefined {
  return extension(resource, DATA_CONTROLLER_URL)?.valueIdentifier?.value
}

/**
 * What happens to an incoming EpisodeOfCare that follows the profile: codes and extent get the one form in which they are stored, and every
 * flag and every fault is found in one pass.
 */

import { endsBeforeStart, isAhead } from '@helsevev/clinical/period'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'
import { seriesOf } from '@helsevev/kernel/codes/systems'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { CodeableConcept, EpisodeOfCare, Extension } from '@medplum/fhirtypes'
import { isIplos, judgeCode, storedSystem } from '../model/iplos.ts'
import { FLAG_SYSTEM, type Flag, flag, refusal } from '../model/rules.ts'
import { isUnclosed } from '../model/standing.ts'
import { STAY_TYPE_SYSTEM, stayTypeOf } from '../model/stay-type.ts'
import { example, hoursFromRatio, ratioOf, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { courseOf, flagsOf } from './episode-of-care.ts'
import { containedUnit, isOrganizationNumber, ORGANIZATION_NUMBER_SYSTEM, phoneOf, unitSystems } from './managing-unit.ts'
import { DESCRIPTION_URL } from './profile.ts'

/** Flags that only the conversion from the prototype can know; they are kept, and all others are found again on every write. */
const carried = new Set<Flag>(['weekly-extent-unit-assumed', 'duplicate-message'])

/** Number series of people, which never stand in an identifier of a service (domain identifiers 0.1: FNR, DNR, FHN, DUF). */
const personSystems = new Set([identifierSystems.FNR, identifierSystems.DNR, identifierSystems.FHN, identifierSystems.DUF])

const LONG_DESCRIPTION = 1000

export function prepareEpisodeOfCare(sent: EpisodeOfCare, { now, codes }: Pick<WriteContext, 'now' | 'codes'>): Prepared<EpisodeOfCare> {
  const type = prepareType(sent.type ?? [], codes)
  const extension = prepareExtensions(sent.extension ?? [])
  const resource: EpisodeOfCare = { ...withoutFlags(sent) }
  if (type.value.length > 0) resource.type = type.value
  if (sent.extension) resource.extension = extension.value
  return {
    resource,
    issues: [
      ...flagsOf(sent)
        .filter((code) => carried.has(code))
        .map((code) => flag(code, 'EpisodeOfCare.meta.tag')),
      ...checkStatus(sent),
      ...type.issues,
      ...extension.issues,
      ...checkCourse(sent, now),
      ...checkUnit(sent),
      ...checkIdentifiers(sent),
    ],
  }
}

/** Tags of earlier versions that came back with an update do not apply to this version. */
function withoutFlags(sent: EpisodeOfCare): EpisodeOfCare {
  if (!sent.meta?.tag?.some(({ system }) => system === FLAG_SYSTEM)) return sent
  const { tag, ...meta } = sent.meta
  const kept = tag.filter(({ system }) => system !== FLAG_SYSTEM)
  return { ...sent, meta: kept.length > 0 ? { ...meta, tag: kept } : meta }
}

function checkStatus({ status }: EpisodeOfCare): Issue[] {
  if (['planned', 'waitlist', 'cancelled'].includes(status)) return [refusal('status-not-shared', 'EpisodeOfCare.status')]
  if (!['active', 'onhold', 'finished', 'entered-in-error'].includes(status)) return [refusal('status-unknown', 'EpisodeOfCare.status')]
  return []
}

/** The closed slices iplosCode 0..1 and stayType 0..1. */
function prepareType(sent: CodeableConcept[], codes: Codes): { value: CodeableConcept[]; issues: Issue[] } {
  const issues: Issue[] = []
  const seen = { iplos: 0, stay: 0 }
  const value = sent.map((concept, index) => {
    const at = `EpisodeOfCare.type[${index}]`
    // FHIR's structure does not always report an element that is not a list.
    const codings = Array.isArray(concept.coding) ? concept.coding : []
    if (codings.length === 0) issues.push(refusal('type-without-code', at))
    const coding = codings.map((each, place) => {
      const here = `${at}.coding[${place}]`
      if (!each.system || !each.code) {
        issues.push(refusal('type-without-code', here))
        return each
      }
      if (isIplos(each.system, codes)) {
        seen.iplos += 1
        if (seen.iplos > 1) issues.push(refusal('iplos-code-repeated', here))
        const { code, display, ...judged } = judgeCode(each.code, each.display, codes)
        if (judged.zeroPadded) issues.push(flag('iplos-code-zero-padded', `${here}.code`))
        if (judged.unknown) issues.push(flag('iplos-code-unknown', `${here}.code`))
        if (judged.displayMismatch) issues.push(flag('iplos-display-mismatch', `${here}.display`))
        return { ...each, system: storedSystem(each.system), code, ...(display === undefined ? {} : { display }) }
      }
      if (codes.canonical(each.system) === STAY_TYPE_SYSTEM) {
        seen.stay += 1
        if (seen.stay > 1) issues.push(refusal('stay-type-repeated', here))
        const code = stayTypeOf(each.code)
        if (!code) issues.push(refusal('stay-type-unknown', `${here}.code`))
        return { ...each, system: STAY_TYPE_SYSTEM, code: code ?? each.code }
      }
      issues.push(refusal('type-system-not-used', `${here}.system`))
      return each
    })
    return { ...concept, ...(coding ? { coding } : {}) }
  })
  if (seen.iplos === 0) issues.push(flag('service-code-missing', 'EpisodeOfCare.type'))
  return { value, issues }
}

function prepareExtensions(sent: Extension[]): { value: Extension[]; issues: Issue[] } {
  const issues: Issue[] = []
  let extents = 0
  const value = sent.map((extension, index) => {
    const at = `EpisodeOfCare.extension[${index}]`
    if (extension.url === DESCRIPTION_URL) {
      const words = extension.valueMarkdown
      if (!words?.trim()) issues.push(refusal('description-not-markdown', at))
      else if (words.length > LONG_DESCRIPTION) issues.push(flag('description-long', at))
      return extension
    }
    if (extension.url !== WEEKLY_EXTENT_URL) return extension
    extents += 1
    if (extents > 1) issues.push(refusal('weekly-extent-repeated', at))
    if (!extension.valueRatio) {
      issues.push(refusal('weekly-extent-not-ratio', at, example))
      return extension
    }
    const extent = hoursFromRatio(extension.valueRatio)
    if ('refused' in extent) {
      issues.push(refusal(extent.refused, `${at}.valueRatio${extent.at}`, extent.about))
      return extension
    }
    for (const code of extent.flags) {
      issues.push(flag(code, `${at}.valueRatio`, code === 'weekly-extent-converted' ? `Stored as ${extent.hours} h/wk.` : undefined))
    }
    return extent.flags.includes('weekly-extent-converted') ? { ...extension, valueRatio: ratioOf(extent.hours) } : extension
  })
  return { value, issues }
}

function checkCourse(sent: EpisodeOfCare, now: Date): Issue[] {
  const course = courseOf(sent)
  const { status, start, end } = course
  if (endsBeforeStart(start, end)) return [refusal('end-before-start', 'EpisodeOfCare.period.end')]
  return [
    ...(isUnclosed(course, now) ? [flag('active-after-end', 'EpisodeOfCare.period.end')] : []),
    ...(status === 'finished' && !end ? [flag('end-missing', 'EpisodeOfCare.period')] : []),
    ...(status === 'finished' && isAhead(end, now) ? [flag('finished-before-end', 'EpisodeOfCare.period.end')] : []),
    ...((status === 'active' || status === 'onhold') && isAhead(start, now) ? [flag('start-in-future', 'EpisodeOfCare.period.start')] : []),
  ]
}

function checkUnit(sent: EpisodeOfCare): Issue[] {
  const issues: Issue[] = []
  const unit = sent.managingOrganization
  const contained = containedUnit(sent)
  for (const [index] of (sent.contained ?? []).entries()) {
    if (index !== contained?.index) issues.push(refusal('contained-not-used', `EpisodeOfCare.contained[${index}]`))
  }
  if (!unit) return issues
  const identified = unit.identifier?.value && unitSystems.has(seriesOf(unit.identifier.system) ?? '')
  if (!contained && !identified) issues.push(refusal('managing-organization-unresolved', 'EpisodeOfCare.managingOrganization'))
  if (contained) {
    const at = `EpisodeOfCare.contained[${contained.index}]`
    if (!contained.organization.name?.trim()) issues.push(refusal('managing-unit-name-missing', `${at}.name`))
    if (!phoneOf(contained.organization)) issues.push(flag('managing-unit-phone-missing', `${at}.telecom`))
  }
  const identifiers = [
    { identifier: unit.identifier, at: 'EpisodeOfCare.managingOrganization.identifier' },
    ...(contained?.organization.identifier ?? []).map((identifier, index) => ({
      identifier,
      at: `EpisodeOfCare.contained[${contained?.index}].identifier[${index}]`,
    })),
  ]
  for (const { identifier, at } of identifiers) {
    if (seriesOf(identifier?.system) === ORGANIZATION_NUMBER_SYSTEM && !isOrganizationNumber(identifier?.value ?? '')) {
      issues.push(flag('organisation-number-invalid', `${at}.value`))
    }
  }
  return issues
}

function checkIdentifiers(sent: EpisodeOfCare): Issue[] {
  return (sent.identifier ?? []).flatMap(({ system }, index) =>
    personSystems.has(system ?? '') ? [refusal('identifier-of-person', `EpisodeOfCare.identifier[${index}]`)] : [],
  )
}

/**
 * When the patient may see a record, and who may not see it: codes of Volven 9603 in meta.security, with the date of a delayed release in
 * an extension. Staff see the record at once. The rules are those of the lab-result access service (PTS), with one date for each delay.
 * docs/api/release.md
 */

import type { Coding, Resource } from '@medplum/fhirtypes'
import { DELAYED, hidingCodes, type Label, labelOf } from '../../codes/release-codes.ts'
import type { Issue } from '../../problem/problem.ts'
import { instant } from '../../values/dates.ts'
import { type Json, someString, visitObjects } from '../../values/tree.ts'

/** An extension of the resource, and not of `meta`: `valueDateTime`, or `valueUnsignedInt` days from the time of writing. */
export const RELEASE_DATE_URL = 'http://helsevev.no/fhir/StructureDefinition/release-date'

export interface Release {
  /** The patient does not see the record before this time; undefined means at once. */
  at: Date | undefined
  codes: string[] | undefined
}

const DAY = 24 * 60 * 60 * 1000
/** A hundred years in days, rounded up: a record that is to be kept away for good has a code, and not a date. */
const MOST_DAYS = 36_525

/** The resource with its labels as the lists write them, and what they mean. Faults name the element, the rule and the remedy. */
export function readRelease<R extends Resource>(resource: R, recorded: Date): { resource: R; release: Release; issues: Issue[] } {
  const type = resource.resourceType
  const issues: Issue[] = []
  const security = resource.meta?.security ?? []
  const labels = security.map(labelOf)
  for (const [index, label] of labels.entries()) if (label === 'unknown') issues.push(unknownLabel(type, index))
  const isDelayed = labels.some((label) => typeof label === 'object' && label.code === DELAYED)
  const { at, faults } = readDate(resource, recorded, isDelayed)
  issues.push(...faults)
  const codes = hidingCodes(labels)
  return { resource: withLabels(resource, security, labels), release: { at, codes: codes.length > 0 ? codes : undefined }, issues }
}

/** Each label once, in the spelling of its list, so that a reader of the record finds the code that the record is held by. */
function withLabels<R extends Resource>(resource: R, sent: readonly Coding[], labels: readonly Label[]): R {
  if (sent.every((coding, index) => isAsWritten(coding, labels[index]))) return resource
  const named = sent.map((coding, index): Coding => {
    const label = labels[index]
    return typeof label === 'object' ? { ...coding, ...label } : coding
  })
  const once = [...new Map(named.map((coding) => [`${coding.system}|${coding.code}`, coding])).values()]
  return { ...resource, meta: { ...resource.meta, security: once } }
}

function isAsWritten({ system, code }: Coding, label: Label | undefined): boolean {
  return typeof label !== 'object' || (label.system === system && label.code === code)
}

type SentExtension = { url?: unknown } & Record<string, unknown>

function readDate(resource: Resource, recorded: Date, isDelayed: boolean): { at: Date | undefined; faults: Issue[] } {
  const place = `${resource.resourceType}.extension('${RELEASE_DATE_URL}')`
  const refuse = (text: string, where = place) => ({ at: undefined, faults: [fault('release-date', text, where)] })
  const misplaced = misplacedIn(resource)
  if (misplaced !== undefined)
    return refuse(
      `The release date is an extension of the resource itself, with the address ${RELEASE_DATE_URL}. Move it there.`,
      misplaced,
    )
  const dates = ((resource as { extension?: SentExtension[] }).extension ?? []).filter(({ url }) => url === RELEASE_DATE_URL)
  const [date] = dates
  if (!date)
    return isDelayed ? refuse(`${DELAYED} needs a release date that lies ahead, as valueDateTime or valueUnsignedInt days.`) : nothing
  const values = Object.keys(date).filter((key) => key !== 'url' && key !== 'id')
  if (dates.length > 1 || values.length !== 1) return refuse('Give one release date: a time or a number of days, and nothing beside it.')
  if (!isDelayed) return refuse(`A release date goes with the code ${DELAYED} in meta.security.`)
  const at = timeOf(date, recorded)
  return at && at > recorded
    ? { at, faults: [] }
    : refuse(`${DELAYED} needs a release date that lies ahead, as valueDateTime or valueUnsignedInt days (1 to ${MOST_DAYS}).`)
}

const nothing = { at: undefined, faults: [] }

function timeOf({ valueDateTime, valueUnsignedInt: days }: SentExtension, recorded: Date): Date | undefined {
  if (typeof days === 'number') {
    return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? new Date(recorded.getTime() + days * DAY) : undefined
  }
  return typeof valueDateTime === 'string' ? instant(valueDateTime) : undefined
}

const LIKE_THE_ADDRESS = /\/structuredefinition\/release-date\/?$/i

/** Where an extension with this address, or one that is spelt almost like it, stands in a place where nobody reads it. */
function misplacedIn(resource: Resource): string | undefined {
  const tree = resource as unknown as Json
  if (!someString(tree, (text) => LIKE_THE_ADDRESS.test(text))) return undefined
  const read = new Set<unknown>((resource as { extension?: unknown[] }).extension ?? [])
  let found: string | undefined
  visitObjects(tree, resource.resourceType, (value, expression) => {
    const { url } = value as SentExtension
    if (typeof url !== 'string' || !LIKE_THE_ADDRESS.test(url) || (url === RELEASE_DATE_URL && read.has(value))) return
    found ??= expression
  })
  return found
}

function unknownLabel(type: string, index: number): Issue {
  const rule =
    'The label is no code of Volven 9603 or of HL7 confidentiality, and no other list is named: it may hide the record from somebody.'
  return fault(
    'release-code-unknown',
    `${rule} Send a code of one of the two lists, or name the list that the code is from in system.`,
    `${type}.meta.security[${index}].code`,
  )
}

function fault(code: string, text: string, expression: string): Issue {
  return { severity: 'error', type: 'business-rule', code, text, expression }
}

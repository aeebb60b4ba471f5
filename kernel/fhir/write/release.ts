/**
 * When the patient may see a record, and who may not see it: codes of Volven 9603 in meta.security, with the date of a delayed release in
 * an extension. Staff see the record at once. The rules are those of the lab-result access service (PTS), with one date for each delay.
 */

import type { Resource } from '@medplum/fhirtypes'
import { BLOCKED_AGAINST_STAFF, DELAYED, RELEASE_SYSTEM, releaseCodes } from '../../codes/release-codes.ts'
import type { Issue } from '../../problem/problem.ts'
import { instant } from '../../values/dates.ts'

/** An extension of the resource, and not of `meta`: `valueDateTime`, or `valueUnsignedInt` days from the time of writing. */
export const RELEASE_DATE_URL = 'http://helsevev.no/fhir/StructureDefinition/release-date'

export interface Release {
  /** The patient does not see the record before this time; undefined means at once. */
  at: Date | undefined
  codes: string[] | undefined
}

const spellings = new Set([RELEASE_SYSTEM, RELEASE_SYSTEM.replace('urn:oid:', '')])
const DAY = 24 * 60 * 60 * 1000

/** Faults name the element. */
export function readRelease(resource: Resource, recorded: Date): { release: Release; issues: Issue[] } {
  const type = resource.resourceType
  const issues: Issue[] = []
  const codes = (resource.meta?.security ?? []).flatMap(({ system, code }, index) => {
    if (!spellings.has(system ?? '')) return []
    if (code !== undefined && (code === 'N' || code === DELAYED || code === BLOCKED_AGAINST_STAFF || Object.hasOwn(releaseCodes, code)))
      return [code]
    issues.push(
      fault(
        'release-code-unknown',
        'The code is not in Volven 9603, which says who a record is withheld from.',
        `${type}.meta.security[${index}].code`,
      ),
    )
    return []
  })
  const dates = (
    (resource as { extension?: { url?: string; valueDateTime?: string; valueUnsignedInt?: number }[] }).extension ?? []
  ).filter(({ url }) => url === RELEASE_DATE_URL)
  const place = `${type}.extension('${RELEASE_DATE_URL}')`
  if (dates.length > 1) issues.push(fault('release-date', 'Give one release date: a time or a number of days.', place))
  const [date] = dates
  const sent =
    date &&
    (date.valueUnsignedInt === undefined ? instant(date.valueDateTime ?? '') : new Date(recorded.getTime() + date.valueUnsignedInt * DAY))
  if (codes.includes(DELAYED) && !(sent && sent > recorded))
    issues.push(fault('release-date', `${DELAYED} needs a release date that lies ahead, as valueDateTime or valueUnsignedInt days.`, place))
  if (date && !codes.includes(DELAYED))
    issues.push(fault('release-date', `A release date goes with the code ${DELAYED} in meta.security.`, place))
  const kept = codes.filter((code) => code !== 'N' && code !== DELAYED)
  // The code N means that the release waits for nothing.
  const at = codes.includes('N') ? undefined : sent
  return { release: { at, codes: kept.length > 0 ? [...new Set(kept)] : undefined }, issues }
}

function fault(code: string, text: string, expression: string): Issue {
  return { severity: 'error', type: 'business-rule', code, text, expression }
}

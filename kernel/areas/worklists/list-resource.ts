/**
 * A unit's list of patients as a FHIR List (http://hl7.org/fhir/R4/list.html): read from the unit's system, and written for its personnel.
 * docs/api/worklist.md
 */

import type { List, ListEntry } from '@medplum/fhirtypes'
import { z } from 'zod'
import { WORKLIST_DAYS } from '../../access/facts.ts'
import { ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import { type Issue, problem, problemWith, type Result } from '../../problem/problem.ts'
import { resourceFaults } from '../../problem/shape-faults.ts'
import { instant } from '../../values/dates.ts'
import { holdsIdentityNumber, identityNumberSystems } from '../../values/identity-number.ts'
import { patientResource } from '../persons/person-resource.ts'
import type { ListedPerson, WorklistHead } from './worklists.ts'

const LIST_USE = 'http://terminology.hl7.org/CodeSystem/list-example-use-codes'
/** The room or bed of a patient, as the unit names it. */
export const WORKLIST_PLACE = 'http://helsevev.no/fhir/StructureDefinition/worklist-place'
const WORKLIST_FLAG = 'http://helsevev.no/fhir/CodeSystem/worklist-flag'
/** The patients of a ward or a shift: ATT-6 requires narrow lists. The limit is the same as for a request of `$has-data`. */
export const MOST_LISTED = 100
/** A list that was drawn up more than half a shift ago is out of date. */
export const OUT_OF_DATE_HOURS = 4
const HOUR = 60 * 60_000
/** Minutes that two clocks may differ. */
const SKEW = 5
const LONGEST_PLACE = 20
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

const FORM = {
  type: 'List',
  code: 'invalid-worklist',
  page: 'docs/api/worklist.md',
  noPlace: 'A list has no place for this element. Leave it out.',
} as const

const extension = z.looseObject({ url: z.string(), valueString: z.string().optional() })
const entry = z.looseObject({
  item: z.looseObject({
    type: z.enum(['Patient', 'http://hl7.org/fhir/StructureDefinition/Patient']).optional(),
    identifier: z.looseObject({ system: z.string().optional(), value: z.string().min(1).max(64) }),
  }),
  date: z.string().optional(),
  extension: z.array(extension).optional(),
})
/** Other elements are neither read nor stored. */
const shape = z.looseObject({
  resourceType: z.literal('List'),
  id: z.string().optional(),
  status: z.literal('current'),
  mode: z.enum(['snapshot', 'working']),
  date: z.string(),
  entry: z.array(entry).optional(),
})

export interface WorklistEntry {
  number: string
  place: string | undefined
  since: Date | undefined
}

export interface WorklistRequest {
  drawnUp: Date
  entries: WorklistEntry[]
}

/** Reads the body of a request. Problems: too-large, and invalid-worklist with every fault. */
export function readSentWorklist(sent: unknown, unit: string, now: Date): Result<WorklistRequest> {
  const length = (sent as { entry?: unknown } | undefined)?.entry
  if (Array.isArray(length) && length.length > MOST_LISTED)
    return problem('too-large', `At most ${MOST_LISTED} patients stand on the list of a unit.`, { expression: 'List.entry' })
  const parsed = shape.safeParse(sent)
  if (!parsed.success) return problemWith('invalid-worklist', resourceFaults(parsed.error.issues, sent, FORM))
  const issues: Issue[] = []
  const fault = (element: string, text: string): undefined => void issues.push(issue(`List.${element}`, text))
  const { id, date, entry: entries = [] } = parsed.data
  if (parsed.data['subject'] !== undefined) fault('subject', 'The list is of a unit, and about no single patient. Leave subject out.')
  if (id !== undefined && id !== unit) fault('id', 'The id must be the number of the unit, as in the address.')
  const drawnUp = timeOf(date)
  if (!drawnUp) fault('date', 'Give the time at which the list was drawn up, with its time zone.')
  else if (drawnUp.getTime() > now.getTime() + SKEW * 60_000) fault('date', 'The list is drawn up in the future. Check the clock.')
  else if (drawnUp.getTime() <= now.getTime() - WORKLIST_DAYS * 24 * HOUR)
    fault('date', `The list is more than ${WORKLIST_DAYS} days old. Send a list of the patients who are there now.`)
  const read = entries.map((one, index): WorklistEntry => {
    const at = `entry[${index}]`
    const since = one.date === undefined ? undefined : instant(one.date)
    if (one.date !== undefined && !since) fault(`${at}.date`, 'This is not a date.')
    return { number: one.item.identifier.value.trim(), place: placeOf(one.extension, at, fault), since }
  })
  return issues.length > 0 || !drawnUp ? problemWith('invalid-worklist', issues) : { drawnUp, entries: read }
}

function timeOf(date: string): Date | undefined {
  return date.includes('T') && /(?:Z|[+-]\d{2}:\d{2})$/.test(date) ? instant(date) : undefined
}

function placeOf(
  extensions: readonly z.infer<typeof extension>[] = [],
  at: string,
  fault: (element: string, text: string) => undefined,
): string | undefined {
  const index = extensions.findIndex(({ url }) => url === WORKLIST_PLACE)
  if (index < 0) return undefined
  const place = extensions[index]?.valueString?.trim() ?? ''
  const expression = `${at}.extension[${index}].valueString`
  if (extensions.findLastIndex(({ url }) => url === WORKLIST_PLACE) > index)
    return fault(`${at}.extension`, 'A patient has one place. Send one extension worklist-place.')
  if (!VISIBLE.test(place) || place.length > LONGEST_PLACE || INVISIBLE.test(place) || !place.isWellFormed())
    return fault(expression, `A place is 1 to ${LONGEST_PLACE} characters that are seen, none of them a control character.`)
  if (holdsIdentityNumber(place)) return fault(expression, 'A place holds no identity number: it names a room or a bed.')
  return place
}

function issue(expression: string, text: string): Issue {
  return { severity: 'error', type: 'invalid', code: 'invalid-worklist', text, expression }
}

/**
 * The list for its readers. Its status is `retired` when it is out of date; FHIR defines that as no longer to be considered accurate.
 * Persons who are not in the register have entries that state only that.
 */
export function worklistResource({ unit, drawnUp, leftOut }: WorklistHead, name: string, listed: readonly ListedPerson[], now: Date): List {
  const outOfDate = now.getTime() - drawnUp.getTime() > OUT_OF_DATE_HOURS * HOUR
  const contained = listed.map((person, index) => ({ ...patientResource(person, identifierOf(person)), id: `patient-${index + 1}` }))
  const entries = [...listed.map(listEntry), ...Array.from({ length: leftOut }, () => notRegistered)]
  return {
    resourceType: 'List',
    id: unit,
    ...(contained.length > 0 ? { contained } : {}),
    status: outOfDate ? 'retired' : 'current',
    // lst-3: entries have dates in a list that is kept up to date.
    mode: listed.some(({ since }) => since !== undefined) ? 'working' : 'snapshot',
    title: name,
    code: { coding: [{ system: LIST_USE, code: 'worklist' }] },
    date: drawnUp.toISOString(),
    source: { type: 'Organization', identifier: { system: ORGANIZATION_SYSTEM, value: unit }, display: name } as NonNullable<
      List['source']
    >,
    ...(entries.length > 0 ? { entry: entries } : { emptyReason: { coding: [{ system: EMPTY_REASON, code: 'nilknown' }] } }),
  }
}

const EMPTY_REASON = 'http://terminology.hl7.org/CodeSystem/list-empty-reason'

function identifierOf({ identifier: { kind, value } }: ListedPerson): { system: string; value: string } {
  return { system: identityNumberSystems[kind], value }
}

function listEntry({ place, since }: ListedPerson, index: number): ListEntry {
  return {
    ...(place === undefined ? {} : { extension: [{ url: WORKLIST_PLACE, valueString: place }] }),
    ...(since === undefined ? {} : { date: since.toISOString() }),
    item: { reference: `#patient-${index + 1}` },
  }
}

const notRegistered: ListEntry = {
  flag: { coding: [{ system: WORKLIST_FLAG, code: 'not-registered' }] },
  item: { display: 'Not in the person register here' },
}

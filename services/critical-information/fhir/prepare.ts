/**
 * What the service does with an entry before it is stored. Recorder and time of registration are those of the first version; updater and
 * time of update are those of this version. Values that were sent for them are ignored (Norsk helsenett, Kritisk informasjon;
 * docs/services/critical-information.md).
 */
import { hl7, identifierSystems } from '@helsevev/clinical/systems'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { CodeableConcept, Coding, PractitionerRole, Reference } from '@medplum/fhirtypes'
import { CATEGORY_SYSTEM, type Category, isOfList } from '../model/categories.ts'
import { statesNothingKnown } from '../model/nothing-known.ts'
import { flag, refusal } from '../model/rules.ts'
import {
  categoryOf,
  clinicalOf,
  conceptOf,
  containedIn,
  detailsOf,
  type Entry,
  extensionOf,
  extensionUrls,
  mainCodingOf,
  recordedOf,
  recorderOf,
  standingOf,
  validUntilOf,
  verificationOf,
  withExtension,
  withoutExtensions,
  withRecorded,
  withRecorder,
} from './entry.ts'

const statuses: Readonly<Record<Entry['resourceType'], readonly string[]>> = {
  AllergyIntolerance: ['active', 'inactive'],
  Condition: ['active', 'inactive'],
  Procedure: ['in-progress', 'completed', 'entered-in-error'],
  DeviceUseStatement: ['active', 'completed', 'entered-in-error'],
  Flag: ['active', 'inactive', 'entered-in-error'],
}

export function prepareEntry(sent: Entry, context: WriteContext): Prepared<Entry> {
  const previous = context.previous as Entry | undefined
  const category = categoryOf(sent, context.codes.canonical)
  if (!category) return { resource: sent, issues: [refusal('category-missing', `${sent.resourceType}.category`)] }
  const issues: Issue[] = [...codeIssues(sent, category, context), ...statusIssues(sent), ...validityIssues(sent, previous, context.now)]
  let entry = withCategory(sent, category)
  if (verificationOf(entry) === 'refuted' && clinicalOf(entry) === 'active' && 'clinicalStatus' in entry) {
    entry = { ...entry, clinicalStatus: concept(`${clinicalSystems[entry.resourceType] ?? ''}`, 'inactive') } as Entry
    issues.push(flag('refuted-made-inactive', `${sent.resourceType}.clinicalStatus`))
  }
  entry = recorded(entry, previous, context, issues)
  entry = withoutExtensions(entry, [extensionUrls.updater, extensionUrls.updated])
  entry = withExtension(entry, { url: extensionUrls.updater, valueReference: writerReference(context) })
  entry = withExtension(entry, { url: extensionUrls.updated, valueDateTime: context.now.toISOString() })
  return { resource: entry, issues }
}

const clinicalSystems: Readonly<Partial<Record<Entry['resourceType'], string>>> = {
  AllergyIntolerance: hl7('allergyintolerance-clinical'),
  Condition: hl7('condition-clinical'),
}
const verificationSystems: Readonly<Partial<Record<Entry['resourceType'], string>>> = {
  AllergyIntolerance: hl7('allergyintolerance-verification'),
  Condition: hl7('condition-ver-status'),
}

function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] }
}

/** What DELETE stores: the entry marked entered-in-error, with all its content. */
export function enteredInError(entry: Entry): Entry {
  if (entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition') {
    // FHIR's invariants ait-2 and con-5: no clinical status on what was entered in error.
    const { clinicalStatus: _status, ...rest } = entry
    return { ...rest, verificationStatus: concept(verificationSystems[entry.resourceType] ?? '', 'entered-in-error') } as Entry
  }
  return { ...entry, status: 'entered-in-error' } as Entry
}

/** Where each type names who registered the entry. */
const recorderElements = {
  AllergyIntolerance: 'recorder',
  Condition: 'recorder',
  Procedure: 'recorder',
  DeviceUseStatement: 'source',
  Flag: 'author',
} as const satisfies Record<Entry['resourceType'], string>

/** Who registered the entry, and when, never changes. */
function recorded(entry: Entry, previous: Entry | undefined, context: WriteContext, issues: Issue[]): Entry {
  const place = `${entry.resourceType}.${recorderElements[entry.resourceType]}`
  const at = (previous && recordedOf(previous)) ?? recordedOf(entry) ?? context.now.toISOString()
  const first = previous && recorderOf(previous)
  if (previous && first) {
    const sent = recorderOf(entry)
    if (sent && !isSame(entry, sent, previous, first)) issues.push(flag('recorder-kept', place))
    return withRecorded(withRecorder(entry, first, containedIn(previous, first)), at)
  }
  if (recorderOf(entry)) return withRecorded(entry, at)
  issues.push({ ...flag('recorder-added', place), severity: 'information' })
  const role = writerRole(context)
  return withRecorded(withRecorder(entry, { reference: `#${role.id}` }, role), at)
}

function isSame(entry: Entry, sent: Reference, previous: Entry, first: Reference): boolean {
  const shape = (holder: Entry, reference: Reference) => {
    const { id: _id, ...role } = (containedIn(holder, reference) ?? {}) as PractitionerRole
    return JSON.stringify([role, reference.identifier, reference.display])
  }
  return shape(entry, sent) === shape(previous, first)
}

function writerRole({ controller, writer }: WriteContext): PractitionerRole {
  const { name, hprNumber, organizationName } = writer
  return {
    resourceType: 'PractitionerRole',
    id: 'recorder',
    ...(name || hprNumber
      ? {
          practitioner: {
            ...(hprNumber ? { identifier: { system: identifierSystems.HPR, value: hprNumber } } : {}),
            ...(name ? { display: name } : {}),
          },
        }
      : {}),
    organization: {
      identifier: { system: identifierSystems.ENH, value: controller },
      ...(organizationName ? { display: organizationName } : {}),
    },
  } as PractitionerRole
}

function writerReference({ controller, writer }: WriteContext): Reference {
  const display = [writer.name, writer.organizationName].filter(Boolean).join(', ')
  const identifier = writer.hprNumber
    ? { system: identifierSystems.HPR, value: writer.hprNumber }
    : { system: identifierSystems.ENH, value: controller }
  return { identifier, ...(display ? { display } : {}) }
}

/** Readers and searches find the category in one place, whichever way it was sent. */
function withCategory(entry: Entry, { code, names }: Category): Entry {
  const own = { coding: [{ system: CATEGORY_SYSTEM, code, display: names.nb }] }
  if (entry.resourceType === 'Procedure') return entry.category ? entry : { ...entry, category: own }
  if (entry.resourceType !== 'Condition' && entry.resourceType !== 'Flag') return entry
  const others = (entry.category ?? []).filter(({ coding }) => !coding?.some(({ system }) => system?.endsWith('7651')))
  return { ...entry, category: [...others, own] }
}

function codeIssues(entry: Entry, { lists }: Category, { codes }: WriteContext): Issue[] {
  const place = entry.resourceType === 'DeviceUseStatement' ? 'DeviceUseStatement.device' : `${entry.resourceType}.code`
  const coded = conceptOf(entry)
  const main = mainCodingOf(entry)
  if (coded && statesNothingKnown(coded, codes)) return [refusal('nothing-known-stated', place)]
  const isUnknown = (coding: Coding) => isOfList(codes, coding.system, coding.code) === false
  const ofDetails = detailsOf(entry)
    .filter(({ codings }) => codings.some(isUnknown))
    .map((detail) => flag('code-unknown', `${detail.place}.coding.code`))
  const unsaid = isWithoutManifestation(entry) ? [flag('manifestation-missing', 'AllergyIntolerance.reaction.manifestation')] : []
  if (!main) return [coded?.text ? flag('main-code-missing', place) : refusal('code-or-text-missing', place), ...unsaid, ...ofDetails]
  const chosen = (coded?.coding ?? []).filter(({ userSelected }) => userSelected === true)
  return [
    ...((coded?.coding ?? []).length > 1 && chosen.length !== 1 ? [flag('main-code-not-chosen', `${place}.coding.userSelected`)] : []),
    ...(lists.includes(codes.canonical(main.system ?? '')) ? [] : [flag('main-code-unusual', `${place}.coding.system`)]),
    ...(isUnknown(main) ? [flag('code-unknown', `${place}.coding.code`)] : []),
    ...unsaid,
    ...ofDetails,
  ]
}

function isWithoutManifestation(entry: Entry): boolean {
  if (entry.resourceType !== 'AllergyIntolerance') return false
  return !(entry.reaction ?? []).some(({ manifestation }) => manifestation?.some(({ coding }) => (coding ?? []).length > 0))
}

function statusIssues(entry: Entry): Issue[] {
  const clinical = clinicalOf(entry)
  const isError = verificationOf(entry) === 'entered-in-error'
  if (isError || (clinical !== undefined && statuses[entry.resourceType].includes(clinical))) return []
  const element =
    'clinicalStatus' in entry || entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition'
      ? 'clinicalStatus'
      : 'status'
  const issue = refusal('status-not-used', `${entry.resourceType}.${element}`)
  return [{ ...issue, text: `${issue.text} Use ${statuses[entry.resourceType].join(', ')}.` }]
}

function validityIssues(entry: Entry, previous: Entry | undefined, now: Date): Issue[] {
  const place = `${entry.resourceType}.extension('${extensionUrls.validUntil}')`
  const until = validUntilOf(entry)
  if (extensionOf(entry, extensionUrls.validUntil) && until === undefined) return [refusal('valid-until-no-date', place)]
  if (until === undefined) return []
  const end = instant(until)
  if (!end) return [refusal('valid-until-no-date', place)]
  const start = instant((previous && recordedOf(previous)) ?? recordedOf(entry) ?? now.toISOString())
  if (start && end < start) return [flag('valid-until-before-recorded', place)]
  return standingOf(entry, now) === 'ended' && end < now ? [flag('valid-until-passed', place)] : []
}

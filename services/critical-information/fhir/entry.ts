/** One entry of critical information, in any of the five FHIR types: where each type states the same things. */
import { hl7 } from '@helsevev/clinical/systems'
import { isPresent, type Presence } from '@helsevev/kernel/store/present'
import { period } from '@helsevev/kernel/values/dates'
import type {
  AllergyIntolerance,
  CodeableConcept,
  Coding,
  Condition,
  DeviceUseStatement,
  Extension,
  Flag,
  PractitionerRole,
  Procedure,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { CATEGORY_SYSTEM, type Category, categories } from '../model/categories.ts'

export type Entry = AllergyIntolerance | Condition | Procedure | DeviceUseStatement | Flag

const KJ = 'http://nhn.no/kj/fhir/StructureDefinition/'
export const extensionUrls = {
  updater: `${KJ}KjUpdater`,
  updated: `${KJ}KjUpdatedDateTime`,
  validUntil: `${KJ}KjValidUntil`,
  source: `${KJ}KjSourceOfInformation`,
  presumed: `${KJ}KjPresumed`,
  inactiveIngredient: `${KJ}KjInactiveIngredient`,
  /** For the types that have no element for it: Procedure and Flag. */
  recorded: 'http://helsevev.no/fhir/StructureDefinition/recorded-date',
} as const

/** The category, from the profile, from the category element, or because the type has only one. */
export function categoryOf(entry: Entry, canonical: (system: string) => string = (system) => system): Category | undefined {
  if (entry.resourceType === 'AllergyIntolerance') return byType(entry.category?.includes('medication') ? 'DrugReaction' : 'OtherAllergen')
  if (entry.resourceType === 'Procedure') return byType('Treatment')
  if (entry.resourceType === 'DeviceUseStatement') return byType('Implant')
  const named = Array.isArray(entry.category) ? entry.category.flatMap(({ coding }) => coding ?? []) : []
  const code = named.find(({ system }) => system !== undefined && canonical(system) === CATEGORY_SYSTEM)?.code
  const profile = entry.meta?.profile?.map((url) => url.split('|')[0]?.split('/').at(-1))
  const fitting = categories.filter(({ type }) => type === entry.resourceType)
  return (
    fitting.find((category) => category.code === code) ??
    fitting.find((category) => category.type === 'Condition' && profile?.includes(category.profile))
  )
}

function byType(criticalInfoType: string): Category | undefined {
  return categories.find((category) => category.criticalInfoType === criticalInfoType)
}

/** What the entry is about. */
export function conceptOf(entry: Entry): CodeableConcept | undefined {
  if (entry.resourceType !== 'DeviceUseStatement') return entry.code
  const local = entry.device?.reference?.startsWith('#') ? entry.device.reference.slice(1) : undefined
  const device = (entry.contained ?? []).find((resource) => resource.id === local)
  if (device?.resourceType === 'Device' && device.type) return device.type
  return entry.device?.display ? { text: entry.device.display } : undefined
}

/** The codes of the entry other than its main code, with their place: source (list 7498), reaction (7497), consequence (7513). */
export function detailsOf(entry: Entry): { place: string; codings: Coding[] }[] {
  const source = extensionOf(entry, extensionUrls.source)
  const details = [
    {
      place: `extension('${extensionUrls.source}')`,
      concepts: [source?.valueCodeableConcept, source?.valueCoding && { coding: [source.valueCoding] }],
    },
    ...(entry.resourceType === 'AllergyIntolerance'
      ? [{ place: 'reaction.manifestation', concepts: (entry.reaction ?? []).flatMap(({ manifestation }) => manifestation ?? []) }]
      : []),
    ...(entry.resourceType === 'Condition'
      ? [{ place: 'evidence.code', concepts: (entry.evidence ?? []).flatMap(({ code }) => code ?? []) }]
      : []),
  ]
  return details.map(({ place, concepts }) => ({
    place: `${entry.resourceType}.${place}`,
    codings: concepts.flatMap((concept) => concept?.coding ?? []),
  }))
}

/** The coding that a person chose, or the only one, or the first. */
export function mainCodingOf(entry: Entry): Coding | undefined {
  const codings = (conceptOf(entry)?.coding ?? []).filter(({ code }) => code !== undefined)
  return codings.find(({ userSelected }) => userSelected === true) ?? codings[0]
}

export function labelOf(entry: Entry): string {
  const main = mainCodingOf(entry)
  return conceptOf(entry)?.text ?? main?.display ?? main?.code ?? ''
}

/** `active` is what is present (kernel/store/present.ts); an entry of any other standing is kept, and shown as what it is. */
export type Standing = 'active' | 'not-begun' | 'ended' | 'refuted' | 'entered-in-error'

/** What each status of FHIR says that an entry is which no longer holds; others hold. */
const endedStatuses = ['inactive', 'resolved', 'remission', 'completed', 'stopped', 'not-done']

/**
 * When the entry is present. A reaction or a condition is present from the moment it is registered, whatever its onset says, since a wrong
 * date must not hide a danger; a Flag holds from the beginning of its period.
 */
export function presenceOf(entry: Entry): Presence {
  if (withdrawnOf(entry) !== undefined || endedStatuses.includes(clinicalOf(entry) ?? '')) return 'never'
  const until = validUntilOf(entry)
  const from = validFromOf(entry)
  return { from: from === undefined ? undefined : period(from)?.start, until: until === undefined ? undefined : endOf(until) }
}

/** The status of the entry at a moment: a refuted entry is kept and shown as refuted, and an entry that has passed its end is ended. */
export function standingOf(entry: Entry, now: Date): Standing {
  const withdrawn = withdrawnOf(entry)
  if (withdrawn !== undefined) return withdrawn
  const presence = presenceOf(entry)
  if (isPresent(presence, now)) return 'active'
  return presence !== 'never' && presence.from !== undefined && presence.from > now ? 'not-begun' : 'ended'
}

function withdrawnOf(entry: Entry): 'refuted' | 'entered-in-error' | undefined {
  const verification = verificationOf(entry)
  if (verification === 'entered-in-error' || clinicalOf(entry) === 'entered-in-error') return 'entered-in-error'
  return verification === 'refuted' ? 'refuted' : undefined
}

export function verificationOf(entry: Entry): string | undefined {
  return entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition'
    ? statusIn(entry.verificationStatus, ['allergyintolerance-verification', 'condition-ver-status'])
    : undefined
}

/** Clinical status, or the only status of the types that have one status for both. */
export function clinicalOf(entry: Entry): string | undefined {
  return entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition'
    ? statusIn(entry.clinicalStatus, ['allergyintolerance-clinical', 'condition-clinical'])
    : entry.status
}

/** The code of the value set that FHIR requires, wherever it stands: senders put a code of their own list before it. */
function statusIn(concept: CodeableConcept | undefined, lists: readonly string[]): string | undefined {
  const coding = concept?.coding ?? []
  return (coding.find(({ system }) => lists.some((list) => system === hl7(list))) ?? coding[0])?.code
}

export function validUntilOf(entry: Entry): string | undefined {
  const extension = extensionOf(entry, extensionUrls.validUntil)
  return extension?.valueDateTime ?? extension?.valueDate ?? (entry.resourceType === 'Flag' ? entry.period?.end : undefined)
}

export function validFromOf(entry: Entry): string | undefined {
  return entry.resourceType === 'Flag' ? entry.period?.start : undefined
}

/** When the validity ends: a date lasts the whole day in Norway, and a month or a year likewise; a time is an instant. */
function endOf(text: string): Date | undefined {
  const named = period(text)
  return text.includes('T') ? named?.start : named?.end
}

export function recordedOf(entry: Entry): string | undefined {
  if (entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition') return entry.recordedDate
  if (entry.resourceType === 'DeviceUseStatement') return entry.recordedOn
  return extensionOf(entry, extensionUrls.recorded)?.valueDateTime
}

export function withRecorded(entry: Entry, at: string): Entry {
  if (entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition') return { ...entry, recordedDate: at }
  if (entry.resourceType === 'DeviceUseStatement') return { ...entry, recordedOn: at }
  return withExtension(entry, { url: extensionUrls.recorded, valueDateTime: at })
}

export function recorderOf(entry: Entry): Reference | undefined {
  if (entry.resourceType === 'Flag') return entry.author
  if (entry.resourceType === 'DeviceUseStatement') return entry.source
  return entry.recorder
}

/** The entry with this recorder, and with the contained resource that it points to. */
export function withRecorder(entry: Entry, recorder: Reference, role: Resource | undefined): Entry {
  const before = recorderOf(entry)?.reference?.replace('#', '')
  const others = (entry.contained ?? []).filter(({ id }) => id !== before && id !== role?.id)
  const contained = [...others, ...(role ? [role] : [])]
  const rest = { ...entry, ...(contained.length > 0 ? { contained } : {}) } as Entry
  if (contained.length === 0) delete rest.contained
  if (rest.resourceType === 'Flag') return { ...rest, author: recorder as NonNullable<Flag['author']> }
  if (rest.resourceType === 'DeviceUseStatement') return { ...rest, source: recorder as NonNullable<DeviceUseStatement['source']> }
  return { ...rest, recorder } as Entry
}

/** The contained resource that a reference of the entry points to. */
export function containedIn(entry: Entry, reference: Reference | undefined): Resource | undefined {
  const id = reference?.reference?.startsWith('#') ? reference.reference.slice(1) : undefined
  return id === undefined ? undefined : (entry.contained ?? []).find((resource) => resource.id === id)
}

/** Name and workplace of the person that a reference stands for. */
export function nameOf(entry: Entry, reference: Reference | undefined): string | undefined {
  const role = containedIn(entry, reference) as PractitionerRole | undefined
  const named = [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ')
  return named || reference?.display
}

export function extensionOf(entry: Entry, url: string): Extension | undefined {
  return entry.extension?.find((extension) => extension.url === url)
}

export function withExtension<E extends Entry>(entry: E, extension: Extension): E {
  return { ...entry, extension: [...(entry.extension ?? []).filter(({ url }) => url !== extension.url), extension] }
}

export function withoutExtensions<E extends Entry>(entry: E, urls: readonly string[]): E {
  const kept = (entry.extension ?? []).filter(({ url }) => !urls.includes(url ?? ''))
  const { extension: _extension, ...rest } = entry
  return (kept.length > 0 ? { ...rest, extension: kept } : rest) as E
}

/** One entry of critical information, in any of the five FHIR types: where each type states the same things. */
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

export type Standing = 'active' | 'ended' | 'refuted' | 'entered-in-error'

/** The status of the entry on a day: a refuted entry is kept and shown as refuted, and an entry that has passed its end is ended. */
export function standingOf(entry: Entry, now: Date): Standing {
  const verification = verificationOf(entry)
  const clinical = clinicalOf(entry)
  if (verification === 'entered-in-error' || clinical === 'entered-in-error') return 'entered-in-error'
  if (verification === 'refuted') return 'refuted'
  if (clinical === 'inactive' || clinical === 'resolved' || clinical === 'completed' || clinical === 'remission') return 'ended'
  const until = validUntilOf(entry)
  return until !== undefined && endOf(until) <= now.getTime() ? 'ended' : 'active'
}

export function verificationOf(entry: Entry): string | undefined {
  return entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition'
    ? entry.verificationStatus?.coding?.[0]?.code
    : undefined
}

/** Clinical status, or the only status of the types that have one status for both. */
export function clinicalOf(entry: Entry): string | undefined {
  return entry.resourceType === 'AllergyIntolerance' || entry.resourceType === 'Condition'
    ? entry.clinicalStatus?.coding?.[0]?.code
    : entry.status
}

export function validUntilOf(entry: Entry): string | undefined {
  const extension = extensionOf(entry, extensionUrls.validUntil)
  return extension?.valueDateTime ?? extension?.valueDate ?? (entry.resourceType === 'Flag' ? entry.period?.end : undefined)
}

/** When the validity ends, in milliseconds: a date lasts the whole day in Norway, and a month or a year likewise; a time is an instant. */
function endOf(text: string): number {
  const named = period(text)
  return (text.includes('T') ? named?.start : named?.end)?.getTime() ?? Number.POSITIVE_INFINITY
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

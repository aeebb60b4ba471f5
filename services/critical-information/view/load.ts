/** Fetches the critical information of the open patient, all types, as plain JSON. Runs on the portal's server. */
import { type Controller, controllerOf, controllersIn } from '@helsevev/panel/controllers.ts'
import { defineLoader, type Fetched, type PatientApi } from '@helsevev/panel/loader.ts'
import { placeless, without } from '@helsevev/panel/places.ts'
import { asOf } from '@helsevev/panel/versions.ts'
import type { Bundle, CodeableConcept } from '@medplum/fhirtypes'
import {
  categoryOf,
  type Entry,
  extensionOf,
  extensionUrls,
  labelOf,
  nameOf,
  recordedOf,
  recorderOf,
  standingOf,
  validFromOf,
  validUntilOf,
  verificationOf,
} from '../fhir/entry.ts'
import { type Fact, factsIn, listOf } from '../fhir/facts.ts'
import { categories } from '../model/categories.ts'
import type { CriticalInformationData, ShownEntry, Source } from './panel-data.ts'

const SERVICE = 'critical-information'
const types = [...new Set(categories.map(({ type }) => type))]
const COUNT = 100

export const loader = defineLoader<CriticalInformationData>({
  service: SERVICE,
  fetch: async (api, now) => await fetchAt(api, now),
  fetchAt: async (api, at) => await fetchAt(api, at, (bundle) => asOf(api, SERVICE, bundle, at)),
  withoutPlaces: ({ entries }) => ({ entries: entries.map(withoutPlaces) }),
})

/** `versions` finds the records of an earlier moment. */
async function fetchAt(
  api: PatientApi,
  at: Date,
  versions: (bundle: Bundle) => Promise<Bundle> = async (bundle) => bundle,
): Promise<Fetched<CriticalInformationData>> {
  const [status, first, ...others] = await Promise.all([
    api.operation(SERVICE, 'status'),
    ...types.map(async (type) => await versions(await api.search(SERVICE, type, { _count: String(COUNT) }))),
  ])
  const searched: Fetched<CriticalInformationData>['searched'] = [first ?? { resourceType: 'Bundle', type: 'searchset' }, ...others]
  const controllers = controllersIn(status)
  const entries = factsIn(searched.flatMap(entriesIn)).flatMap((fact) => shown(fact, controllers, at))
  return { data: entries.length > 0 ? { entries: entries.sort(mostDangerousFirst) } : undefined, searched }
}

function entriesIn(bundle: Bundle): Entry[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => (types.some((type) => type === resource?.resourceType) ? [resource as Entry] : []))
}

function shown(fact: Fact, controllers: readonly Controller[], now: Date): ShownEntry[] {
  const [entry] = fact
  const category = categoryOf(entry, listOf)
  const standing = standingOf(entry, now)
  if (!category || standing === 'entered-in-error') return []
  const [first, ...others] = fact
  return [
    {
      id: entry.id ?? '',
      type: entry.resourceType,
      category: category.code,
      categoryNames: category.names,
      label: labelOf(entry),
      standing,
      certainty: certaintyOf(entry),
      isSerious: entry.resourceType !== 'AllergyIntolerance' || entry.criticality !== 'low',
      consequences: consequencesOf(entry),
      notes: 'note' in entry ? (entry.note ?? []).flatMap(({ text }) => (text ? [text] : [])) : [],
      ...present({ validFrom: validFromOf(entry), validUntil: validUntilOf(entry) }),
      sources: [sourceOf(first, controllers), ...others.map((other) => sourceOf(other, controllers))],
    },
  ]
}

function sourceOf(entry: Entry, controllers: readonly Controller[]): Source {
  return {
    id: entry.id ?? '',
    ...present({
      recorded: recordedOf(entry),
      recorder: nameOf(entry, recorderOf(entry)),
      reported: entry.meta?.lastUpdated,
      ...changedIn(entry),
    }),
    controller: controllerOf(entry, controllers),
  }
}

/** The first version is stamped as well, and changed nothing. */
function changedIn(entry: Entry) {
  const isFirst = entry.meta?.versionId === '1'
  return {
    updated: isFirst ? undefined : extensionOf(entry, extensionUrls.updated)?.valueDateTime,
    updater: isFirst ? undefined : extensionOf(entry, extensionUrls.updater)?.valueReference?.display,
  }
}

function present<T extends string>(optional: Readonly<Record<T, string | undefined>>): { [K in T]?: string } {
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as { [K in T]?: string }
}

/** The person who registered it is shown with the place of work. */
function withoutPlaces(entry: ShownEntry): ShownEntry {
  const [first, ...others] = entry.sources
  const placelessOf = (source: Source): Source => ({ ...without(source, 'recorder', 'updater'), controller: placeless(source.controller) })
  return { ...entry, sources: [placelessOf(first), ...others.map(placelessOf)] }
}

/** List 7521: suspected is unconfirmed, probable is unconfirmed with the extension presumed. */
function certaintyOf(entry: Entry): ShownEntry['certainty'] {
  if (entry.resourceType !== 'AllergyIntolerance' && entry.resourceType !== 'Condition') return 'confirmed'
  if (entry.verificationStatus?.extension?.some(({ url, valueBoolean }) => url === extensionUrls.presumed && valueBoolean))
    return 'presumed'
  return verificationOf(entry) === 'confirmed' ? 'confirmed' : 'unconfirmed'
}

function consequencesOf(entry: Entry): string[] {
  const concepts: (CodeableConcept | undefined)[] =
    entry.resourceType === 'AllergyIntolerance'
      ? (entry.reaction ?? []).flatMap(({ manifestation }) => manifestation ?? [])
      : entry.resourceType === 'Condition'
        ? (entry.evidence ?? []).flatMap(({ code }) => code ?? [])
        : []
  return concepts.flatMap((concept) => concept?.text ?? concept?.coding?.[0]?.display ?? [])
}

const order = { active: 0, 'not-begun': 1, ended: 2, refuted: 3 } as const

function mostDangerousFirst(one: ShownEntry, other: ShownEntry): number {
  return (
    order[one.standing] - order[other.standing] ||
    Number(other.isSerious) - Number(one.isSerious) ||
    Number(one.category) - Number(other.category) ||
    one.label.localeCompare(other.label, 'nb')
  )
}

/**
 * The patient of a document, who its Composition, each DetectedIssue and the entries of Patients name: by national number, by a number of
 * the sender's own, or by a reference. All of them are one person, or the document is refused; which of two is meant is not guessed.
 */
import { another, numbersOf, unknownPerson } from '@helsevev/kernel/fhir/write/persons'
import { addressOf } from '@helsevev/kernel/fhir/write/references'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { BundleEntry, Identifier, Reference, Resource } from '@medplum/fhirtypes'

/** One place that names a patient, with the names that it gives. */
interface Named {
  resource: object
  expression: string
  names: string[]
  identifiers: Identifier[]
  /** A record of the document, which must be about its patient; else what stands next to them. */
  isRecord: boolean
}

export interface DocumentPersons {
  /** The national identifier, where one is stated. */
  identifier: { system: string; value: string } | undefined
  /** By `addressOf`: what refers to the patient. */
  addresses: ReadonlySet<string>
  /** The records that name nobody, each with the place where it would. */
  unstated: ReadonlyMap<object, string>
  faults: Issue[]
}

const elements: Readonly<Record<string, 'subject' | 'patient'>> = { Composition: 'subject', DetectedIssue: 'patient' }

/** The entries are not validated yet: each may be any JSON. */
export function personsOf(entries: readonly (BundleEntry | null)[]): DocumentPersons {
  const places = entries.flatMap((entry, index) => placesIn(entry, `Bundle.entry[${index}]`))
  const named = places.filter(({ names }) => names.length > 0)
  const numbered = named.find(({ identifiers }) => numbersOf(identifiers).length > 0)
  const first = named.find(({ isRecord }) => isRecord)
  // Begins at one place, and joins what shares a name with what is joined.
  const known = new Set((numbered ?? first)?.names)
  for (let before = -1; before !== known.size; ) {
    before = known.size
    for (const { names } of named) if (names.some((name) => known.has(name))) for (const name of names) known.add(name)
  }
  const [number, ...others] = new Set(named.flatMap(({ identifiers }) => numbersOf(identifiers)))
  const differing = named.filter(({ identifiers }) => numbersOf(identifiers).some((one) => one !== number))
  const strange = named.filter(({ names, isRecord }) => isRecord && !names.some((name) => known.has(name)))
  const found = numbered?.identifiers.find((one) => numbersOf(one).length > 0)
  return {
    identifier: found && { system: found.system ?? '', value: found.value ?? '' },
    addresses: new Set([...known].flatMap((name) => (name.startsWith('at ') ? name.slice(3) : []))),
    unstated: new Map(places.filter((one) => one.isRecord && one.names.length === 0).map((one) => [one.resource, one.expression])),
    faults:
      others.length > 0 ? differing.map(({ expression }) => another(expression)) : strange.map((one) => unknownPerson(one.expression)),
  }
}

function placesIn(entry: BundleEntry | null, place: string): Named[] {
  const resource = entry?.resource as (Resource & Record<string, unknown>) | undefined
  if (resource?.resourceType === 'Patient')
    return [
      {
        resource,
        isRecord: false,
        ...named(`${place}.resource`, resource['identifier'], typeof entry?.fullUrl === 'string' ? entry.fullUrl : undefined),
      },
    ]
  const element = Object.hasOwn(elements, resource?.resourceType ?? '') ? elements[resource?.resourceType ?? ''] : undefined
  if (!resource || !element) return []
  const reference = resource[element] as Reference | undefined
  const at = `${place}.resource.${element}`
  const held = contained(resource).find(({ id }) => reference?.reference === `#${id}`)
  const names = named(at, [reference?.identifier, ...listOf(held?.['identifier'])], held ? undefined : reference?.reference)
  return [{ resource, isRecord: true, ...names }]
}

function named(expression: string, identifier: unknown, reference: unknown): Omit<Named, 'resource' | 'isRecord'> {
  const identifiers = listOf(identifier).filter((one): one is Identifier => typeof one === 'object' && one !== null)
  const own = identifiers.flatMap(({ system, value }) =>
    typeof value === 'string' && value !== '' ? [`number ${numbersOf({ system, value }).length > 0 ? '' : system}|${value}`] : [],
  )
  return { expression, identifiers, names: typeof reference === 'string' ? [...own, `at ${addressOf(reference)}`] : own }
}

function contained(resource: Record<string, unknown>): Record<string, unknown>[] {
  return listOf(resource['contained']).filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

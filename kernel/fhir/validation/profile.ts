/**
 * A profile as data: constraints on a FHIR R4 resource type. It is declared in the folder of the service that uses it, published as a
 * StructureDefinition (`structureDefinition`) and checked on every write.
 */

/** A constraint on one element. `path` is the element path without slices, as in `Observation.valueQuantity` → `Observation.value[x]`. */
export interface ElementRule {
  /** `Observation.component.code` */
  path: string
  min?: number
  /** `0` forbids the element, `*` is unbounded. */
  max?: '0' | '1' | '*'
  /** The types allowed at a choice element, as in `['Quantity']`. */
  types?: string[]
  /** The codes allowed here: at least one coding must be one of these. Aliases of a system count as the same system. */
  codes?: { system: string; codes: readonly string[] }[]
  /** The reason, which the error shows to vendors. */
  why?: string
}

export interface Profile {
  /** The canonical URL of our own StructureDefinition. */
  url: string
  /** Other URLs by which resources name the same profile in meta.profile. */
  aliases?: string[]
  name: string
  title: string
  type: string
  elements: ElementRule[]
  /** URLs of the extensions that have a meaning here; others are kept as sent, and modifierExtensions are always refused. */
  extensions?: string[]
}

export function defineProfile(profile: Profile): Profile {
  return profile
}

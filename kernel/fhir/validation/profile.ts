/**
 * A profile as data: constraints on a FHIR R4 resource type, declared beside the service that uses it, published as a
 * StructureDefinition (`structureDefinition`) and checked on every write.
 */

/** Constraint on one element. `path` is the element path without slices, as in `Observation.valueQuantity` → `Observation.value[x]`. */
export interface ElementRule {
  /** `Observation.component.code` */
  path: string
  min?: number
  /** `0` forbids the element, `*` is unbounded. */
  max?: '0' | '1' | '*'
  /** Types allowed at a choice element, as in `['Quantity']`. */
  types?: string[]
  /** Codes allowed here: at least one coding must be one of these (system aliases count as the same system). */
  codes?: { system: string; codes: readonly string[] }[]
  /** Why: shown to vendors in the error. */
  why?: string
}

export interface Profile {
  /** Canonical URL of our own StructureDefinition. */
  url: string
  /** Other URLs by which resources name the same profile in meta.profile. */
  aliases?: string[]
  name: string
  title: string
  type: string
  elements: ElementRule[]
  /** URLs of the extensions that mean something here; others are kept as sent, and modifierExtensions always refused. */
  extensions?: string[]
}

export function defineProfile(profile: Profile): Profile {
  return profile
}

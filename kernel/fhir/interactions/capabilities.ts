/** FHIR capabilities, http://hl7.org/fhir/R4/http.html#capabilities. Open to anybody: holds nothing about persons. */
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes'
import type { InformationService } from '../service.ts'

const codeOf = { read: 'read', 'search-type': 'search-type', create: 'create', update: 'update', delete: 'delete' } as const

/** The statement of one service, made from its declaration. */
export function capabilities(service: InformationService, baseUrl: string, started: Date): CapabilityStatement {
  return {
    ...common(baseUrl, started),
    title: service.names.en,
    description: service.summary.en,
    implementation: { description: service.names.en, url: `${baseUrl}/fhir/${service.id}` },
    rest: [
      {
        mode: 'server',
        security: {
          service: [{ text: 'HelseID: OAuth 2.0 with DPoP' }],
          description: `Scopes helsevev:${service.id}/read and helsevev:${service.id}/write. Reading needs Purpose-Of-Use.`,
        },
        interaction: [{ code: 'batch' }, { code: 'transaction' }],
        resource: Object.entries(service.resources).map(
          ([type, declaration]): CapabilityStatementRestResource => ({
            type: type as CapabilityStatementRestResource['type'],
            supportedProfile: declaration.profiles.map(({ profile }) => profile.url),
            interaction: declaration.interactions.map((interaction) => ({ code: codeOf[interaction] })),
            versioning: 'versioned-update',
            conditionalCreate: declaration.interactions.includes('create'),
            updateCreate: false,
            searchParam: [
              { name: 'patient.identifier', type: 'token', documentation: 'Required. POST _search only.' },
              ...declaration.searchParameters.map(({ name, type, expression }) => ({ name, type, documentation: expression })),
            ],
          }),
        ),
        operation: [...(service.operations ?? []), ...(service.adapters ?? [])].map(({ name, summary }) => ({
          name,
          definition: `${baseUrl}/fhir/${service.id}/$${name}`,
          documentation: summary,
        })),
      },
    ],
  }
}

/** The statement of the whole server: which services there are and where. */
export function serverCapabilities(services: Iterable<InformationService>, baseUrl: string, started: Date): CapabilityStatement {
  const list = [...services]
  return {
    ...common(baseUrl, started),
    title: 'Helsevev',
    description: `Information services: ${list.map(({ id, names }) => `${id} (${names.en})`).join(', ')}. Each has its own metadata at /fhir/{service}/metadata.`,
    implementation: { description: 'Helsevev', url: `${baseUrl}/fhir` },
    rest: [
      {
        mode: 'server',
        security: { service: [{ text: 'HelseID: OAuth 2.0 with DPoP' }] },
        documentation: list.map(({ id }) => `${baseUrl}/fhir/${id}/metadata`).join(' '),
      },
    ],
  }
}

function common(
  baseUrl: string,
  started: Date,
): Pick<CapabilityStatement, 'resourceType' | 'status' | 'date' | 'kind' | 'fhirVersion' | 'format' | 'url'> {
  return {
    resourceType: 'CapabilityStatement',
    url: `${baseUrl}/fhir/metadata`,
    status: 'active',
    date: started.toISOString(),
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
  }
}

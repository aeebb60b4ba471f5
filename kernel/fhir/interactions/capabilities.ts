/** FHIR capabilities, http://hl7.org/fhir/R4/http.html#capabilities. Open without sign-in: holds nothing about persons. */
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes'
import { RELEASE_SYSTEM } from '../../codes/release-codes.ts'
import { searchParameterId } from '../search/search-parameter-id.ts'
import { commonParameters, linksOf, pointingTo } from '../search/search-parameters.ts'
import type { InformationService } from '../service.ts'
import { offersTransaction } from '../write/bundle-entries.ts'
import { RELEASE_DATE_URL } from '../write/release.ts'

/** The only form of a patch: RFC 6902, and RFC 5789 section 2.2. */
export const JSON_PATCH = 'application/json-patch+json'

const codesOf = {
  read: ['read', 'vread', 'history-instance'],
  'search-type': ['search-type'],
  create: ['create'],
  update: ['update', 'patch'],
  delete: ['delete'],
} as const

/** The capability statement of one service, made from its declaration. */
export function capabilities(service: InformationService, baseUrl: string, started: Date): CapabilityStatement {
  return {
    ...common(baseUrl, started),
    title: service.names.en,
    url: `${baseUrl}/fhir/${service.id}/metadata`,
    description: service.summary.en,
    implementation: { description: service.names.en, url: `${baseUrl}/fhir/${service.id}` },
    ...(isPatched(service) ? { patchFormat: [JSON_PATCH] } : {}),
    rest: [
      {
        mode: 'server',
        ...some(
          'extension',
          (service.adapters ?? []).map(({ name }) => ({ url: ADAPTER_URL, valueString: name })),
        ),
        security: {
          service: [{ text: 'HelseID: OAuth 2.0 with DPoP' }],
          description: securityOf(service),
        },
        documentation: [LABELS, ...adaptersOf(service, baseUrl)].join(' '),
        interaction: offersTransaction(service) ? [{ code: 'batch' }, { code: 'transaction' }] : [{ code: 'batch' }],
        resource: Object.entries(service.resources).map(
          ([of, declaration]): CapabilityStatementRestResource => ({
            type: of as CapabilityStatementRestResource['type'],
            supportedProfile: declaration.profiles.map(({ profile }) => profile.url),
            interaction: declaration.interactions.flatMap((interaction) => codesOf[interaction].map((code) => ({ code }))),
            versioning: 'versioned-update',
            conditionalCreate: declaration.interactions.includes('create'),
            conditionalUpdate: declaration.interactions.includes('create') && declaration.interactions.includes('update'),
            updateCreate: false,
            searchParam: [
              { name: 'patient.identifier', type: 'token', documentation: 'Required. POST _search only.' },
              ...[...declaration.searchParameters, ...commonParameters].map(({ name, type, expression }) => ({
                name,
                definition: `${baseUrl}/fhir/${service.id}/SearchParameter/${searchParameterId(of, name)}`,
                type,
                documentation: expression,
              })),
            ],
            ...(declaration.interactions.some((one) => one === 'create' || one === 'update') ? { operation: [VALIDATE] } : {}),
            ...some('searchInclude', linksOf({ [of]: declaration })),
            ...some('searchRevInclude', pointingTo(service.resources, of)),
          }),
        ),
        ...some(
          'operation',
          (service.operations ?? []).map(({ name, summary }) => ({
            name,
            definition: `${baseUrl}/fhir/${service.id}/OperationDefinition/${name}`,
            documentation: summary,
          })),
        ),
      },
    ],
  }
}

/** http://hl7.org/fhir/R4/resource-operation-validate.html */
const VALIDATE = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  documentation:
    'What a create, an update or a delete would be told; nothing is stored. The decision and the scope are those of the write.',
}

/** An extension of `rest`: the name of an adapter, by which a program finds what takes its messages. */
const ADAPTER_URL = 'http://helsevev.no/fhir/StructureDefinition/adapter'

/** Whether something in the service can be patched: http://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.patchFormat */
function isPatched({ resources }: InformationService): boolean {
  return Object.values(resources).some(({ interactions }) => interactions.includes('update'))
}

/** What takes messages of other systems is no operation of FHIR: its body is no resource. */
function adaptersOf({ id, adapters = [] }: InformationService, baseUrl: string): string[] {
  return adapters.map(({ name, summary }) => `${summary.replace(/\.$/, '')}: POST ${baseUrl}/fhir/${id}/$${name}.`)
}

/** A list that has something: FHIR knows no empty ones (http://hl7.org/fhir/R4/json.html). */
export function some<Name extends string, Item>(name: Name, list: Item[]): { [N in Name]?: Item[] } {
  return list.length > 0 ? ({ [name]: list } as { [N in Name]?: Item[] }) : {}
}

/** How a source labels a record; docs/api/release.md. */
const LABELS = [
  `Whom a record is withheld from: meta.security with a code of ${RELEASE_SYSTEM} (Volven 9603) or of HL7 v3-Confidentiality.`,
  `NORU is released at the date in the extension ${RELEASE_DATE_URL}: valueDateTime, or valueUnsignedInt days.`,
  'A code without a system, or spelt oddly, is the code; an unknown one is refused; of several the strictest holds.',
  'A resource with the tag SUBSETTED is shown without what is withheld from you: do not send it back.',
].join(' ')

/** The scopes, the attestation, and who reads for which purposes, by Volven 9060 and HL7 v3 PurposeOfUse. */
function securityOf({ id, readers }: InformationService): string {
  const who = Object.entries(readers).map(([role, purposes]) => `${role} (${purposes.join(', ')})`)
  return [
    `Scopes: helsevev:${id}/read for health personnel and for systems that read back what they wrote,`,
    `helsevev:${id}/write for systems of the data controller,`,
    `helsevev:${id}/citizen for the patient and for a person who acts for the patient.`,
    'Health personnel attest who they are, where they work, for what purpose they read and about which patient,',
    'in the token or in the header Attestation.',
    `Open to these authorisations of Volven 9060, for these purposes: ${who.join('; ')}. An organisation may have narrowed it for its own.`,
  ].join(' ')
}

/** What both statements begin with. */
export function common(
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

/** FHIR capabilities, http://hl7.org/fhir/R4/http.html#capabilities. Open without sign-in: holds nothing about persons. */
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes'
import { RELEASE_SYSTEM } from '../../codes/release-codes.ts'
import { commonParameters, linksOf, pointingTo } from '../search/search-parameters.ts'
import type { InformationService } from '../service.ts'
import { RELEASE_DATE_URL } from '../write/release.ts'

const codesOf = {
  read: ['read', 'vread', 'history-instance'],
  'search-type': ['search-type'],
  create: ['create'],
  update: ['update'],
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
        interaction: isWritten(service) ? [{ code: 'batch' }, { code: 'transaction' }] : [{ code: 'batch' }],
        resource: Object.entries(service.resources).map(
          ([type, declaration]): CapabilityStatementRestResource => ({
            type: type as CapabilityStatementRestResource['type'],
            supportedProfile: declaration.profiles.map(({ profile }) => profile.url),
            interaction: declaration.interactions.flatMap((interaction) => codesOf[interaction].map((code) => ({ code }))),
            versioning: 'versioned-update',
            conditionalCreate: declaration.interactions.includes('create'),
            updateCreate: false,
            searchParam: [
              { name: 'patient.identifier', type: 'token', documentation: 'Required. POST _search only.' },
              ...[...declaration.searchParameters, ...commonParameters].map(({ name, type, expression }) => ({
                name,
                type,
                documentation: expression,
              })),
            ],
            ...some('searchInclude', linksOf({ [type]: declaration })),
            ...some('searchRevInclude', pointingTo(service.resources, type)),
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

/** Whether a system can write to the service: what comes in messages alone is no transaction. */
function isWritten({ resources }: InformationService): boolean {
  return Object.values(resources).some(({ interactions }) => interactions.some((one) => one === 'create' || one === 'update'))
}

/** An extension of `rest`: the name of an adapter, by which a program finds what takes its messages. */
const ADAPTER_URL = 'http://helsevev.no/fhir/StructureDefinition/adapter'

/** What takes messages of other systems is no operation of FHIR: its body is no resource. */
function adaptersOf({ id, adapters = [] }: InformationService, baseUrl: string): string[] {
  return adapters.map(({ name, summary }) => `${summary.replace(/\.$/, '')}: POST ${baseUrl}/fhir/${id}/$${name}.`)
}

/** A list that has something: FHIR knows no empty ones (http://hl7.org/fhir/R4/json.html). */
function some<Name extends string, Item>(name: Name, list: Item[]): { [N in Name]?: Item[] } {
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

/** Resources that every service shares. Access to them is decided in the same way. */
const shared: CapabilityStatementRestResource[] = [
  {
    type: 'Patient',
    interaction: [{ code: 'search-type' }],
    documentation: 'Who has this number: POST /fhir/Patient/_search. Scopes helsevev:persons/read, and helsevev:persons/citizen.',
    searchParam: [{ name: 'patient.identifier', type: 'token', documentation: 'Required. POST _search only.' }],
  },
  {
    type: 'Consent',
    interaction: [{ code: 'create' }, { code: 'search-type' }, { code: 'update' }],
    documentation: [
      'Opt-outs, restrictions, blocks and consents of the patient; an update ends one.',
      'Scopes helsevev:privacy/citizen, and for staff on the patient’s request helsevev:privacy/read and /write.',
    ].join(' '),
    searchParam: [
      { name: 'patient.identifier', type: 'token', documentation: 'POST _search only; a citizen who leaves it out asks about oneself.' },
    ],
  },
  {
    type: 'Communication',
    interaction: [{ code: 'create' }, { code: 'search-type' }],
    documentation:
      'A citizen’s questions to organisations about lines of the access log, the answers, and notices. Scope helsevev:access-log/citizen.',
    searchParam: [
      { name: 'patient.identifier', type: 'token', documentation: 'POST _search only; a citizen who leaves it out asks about oneself.' },
      { name: 'category', type: 'token', documentation: 'question, answer, notice.' },
    ],
  },
  {
    type: 'RelatedPerson',
    interaction: [{ code: 'create' }, { code: 'search-type' }, { code: 'update' }],
    documentation: [
      'Who acts for the citizen who is signed in, and the persons that the citizen acts for.',
      'Create gives a power of attorney or the consent of a parent; an update ends it. Scope helsevev:representation/citizen.',
    ].join(' '),
    searchParam: [{ name: 'active', type: 'token', documentation: 'true: not what has ended. POST _search only.' }],
  },
  {
    type: 'AuditEvent',
    interaction: [{ code: 'search-type' }],
    documentation: [
      'Who looked at records. A citizen asks about oneself by GET, or by POST _search;',
      'the system of a data controller asks about its own staff and its own records.',
      'Scopes helsevev:access-log/citizen and /read.',
    ].join(' '),
    searchParam: [
      { name: 'patient.identifier', type: 'token', documentation: 'POST _search only; for citizens.' },
      { name: 'date', type: 'date', documentation: 'AuditEvent.recorded; a controller gives both ends.' },
    ],
  },
]

/** The capability statement of the whole server: which services there are, and where. */
export function serverCapabilities(services: Iterable<InformationService>, baseUrl: string, started: Date): CapabilityStatement {
  const list = [...services]
  const names = list.map(({ id, names }) => `${id} (${names.en})`).join(', ')
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
        resource: shared,
        operation: [
          {
            name: 'has-data',
            definition: `${baseUrl}/fhir/$has-data`,
            documentation:
              'Whether there is anything about each of several patients, in each service: POST with Parameters. Opens nothing.',
          },
          {
            name: 'export',
            definition: `${baseUrl}/fhir/AuditEvent/$export`,
            documentation: 'The log of a period for a data controller’s own systems, as NDJSON: GET with date=ge…&date=lt….',
          },
          {
            name: 'summary',
            definition: `${baseUrl}/fhir/Patient/$summary`,
            documentation:
              'A patient summary across the services, in the shape of the International Patient Summary. POST with patient.identifier.',
          },
          {
            name: 'everything',
            definition: `${baseUrl}/fhir/Patient/$everything`,
            documentation: 'To a citizen, all that is released of every service, as one streamed Bundle.',
          },
          {
            name: 'seen',
            definition: `${baseUrl}/fhir/Communication/$seen`,
            documentation: 'Marks a citizen’s notices as seen.',
          },
          {
            name: 'notice-settings',
            definition: `${baseUrl}/fhir/Patient/$notice-settings`,
            documentation: 'Where the citizen wants notices outside the portal, and about what.',
          },
          {
            name: 'set-notice-settings',
            definition: `${baseUrl}/fhir/Patient/$set-notice-settings`,
            documentation: 'Sets where, by sms and email, and about what: topic and language.',
          },
          {
            name: 'last-visit',
            definition: `${baseUrl}/fhir/Patient/$last-visit`,
            documentation: 'When the citizen was here last, for what is new since.',
          },
          {
            name: 'refused-calls',
            definition: `${baseUrl}/fhir/$refused-calls`,
            documentation: 'How often calls of the client of the token were refused for their token, proof or rate.',
          },
          {
            name: 'acts-for',
            definition: `${baseUrl}/fhir/RelatedPerson/$acts-for`,
            documentation: 'The persons that the citizen who is signed in acts for, in which services, and why not in the others.',
          },
        ],
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

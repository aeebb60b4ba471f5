/**
 * A row of the access log as AuditEvent in HL7 Norway's profile of the trust framework (no-domain-Trustframework-Auditevent 0.9.8, R4), one
 * for each patient. The examples of the profile write `identifier.id` where they mean `identifier.value`; this module writes the latter.
 * docs/api/audit-event.md
 */
import type {
  AuditEvent,
  AuditEventAgent,
  AuditEventEntity,
  CodeableConcept,
  Coding,
  Encounter,
  Extension,
  Identifier,
  Location,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
  ResourceType,
} from '@medplum/fhirtypes'
import { HPR_SYSTEM, ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import { logicalId, logLineId, toLetters } from '../../store/ids.ts'
import { choiceEntity } from './choice-in-row.ts'
import type { LookUp } from './look-ups.ts'

const AUDIT_EVENT_PROFILE = 'http://hl7.no/fhir/StructureDefinition/no-domain-Trustframework-Auditevent'
const EXTENSIONS = 'http://hl7.no/fhir/StructureDefinition'
const OWN_EXTENSIONS = 'http://helsevev.no/fhir/StructureDefinition'
const AUTHORIZATION = 'urn:oid:2.16.578.1.12.4.1.1.9060'
const PURPOSE = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'

export interface AuditEventContext {
  /** The number the patient is shown under; undefined when the look-up never found a person. */
  patient: { system: string; value: string } | undefined
  /** The address of this server. */
  baseUrl: string
  /** The operations that store what they are sent, as events: `$receive-something`. */
  adapters: readonly string[]
}

type Contained = Practitioner | PractitionerRole | Organization | Location | Encounter | Patient

export function auditEvent(row: LookUp, { patient, baseUrl, adapters }: AuditEventContext): AuditEvent & { id: string } {
  const contained: Contained[] = []
  const agent = agentOf(row, contained)
  const extension = [patientOf(patient, contained), encounterOf(row, contained), careRelationOf(row), ...own(row)].filter(
    (one): one is Extension => one !== undefined,
  )
  const isProfiled = patient !== undefined && agent.who?.reference === '#role' && row.purpose !== null
  return {
    resourceType: 'AuditEvent',
    id: logLineId(row),
    ...(isProfiled ? { meta: { profile: [AUDIT_EVENT_PROFILE] } } : {}),
    ...(contained.length > 0 ? { contained } : {}),
    ...(extension.length > 0 ? { extension } : {}),
    type: isDelivery(row, adapters) ? DELIVERED : PATIENT_RECORD,
    subtype: [subtypeOf(row.event)],
    action: adapters.includes(row.event) ? 'C' : (actions[row.event] ?? (row.event.startsWith('$') ? 'R' : 'E')),
    recorded: row.at.toISOString(),
    outcome: outcomes[row.outcome],
    ...(row.problem === null ? {} : { outcomeDesc: row.problem }),
    ...(row.purpose === null ? {} : { purposeOfEvent: purposesOf(row, row.purpose) }),
    agent: [agent],
    source: {
      site: URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
      observer: { display: 'Helsevev' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }],
    },
    entity: [entityOf(row), ...openedEntities(row), ...[choiceEntity(row.choice)].filter((one) => one !== undefined)],
  }
}

const DCM = 'http://dicom.nema.org/resources/ontology/DCM'
const PATIENT_RECORD: Coding = { system: DCM, code: '110110', display: 'Patient Record' }
const DELIVERED: Coding = { system: DCM, code: '110107', display: 'Import' }

const deliveries = ['create', 'update', 'delete', 'batch', 'transaction', 'bundle', '$validate']

/** A system that sends what its organisation has registered has seen nothing here. */
function isDelivery({ byPerson, event }: LookUp, adapters: readonly string[]): boolean {
  return !byPerson && (adapters.includes(event) || deliveries.includes(event))
}

const actions: Record<string, NonNullable<AuditEvent['action']>> = {
  read: 'R',
  'search-type': 'R',
  create: 'C',
  transaction: 'C',
  bundle: 'C',
  'choice-made': 'C',
  'representation-registered': 'C',
  'question-asked': 'C',
  'block-lift-asked': 'C',
  'block-lifted': 'U',
  'question-answered': 'U',
  update: 'U',
  $validate: 'E',
  'choice-ended': 'U',
  'representation-ended': 'U',
  delete: 'D',
}

/** http://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
const outcomes: Record<LookUp['outcome'], NonNullable<AuditEvent['outcome']>> = { ok: '0', refused: '4', failed: '8' }

const interactions = new Set(['read', 'search-type', 'create', 'update', 'delete', 'batch', 'transaction'])

function subtypeOf(event: string): Coding {
  if (interactions.has(event)) return { system: 'http://hl7.org/fhir/restful-interaction', code: event }
  return event.startsWith('$')
    ? { system: 'http://hl7.org/fhir/restful-interaction', code: 'operation', display: event }
    : { system: 'http://helsevev.no/fhir/CodeSystem/log-event', code: event }
}

/** Staff are shown by role, citizens by name alone, and systems by the organisation they belong to. */
function agentOf(row: LookUp, contained: Contained[]): AuditEventAgent {
  const named = row.name === null ? {} : { name: row.name }
  const citizen = citizens[row.purpose ?? '']
  if (citizen) return { who: { type: citizen, ...(row.name === null ? {} : { display: row.name }) }, ...named, requestor: true }
  const legalEntity = organizationOf('legal-entity', row.organization, row.organizationName)
  if (legalEntity) contained.push(legalEntity)
  if (!row.byPerson) return { ...(legalEntity ? { who: { reference: '#legal-entity' } } : {}), ...named, requestor: true }
  contained.push(practitionerOf(row))
  const role: PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: 'role',
    active: true,
    practitioner: { reference: '#practitioner' },
  }
  const department = departmentOf(row, legalEntity !== undefined)
  if (department) contained.push(department)
  if (legalEntity) role.organization = { reference: department ? '#department' : '#legal-entity' }
  const pointOfCare = organizationOf('point-of-care-organization', row.pointOfCare, row.pointOfCareName)
  if (pointOfCare) {
    const managingOrganization = { reference: '#point-of-care-organization' }
    contained.push(pointOfCare, { resourceType: 'Location', id: 'point-of-care', managingOrganization })
    role.location = [{ reference: '#point-of-care' }]
  }
  contained.push(role)
  return { who: { reference: '#role' }, ...named, requestor: true }
}

const citizens: Record<string, 'Patient' | 'RelatedPerson'> = { PATRQT: 'Patient', FAMRQT: 'RelatedPerson', PWATRNY: 'RelatedPerson' }

/** Has the HPR number, and never the identity number (ATT-8). */
function practitionerOf({ name, hprNumber, role }: LookUp): Practitioner {
  const practitioner: Practitioner = { resourceType: 'Practitioner', id: 'practitioner' }
  if (hprNumber !== null) practitioner.identifier = [{ system: HPR_SYSTEM, value: hprNumber }]
  if (name !== null) practitioner.name = [{ text: name }]
  if (role !== null) practitioner.qualification = [{ code: { coding: [{ system: AUTHORIZATION, code: role }] } }]
  return practitioner
}

function departmentOf(row: LookUp, hasLegalEntity: boolean): Organization | undefined {
  if (row.department === null) return undefined
  const identifier: Identifier = { ...(row.departmentSystem === null ? {} : { system: row.departmentSystem }), value: row.department }
  return {
    resourceType: 'Organization',
    id: 'department',
    identifier: [identifier],
    ...(row.departmentName === null ? {} : { name: row.departmentName }),
    ...(hasLegalEntity ? { partOf: { reference: '#legal-entity' } } : {}),
  }
}

function organizationOf(id: string, number: string | null, name: string | null): Organization | undefined {
  if (number === null) return undefined
  const identifier = [{ system: ORGANIZATION_SYSTEM, value: number }]
  return { resourceType: 'Organization', id, identifier, ...(name === null ? {} : { name }) }
}

function patientOf(identifier: AuditEventContext['patient'], contained: Contained[]): Extension | undefined {
  if (!identifier) return undefined
  contained.push({ resourceType: 'Patient', id: 'patient', identifier: [identifier] })
  return { url: `${EXTENSIONS}/auditevent-patient-extension`, valueReference: { reference: '#patient' } }
}

/** The contact that was the ground for access: the kind of service, and where the patient was received. */
function encounterOf(row: LookUp, contained: Contained[]): Extension | undefined {
  const { healthcareServiceSystem, healthcareService, healthcareServiceText, patientPointOfCare, patientDepartment } = row
  if (healthcareService === null && patientPointOfCare === null && patientDepartment === null) return undefined
  const encounter: Encounter = { resourceType: 'Encounter', id: 'encounter', status: 'unknown', class: { code: 'unknown' } }
  if (healthcareService !== null) encounter.serviceType = coded(healthcareServiceSystem, healthcareService, healthcareServiceText)
  const pointOfCare = organizationOf('patient-point-of-care-organization', patientPointOfCare, null)
  if (pointOfCare) {
    const managingOrganization = { reference: '#patient-point-of-care-organization' }
    contained.push(pointOfCare, { resourceType: 'Location', id: 'patient-point-of-care', managingOrganization })
    encounter.location = [{ location: { reference: '#patient-point-of-care' } }]
  }
  if (patientDepartment !== null) {
    contained.push({ resourceType: 'Organization', id: 'patient-department', identifier: [{ value: patientDepartment }] })
    encounter.serviceProvider = { reference: '#patient-department' }
  }
  contained.push(encounter)
  return { url: `${EXTENSIONS}/auditevent-encounter-extension`, valueReference: { reference: '#encounter' } }
}

/** http://hl7.org/fhir/R4/extension-data-absent-reason.html */
const notStated = {
  _valueString: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'not-asked' }] },
} as const

/** The profile requires all four parts or none. Where no description was attested, the part says that: no words are put in its place. */
function careRelationOf(row: LookUp): Extension | undefined {
  const { decisionRef, toa, userSelected } = row
  if (decisionRef === null || toa === null || userSelected === null) return undefined
  return {
    url: `${EXTENSIONS}/auditevent-carerelation-metadata-extension`,
    extension: [
      { url: 'decision-ref-id', valueString: decisionRef },
      { url: 'decision-ref-description', ...(row.decisionDescription === null ? notStated : { valueString: row.decisionDescription }) },
      { url: 'decision-ref-user-selected', valueBoolean: userSelected },
      { url: 'toa', valueUnsignedInt: Math.floor(toa.getTime() / 1000) },
    ],
  }
}

/** Facts that the profile has no element for. */
function own({ basis, withheld, openedBy, unseen, automatic, episode }: LookUp): Extension[] {
  return [
    ...(episode === null ? [] : [{ url: `${OWN_EXTENSIONS}/episode`, valueString: toLetters(episode) }]),
    ...(basis === null ? [] : [{ url: `${OWN_EXTENSIONS}/access-basis`, valueCode: basis }]),
    ...(openedBy === null ? [] : [{ url: `${OWN_EXTENSIONS}/restrictions-opened-by`, valueCode: openedBy }]),
    ...(automatic ? [{ url: `${OWN_EXTENSIONS}/automatic`, valueBoolean: true }] : []),
    ...(unseen ?? []).map((reason) => ({ url: `${OWN_EXTENSIONS}/not-seen`, valueCode: reason })),
    ...(withheld ? [{ url: `${OWN_EXTENSIONS}/something-withheld`, valueBoolean: true }] : []),
  ]
}

/** HL7 v3 PurposeOfUse. */
const displays: Record<string, string> = {
  TREAT: 'treatment',
  ETREAT: 'emergency treatment',
  COC: 'coordination of care',
  BTG: 'break the glass',
  PATRQT: 'patient requested',
  FAMRQT: 'family requested',
  PWATRNY: 'power of attorney',
}

/** One concept for each slice: the purpose, then its details from a decision template or Volven 9151. */
function purposesOf(row: LookUp, purpose: string): CodeableConcept[] {
  const concept = coded(PURPOSE, purpose, displays[purpose] ?? null)
  if (row.reason !== null) concept.text = row.reason
  return row.purposeDetails === null ? [concept] : [concept, coded(row.purposeDetailsSystem, row.purposeDetails, row.purposeDetailsText)]
}

function coded(system: string | null, code: string, display: string | null): CodeableConcept {
  return { coding: [{ ...(system === null ? {} : { system }), code, ...(display === null ? {} : { display }) }] }
}

/** The restrictions that were opened, and the consents that opened them: http://hl7.org/fhir/R4/consent.html */
function openedEntities({ openedChoices }: LookUp): AuditEventEntity[] {
  return (openedChoices ?? []).map(({ patient, id }) => ({ what: { reference: `Consent/${logicalId(patient, id)}`, type: 'Consent' } }))
}

/** What was opened, and how many resources. Which resources they were is shown in the log of their controller only. */
function entityOf({ event, service, type, resources }: LookUp): AuditEventEntity {
  const isList = event === 'search-type' || event.startsWith('$')
  const what = (isList ? 'Bundle' : (type ?? 'Bundle')) as ResourceType
  return {
    what: { type: what, display: [service, type].filter((part) => part !== null).join(' ') || 'nothing' },
    type: { system: 'http://hl7.org/fhir/resource-types', code: what },
    ...(type === null ? {} : { name: type }),
    detail: [
      ...(service === null ? [] : [{ type: 'service', valueString: service }]),
      ...(resources === null ? [] : [{ type: 'resources', valueString: String(resources) }]),
    ],
  }
}

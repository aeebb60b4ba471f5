/**
 * The part of a resource that is stored: everything except who it is about. The patient's identifier is cut out before storing and inserted
 * again when the record is read. The narrative and contained Patients are removed, since they repeat the name. Identity numbers of staff
 * become person keys (architecture decision 3, docs/decisions/0004-one-record-table.md).
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Issue } from '../../problem/problem.ts'
import { echoed } from '../../values/echoed.ts'
import { classify, findIdentityNumbers, kindOfSystem } from '../../values/identity-number.ts'
import { type Json, someObject, someString, visitObjects, visitStrings } from '../../values/tree.ts'
import { withoutPatients } from './persons.ts'

export const FLAG_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/flag'
/** Extension on every stored resource: the organisation that answers for it. A sender cannot set it. */
export const DATA_CONTROLLER_URL = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
export const PERSON_KEY_SYSTEM = 'http://helsevev.no/fhir/NamingSystem/person-key'

export interface PatientIdentifier {
  system: string
  value: string
}

/** Inserts the patient's identifier into stored JSON text, without parsing it. A resource with the element `none` has no place for it. */
export function spliceIdentifier(content: string, element: string, identifier: PatientIdentifier): string {
  if (element === 'none') return content
  return `{"${element}":{"identifier":${JSON.stringify(identifier)}},${content.slice(1)}`
}

/** The content with its data controller stated, and what the sender wrote there removed. */
export function withDataController(content: Content, organizationNumber: string): Content {
  const sent = Array.isArray(content.extension) ? content.extension : []
  const others = sent.filter((extension) => (extension as { url?: string } | null)?.url !== DATA_CONTROLLER_URL)
  const controller = { url: DATA_CONTROLLER_URL, valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: organizationNumber } }
  return { ...content, extension: [...others, controller] }
}

export interface SentPatient {
  identifier: PatientIdentifier | undefined
  issue: Issue | undefined
}

/** The shape by FHIR. What was sent is not validated yet and may be any JSON. */
interface SentReferences
  extends Record<'subject' | 'patient' | 'for', { reference?: string; identifier?: PatientIdentifier } | null | undefined> {
  contained?: ({ resourceType: string; id?: string; identifier?: PatientIdentifier[] } | null)[]
}

const personSystems = 'the system urn:oid:2.16.578.1.12.4.1.4.1 (national identity number), .4.2 (D-number) or .4.3 (help number)'

/** The identifier of the patient that a resource points to: by identifier, or through a contained Patient. */
export function patientIdentifier(resource: Resource, element: 'subject' | 'patient' | 'for'): SentPatient {
  const expression = `${resource.resourceType}.${element}`
  const { contained = [], [element]: reference } = resource as unknown as SentReferences
  const patient = Array.isArray(contained)
    ? contained.find((candidate) => candidate?.resourceType === 'Patient' && reference?.reference === `#${candidate.id}`)
    : undefined
  const identifiers = [reference?.identifier, ...(Array.isArray(patient?.identifier) ? patient.identifier : [])]
  const candidates = identifiers.flatMap((identifier) => (typeof identifier?.system === 'string' ? [identifier] : []))
  const found = candidates.find(({ system, value }) => typeof value === 'string' && value && kindOfSystem(system))
  if (found) return { identifier: { system: found.system, value: found.value }, issue: undefined }
  const [other] = candidates
  return {
    identifier: undefined,
    issue: {
      severity: 'error',
      type: other ? 'value' : 'required',
      code: 'patient-identifier',
      text: other
        ? `The system ${echoed(other.system)} does not name persons nationally. Use ${personSystems}.`
        : `Give ${element}.identifier with ${personSystems}. A reference alone means nothing outside the sender's own system.`,
      expression: `${expression}.identifier`,
    },
  }
}

/** Errors for free text and identifiers that hold an identity number. They name the element and never the number. */
export function identityNumbersInText(content: Content, ownNumber: string): Issue[] {
  const issues: Issue[] = []
  if (!someString(content, (text) => text.includes(ownNumber) || holdsValidNumber(text))) return issues
  visitStrings(content, content.resourceType, (text, expression, holder) => {
    // The sender's id is replaced by ours and not stored.
    if (expression === `${content.resourceType}.id`) return
    // A number that names staff becomes a key.
    if (isPersonIdentifier(holder) && (text === ownNumber || classify(text))) return
    // An identifier of another system may be eleven digits by chance; the patient's own number never is.
    const byChance = expression.endsWith('.value') && 'system' in holder && !isPersonIdentifier(holder)
    if (!text.includes(ownNumber) && (byChance || !holdsValidNumber(text))) return
    issues.push({
      severity: 'error',
      type: 'security',
      code: 'identity-number-in-text',
      text: 'The text holds a national identity number. Remove it: who the patient is stands in the patient identifier alone.',
      expression,
    })
  })
  return issues
}

/** Correct check digits distinguish an identity number from an order number of eleven digits, which clinical texts may hold. */
function holdsValidNumber(text: string): boolean {
  return findIdentityNumbers(text).some(({ start, end }) => classify(text.slice(start, end).replace(/\D/g, '')) !== undefined)
}

export interface StaffNumber {
  /** The Identifier object inside the content, which is changed in place. */
  identifier: { system?: string; value?: string }
  expression: string
}

/** Identifiers of persons other than the patient, such as performers that are named by national identity number. */
export function staffNumbers(content: Content): StaffNumber[] {
  const found: StaffNumber[] = []
  if (!someObject(content, isPersonIdentifier)) return found
  visitObjects(content, content.resourceType, (value, expression) => {
    if (isPersonIdentifier(value)) found.push({ identifier: value as StaffNumber['identifier'], expression })
  })
  return found
}

function isPersonIdentifier(value: object): boolean {
  return 'system' in value && typeof value.system === 'string' && 'value' in value && kindOfSystem(value.system) !== undefined
}

/** A resource without patient, narrative and contained Patients: a new top-level object around the same nested ones. */
export type Content = { resourceType: string; meta?: { [key: string]: Json } } & { [key: string]: Json }

export function withoutIdentity(resource: Resource, element: string, identityNumber: string): { content: Content; issues: Issue[] } {
  const { [element]: _patient, text, contained, ...rest } = resource as unknown as Content
  const issues: Issue[] = []
  if (text !== undefined) {
    issues.push({
      severity: 'warning',
      type: 'informational',
      code: 'narrative-dropped',
      text: 'The narrative is not stored: it repeats the data, and may name the patient.',
      expression: `${resource.resourceType}.text`,
    })
  }
  if (contained !== undefined && !Array.isArray(contained)) {
    const expression = `${resource.resourceType}.contained`
    issues.push({ severity: 'error', type: 'structure', code: 'structure', text: 'Expected an array of resources.', expression })
  }
  const content = (Array.isArray(contained) ? { ...rest, contained } : rest) as Content
  return { content: withoutPatients(content, identityNumber) as Content, issues }
}

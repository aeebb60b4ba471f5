/**
 * The persons that a resource names as the one it is about. A resource is in the record of one person: who else it names as its
 * subject, also in what it contains, makes it contradict itself (http://hl7.org/fhir/R4/references.html#contained).
 * Contained Patients are not stored, and what pointed to one names the patient by identifier instead.
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Issue } from '../../problem/problem.ts'
import { identityNumberSystems, kindOfSystem } from '../../values/identity-number.ts'
import { copyJson } from '../../values/json.ts'
import { type Json, someObject, someString, visitObjects } from '../../values/tree.ts'

/** Elements that say who a resource, or a part of it, is about. */
const SUBJECTS = new Set(['subject', 'patient', 'focus', 'entity', 'beneficiary', 'for'])
const PATIENT_TYPES = ['Patient', 'http://hl7.org/fhir/StructureDefinition/Patient']

type Held = Record<string, unknown>
type Content = { resourceType: string } & { [key: string]: Json }

/** Errors for subjects and contained Patients that are not the person of the resource. The resource has the shape of FHIR. */
export function otherPersons(resource: Resource, element: string, identityNumber: string): Issue[] {
  const { [element]: own, contained, ...rest } = resource as unknown as Held
  const type = resource.resourceType
  const held = heldIn(contained)
  const issues: Issue[] = []
  const subjectOf = own as { reference?: unknown } | undefined
  for (const [index, one] of held.entries()) {
    if (one['resourceType'] !== 'Patient') {
      if (someObject(one as unknown as Json, (inner) => isPatient(inner))) issues.push(patientWithin(`${type}.contained[${index}]`))
      continue
    }
    const numbers = numbersOf(one['identifier'])
    const isNamed = subjectOf?.reference === `#${one['id']}`
    const isSame = numbers.length === 0 ? isNamed : numbers.every((number) => number === identityNumber)
    const place = `${type}.contained[${index}]`
    if (!isSame) issues.push(numbers.length === 0 ? unknownPerson(place) : another(place))
  }
  if (numbersOf(subjectOf && (subjectOf as Held)['identifier']).some((number) => number !== identityNumber))
    issues.push(another(`${type}.${element}`))
  const parts = (contained === undefined ? rest : { ...rest, contained }) as Json
  // Nearly every resource names nobody else, and a walk without places takes a tenth of the time.
  if (!someObject(parts, (holder) => isNumber(holder) && holder.value !== identityNumber)) return issues
  visitObjects(parts, type, (holder, expression) => {
    const name = /\.([a-z]+)(?:\[\d+\])?$/.exec(expression)?.[1] ?? ''
    if (!SUBJECTS.has(name) && !PATIENT_TYPES.includes(String((holder as Held)['type']))) return
    if (numbersOf((holder as Held)['identifier']).some((number) => number !== identityNumber)) issues.push(another(expression))
  })
  return issues
}

/**
 * The content without contained Patients. What pointed to one has the identifier of the patient, and what only a Patient named goes too.
 */
export function withoutPatients(content: Content, identityNumber: string): Content {
  const { contained } = content
  const patients = heldIn(contained).filter(({ resourceType }) => resourceType === 'Patient')
  if (patients.length === 0) return content
  const addresses = new Set(patients.map(({ id }) => `#${id}`))
  const { contained: copied, ...rest } = copyJson(content) as Content
  let kept = heldIn(copied).filter(({ resourceType }) => resourceType !== 'Patient')
  visitObjects({ ...rest, contained: kept } as unknown as Json, content.resourceType, (holder) => {
    const reference = holder as { reference?: unknown; identifier?: unknown }
    if (typeof reference.reference !== 'string' || !addresses.has(reference.reference)) return
    delete reference.reference
    // Stored as the key of the person, as every number of a person in the content is.
    reference.identifier = { system: identityNumberSystems.FNR, value: identityNumber }
  })
  // dom-3: what is contained is named by what is stored, or the record could not be sent back.
  for (let before = -1; before !== kept.length; ) {
    before = kept.length
    kept = kept.filter((one) => isLinked(one, rest, kept))
  }
  return (kept.length > 0 ? { ...rest, contained: kept } : rest) as Content
}

function isLinked(one: Held, rest: object, kept: readonly Held[]): boolean {
  const isNamedIn = (place: object) => someString(place as Json, (text) => text === `#${one['id']}`)
  return isNamedIn(rest) || kept.some((other) => other !== one && isNamedIn(other)) || someString(one as Json, (text) => text === '#')
}

function heldIn(contained: unknown): Held[] {
  return Array.isArray(contained) ? contained.filter((one): one is Held => typeof one === 'object' && one !== null) : []
}

/** The national numbers among identifiers, or in one. */
export function numbersOf(identifiers: unknown): string[] {
  const list: unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers]
  return list.flatMap((one) => (isNumber(one) ? [one.value] : []))
}

function isNumber(one: unknown): one is { system: string; value: string } {
  const { system, value } = (one ?? {}) as { system?: unknown; value?: unknown }
  return typeof system === 'string' && typeof value === 'string' && value !== '' && kindOfSystem(system) !== undefined
}

/** The refusal of a part that is about somebody else. */
export function another(expression: string): Issue {
  return {
    severity: 'error',
    type: 'business-rule',
    code: 'reference-to-another-person',
    text: 'This is about another person than the rest. All of it is about one person: send what is about another by itself.',
    expression,
  }
}

function isPatient(holder: object): boolean {
  return (holder as Held)['resourceType'] === 'Patient'
}

/** A Patient in a contained Bundle or Parameters is not found by who reads the subject, and would be stored as it was sent. */
function patientWithin(expression: string): Issue {
  const text = 'This contains a Patient within another resource, which nobody compares with the patient. Send no Patient there.'
  return { ...another(expression), text }
}

/** The refusal of a part that does not say that it is about the same person. */
export function unknownPerson(expression: string): Issue {
  const text =
    'This names a patient, and does not say that it is the same person. Give it the same national identifier, or the same reference.'
  return { ...another(expression), text }
}

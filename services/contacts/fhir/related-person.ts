/** Where a RelatedPerson states the relation of a contact to the patient. */
import type { Coding, ContactPoint, HumanName, RelatedPerson } from '@medplum/fhirtypes'
import { type GuardianScope, guardianScopeOf } from '../model/guardian.ts'
import { isRelation, type Meaning, meaningOf, type Relation } from '../model/relations.ts'

/** The order in which contacts are called: 1 before 2. valuePositiveInt. */
export const CONTACT_ORDER_URL = 'http://helsevev.no/fhir/StructureDefinition/contact-order'
/** What a guardian decides about. valueCode. */
export const GUARDIAN_SCOPE_URL = 'http://helsevev.no/fhir/StructureDefinition/guardian-scope'
const MIDDLE_NAME_URL = 'http://hl7.no/fhir/StructureDefinition/no-basis-middlename'

export function nameOf(names: readonly HumanName[] = []): string | undefined {
  const [name] = names
  if (!name) return undefined
  const middle = name.extension?.find(({ url }) => url === MIDDLE_NAME_URL)?.valueString
  const written = name.text ?? [...(name.given ?? []), middle, name.family].filter(Boolean).join(' ')
  return written.trim() || undefined
}

function codingsOf({ relationship = [] }: RelatedPerson): Coding[] {
  return relationship.flatMap(({ coding = [] }) => coding)
}

function meaningsOf(contact: RelatedPerson): Meaning[] {
  return codingsOf(contact).flatMap((coding) => meaningOf(coding) ?? [])
}

export function relationsOf(contact: RelatedPerson): Relation[] {
  return [...new Set(meaningsOf(contact).filter(isRelation))]
}

export function hasPart(contact: RelatedPerson, part: 'guardian' | 'next-of-kin'): boolean {
  return meaningsOf(contact).includes(part)
}

/** Relations without a known code, in the words that were sent. */
export function otherRelationsOf({ relationship = [] }: RelatedPerson): string[] {
  return relationship.flatMap(({ coding = [], text }) =>
    coding.some((one) => meaningOf(one) !== undefined) ? [] : (text ?? coding.find(({ display }) => display)?.display ?? []),
  )
}

export function scopeOf({ extension = [] }: RelatedPerson): GuardianScope | undefined {
  return guardianScopeOf(extension.find(({ url }) => url === GUARDIAN_SCOPE_URL)?.valueCode)
}

export function orderOf({ extension = [] }: RelatedPerson): number | undefined {
  return extension.find(({ url }) => url === CONTACT_ORDER_URL)?.valuePositiveInt
}

/** Numbers to call, with the preferred number first (ContactPoint.rank). */
export function phonesOf(telecom: readonly ContactPoint[] = []): ContactPoint[] {
  return telecom
    .filter(({ system, value, use }) => (system === 'phone' || system === 'sms') && value && use !== 'old')
    .sort((one, other) => (one.rank ?? Number.POSITIVE_INFINITY) - (other.rank ?? Number.POSITIVE_INFINITY) || 0)
}

/**
 * The key of a contact: the sender's own number for it, or else the name, or else the relation. A new telephone number therefore gives a
 * new version of the same contact.
 */
export function contactKey(contact: RelatedPerson): string | undefined {
  const known = contact.identifier?.find(({ system, value }) => system && value)
  if (known) return `id|${known.system}|${known.value}`
  const name = nameOf(contact.name)
  if (name) return `name|${name.toLowerCase().replace(/\s+/g, ' ')}`
  const codes = codingsOf(contact).map(({ system, code }) => `${system}|${code}`)
  const words = (contact.relationship ?? []).flatMap(({ text }) => text?.trim().toLowerCase() ?? [])
  const relation = [...codes, ...words].sort().join()
  return relation ? `relation|${relation}` : undefined
}

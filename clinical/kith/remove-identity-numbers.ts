/**
 * Numbers that identify a person are removed from the texts of a message before it is stored: the sender cannot be asked to send again, and
 * an identity number stands nowhere but where the kernel keeps it.
 */
import { hash } from 'node:crypto'
import { classify, findIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { type Json, someString } from '@helsevev/kernel/values/tree'
import type { Resource } from '@medplum/fhirtypes'

const REMOVED = '[fødselsnummer fjernet]'

/**
 * Removes them in place from the texts of the resources, and the patient's own number (`own`) from identifiers too. `found` gets the place
 * of each text that was changed.
 */
export function removeIdentityNumbers(resources: readonly Resource[], own: string, found: (place: string) => void): void {
  const visit = (holder: object, expression: string): void => {
    for (const [key, value] of Object.entries(holder)) {
      const place = Array.isArray(holder) ? `${expression}[${key}]` : `${expression}.${key}`
      if (typeof value === 'object' && value !== null) visit(value, place)
      if (typeof value !== 'string') continue
      const isIdentifier = key === 'value' && 'system' in holder
      const clean = isIdentifier ? value.replaceAll(own, REMOVED) : withoutNumbers(value.replaceAll(own, REMOVED))
      if (clean === value) continue
      Object.assign(holder, { [key]: clean })
      found(place)
    }
  }
  const isSuspect = (text: string) => text.includes(own) || findIdentityNumbers(text).length > 0
  for (const resource of resources) if (someString(resource as unknown as Json, isSuspect)) visit(resource, resource.resourceType)
}

/** Correct check digits distinguish an identity number from an order number of eleven digits. */
function withoutNumbers(text: string): string {
  return findIdentityNumbers(text)
    .filter(({ start, end }) => classify(text.slice(start, end).replace(/\D/g, '')) !== undefined)
    .reduceRight((clean, { start, end }) => clean.slice(0, start) + REMOVED + clean.slice(end), text)
}

/** A UUID of a text: the same for the same text, always. */
export function uuidOf(text: string): string {
  const hex = hash('sha256', text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

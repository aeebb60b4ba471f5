/**
 * References from one entry of a Bundle to another (http://hl7.org/fhir/R4/bundle.html#references): by fullUrl, relative to the fullUrl of
 * the entry that refers, with a version, and in elements that hold an address. What stays unresolved is a link that nobody can follow.
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Issue } from '../../problem/problem.ts'
import { type Json, someObject, visitObjects } from '../../values/tree.ts'

/** Elements of a Reference and of an extension or parameter that hold an address. */
const ADDRESSES = ['reference', 'valueUri', 'valueUrl', 'valueUuid', 'valueCanonical'] as const

/** One form for each address: a urn is the same in capitals (RFC 8141 section 3.1, RFC 9562 section 4), and a version is left out. */
export function addressOf(text: string): string {
  const plain = text.trim()
  return /^urn:(uuid|oid):/i.test(plain) ? plain.toLowerCase() : plain.replace(/\/_history\/[^/]+$/, '')
}

/** The addresses that a reference may mean: itself, or, when it is relative, below the base of the entry's own fullUrl. */
export function meantBy(reference: string, fullUrl: string | undefined): string[] {
  const address = addressOf(reference)
  const base = baseOf(addressOf(fullUrl ?? ''))
  return base && /^[A-Z][A-Za-z]{1,63}\/[^/]+$/.test(address) ? [base + address, address] : [address]
}

/** `https://server/fhir/` of `https://server/fhir/Observation/1`; undefined for another address. */
function baseOf(address: string): string | undefined {
  const parts = address.split('/')
  const [type = '', id = ''] = parts.slice(-2)
  const isOfResource = parts.length >= 5 && /^https?:\/\/[^/]/.test(address) && /^[A-Z][A-Za-z]{1,63}$/.test(type) && id !== ''
  return isOfResource ? address.slice(0, -`${type}/${id}`.length) : undefined
}

export interface Link<Target> {
  holder: object
  /** `reference`, `valueUri` … */
  element: string
  expression: string
  target: Target
}

/** The links of a resource to other entries, each with the object that holds it. `targets` by `addressOf` of the fullUrl. */
export function linksTo<Target>(resource: object, targets: ReadonlyMap<string, Target>, fullUrl: string | undefined): Link<Target>[] {
  if (targets.size === 0) return []
  return addressesIn(resource).flatMap(({ holder, element, text, expression }) => {
    const found = meantBy(text, fullUrl).find((address) => targets.has(address))
    const target = found === undefined ? undefined : targets.get(found)
    return target === undefined ? [] : [{ holder, element, expression, target }]
  })
}

/**
 * Errors for references to an entry (`urn:uuid:…`) that is not among the targets: outside its Bundle such a reference means nothing. An
 * element of the type uri may hold a urn that names something else, and stays as it is.
 */
export function unresolvedIn(resource: object, targets: { has(address: string): boolean }, fullUrl?: string): Issue[] {
  return addressesIn(resource)
    .filter(({ element, text }) => (element === 'reference' || element === 'valueCanonical') && /^\s*urn:(uuid|oid):/i.test(text))
    .filter(({ text }) => !meantBy(text, fullUrl).some((address) => targets.has(address)))
    .map(({ expression }) => notResolved(expression))
}

/** The places of the links of a resource to other entries. */
export function placesOfLinks(resource: object, entries: ReadonlyMap<string, unknown>, fullUrl: string | undefined): ReadonlySet<string> {
  return new Set(linksTo(resource, entries, fullUrl).map(({ expression }) => expression))
}

export function notResolved(expression: string): Issue {
  const text =
    'No entry that can be referred to has this fullUrl. Send what is referred to in the same Bundle, or refer to its id or identifier.'
  return { severity: 'error', type: 'not-found', code: 'reference-not-resolved', text, expression }
}

function addressesIn(resource: object): { holder: object; element: string; text: string; expression: string }[] {
  const found: ReturnType<typeof addressesIn> = []
  if (!someObject(resource as Json, (holder) => ADDRESSES.some((element) => element in holder))) return found
  const { resourceType = '', ...elements } = resource as Partial<Resource>
  visitObjects(elements as unknown as Json, resourceType, (holder, expression) => {
    for (const element of ADDRESSES) {
      const text: unknown = element in holder ? (holder as Record<string, unknown>)[element] : undefined
      if (typeof text === 'string') found.push({ holder, element, text, expression: `${expression}.${element}` })
    }
  })
  return found
}

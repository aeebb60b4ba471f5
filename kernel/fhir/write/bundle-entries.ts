/** Entries of a batch or transaction Bundle as requests: http://hl7.org/fhir/R4/http.html#transaction */

import type { Bundle, BundleEntry, BundleEntryRequest, Resource } from '@medplum/fhirtypes'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { echoed } from '../../values/echoed.ts'
import type { InformationService } from '../service.ts'
import type { Validator } from '../validation/validator.ts'
import type { ChangeRequest } from './plan.ts'
import { addressOf } from './references.ts'

export type EntryRequest = ChangeRequest | { method: 'GET'; type: string; id: string; fullUrl?: string | undefined }

/** The greatest number of entries: it bounds one transaction and the memory that it takes. */
export const MAX_ENTRIES = 1000

/** Whether the service takes a transaction: where nothing can be created or updated, what comes in messages alone, there is none. */
export function offersTransaction({ resources }: Pick<InformationService, 'resources'>): boolean {
  return Object.values(resources).some(({ interactions }) => interactions.some((one) => one === 'create' || one === 'update'))
}

/** The refusal of every transaction, one without entries too. */
export function noTransaction({ names }: Pick<InformationService, 'names'>): Problem {
  return problem('unknown-interaction', `${names.en} offers no transaction: nothing is created or updated there by itself.`)
}

/** The answer of a batch or transaction; FHIR has no empty lists (http://hl7.org/fhir/R4/json.html), so an empty one has no entries. */
export function responseBundle(type: 'batch-response' | 'transaction-response', entries: readonly string[]): string {
  return `{"resourceType":"Bundle","type":"${type}"${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`
}

/**
 * The entries of a Bundle, of which only the resourceType is checked so far. Checks that they are a list, and that it is not too long; with
 * a validator, also what the Bundle says next to them.
 */
export function entriesOf(bundle: Bundle, validator?: Validator): Result<BundleEntry[]> {
  const entries: unknown = bundle.entry ?? []
  if (!Array.isArray(entries)) return problem('invalid-bundle', 'Expected a list of entries.', { expression: 'Bundle.entry' })
  const { entry: _entry, ...own } = bundle
  const faults = validator?.envelope(entries.length > 0 ? own : bundle) ?? []
  if (faults.length > 0) return problemWith('invalid-bundle', faults)
  if (entries.length > MAX_ENTRIES) return problem('too-large', `A Bundle holds at most ${MAX_ENTRIES} entries. Send several.`)
  const urls = entries.map((entry: BundleEntry | null) => (typeof entry?.fullUrl === 'string' ? addressOf(entry.fullUrl) : undefined))
  const first = new Map<string | undefined, number>()
  for (const [index, url] of urls.entries()) if (!first.has(url)) first.set(url, index)
  const twice = urls.findIndex((url, index) => url !== undefined && first.get(url) !== index)
  if (twice < 0) return entries
  // Invariant bdl-7: a reference to a fullUrl that two entries have could mean either.
  return entryProblem(twice, 'Another entry has the same fullUrl. Give each entry its own.', `Bundle.entry[${twice}].fullUrl`)
}

/** The request that an entry makes, or the problem with it: all that it says next to its resource is read, or it is refused. */
export function entryRequest(entry: BundleEntry, index: number, type: 'batch' | 'transaction', validator: Validator): Result<EntryRequest> {
  const request = requestOf(entry, index)
  if (isProblem(request)) return request
  const faults = validator.envelope({ resourceType: 'Bundle', type, entry: [entry] } as Bundle)
  if (faults.length === 0) return request
  // An invariant of the Bundle stands at the Bundle.
  const at = (expression = 'Bundle') => expression.replace(/^Bundle(?:\.entry\[0\]|$)/, `Bundle.entry[${index}]`)
  return problemWith(
    'invalid-bundle',
    faults.map((issue) => ({ ...issue, expression: at(issue.expression) })),
  )
}

/** The preconditions of an entry that its method does not have, in words; undefined where there are none. */
function strayCondition({ method, ifMatch, ifNoneExist, ifNoneMatch, ifModifiedSince }: BundleEntryRequest): string | undefined {
  if (ifNoneMatch !== undefined || ifModifiedSince !== undefined)
    return 'request.ifNoneMatch and ifModifiedSince are not read here. Leave them out.'
  if (ifNoneExist !== undefined && method !== 'POST')
    return 'request.ifNoneExist goes with POST alone. A PUT says with its address what it replaces.'
  if (ifMatch !== undefined && (method === 'POST' || method === 'GET'))
    return 'request.ifMatch goes with PUT and DELETE of {Type}/{id}. What is made or read has no version to match.'
  return undefined
}

function requestOf(entry: BundleEntry, index: number): Result<EntryRequest> {
  const place = `Bundle.entry[${index}].request`
  const { method, url, ifMatch, ifNoneExist } = entry?.request ?? {}
  if (entry?.fullUrl !== undefined && typeof entry.fullUrl !== 'string')
    return entryProblem(index, 'fullUrl is a string.', `Bundle.entry[${index}].fullUrl`)
  const unfit = entry?.fullUrl ? fullUrlFault(entry.fullUrl, entry.resource) : undefined
  if (unfit) return entryProblem(index, unfit, `Bundle.entry[${index}].fullUrl`)
  if (![method, url, ifMatch, ifNoneExist].every((member) => member === undefined || typeof member === 'string'))
    return entryProblem(index, 'request.method, url, ifMatch and ifNoneExist are strings.', place)
  const stray = strayCondition(entry?.request ?? ({} as BundleEntryRequest))
  if (stray) return entryProblem(index, stray, place)
  const byIdentifier = method === 'PUT' ? /^\/?([A-Z][A-Za-z]{1,63})\?identifier=([^&]+)$/.exec(url ?? '') : null
  if (byIdentifier) return conditionalUpdate(entry, index, byIdentifier[1] ?? '', byIdentifier[2] ?? '')
  const [type, id, ...more] = (url ?? '').replace(/^\//, '').split('/')
  if (!method || !type) return entryProblem(index, 'Each entry has request.method and request.url.', place)
  if (more.length > 0 || !/^[A-Z][A-Za-z]{1,63}$/.test(type) || id?.includes('?')) {
    return entryProblem(index, urlRule, `${place}.url`)
  }
  const common = { type, fullUrl: entry.fullUrl, ifMatch }
  if (method === 'POST' && id === undefined) return { method, ...common, resource: entry.resource, ifNoneExist }
  if (method === 'PUT' && id !== undefined) return { method, ...common, id, resource: entry.resource }
  if (method === 'DELETE' && id !== undefined) return { method, ...common, id }
  if (method === 'GET' && id !== undefined) return { method, type, id, fullUrl: entry.fullUrl }
  return entryProblem(index, `${echoed(method)} ${id === undefined ? '{Type}' : '{Type}/{id}'} is not offered in a Bundle.`, place)
}

/**
 * What is wrong with a fullUrl: an address says the type and the id of its resource
 * (http://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl). Any other text is a name within the Bundle: it is never stored.
 */
function fullUrlFault(fullUrl: string, resource: Resource | undefined): string | undefined {
  const [, type, id] = /^https?:.*\/([A-Z][A-Za-z]{1,63})\/([^/?#]+)$/.exec(addressOf(fullUrl)) ?? []
  if (resource === undefined || type === undefined) return undefined
  if (type === resource.resourceType && (resource.id === undefined || resource.id === id)) return undefined
  return 'fullUrl is an address of another resource than the entry holds: it ends in the type and the id of the resource.'
}

const urlRule = [
  'request.url is relative to the address of the service: {Type} for POST, {Type}/{id} for GET and DELETE,',
  'and {Type}/{id} or {Type}?identifier={system}|{value} for PUT.',
  'The server gives the ids: a source that does not know them names its own identifier.',
].join(' ')

/**
 * PUT {Type}?identifier={system}|{value}: a source that does not know the ids of the server names the resource by its own identifier. This
 * is the same as POST of a resource with that identifier: a new record when there is none, otherwise its next version
 * (http://hl7.org/fhir/R4/http.html#cond-update).
 */
function conditionalUpdate(entry: BundleEntry, index: number, type: string, text: string): Result<EntryRequest> {
  const place = `Bundle.entry[${index}].request.url`
  const [system, value] = decoded(text).split('|')
  const sent = (entry.resource as { identifier?: unknown } | undefined)?.identifier
  const own = (Array.isArray(sent) ? sent : [sent])[0] as { system?: string; value?: string } | null | undefined
  if (!system || !value || own?.system !== system || own?.value !== value)
    return entryProblem(index, 'PUT by identifier names system and value of the first identifier of the resource.', place)
  if (entry.request?.ifMatch !== undefined)
    return entryProblem(index, 'If-Match goes with PUT {Type}/{id}, and not with PUT by identifier.', place)
  return { method: 'POST', type, fullUrl: entry.fullUrl, resource: entry.resource, condition: `identifier=${text}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray per cent sign.
    return text
  }
}

/** The resources of a Bundle by `addressOf` of the fullUrl, for references between entries. */
export function entriesByUrl(entries: readonly BundleEntry[]): Map<string, Resource> {
  return new Map(
    entries.flatMap((entry) =>
      typeof entry?.fullUrl === 'string' && entry.fullUrl !== '' && entry.resource ? [[addressOf(entry.fullUrl), entry.resource]] : [],
    ),
  )
}

/**
 * The issues of an entry's problem, with expressions that start at the Bundle. An element of the resource stands below the entry's
 * resource. What is not about an element is about the entry's resource or its request. What is about the call (`attestation.toa`) stays as
 * it is.
 */
export function atEntry(entry: BundleEntry | undefined, index: number, problem: Problem): Issue[] {
  const place = `Bundle.entry[${index}]`
  return problem.issues.map((issue) => {
    const [first = '', ...rest] = (issue.expression ?? '').split('.')
    if (first === '') return { ...issue, expression: `${place}.${entry?.resource ? 'resource' : 'request'}` }
    if (first === 'resourceType') return { ...issue, expression: `${place}.resource.resourceType` }
    const isResource = /^[A-Z]/.test(first) && first !== 'Bundle'
    return isResource ? { ...issue, expression: [place, 'resource', ...rest].join('.') } : issue
  })
}

/** Errors for entries whose key another entry has too: one Bundle states one fact once. */
export function repeated(entries: readonly { index: number; key: string }[]): Issue[] {
  const seen = new Set<string>()
  return entries.flatMap(({ index, key }) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const text = 'Another entry of this Bundle says the same fact (same identifier, or same code, time and source). Send it once.'
    return [{ severity: 'error' as const, type: 'duplicate', code: 'duplicate-entry', text, expression: `Bundle.entry[${index}].resource` }]
  })
}

export function notInTransaction(index: number): Problem {
  return problemWith('invalid-bundle', [
    {
      severity: 'error',
      type: 'not-supported',
      code: 'bundle-entry',
      text: 'A transaction writes. Send reads in a batch.',
      expression: `Bundle.entry[${index}].request.method`,
    },
  ])
}

function entryProblem(index: number, text: string, expression: string): Problem {
  return problemWith('invalid-bundle', [
    { severity: 'error', type: 'invalid', code: 'bundle-entry', text: `Entry ${index}: ${text}`, expression },
  ])
}

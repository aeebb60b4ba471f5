/**
 * Searches in place of references, which a transaction resolves (http://hl7.org/fhir/R4/http.html#trules): `Observation?identifier=…` becomes
 * the address of the one record of the person that it finds, among what is stored and what the same Bundle stores. It is a condition, with
 * the rules of one (conditions.ts). Everywhere else it is no reference.
 */
import type { BundleEntry, Reference, Resource } from '@medplum/fhirtypes'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { type Json, someObject, visitObjects } from '../../values/tree.ts'
import type { Authorized } from '../exchange.ts'
import { indexTokens } from '../search/index-tokens.ts'
import type { SearchRequest } from '../search/search-parameters.ts'
import type { ResourceDeclaration } from '../service.ts'
import { isSearch } from '../validation/literal-reference.ts'
import { entryRequest } from './bundle-entries.ts'
import { conditionNeedsSystem, conditionSearch, matchesPlanned } from './conditions.ts'
import { type Content, patientIdentifier } from './content.ts'
import { decideFor, type Plan, resourceOf, rowsOf } from './plan.ts'
import { type Checking, validate } from './prepare-write.ts'

interface SearchReference {
  holder: Reference
  expression: string
  type: string
  condition: string
}

/** A search with what it is about. */
interface Meant extends SearchReference {
  declaration: ResourceDeclaration
  search: SearchRequest
}

/** What a Bundle may ask for: each search is a statement. */
const MOST_SEARCHES = 1000

/** Replaces the searches in the entries of a transaction, in place, and returns what is wrong with those of each entry. */
export async function resolveSearches(plan: Plan, entries: readonly BundleEntry[]): Promise<{ index: number; problem: Problem }[]> {
  const { exchange } = plan
  const candidates = candidatesOf(exchange, entries)
  const problems: { index: number; problem: Problem }[] = []
  let left = MOST_SEARCHES
  for (const [index, entry] of entries.entries()) {
    const searches = searchesIn(entry)
    if (searches.length === 0) continue
    left -= searches.length
    const refusal =
      exchange.caller.kind === 'person'
        ? conditionNeedsSystem(searches[0]?.type ?? '', 'A search in place of a reference')
        : left < 0 && problem('too-large', `A Bundle holds at most ${MOST_SEARCHES} searches in place of references. Send several.`)
    if (refusal) {
      problems.push({ index, problem: refusal })
      continue
    }
    const identityNumber = numberIn(exchange, entry.resource)
    const decision = identityNumber === undefined ? undefined : await decideFor(plan, { identityNumber }, '')
    // What is wrong with the patient, or with the access, is found when the entry is planned.
    if (identityNumber === undefined || decision === undefined || isProblem(decision)) continue
    const faults: Issue[] = []
    for (const reference of searches) {
      const meant = meantBy(exchange, reference, identityNumber)
      if (isProblem(meant)) {
        faults.push(...meant.issues)
        continue
      }
      const among = candidates.meant(meant, { index, identityNumber })
      const stored = (await storedOf(plan, decision, meant)).filter((one) => !isReplaced(one, entries, among, meant.type))
      const count = among.length + stored.length
      const [one] = among
      const [other] = stored
      if (count !== 1) faults.push(notOne(reference, count))
      else if (one) reference.holder.reference = urlOf(one.entry)
      else if (other) reference.holder.reference = `${meant.type}/${logicalId(other.patient, other.id)}`
    }
    if (faults.length > 0) problems.push({ index, problem: problemWith('invalid-resource', faults) })
  }
  return problems
}

/**
 * What can be found wrong without the database. A search that finds an entry is replaced by its fullUrl, and one that may find what is
 * stored by an address of its type.
 */
export function checkSearches(checking: Checking, entries: readonly BundleEntry[]): { index: number; problem: Problem }[] {
  const candidates = candidatesOf(checking, entries)
  return entries.flatMap((entry, index) => {
    const identityNumber = numberIn(checking, entry?.resource)
    if (identityNumber === undefined) return []
    const faults = searchesIn(entry).flatMap((reference): Issue[] => {
      const meant = meantBy(checking, reference, identityNumber)
      if (isProblem(meant)) return meant.issues
      const among = candidates.meant(meant, { index, identityNumber })
      if (among.length > 1) return [notOne(reference, among.length)]
      reference.holder.reference = among[0] ? urlOf(among[0].entry) : `${reference.type}/stored`
      return []
    })
    return faults.length > 0 ? [{ index, problem: problemWith('invalid-resource', faults) }] : []
  })
}

/** Whether an entry holds a search in place of a reference. */
export function hasSearch(entry: BundleEntry | null): boolean {
  return someObject((entry?.resource ?? null) as Json, (holder) => searchIn(holder) !== undefined)
}

/** The search that stands as the reference of this object. */
function searchIn(holder: object): string | undefined {
  const text: unknown = 'reference' in holder ? holder.reference : undefined
  return typeof text === 'string' && text.includes('?') && isSearch(text) ? text : undefined
}

function searchesIn(entry: BundleEntry | null): SearchReference[] {
  const found: SearchReference[] = []
  if (!entry || !hasSearch(entry)) return found
  const { resourceType, ...elements } = entry.resource as unknown as Content
  visitObjects(elements, resourceType, (holder, expression) => {
    const text = searchIn(holder)
    if (text === undefined) return
    const at = text.indexOf('?')
    found.push({ holder, expression: `${expression}.reference`, type: text.slice(0, at), condition: text.slice(at + 1) })
  })
  return found
}

function numberIn({ service }: Pick<Checking, 'service'>, resource: Resource | undefined): string | undefined {
  const { resourceType = '' } = resource ?? {}
  const declaration = Object.hasOwn(service.resources, resourceType) ? service.resources[resourceType] : undefined
  if (!resource || !declaration || declaration.patientElement === 'none') return undefined
  return patientIdentifier(resource, declaration.patientElement).identifier?.value
}

function meantBy({ kernel, service }: Checking, reference: SearchReference, identityNumber: string): Result<Meant> {
  const { type, condition, expression } = reference
  const declaration = Object.hasOwn(service.resources, type) ? service.resources[type] : undefined
  if (!declaration) {
    const types = Object.keys(service.resources).join(', ')
    return problemWith('invalid-resource', [
      fault(expression, `A search in place of a reference finds ${types} here. Give the identifier in place of the reference.`),
    ])
  }
  const as = 'The search in place of a reference'
  const search = conditionSearch({ condition, identityNumber, as }, { type, declaration, codes: kernel.codes })
  if (!isProblem(search)) return { ...reference, declaration, search }
  return problemWith(
    'invalid-resource',
    search.issues.map(({ text }) => fault(expression, text)),
  )
}

interface EntryMeant {
  entry: BundleEntry
  key: string | undefined
}

/** The entries that a search may find: those that store a resource. What a search compares is made once for each, when it is asked for. */
function candidatesOf(checking: Checking, entries: readonly BundleEntry[]) {
  const { codes } = checking.kernel
  const read = (entry: BundleEntry, at: number, declaration: ResourceDeclaration) => {
    const request = entryRequest(entry, at, 'transaction', checking.kernel.validator)
    const { resource } = entry
    if (isProblem(request) || request.method === 'GET' || request.method === 'DELETE' || !resource) return undefined
    // Its own faults are reported where it is planned; a resource of another shape has no tokens.
    if (validate(checking, declaration, resource).some(({ code }) => code !== 'reference-format')) return undefined
    return { tokens: indexTokens(declaration, resource, codes), key: declaration.businessKey(resource, codes) }
  }
  const known = new Map<number, ReturnType<typeof read>>()
  const numbers = entries.map((entry) => numberIn(checking, entry?.resource))
  return {
    meant({ type, declaration, search }: Meant, { index, identityNumber }: { index: number; identityNumber: string }): EntryMeant[] {
      return entries.flatMap((entry, at) => {
        if (at === index || entry?.resource?.resourceType !== type || numbers[at] !== identityNumber) return []
        if (!known.has(at)) known.set(at, read(entry, at, declaration))
        const one = known.get(at)
        return one && matchesPlanned(search, one.tokens) ? [{ entry, key: one.key }] : []
      })
    },
  }
}

interface StoredMeant {
  patient: PatientKey
  id: RecordId
  key: string | undefined
}

/** The stored records that the search finds, among those of the writer's own organisation. */
async function storedOf(plan: Plan, decision: Authorized, { type, search, declaration }: Meant): Promise<StoredMeant[]> {
  const found = await rowsOf(plan, decision).find({ ...search.filter, type, count: 3 })
  return found.map((record) => ({
    patient: record.patient,
    id: record.id,
    key: declaration.businessKey(resourceOf(record, declaration, decision), plan.exchange.kernel.codes),
  }))
}

/** Whether the same Bundle deletes a stored record, or stores it again: it is the entry then that counts. */
function isReplaced({ id, key }: StoredMeant, entries: readonly BundleEntry[], among: readonly EntryMeant[], type: string): boolean {
  if (key !== undefined && among.some((one) => one.key === key)) return true
  return entries.some((entry) => {
    const { method, url } = entry?.request ?? {}
    if ((method !== 'PUT' && method !== 'DELETE') || typeof url !== 'string') return false
    const [of, text = ''] = url.replace(/^\//, '').split('/')
    return of === type && parseLogicalId(text)?.id === id
  })
}

/** The address of an entry; one that has none is given one, as nothing else refers to it. */
function urlOf(entry: BundleEntry): string {
  entry.fullUrl ??= `urn:uuid:${crypto.randomUUID()}`
  return entry.fullUrl
}

function notOne({ expression, type }: SearchReference, count: number): Issue {
  const found = count === 0 ? 'none' : 'several'
  return fault(expression, `The search finds ${found} of your records of type ${type} about this person, and must find one.`)
}

function fault(expression: string, text: string): Issue {
  return { severity: 'error', type: 'not-found', code: 'reference-not-resolved', text, expression }
}

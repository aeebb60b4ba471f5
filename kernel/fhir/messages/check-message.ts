/**
 * What the server would report about a message, without sending it: the same profiles, rules and adapters as a write, but no database, no
 * caller and nothing stored. Not checked is what only these know: access, the person register, and what is stored already.
 * docs/api/validate.md
 */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { type Issue, isProblem, type Problem, problem, problemWith } from '../../problem/problem.ts'
import { parseJson, writeJson } from '../../values/json.ts'
import type { Adapter, WriteContext } from '../service.ts'
import {
  atEntry,
  entriesByUrl,
  entriesOf,
  entryRequest,
  noTransaction,
  notInTransaction,
  offersTransaction,
  repeated,
} from '../write/bundle-entries.ts'
import { conditionSearch } from '../write/conditions.ts'
import { patientIdentifier } from '../write/content.ts'
import { type ChangeRequest, sentResource } from '../write/plan.ts'
import { type Checking, checkWrite, declarationOf } from '../write/prepare-write.ts'
import { addressOf, unresolvedIn } from '../write/references.ts'
import { checkSearches, hasSearch } from '../write/search-references.ts'
import { convertedBy } from './converted-by.ts'
import { eachMember } from './receive-message.ts'

/** Stands for the sender, who is unknown: services may name the writer in the record, and no rule depends on who the writer is. */
const sender: Pick<WriteContext, 'controller' | 'birthDate' | 'writer'> = {
  controller: '000000000',
  birthDate: undefined,
  writer: { organizationName: undefined, name: undefined, hprNumber: undefined },
}

/** The faults (`error`) and flags (`warning`) that a POST of the resource would have. */
export async function checkResource(checking: Checking, resource: Resource): Promise<Issue[]> {
  return (await checkChange(checking, { method: 'POST', type: resource.resourceType, resource }, new Map())).issues
}

interface CheckedChange {
  issues: Issue[]
  /** Identifies the fact among the facts of one Bundle. */
  key: string | undefined
}

async function checkChange(
  checking: Checking,
  request: ChangeRequest,
  entries: ReadonlyMap<string, Resource>,
): Promise<CheckedChange | Problem> {
  const declaration = declarationOf(checking, request.type, interactions[request.method])
  if (isProblem(declaration)) return declaration
  if (request.method === 'DELETE') return { issues: [], key: undefined }
  const sent = sentResource(checking, request, declaration)
  if (isProblem(sent)) return sent
  const { identityNumber, resource } = sent
  if (request.ifNoneExist !== undefined) {
    const terms = { type: request.type, declaration, codes: checking.kernel.codes }
    const search = conditionSearch({ condition: request.ifNoneExist, identityNumber, as: 'If-None-Exist' }, terms)
    if (isProblem(search)) return search
  }
  const resolve = async (reference: string) => {
    const entry = entries.get(addressOf(reference))
    const element = entry && checking.service.resources[entry.resourceType]?.patientElement
    if (!entry || !element || element === 'none') return undefined
    return patientIdentifier(entry, element).identifier?.value === identityNumber ? entry : undefined
  }
  const checked = await checkWrite(checking, declaration, resource, { ...sender, identityNumber, resolve })
  if (isProblem(checked)) return checked
  const unresolved = unresolvedIn(checked.content, entries, request.fullUrl)
  if (unresolved.length > 0) return problemWith('invalid-resource', unresolved)
  const key = request.method === 'POST' ? declaration.businessKey(checked.resource, checking.kernel.codes) : undefined
  return { issues: checked.flags, key: key && JSON.stringify([identityNumber, request.type, key]) }
}

const interactions = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const

/**
 * The faults and flags of a batch or transaction, each with its place in the Bundle. A Bundle of another type is refused everywhere, and
 * its resources are checked nevertheless.
 */
export async function checkBundle(checking: Checking, sent: Bundle): Promise<Issue[]> {
  // Searches in place of references are replaced, and another service is asked about the same Bundle.
  const isSearching = sent.type === 'transaction' && Array.isArray(sent.entry) && sent.entry.some(hasSearch)
  const bundle = isSearching ? (parseJson(writeJson(sent)) as Bundle) : sent
  const request = bundle.type === 'transaction' || bundle.type === 'batch' ? bundle.type : undefined
  if (request === 'transaction' && !offersTransaction(checking.service)) return noTransaction(checking.service).issues
  const entries = entriesOf(bundle, request && checking.kernel.validator)
  if (isProblem(entries)) return entries.issues
  const issues: Issue[] = request ? [] : problem('invalid-bundle', notARequest, { expression: 'Bundle.type' }).issues
  const keys: { index: number; key: string }[] = []
  const unresolved = new Map((isSearching ? checkSearches(checking, entries) : []).map(({ index, problem }) => [index, problem]))
  const byUrl = entriesByUrl(entries)
  for (const [index, entry] of entries.entries()) {
    const type = entry?.resource?.resourceType ?? ''
    const asked = request
      ? entryRequest(entry, index, request, checking.kernel.validator)
      : ({ method: 'POST', type, resource: entry?.resource } as const)
    const read = !isProblem(asked) && asked.method === 'GET'
    if (read && bundle.type === 'batch') continue
    const checked = isProblem(asked)
      ? asked
      : asked.method === 'GET'
        ? notInTransaction(index)
        : (unresolved.get(index) ?? (await checkChange(checking, asked, byUrl)))
    issues.push(...atEntry(entry, index, isProblem(checked) ? checked : { problem: 'invalid-resource', issues: checked.issues }))
    if (!isProblem(checked) && checked.key !== undefined) keys.push({ index, key: checked.key })
  }
  return bundle.type === 'transaction' ? [...issues, ...repeated(keys)] : issues
}

const notARequest = [
  'Expected a Bundle of type batch or transaction, whose entries have request.method and request.url.',
  'Its resources are checked nevertheless.',
].join(' ')

/**
 * The faults and flags of a message for an adapter: of its own format first, and when that has no faults, of the resources that it becomes.
 * `body` is as in `Adapter.convert`.
 */
export async function checkAdapted(checking: Checking, adapter: Adapter, body: unknown): Promise<Issue[]> {
  const { codes, clock, production = false } = checking.kernel
  const converted = await convertedBy(adapter, body, { codes, now: clock(), production }, checking.kernel.validator)
  if (isProblem(converted)) return converted.issues
  if ('resourceType' in converted) return await checkBundle(checking, converted)
  if (converted.kind === 'unattached') {
    const rule = 'The message would be kept, and be in no record until a member of staff of the data controller attaches it'
    const text = `${rule} (${converted.reason}): ${converted.text}`
    return [{ severity: 'warning', type: 'incomplete', code: 'message-queued', text }]
  }
  const issues: Issue[] = []
  for (const set of [converted, ...(converted.also ?? [])]) {
    const members = await eachMember(checking, set, async (declaration, resource, subject) =>
      checkWrite(checking, declaration, resource, { ...sender, ...subject }),
    )
    issues.push(...(isProblem(members) ? members.issues : members.flatMap(({ made }) => made.flags)))
  }
  return issues
}

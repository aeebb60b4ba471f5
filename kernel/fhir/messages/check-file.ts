/** Which services take a file, and what each finds in it: JSON of FHIR, or JSON and XML of adapters. docs/api/validate.md */

import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { type Issue, problem } from '../../problem/problem.ts'
import { readJsonOctets } from '../../values/arriving-json.ts'
import { echoed } from '../../values/echoed.ts'
import type { Adapter, InformationService } from '../service.ts'
import type { Checking } from '../write/prepare-write.ts'
import { checkAdapted, checkBundle, checkResource } from './check-message.ts'

/** What one service finds in a file. */
export interface Verdict {
  service: string
  /** The path below the address of the service: `Observation`, `$okt-event`; empty for a Bundle. */
  path: string
  /** Whether the file is of a kind that the service takes, with or without faults. */
  isMeant: boolean
  /** Faults are errors; warnings are stored as flags. */
  issues: Issue[]
}

export interface CheckedFile {
  /** Services that take it, each with its flags. */
  taken: Verdict[]
  /** When none takes it: the service that it is most likely meant for, with the faults. */
  nearest: Verdict | undefined
  /** The faults of a file that cannot be read, or that is of no kind that any service takes. */
  unreadable: Issue[]
}

/** `services` are the services to choose from: all of a server, or the one that the vendor names. */
export async function checkFile(
  kernel: Checking['kernel'],
  services: readonly InformationService[],
  content: Buffer,
): Promise<CheckedFile> {
  const read = isXml(content) ? { value: content } : readJsonOctets(content)
  if (read.fault !== undefined) return nothing(problem('not-json', read.fault).issues)
  const body = read.value
  const verdicts: Verdict[] = []
  for (const service of services) verdicts.push(...(await verdictsOf({ kernel, service }, body)))
  const taken = verdicts.filter(({ issues }) => errorsIn(issues) === 0)
  if (taken.length > 0) return { taken, nearest: undefined, unreadable: [] }
  const [nearest] = verdicts.sort((a, b) => Number(b.isMeant) - Number(a.isMeant) || errorsIn(a.issues) - errorsIn(b.issues))
  return nearest ? { taken, nearest, unreadable: [] } : nothing(noneTakes(body, services))
}

async function verdictsOf(checking: Checking, body: unknown): Promise<Verdict[]> {
  const { service } = checking
  const verdicts: Verdict[] = []
  for (const adapter of service.adapters ?? []) {
    if (!isFor(adapter, body)) continue
    // What XML is that no adapter recognises is not known.
    const isMeant = !Buffer.isBuffer(body) || adapter.recognises !== undefined
    verdicts.push({ service: service.id, path: `$${adapter.name}`, isMeant, issues: await checkAdapted(checking, adapter, body) })
  }
  if (!isResource(body) || verdicts.length > 0) return verdicts
  if (body.resourceType === 'Bundle') {
    const resources = resourcesIn(body as Bundle)
    // One without resources is asked of every service: it writes nothing, and is taken or refused as a Bundle.
    if (resources.length > 0 && !resources.some(({ resourceType }) => isWritten(service, resourceType))) return []
    const isMeant = resources.some((resource) => isMeantFor(service, resource))
    return [{ service: service.id, path: '', isMeant, issues: await checkBundle(checking, body as Bundle) }]
  }
  if (!isWritten(service, body.resourceType)) return []
  return [{ service: service.id, path: body.resourceType, isMeant: isMeantFor(service, body), issues: await checkResource(checking, body) }]
}

function isFor({ accepts = 'json', recognises }: Adapter, body: unknown): boolean {
  if (Buffer.isBuffer(body)) return accepts === 'xml' && (recognises?.(body) ?? true)
  return accepts === 'json' && recognises?.(body) === true
}

function isWritten({ resources }: InformationService, type: string): boolean {
  const interactions = Object.hasOwn(resources, type) ? (resources[type]?.interactions ?? []) : []
  return interactions.includes('create') || interactions.includes('update')
}

/** Whether a profile of the service is for resources of this kind. */
function isMeantFor(service: InformationService, resource: Resource): boolean {
  if (!isWritten(service, resource.resourceType)) return false
  try {
    return service.resources[resource.resourceType]?.profiles.some(({ when }) => when?.(resource) ?? true) ?? false
  } catch (error) {
    // The profiles expect the shape of FHIR. This resource has another shape, which the check of the resource reports.
    if (error instanceof TypeError) return false
    throw error
  }
}

function resourcesIn({ entry }: Bundle): Resource[] {
  const entries: unknown = entry
  return Array.isArray(entries) ? entries.map((one: BundleEntry | null) => one?.resource).filter(isResource) : []
}

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string'
}

/** Whether `<` comes first, in any encoding: UTF-16 has a zero octet before or after it. */
function isXml(content: Buffer): boolean {
  return /^[\s\0\xef\xbb\xbf\xfe\xff]*</.test(content.subarray(0, 64).toString('latin1'))
}

function errorsIn(issues: readonly Issue[]): number {
  return issues.filter(({ severity }) => severity === 'error').length
}

function noneTakes(body: unknown, services: readonly InformationService[]): Issue[] {
  const takes = services.map((service) => {
    const types = Object.keys(service.resources).filter((type) => isWritten(service, type))
    return `${service.id}: ${[...types, ...(service.adapters ?? []).map(({ name }) => `$${name}`)].join(', ')}`
  })
  return problem('unknown-interaction', `No service here takes ${kindOf(body)}. What they take: ${takes.join('; ')}.`).issues
}

function kindOf(body: unknown): string {
  if (Buffer.isBuffer(body)) return 'XML'
  if (!isResource(body)) return 'JSON without resourceType'
  if (body.resourceType !== 'Bundle') return `a resource of the type ${echoed(body.resourceType)}`
  const types = [...new Set(resourcesIn(body as Bundle).map(({ resourceType }) => resourceType))].slice(0, 10)
  return `a Bundle with ${echoed(types.join(', '))}`
}

function nothing(unreadable: Issue[]): CheckedFile {
  return { taken: [], nearest: undefined, unreadable }
}

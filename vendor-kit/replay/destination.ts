/** Where a vendor would send a file: the service by resource type, the path by what it is. */
import { isObject, type SentFile } from './files.ts'

export interface Destination {
  /** Id of the information service; its scope is asked for. */
  service: string
  /** Below the FHIR base, as in `news2/Observation`. */
  path: string
}

/** The service of each type that one takes. */
const serviceOfType: Record<string, string> = {
  EpisodeOfCare: 'municipal-services',
  OktEvent: 'municipal-services',
  OktMessage: 'municipal-services',
  Observation: 'home-monitoring',
  Goal: 'home-monitoring',
  DetectedIssue: 'home-monitoring',
}

/** The total of NEWS2, SNOMED CT: the one measurement that has a service of its own. */
const NEWS2 = '1104051000000101'

/** XML is the message of a laboratory; whether it is one, the server says. */
const messages = { service: 'test-results', operation: '$kith-report' }

/** What is of no service's type goes where the other files of its folder go, and there the server says why not. */
export function destinations(files: readonly SentFile[], service?: string): Destination[] {
  const known = files.map(({ content, octets }) => (octets ? messages.service : serviceOf(content)))
  return files.map(({ content, folder, octets }, index) => {
    if (octets) return { service: service ?? messages.service, path: `${service ?? messages.service}/${messages.operation}` }
    const beside = known.filter((_, other) => files[other]?.folder === folder)
    const chosen = service ?? known[index] ?? mostFrequent(beside) ?? 'municipal-services'
    return { service: chosen, path: pathOf(content, chosen) }
  })
}

function serviceOf(content: unknown): string | undefined {
  const type = typeOf(content)
  if (type === 'Observation' && JSON.stringify((content as { code?: unknown }).code ?? '').includes(NEWS2)) return 'news2'
  if (type !== 'Bundle') return serviceOfType[type]
  return mostFrequent(entriesOf(content).map(serviceOf))
}

function pathOf(content: unknown, service: string): string {
  const type = typeOf(content)
  if (type === 'Bundle') return isAlarm(content) ? `${service}/$vkp-alarm` : service
  if (type === 'OktEvent' || type === 'OktMessage') return `${service}/$okt-event`
  if (/^[A-Z][A-Za-z]{1,63}$/.test(type)) return `${service}/${type}`
  const [usual = 'Observation'] = Object.keys(serviceOfType).filter((known) => serviceOfType[known] === service)
  return `${service}/${usual}`
}

/** The follow-up of an alarm is a document. */
function isAlarm(content: unknown): boolean {
  return isObject(content) && content['type'] === 'document' && entriesOf(content).some((resource) => typeOf(resource) === 'DetectedIssue')
}

function entriesOf(content: unknown): unknown[] {
  const entries = isObject(content) && Array.isArray(content['entry']) ? content['entry'] : []
  return entries.map((entry) => (isObject(entry) ? entry['resource'] : undefined))
}

/** The resource type; of messages that name a profile there, and of those that name nothing, what they are. */
export function typeOf(content: unknown): string {
  if (!isObject(content)) return ''
  const named = typeof content['resourceType'] === 'string' ? (content['resourceType'].split('/').at(-1) ?? '') : ''
  if (named) return named
  return 'oktMessages' in content || 'personIdentifier' in content ? 'OktEvent' : ''
}

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** Where a vendor would send a file: the service that takes such a resource or message, and the path by what it is. */
import { isObject, type SentFile } from './files.ts'
import type { Offer } from './offers.ts'

export interface Destination {
  /** Id of the information service; its scope is asked for. */
  service: string
  /** Below the FHIR base, as in `news2/Observation`. */
  path: string
}

/** Messages that are no single resource, and the operation that takes each. */
const messages = {
  laboratory: 'kith-report',
  prescription: 'e-prescription',
  list: 'medication-list',
  municipal: 'okt-event',
  alarm: 'vkp-alarm',
  hospital: 'lmdi',
} as const

/** Messages of e-prescription and receipts, by the schemas that they name. UTF-16 has a zero octet in each letter. */
const PRESCRIPTION = /\/xmlstds\/(eresept|apprec)\//
/** Those about the medication list: M25, M9.12, M27 and M28. */
const LIST = /\/xmlstds\/eresept\/m(25\d|912|27\d|28)\//

/** XML that is no message of e-prescription is one of a laboratory; whether it is one, the server says. */
function operationOf(octets: Buffer): string {
  if (LIST.test(lettersOf(octets))) return messages.list
  return isPrescription(octets) ? messages.prescription : messages.laboratory
}

function isPrescription(octets: Buffer): boolean {
  return PRESCRIPTION.test(lettersOf(octets))
}

function lettersOf(octets: Buffer): string {
  return octets.toString('latin1').replaceAll('\0', '')
}

/** The total of NEWS2, SNOMED CT, and the profile of the service that such an Observation goes to before any other. */
const NEWS2 = { code: '1104051000000101', profile: /\/no-news2$/ }

/** What no service takes goes where the other files of its folder go, and there the server says why not. */
export function destinations(files: readonly SentFile[], offers: readonly Offer[], service?: string): Destination[] {
  const known = files.map(({ content, octets }) => (octets ? offering(offers, operationOf(octets)) : serviceOf(content, offers)))
  return files.map(({ content, folder, octets }, index) => {
    const beside = known.filter((_, other) => files[other]?.folder === folder)
    const chosen = service ?? known[index] ?? mostFrequent(beside) ?? offers[0]?.service ?? ''
    return { service: chosen, path: octets ? `${chosen}/$${operationOf(octets)}` : pathOf(content, chosen, offers) }
  })
}

function serviceOf(content: unknown, offers: readonly Offer[]): string | undefined {
  const type = typeOf(content)
  if (type === 'Observation' && JSON.stringify((content as { code?: unknown }).code ?? '').includes(NEWS2.code))
    return offers.find(({ profiles }) => profiles.some((profile) => NEWS2.profile.test(profile)))?.service
  if (isMunicipal(type)) return offering(offers, messages.municipal)
  if (isAlarm(content)) return offering(offers, messages.alarm)
  if (isDelivery(content)) return offering(offers, messages.hospital)
  if (type !== 'Bundle') return offers.find(({ types }) => types.includes(type))?.service
  return mostFrequent(entriesOf(content).map((entry) => serviceOf(entry, offers)))
}

function offering(offers: readonly Offer[], operation: string): string | undefined {
  return offers.find(({ operations }) => operations.includes(operation))?.service
}

function isMunicipal(type: string): boolean {
  return type === 'OktEvent' || type === 'OktMessage'
}

function pathOf(content: unknown, service: string, offers: readonly Offer[]): string {
  const type = typeOf(content)
  if (type === 'Bundle') {
    const message = isAlarm(content) ? messages.alarm : isDelivery(content) ? messages.hospital : undefined
    return message ? `${service}/$${message}` : service
  }
  if (isMunicipal(type)) return `${service}/$${messages.municipal}`
  if (/^[A-Z][A-Za-z]{1,63}$/.test(type)) return `${service}/${type}`
  const [usual = 'Observation'] = offers.find((offer) => offer.service === service)?.types ?? []
  return `${service}/${usual}`
}

/** The follow-up of an alarm is a document. */
function isAlarm(content: unknown): boolean {
  return (
    isObject(content) &&
    content['resourceType'] === 'Bundle' &&
    content['type'] === 'document' &&
    entriesOf(content).some((resource) => typeOf(resource) === 'DetectedIssue')
  )
}

/** A delivery of LMDI: what was given or ordered in hospital, with the medicines next to it. */
function isDelivery(content: unknown): boolean {
  if (!isObject(content) || content['resourceType'] !== 'Bundle' || content['type'] !== 'transaction') return false
  const types = entriesOf(content).map(typeOf)
  return types.includes('Medication') && types.some((type) => type === 'MedicationAdministration' || type === 'MedicationRequest')
}

function entriesOf(content: unknown): unknown[] {
  const entries = isObject(content) && Array.isArray(content['entry']) ? content['entry'] : []
  return entries.map((entry) => (isObject(entry) ? entry['resource'] : undefined))
}

/** The resource type; of messages that name a profile there, and of those that name nothing, what they are. */
function typeOf(content: unknown): string {
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

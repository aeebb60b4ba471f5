/**
 * A delivery of LMDI 1.1 (http://hl7.no/fhir/ig/lmdi): a transaction Bundle in which what was given and what was ordered refer to patients,
 * medicines, stays, diagnoses and personnel of the same Bundle. Each of the two becomes a record that contains what it refers to. All
 * faults are found in one pass, each with its place.
 */
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import type { Adapter } from '@helsevev/kernel/fhir/service'
import { numbersOf } from '@helsevev/kernel/fhir/write/persons'
import { addressOf, meantBy } from '@helsevev/kernel/fhir/write/references'
import { type Issue, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { Bundle, BundleEntry, Identifier, Patient, Reference } from '@medplum/fhirtypes'
import { refusal } from '../model/rules.ts'
import { Containing } from './containing.ts'
import type { Entry } from './entry.ts'
import type { Given } from './medicine.ts'
import { extensionUrls } from './systems.ts'

const records: ReadonlySet<string> = new Set(['MedicationAdministration', 'MedicationRequest'])
const parts: ReadonlySet<string> = new Set(['Condition', 'Encounter', 'Medication', 'Organization', 'Practitioner', 'Substance'])
/** Types of no other service's Bundles. Where they stand alone, and refer to nothing in the Bundle, it is a transaction like any other. */
const own: ReadonlySet<string> = new Set([...records, 'Medication', 'Substance'])

export const lmdi: Adapter = {
  name: 'lmdi',
  summary: 'A delivery of LMDI: a transaction Bundle of what was given and ordered in hospital, with patients, medicines and stays.',
  recognises: (body) => {
    if (!isBundle(body) || body.type !== 'transaction') return false
    const types = entriesIn(body).map((entry) => entry?.resource?.resourceType ?? '')
    return types.some((type) => own.has(type)) && types.some((type) => parts.has(type) || type === 'Patient')
  },
  // What does not become a record is contained in one.
  placesOf: (body) =>
    isBundle(body) ? entriesIn(body).flatMap((entry, index) => (records.has(entry?.resource?.resourceType ?? '') ? [index] : [])) : [],
  convert: (body) => convertDelivery(body),
}

function convertDelivery(body: unknown): Result<Bundle> {
  if (!isBundle(body) || body.type !== 'transaction') return problemWith('invalid-resource', [refusal('bundle-not-transaction', 'Bundle')])
  const stated = typeof body.timestamp === 'string' ? instant(body.timestamp) : undefined
  const number = body.identifier?.value
  const issues: Issue[] = [
    ...(typeof number === 'string' && number !== '' ? [] : [refusal('bundle-without-identifier', 'Bundle.identifier')]),
    ...(stated ? [] : [refusal('bundle-without-timestamp', 'Bundle.timestamp')]),
  ]
  const entries = entriesIn(body).flatMap((entry, index) => readEntry(entry, index, issues))
  const delivery = new Delivery(entries, issues)
  const made = entries.flatMap((entry) =>
    records.has(entry.resource.resourceType) ? delivery.record(entry, body.timestamp ?? '', number ?? '') : [],
  )
  if (made.length === 0 && issues.length === 0) issues.push(refusal('nothing-reported', 'Bundle.entry'))
  issues.push(...delivery.unreached())
  return issues.length > 0 ? problemWith('invalid-resource', issues) : { resourceType: 'Bundle', type: 'transaction', entry: made }
}

function isBundle(body: unknown): body is Bundle {
  return typeof body === 'object' && body !== null && (body as { resourceType?: unknown }).resourceType === 'Bundle'
}

function entriesIn({ entry }: Bundle): (BundleEntry | null)[] {
  return Array.isArray(entry) ? entry : []
}

function readEntry(entry: BundleEntry | null, index: number, issues: Issue[]): Entry[] {
  const at = `Bundle.entry[${index}]`
  const resource = entry?.resource
  const type: unknown = resource?.resourceType
  if (!resource || typeof type !== 'string' || !(records.has(type) || parts.has(type) || type === 'Patient')) {
    issues.push(refusal('type-not-taken', `${at}.resource`))
    return []
  }
  const { method, url } = entry.request ?? {}
  if (method !== 'POST' || (typeof url === 'string' && url.replace(/^\//, '') !== type))
    issues.push(refusal('entry-not-post', `${at}.request`))
  return [{ at, index, fullUrl: typeof entry.fullUrl === 'string' ? entry.fullUrl : undefined, resource }]
}

/** The entries by what refers to them. */
class Delivery {
  readonly #byAddress = new Map<string, Entry>()
  readonly #reached = new Set<Entry>()
  readonly #entries: readonly Entry[]
  readonly #issues: Issue[]

  constructor(entries: readonly Entry[], issues: Issue[]) {
    this.#entries = entries
    this.#issues = issues
    for (const entry of entries) {
      for (const address of addressesOf(entry)) {
        if (this.#byAddress.has(address)) issues.push(refusal('entry-twice', entry.at))
        else this.#byAddress.set(address, entry)
      }
      if (entry.resource.resourceType === 'Patient' && !nationalOf(entry.resource)) {
        issues.push(refusal('patient-without-number', `${entry.at}.resource.identifier`))
        this.#reached.add(entry)
      }
    }
  }

  record(entry: Entry, stated: string, bundle: string): BundleEntry[] {
    const sent = entry.resource as Given
    const place = `${entry.at}.resource`
    this.#reached.add(entry)
    const subject = this.#patient(sent.subject, entry)
    if (!subject) this.#issues.push(refusal('subject-not-resolved', `${place}.subject`))
    const containing = new Containing({
      entry,
      subject: subject?.value,
      find: (reference, from) => this.#find(reference, from),
      patient: (reference, from) => this.#patient(reference, from),
      urlOf: (other) => urlOf(other, bundle),
      issues: this.#issues,
    })
    // What it refers to is reached, also where it is refused itself.
    const whole = containing.whole(sent)
    if (!subject) return []
    const extension = (Array.isArray(whole.extension) ? whole.extension : []).filter((one) => one?.url !== extensionUrls.stated)
    const resource = {
      ...whole,
      subject: { identifier: subject },
      extension: [...extension, { url: extensionUrls.stated, valueInstant: stated }],
    } as Given
    return [{ fullUrl: urlOf(entry, bundle), resource, request: { method: 'POST', url: resource.resourceType } }]
  }

  unreached(): Issue[] {
    return this.#entries.filter((entry) => !this.#reached.has(entry)).map(({ at }) => refusal('entry-not-reached', at))
  }

  #find(reference: string | undefined, from: Entry): Entry | undefined {
    if (typeof reference !== 'string') return undefined
    const found = meantBy(reference, from.fullUrl).flatMap((address) => this.#byAddress.get(address) ?? [])[0]
    if (found) this.#reached.add(found)
    return found
  }

  /** The national number of the person that a reference means: stated there, or by a Patient of the Bundle. */
  #patient(reference: Reference | undefined, from: Entry): { system: string; value: string } | undefined {
    const entry = this.#find(reference?.reference, from)
    if (entry?.resource.resourceType === 'Patient') return nationalOf(entry.resource) ?? nationalIn([reference?.identifier])
    return nationalIn([reference?.identifier])
  }
}

/** By its fullUrl, and by type and id: LMDI refers relative to the type, whatever the fullUrl is. */
function addressesOf({ fullUrl, resource: { resourceType, id } }: Entry): Set<string> {
  return new Set([...(fullUrl === undefined ? [] : [addressOf(fullUrl)]), ...(typeof id === 'string' ? [`${resourceType}/${id}`] : [])])
}

function nationalOf({ identifier }: Patient): { system: string; value: string } | undefined {
  return nationalIn(Array.isArray(identifier) ? identifier : [])
}

function nationalIn(identifiers: readonly (Identifier | null | undefined)[]): { system: string; value: string } | undefined {
  const found = identifiers.find((one) => numbersOf(one).length > 0) ?? undefined
  return found && { system: found.system ?? '', value: found.value ?? '' }
}

function urlOf({ index }: Entry, bundle: string): string {
  return `urn:uuid:${uuidOf(`${bundle}|${index}`)}`
}

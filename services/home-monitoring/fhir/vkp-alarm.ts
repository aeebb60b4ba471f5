/**
 * The follow-up of an alarm as the welfare technology hub sends it: a document Bundle with Composition, DetectedIssue and Device (ehelse.no
 * VKP v090). The same alarm is sent again during its follow-up, under the same Bundle.identifier; the latest version applies.
 */
import { createHash } from 'node:crypto'
import type { Adapter, AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { addressOf } from '@helsevev/kernel/fhir/write/references'
import { type Issue, problem, problemWith, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { parseJson, writeJson } from '@helsevev/kernel/values/json'
import { type Json, visitObjects } from '@helsevev/kernel/values/tree'
import type { Bundle, CodeableConcept, Composition, DetectedIssue, Identifier, Reference, Resource } from '@medplum/fhirtypes'
import { alertGroups } from '../model/alerts.ts'
import { flag, refusal } from '../model/rules.ts'
import { type DocumentPersons, personsOf } from './document-persons.ts'

export const vkpAlarm: Adapter = {
  name: 'vkp-alarm',
  summary: 'The follow-up of an alarm as a document Bundle of VKP: Composition, DetectedIssue and Device.',
  recognises: (body) => (body as Bundle | undefined)?.resourceType === 'Bundle' && (body as Bundle).type === 'document',
  convert: convertAlarm,
}

function convertAlarm(body: unknown, { patient }: AdapterContext): Result<RecordSet | Unattached> {
  const bundle = body as Bundle | undefined
  const entries = bundle?.resourceType === 'Bundle' && Array.isArray(bundle.entry) ? bundle.entry.filter(isEntry) : []
  // A document is not validated as a whole: what names an entry may be any JSON.
  if (entries.some(({ fullUrl }) => fullUrl !== undefined && typeof fullUrl !== 'string'))
    return problem('invalid-resource', 'Expected a text in each fullUrl.', { expression: 'Bundle.entry.fullUrl' })
  const compositions = entries.flatMap(({ resource }) => (resource?.resourceType === 'Composition' ? [resource] : []))
  const [composition] = compositions
  const alerts = entries.flatMap(({ fullUrl, resource }) => (resource?.resourceType === 'DetectedIssue' ? [{ fullUrl, resource }] : []))
  const number = bundle?.identifier?.value
  if (!bundle || !composition || alerts.length === 0 || typeof number !== 'string' || number === '')
    return problem('invalid-resource', 'Expected a Bundle with identifier, and in it a Composition and a DetectedIssue.', {
      expression: 'Bundle',
    })
  if (compositions.length > 1)
    return problem('invalid-resource', 'A document has one Composition (bdl-11). Send each by itself.', { expression: 'Bundle.entry' })
  const persons = personsOf(bundle.entry ?? [])
  if (persons.faults.length > 0) return problemWith('invalid-resource', persons.faults)
  const made = instant(bundle.timestamp ?? composition.date ?? '')
  if (!made) return problem('invalid-resource', 'Expected the time of this version.', { expression: 'Bundle.timestamp' })
  const key = `${bundle.identifier?.system ?? ''}|${number}`
  const whose = patient ?? persons.identifier
  if (!whose)
    return {
      kind: 'unattached',
      reason: 'identity-not-national',
      text: 'Composition.subject and DetectedIssue.patient have the sender’s own number. Send a national identity, D- or help number.',
      label: `${key}, ${made.toISOString()}`,
    }
  const parts = partsOf(entries, persons.addresses, whose)
  const head = `urn:uuid:${uuidOf(`${key}|composition`)}`
  const records = [
    {
      fullUrl: head,
      resource: containing(
        {
          ...composition,
          subject: { identifier: whose },
          identifier: { ...(bundle.identifier?.system ? { system: bundle.identifier.system } : {}), value: number },
        } as Composition,
        parts,
      ),
      issues: flagsOf(composition, composition.type, persons),
    },
    ...alerts.map(({ fullUrl, resource }, index) => ({
      fullUrl: fullUrl ?? `urn:uuid:${uuidOf(`${key}|issue|${index}`)}`,
      resource: containing(alert(resource, { system: ALERT_SYSTEM, value: uuidOf(`${key}|issue|${index}`) }, whose), parts),
      issues: flagsOf(resource, resource.code, persons),
    })),
  ]
  const lost = unreached(bundle.entry ?? [], parts)
  if (lost.length > 0) return problemWith('invalid-resource', lost)
  return {
    kind: 'record-set',
    patient: whose,
    key,
    version: made,
    rank: createHash('sha256').update(JSON.stringify(bundle)).digest('hex'),
    entries: records,
    issues: [],
  }
}

export const ALERT_SYSTEM = 'http://helsevev.no/fhir/NamingSystem/alert'

function alert(issue: DetectedIssue, identifier: { system: string; value: string }, whose: RecordSet['patient']): DetectedIssue {
  const others = (Array.isArray(issue.identifier) ? issue.identifier : []).filter((one) => one?.system !== ALERT_SYSTEM)
  return { ...issue, identifier: [identifier, ...others], patient: { identifier: whose } } as DetectedIssue
}

/** The entries that become no records, by `addressOf` of the fullUrl; and those that are the person of the record. */
interface Parts {
  entries: ReadonlyMap<string, Resource>
  persons: ReadonlySet<string>
  whose: RecordSet['patient']
  /** The addresses of the entries that a record contains. */
  reached: Set<string>
}

function partsOf(entries: NonNullable<Bundle['entry']>, persons: Parts['persons'], whose: Parts['whose']): Parts {
  const named = entries.flatMap(({ fullUrl, resource }): [string, Resource][] => {
    // Not validated yet: a resource may be any JSON.
    const type: unknown = resource?.resourceType
    const isPart = typeof type === 'string' && type !== 'Composition' && type !== 'DetectedIssue' && type !== 'Patient'
    return fullUrl && resource && isPart ? [[addressOf(fullUrl), resource]] : []
  })
  return { entries: new Map(named), persons, whose, reached: new Set() }
}

/**
 * Errors for entries that no record names: what is in a document is reached from its Composition
 * (http://hl7.org/fhir/R4/documents.html#content), and what nobody would find again must not be taken.
 */
function unreached(sent: NonNullable<Bundle['entry']>, { reached }: Parts): Issue[] {
  return sent.flatMap((entry, index) => {
    // What is no entry is refused with the shape of the Bundle.
    if (!isEntry(entry)) return []
    const { fullUrl, resource } = entry
    const isKept = ['Composition', 'DetectedIssue', 'Patient'].includes(resource?.resourceType ?? '')
    if (isKept || (fullUrl !== undefined && reached.has(addressOf(fullUrl)))) return []
    return refusal('entry-not-reached', `Bundle.entry[${index}]`)
  })
}

/**
 * The resource with the parts of the document that it refers to, such as the device that reported: they become no records of their own and
 * are contained in it, with what they refer to in turn. A reference to the patient names the patient.
 */
function containing<R extends Composition | DetectedIssue>(resource: R, { entries, persons, whose, reached }: Parts): R {
  const whole = copyOf(resource)
  const held: Resource[] = Array.isArray(whole.contained) ? whole.contained : []
  const ids = new Map<string, string>()
  const idOf = (address: string, part: Resource): string => {
    const type = part.resourceType.toLowerCase()
    const taken = (id: string) => held.some((one) => one?.id === id)
    const id = ids.get(address) ?? [type, ...held.keys().map((at) => `${type}-${at + 2}`)].find((one) => !taken(one)) ?? type
    if (ids.has(address)) return id
    ids.set(address, id)
    const { meta: _meta, text: _text, ...content } = copyOf(part) as Resource & { text?: unknown }
    const contained = withoutEmptyIdentifiers({ ...content, id } as Resource)
    held.push(contained)
    contain(contained)
    return id
  }
  const contain = (within: object) =>
    visitObjects(within as Json, '', (holder: Reference) => {
      if (typeof holder.reference !== 'string') return
      const address = addressOf(holder.reference)
      const part = entries.get(address)
      if (part) reached.add(address)
      if (part) holder.reference = `#${idOf(address, part)}`
      else if (persons.has(address)) {
        delete holder.reference
        // A copy: as a number in the content it is replaced by a key when it is stored.
        holder.identifier = { ...whose }
      }
    })
  contain(whole)
  return held.length > 0 ? { ...whole, contained: held } : whole
}

/** A copy in which decimals stand as they were sent. */
function copyOf<R>(resource: R): R {
  return parseJson(writeJson(resource)) as R
}

function isEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null
}

/** Senders write an empty text for an unknown number; FHIR has no empty texts. */
function withoutEmptyIdentifiers(part: Resource): Resource {
  const { identifier: sent, ...others } = part as Resource & { identifier?: unknown }
  // At this point what was sent may be any JSON.
  if (!Array.isArray(sent)) return part
  const identifier = sent.filter((one: Identifier | null) => Boolean(one?.value))
  return (identifier.length > 0 ? { ...others, identifier } : others) as Resource
}

/** What only the document shows about one of its records; `concept` is the kind of alarm that the record states. */
function flagsOf(record: Composition | DetectedIssue, concept: CodeableConcept | undefined, { unstated }: DocumentPersons): Issue[] {
  const place = unstated.get(record)
  const element = record.resourceType === 'Composition' ? 'type' : 'code'
  return [
    ...(disagrees(concept) ? [flag('alert-code-text-disagree', `${record.resourceType}.${element}`)] : []),
    ...(place === undefined ? [] : [flag('patient-not-stated', place)]),
  ]
}

/** The published example has code 7 (nurse call) with the text Trygghetsalarm, which is code 3. */
function disagrees(concept: CodeableConcept | undefined): boolean {
  // Not validated yet: it may be any JSON.
  const code: unknown = concept?.coding?.[0]?.code
  const text = typeof concept?.text === 'string' ? concept.text.toLowerCase() : ''
  const group = typeof code === 'string' ? alertGroups[code.split('.')[0] ?? ''] : undefined
  if (!group || !text) return false
  const named = Object.values(alertGroups).find((words) => text.includes(words.toLowerCase()))
  return named !== undefined && named !== group
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

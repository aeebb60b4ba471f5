/**
 * The follow-up of an alarm as the welfare technology hub sends it: a document Bundle with Composition, DetectedIssue and Device (ehelse.no
 * VKP v090). The same alarm is sent again during its follow-up, under the same Bundle.identifier; the latest version applies.
 */
import { createHash } from 'node:crypto'
import type { Adapter, AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { patientIdentifier } from '@helsevev/kernel/fhir/write/content'
import { addressOf } from '@helsevev/kernel/fhir/write/references'
import { type Issue, problem, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import { parseJson, writeJson } from '@helsevev/kernel/values/json'
import { type Json, visitObjects } from '@helsevev/kernel/values/tree'
import type { Bundle, Composition, DetectedIssue, Identifier, Reference, Resource } from '@medplum/fhirtypes'
import { alertGroups } from '../model/alerts.ts'
import { flag } from '../model/rules.ts'

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
  const composition = first<Composition>(entries, 'Composition')
  const issues = entries.flatMap(({ fullUrl, resource }) => (resource?.resourceType === 'DetectedIssue' ? [{ fullUrl, resource }] : []))
  const number = bundle?.identifier?.value
  if (!bundle || !composition || issues.length === 0 || typeof number !== 'string' || number === '')
    return problem('invalid-resource', 'Expected a Bundle with identifier, and in it a Composition and a DetectedIssue.', {
      expression: 'Bundle',
    })
  const made = instant(bundle.timestamp ?? composition.date ?? '')
  if (!made) return problem('invalid-resource', 'Expected the time of this version.', { expression: 'Bundle.timestamp' })
  const key = `${bundle.identifier?.system ?? ''}|${number}`
  const sent =
    patientIdentifier(composition, 'subject').identifier ?? patientIdentifier(issues[0]?.resource as Resource, 'patient').identifier
  const whose = patient ?? sent
  if (!whose)
    return {
      kind: 'unattached',
      reason: 'identity-not-national',
      text: 'Composition.subject and DetectedIssue.patient have the sender’s own number. Send a national identity, D- or help number.',
      label: `${key}, ${made.toISOString()}`,
    }
  const parts = partsOf(entries, [composition.subject?.reference, issues[0]?.resource.patient?.reference], whose)
  const found: Issue[] = disagrees(composition, issues[0]?.resource) ? [flag('alert-code-text-disagree', 'Composition.type')] : []
  const head = `urn:uuid:${uuidOf(`${key}|composition`)}`
  return {
    kind: 'record-set',
    patient: whose,
    key,
    version: made,
    rank: createHash('sha256').update(JSON.stringify(bundle)).digest('hex'),
    entries: [
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
      },
      ...issues.map(({ fullUrl, resource }, index) => ({
        fullUrl: fullUrl ?? `urn:uuid:${uuidOf(`${key}|issue|${index}`)}`,
        resource: containing(alert(resource, { system: ALERT_SYSTEM, value: uuidOf(`${key}|issue|${index}`) }, whose), parts),
      })),
    ],
    issues: found,
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
}

function partsOf(entries: NonNullable<Bundle['entry']>, persons: (string | undefined)[], whose: Parts['whose']): Parts {
  const named = entries.flatMap(({ fullUrl, resource }): [string, Resource][] => {
    // Not validated yet: a resource may be any JSON.
    const type: unknown = resource?.resourceType
    const isPart = typeof type === 'string' && type !== 'Composition' && type !== 'DetectedIssue' && type !== 'Patient'
    return fullUrl && resource && isPart ? [[addressOf(fullUrl), resource]] : []
  })
  return { entries: new Map(named), persons: new Set(persons.flatMap((one) => (typeof one === 'string' ? addressOf(one) : []))), whose }
}

/**
 * The resource with the parts of the document that it refers to, such as the device that reported: they become no records of their own and
 * are contained in it, with what they refer to in turn. A reference to the patient names the patient.
 */
function containing<R extends Composition | DetectedIssue>(resource: R, { entries, persons, whose }: Parts): R {
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
      if (part) holder.reference = `#${idOf(address, part)}`
      else if (persons.has(address)) {
        delete holder.reference
        holder.identifier = whose
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

function first<R extends Resource>(entries: NonNullable<Bundle['entry']>, type: R['resourceType']): R | undefined {
  return entries.map(({ resource }) => resource).find((resource) => resource?.resourceType === type) as R | undefined
}

/** The published example has code 7 (nurse call) with the text Trygghetsalarm, which is code 3. */
function disagrees({ type }: Composition, issue: DetectedIssue | undefined): boolean {
  return [type, issue?.code].some((concept) => {
    // Not validated yet: either may be any JSON.
    const code: unknown = concept?.coding?.[0]?.code
    const text = typeof concept?.text === 'string' ? concept.text.toLowerCase() : ''
    const group = typeof code === 'string' ? alertGroups[code.split('.')[0] ?? ''] : undefined
    if (!group || !text) return false
    const named = Object.values(alertGroups).find((words) => text.includes(words.toLowerCase()))
    return named !== undefined && named !== group
  })
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The follow-up of an alarm as the welfare technology hub sends it: a document Bundle with Composition, DetectedIssue and Device (ehelse.no
 * VKP v090). The same alarm is sent again during its follow-up, under the same Bundle.identifier; the latest version applies.
 */
import { createHash } from 'node:crypto'
import type { Adapter, AdapterContext, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { patientIdentifier } from '@helsevev/kernel/fhir/write/content'
import { type Issue, problem, type Result } from '@helsevev/kernel/problem/problem'
import { instant } from '@helsevev/kernel/values/dates'
import type { Bundle, Composition, DetectedIssue, Device, Identifier, Resource } from '@medplum/fhirtypes'
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
  const devices = new Map(
    entries.flatMap(({ fullUrl, resource }) => (resource?.resourceType === 'Device' && fullUrl ? [[fullUrl, resource]] : [])),
  )
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
        resource: {
          ...composition,
          subject: { identifier: whose },
          identifier: { ...(bundle.identifier?.system ? { system: bundle.identifier.system } : {}), value: number },
        } as Composition,
      },
      ...issues.map(({ fullUrl, resource }, index) => ({
        fullUrl: fullUrl ?? `urn:uuid:${uuidOf(`${key}|issue|${index}`)}`,
        resource: alert(resource, devices, { system: ALERT_SYSTEM, value: uuidOf(`${key}|issue|${index}`) }, whose),
      })),
    ],
    issues: found,
  }
}

export const ALERT_SYSTEM = 'http://helsevev.no/fhir/NamingSystem/alert'

/** The device that reported becomes part of the alarm: nothing else is known about it. */
function alert(
  issue: DetectedIssue,
  devices: ReadonlyMap<string, Device>,
  identifier: { system: string; value: string },
  whose: RecordSet['patient'],
): DetectedIssue {
  const device = devices.get(issue.author?.reference ?? '')
  const others = (Array.isArray(issue.identifier) ? issue.identifier : []).filter((one) => one?.system !== ALERT_SYSTEM)
  return {
    ...issue,
    identifier: [identifier, ...others],
    patient: { identifier: whose },
    ...(device ? { contained: [withoutEmptyIdentifiers({ ...device, id: 'device' })], author: { reference: '#device' } } : {}),
  } as DetectedIssue
}

function isEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null
}

/** Senders write an empty text for an unknown number; FHIR has no empty texts. */
function withoutEmptyIdentifiers(device: Device): Device {
  const { identifier: _sent, ...others } = device
  const identifier = identifiersOf(device).filter((one): one is Identifier => Boolean(one?.value))
  return identifier.length > 0 ? { ...others, identifier } : others
}

/** At this point what was sent may be any JSON. */
function identifiersOf({ identifier }: Device): (Identifier | null)[] {
  return Array.isArray(identifier) ? identifier : []
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

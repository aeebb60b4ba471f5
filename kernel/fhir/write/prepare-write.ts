/**
 * Makes a record that is ready to store of a resource as sent: validates it, lets its service normalise it, and separates it from identity.
 */

import { hash } from 'node:crypto'
import type { Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import { logicalId, type PatientKey, personKeyText, type RecordId } from '../../store/ids.ts'
import type { NewRecord } from '../../store/record.ts'
import { instant } from '../../values/dates.ts'
import { echoed } from '../../values/echoed.ts'
import { classify } from '../../values/identity-number.ts'
import { parseJson, sortedJson, writeJson } from '../../values/json.ts'
import type { Kernel, ServiceExchange } from '../exchange.ts'
import { actorOf } from '../record-access.ts'
import { indexTokens, metaTokens } from '../search/index-tokens.ts'
import type { InformationService, ResourceDeclaration, WriteContext } from '../service.ts'
import type { Profile } from '../validation/profile.ts'
import {
  type Content,
  FLAG_SYSTEM,
  identityNumbersInText,
  PERSON_KEY_SYSTEM,
  type StaffNumber,
  staffNumbers,
  withDataController,
  withoutIdentity,
} from './content.ts'
import { type Naming, unfoundIn } from './named-records.ts'
import { otherPersons } from './persons.ts'
import { type Release, readRelease } from './release.ts'

/** A write whose record is complete except for id, version and time, which are decided when it is stored. */
export interface PreparedWrite {
  decision: Decision
  declaration: ResourceDeclaration
  content: Content
  /** Warnings, stored in meta.tag and reported to the writer. */
  flags: Issue[]
  record: Omit<NewRecord, 'id' | 'version' | 'recorded' | 'writer' | 'content'>
  /** The key of the fact among the controller's own, where all writers share one entry for it (shared-facts.ts). */
  ownKey?: string | undefined
  /** Whether the writer can read and change the entry that holds the shared key. */
  mayChangeShared?: boolean
}

/** The declaration of a type, or the problem that the service does not offer the interaction for it. */
export function declarationOf(
  { service }: Pick<ServiceExchange, 'service'>,
  type: string,
  interaction: 'create' | 'update' | 'delete' | 'read' | 'search-type',
): Result<ResourceDeclaration> {
  const { resources } = service
  const declaration = Object.hasOwn(resources, type) ? resources[type] : undefined
  if (declaration?.interactions.includes(interaction)) return declaration
  const offered = Object.keys(resources).filter((other) => resources[other]?.interactions.includes(interaction))
  const instead = offered.length > 0 ? `It offers that of ${offered.join(', ')}.` : 'It offers that of no type.'
  return problem('unknown-interaction', `${service.names.en} does not offer ${interaction} of ${echoed(type)}. ${instead}`)
}

export interface WriteSubject {
  decision: Decision
  /** The patient's identity number as it was sent. */
  identityNumber: string
  resolve: WriteContext['resolve']
  /** How the records that the resource names by their addresses are found. */
  naming: Naming
  /** The version to be replaced. */
  previous?: Resource | undefined
  /** The data controller of the record; by default the writer's organisation. */
  controller?: string | undefined
  /** Issues that were found already in the message that the resource came in. */
  issues?: readonly Issue[]
}

/** The parts of an exchange that a check needs: no caller, and no database. */
export interface Checking {
  kernel: Pick<Kernel, 'validator' | 'codes' | 'clock'> & Partial<Pick<Kernel, 'production'>>
  service: InformationService
}

/** Without `naming`, nothing that is stored is known, and addresses of records are not checked. */
export type CheckSubject = Pick<WriteSubject, 'identityNumber' | 'resolve' | 'previous' | 'issues'> &
  Partial<Pick<WriteSubject, 'naming'>> &
  Pick<WriteContext, 'controller' | 'birthDate' | 'writer'>

/** A resource without errors: normalised and separated from identity, with what storing needs to know about it. */
export interface CheckedWrite {
  resource: Resource
  content: Content
  time: Date
  release: Release
  flags: Issue[]
  /** Identifiers in the content that name staff by identity number. */
  staff: StaffNumber[]
}

/**
 * Finds all faults of structure and profile at once; when there are none, all of the service's own rules and of identity numbers in text.
 * Changes nothing.
 */
export async function checkWrite(
  checking: Checking,
  declaration: ResourceDeclaration,
  resource: Resource,
  { identityNumber, controller, birthDate, writer, resolve, naming, previous, issues: before = [] }: CheckSubject,
): Promise<Result<CheckedWrite>> {
  const { kernel } = checking
  const faults = validate(checking, declaration, resource)
  const errors =
    faults.length > 0 ? faults : [...subsetted(resource), ...otherPersons(resource, declaration.patientElement, identityNumber)]
  if (errors.length > 0) return invalid(errors)

  const now = kernel.clock()
  const context: WriteContext = { controller, now, birthDate, codes: kernel.codes, resolve, writer, ...(previous ? { previous } : {}) }
  const prepared = declaration.prepare ? await declaration.prepare(resource, context) : { resource, issues: [] }
  const { resource: labelled, release, issues: releaseFaults } = readRelease(prepared.resource, now)
  const { content, issues } = withoutIdentity(labelled, declaration.patientElement, identityNumber)
  const unfound = naming ? await unfoundIn(content, naming) : []
  const found = [...before, ...prepared.issues, ...releaseFaults, ...issues, ...unfound, ...identityNumbersInText(content, identityNumber)]
  if (found.some((issue) => issue.severity === 'error')) return invalid(found)

  const time = instant(declaration.time(labelled) ?? '')
  if (!time) return invalid([noTime(resource)])
  const staff = staffNumbers(content)
  const ofStaff = staff.map(({ identifier, expression }) => staffIssue(isReplaceable(identifier, identityNumber), expression))
  const flags = [...(classify(identityNumber) ? [] : [invalidNumber(resource, declaration)]), ...found, ...ofStaff]
  return { resource: labelled, content, time, release, flags, staff }
}

/**
 * A resource without errors as a record. Identity numbers of staff are replaced last: that may register a member of staff, and a resource
 * that is refused may change nothing.
 */
export async function prepareWrite(
  exchange: ServiceExchange,
  declaration: ResourceDeclaration,
  resource: Resource,
  { decision, controller = decision.organization, ...subject }: WriteSubject,
): Promise<Result<PreparedWrite>> {
  const { kernel } = exchange
  const { organizationName, name, hprNumber } = await actorOf(exchange)
  const writer = { organizationName, name: exchange.caller.kind === 'system' ? undefined : name, hprNumber }
  const { birthDate, key: patient } = decision.patient
  const checked = await checkWrite(exchange, declaration, resource, { ...subject, controller, birthDate, writer })
  if (isProblem(checked)) return checked
  const { content, time, release, flags, staff } = checked
  if (staff.length > 0) await replaceStaffNumbers(exchange, staff, { number: subject.identityNumber, key: patient })
  const record = recordOf(exchange, declaration, checked.resource, { patient, controller }, time)
  const flagged = withFlags(content, flags)
  return {
    decision,
    declaration,
    content: withDataController(flagged, controller),
    flags,
    ownKey: declaration.uniqueWithin === 'patient' ? keyWithin(controller, exchange, declaration, checked.resource) : undefined,
    record: {
      ...record,
      tokens: [...record.tokens, ...metaTokens(flagged, kernel.codes)],
      releaseAt: release.at,
      releaseCodes: release.codes,
      setKey: undefined,
    },
  }
}

/** The errors by base R4, by the profile, and by the service's choice of profiles. */
export function validate({ kernel }: Checking, declaration: ResourceDeclaration, resource: Resource): Issue[] {
  // The sender's own address of the patient is not stored, whatever it looks like: the identifier says who it is.
  const ofPatient = `${resource.resourceType}.${declaration.patientElement}.reference`
  const faults = (profile?: Profile) =>
    kernel.validator
      .validate(resource, profile)
      .filter(({ severity, code, expression }) => severity === 'error' && !(code === 'reference-format' && expression === ofPatient))
  try {
    const match = declaration.profiles.find(({ when }) => when?.(resource) ?? true)
    return match ? faults(match.profile) : [...faults(), declaration.otherwise?.(resource) ?? noProfile(resource, declaration)]
  } catch (error) {
    // The profiles of a service expect the shape of FHIR. When a resource has another shape, only the faults of its shape are reported.
    const issues = error instanceof TypeError ? faults() : []
    if (issues.length === 0) throw error
    return issues
  }
}

/** The business key within the records of one controller, or within all of the patient. */
function keyWithin(
  scope: string,
  { kernel }: Pick<ServiceExchange, 'kernel'>,
  declaration: ResourceDeclaration,
  resource: Resource,
): string | undefined {
  const key = declaration.businessKey(resource, kernel.codes)
  return key === undefined ? undefined : uuidOf(`${scope}|${resource.resourceType}|${key}`)
}

function recordOf(
  { kernel, service }: ServiceExchange,
  declaration: ResourceDeclaration,
  resource: Resource,
  { patient, controller }: { patient: PatientKey; controller: string },
  time: Date,
): Omit<PreparedWrite['record'], 'releaseAt' | 'releaseCodes' | 'setKey'> {
  const key = keyWithin(declaration.uniqueWithin === 'patient' ? 'patient' : controller, { kernel }, declaration, resource)
  const sensitive = declaration.sensitiveCodes?.(resource) ?? []
  return {
    patient,
    service: service.id,
    type: resource.resourceType,
    controller,
    effective: time,
    businessKey: key,
    sensitiveCodes: sensitive.length > 0 ? sensitive : undefined,
    tokens: indexTokens(declaration, resource, kernel.codes),
  }
}

/** Stores performers that are named by identity number as person keys: who did it stays known, and the number does not spread (ATT-8). */
async function replaceStaffNumbers(
  { kernel }: ServiceExchange,
  staff: readonly StaffNumber[],
  patient: { number: string; key: PatientKey },
): Promise<void> {
  for (const { identifier } of staff) {
    const { value = '' } = identifier
    if (!isReplaceable(identifier, patient.number)) continue
    identifier.value = personKeyText(value === patient.number ? patient.key : await kernel.rows.store.staffKey(value))
    identifier.system = PERSON_KEY_SYSTEM
  }
}

function isReplaceable({ value }: { value?: string }, patientNumber: string): boolean {
  return value !== undefined && value !== '' && (value === patientNumber || classify(value) !== undefined)
}

function staffIssue(replaced: boolean, expression: string): Issue {
  return replaced
    ? {
        severity: 'warning',
        type: 'informational',
        code: 'staff-number-replaced',
        text: 'The identity number of staff is replaced by an internal key. Prefer the HPR number (urn:oid:2.16.578.1.12.4.1.4.4).',
        expression,
      }
    : {
        severity: 'warning',
        type: 'value',
        code: 'staff-number-invalid',
        text: 'The value is not an identity number, though its system says so. Prefer the HPR number (urn:oid:2.16.578.1.12.4.1.4.4).',
        expression: `${expression}.value`,
      }
}

/** Flags are found again on every write: those of an earlier version, and those that the sender wrote, do not count. */
function withFlags(content: Content, flags: Issue[]): Content {
  const meta = { ...content.meta }
  const sent = Array.isArray(meta.tag) ? meta.tag.filter((tag) => (tag as { system?: string } | null)?.system !== FLAG_SYSTEM) : []
  const own = [...new Set(flags.map((flag) => flag.code))].map((code) => ({ system: FLAG_SYSTEM, code }))
  const { tag: _tag, ...others } = meta
  const tag = [...sent, ...own]
  return { ...content, meta: { ...others, ...(tag.length > 0 ? { tag } : {}) } }
}

/** The text that is stored and later served as it is, with the metadata of the server first. */
export function contentText(content: Content, patient: PatientKey, id: RecordId, version: number, recorded: Date): string {
  const { resourceType, id: _id, meta, ...rest } = content
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...sentMeta } = meta ?? {}
  return writeJson({
    resourceType,
    id: logicalId(patient, id),
    meta: { versionId: String(version), lastUpdated: recorded.toISOString(), ...sentMeta },
    ...rest,
  })
}

/**
 * Whether stored text and new content are the same apart from id, versionId, lastUpdated, stamps and the order of members. 11.0 is not 11.
 */
export function sameContent(stored: string, { content, declaration: { unstamped = (resource) => resource } }: PreparedWrite): boolean {
  return canonical(unstamped(parseJson(stored) as Resource)) === canonical(unstamped(parseJson(writeJson(content)) as Resource))
}

function canonical({ id: _id, meta = {}, ...rest }: Resource): string {
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...sentMeta } = meta
  return writeJson(sortedJson({ ...rest, meta: sentMeta }))
}

/** The same UUID for the same text, always. */
export function uuidOf(text: string): string {
  const hex = hash('sha256', text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

function invalid(issues: Issue[]): Problem {
  return problemWith('invalid-resource', issues)
}

/** http://hl7.org/fhir/R4/search.html#summary: a client that has read a part must not replace the whole with it. */
function subsetted({ resourceType, meta }: Resource): Issue[] {
  const index = meta?.tag?.findIndex(({ system, code }) => code === 'SUBSETTED' && OBSERVATION_VALUE.includes(system ?? '')) ?? -1
  if (index < 0) return []
  const text = 'The tag SUBSETTED says that this is a part of a resource. Read the whole of it, and send that without the tag.'
  return [{ severity: 'error', type: 'incomplete', code: 'subsetted', text, expression: `${resourceType}.meta.tag[${index}]` }]
}

const OBSERVATION_VALUE = ['http://terminology.hl7.org/CodeSystem/v3-ObservationValue', 'urn:oid:2.16.840.1.113883.5.1063']

function noTime(resource: Resource): Issue {
  return {
    severity: 'error',
    type: 'required',
    code: 'time-required',
    text: 'The resource says no time at which it holds, as a FHIR date or dateTime.',
    expression: resource.resourceType,
  }
}

function noProfile(resource: Resource, declaration: ResourceDeclaration): Issue {
  const titles = declaration.profiles.map(({ profile }) => profile.title).join(', ')
  return {
    severity: 'error',
    type: 'business-rule',
    code: 'no-profile',
    text: `The resource follows none of the profiles of this service: ${titles}.`,
    expression: resource.resourceType,
  }
}

function invalidNumber(resource: Resource, declaration: ResourceDeclaration): Issue {
  return {
    severity: 'warning',
    type: 'value',
    code: 'identity-number-invalid',
    text: 'The number is not an identity number by its form. Only a test environment takes it.',
    expression: `${resource.resourceType}.${declaration.patientElement}.identifier.value`,
  }
}

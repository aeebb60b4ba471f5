/** The shape of an attestation as senders write it: its members, and the form of each. */

import { HPR_SYSTEM } from '../codes/systems.ts'
import type { Issue } from '../problem/problem.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'
import type { Coded, Identified } from './attestation.ts'

/** The value set of purposes that the trust framework uses. */
export const PURPOSE_OF_USE = 'urn:oid:2.16.840.1.113883.1.11.20448'

/** The greatest numbers of characters. */
const LONGEST_TEXT = 512
const LONGEST_IDENTIFIER = 256
const LONGEST_CODE = 64
/** The greatest number of unknown members that are reported. */
const MOST_UNKNOWN = 32

/** Control characters, line ends, and characters that change the direction of writing: none belongs in a name. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const DECISION = /^[A-Za-z0-9_-]{1,64}$/
const BARE_OID = /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/
/** The name of a member that can be repeated and kept without harm. */
export const PLAIN_NAME = /^[A-Za-z0-9_$-]{1,64}$/

interface Notes {
  fault(path: string, rule: string): undefined
  unknown(path: string, name: string): void
}

type Members = Record<string, unknown>
type Reader<T> = (value: unknown, path: string, notes: Notes) => T | undefined

/** The year 5138 in seconds, and 1973 in milliseconds. */
const LATEST = 1e11

const seconds: Reader<number> = (value, path, notes) => {
  const number = typeof value === 'number' ? value : Number.NaN
  if (number >= LATEST && Number.isFinite(number)) return notes.fault(path, 'is whole seconds since 1970, and not milliseconds')
  return Number.isSafeInteger(number) && number >= 0 ? number : notes.fault(path, 'is whole seconds since 1970, as a number')
}

const yesOrNo: Reader<boolean> = (value, path, notes) => (typeof value === 'boolean' ? value : notes.fault(path, 'is true or false'))

const decisionId: Reader<string> = (value, path, notes) =>
  typeof value === 'string' && DECISION.test(value)
    ? value
    : notes.fault(path, 'is 1 to 64 letters (a to z), digits, underscores and hyphens')

const text =
  (least: 0 | 1, most: number): Reader<string> =>
  (value, path, notes) =>
    typeof value === 'string' && value.length >= least && value.length <= most && !INVISIBLE.test(value) && value.isWellFormed()
      ? value
      : notes.fault(path, `is a text of ${least === 0 ? 'at most' : '1 to'} ${most} characters, none of them a control character`)

const freeText = text(0, LONGEST_TEXT)
const identifierText = text(1, LONGEST_IDENTIFIER)
const codeText = text(1, LONGEST_CODE)

/** An OID is the same with and without `urn:oid:`. */
const system: Reader<string> = (value, path, notes) => {
  const given = identifierText(value, path, notes)
  if (given === undefined || given.startsWith('urn:oid:')) return given
  if (BARE_OID.test(given)) return `urn:oid:${given}`
  return given.replace(/^urn:oid:/i, 'urn:oid:')
}

const identified: Reader<Identified> = (value, path, notes) => {
  const sent = asObject(value, path, notes)
  if (!sent) return undefined
  const member = members(sent, path, ['id', 'value', 'name', 'system', 'authority'], notes)
  if (member.id !== undefined && member.value !== undefined && member.id !== member.value)
    notes.fault(`${path}.value`, 'differs from id, which means the same: send one of them')
  const id = identifierText(member.id ?? member.value, `${path}.id`, notes)
  const about = { system: read(system, member.system, `${path}.system`, notes), name: read(freeText, member.name, `${path}.name`, notes) }
  read(freeText, member.authority, `${path}.authority`, notes)
  return id === undefined ? undefined : { id, ...about }
}

/** An identifier, or the number alone. */
const hprNumber: Reader<Identified> = (value, path, notes) => {
  if (typeof value !== 'string') return identified(value, path, notes)
  const id = identifierText(value, path, notes)
  return id === undefined ? undefined : { id, system: HPR_SYSTEM, name: undefined }
}

const coded: Reader<Coded> = (value, path, notes) => {
  const sent = asObject(value, path, notes)
  if (!sent) return undefined
  const member = members(sent, path, ['code', 'text', 'system', 'assigner'], notes)
  const code = codeText(member.code, `${path}.code`, notes)
  const about = { system: read(system, member.system, `${path}.system`, notes), text: read(freeText, member.text, `${path}.text`, notes) }
  read(freeText, member.assigner, `${path}.assigner`, notes)
  return code === undefined ? undefined : { code, ...about }
}

/** Every member that is read, by path. Every other member of an attestation is unknown. */
const readers = {
  toa: seconds,
  'practitioner.identifier': identified,
  'practitioner.hpr_nr': hprNumber,
  'practitioner.authorization': coded,
  'practitioner.legal_entity': identified,
  'practitioner.point_of_care': identified,
  'practitioner.department': identified,
  'care_relationship.healthcare_service': coded,
  'care_relationship.purpose_of_use': coded,
  'care_relationship.purpose_of_use_details': coded,
  'care_relationship.decision_ref.id': decisionId,
  'care_relationship.decision_ref.description': freeText,
  'care_relationship.decision_ref.user_selected': yesOrNo,
  'patients[0].identifier': identified,
  'patients[0].point_of_care': identified,
  'patients[0].department': identified,
} satisfies Record<string, Reader<unknown>>

export type Path = keyof typeof readers
/** What one side states. A member that it does not state is absent, and never undefined, so that one side can complete the other. */
export type Stated = { [path in Path]?: NonNullable<ReturnType<(typeof readers)[path]>> }

/** The paths, split once into the object that holds the member and its name there. */
const places = Object.entries(readers).map(([path, reader]) => {
  const cut = path.lastIndexOf('.')
  return { path: path as Path, holder: path.slice(0, Math.max(cut, 0)), name: path.slice(cut + 1), reader: reader as Reader<unknown> }
})
const namesIn = (holder: string) => places.filter((place) => place.holder === holder).map(({ name }) => name)
const NAMES = {
  attestation: ['type', ...namesIn(''), 'practitioner', 'care_relation', 'care_relationship', 'patients'],
  practitioner: namesIn('practitioner'),
  careRelationship: [...namesIn('care_relationship'), 'decision_ref'],
  decisionRef: namesIn('care_relationship.decision_ref'),
  patient: namesIn('patients[0]'),
}

export interface Shape {
  stated: Stated
  faults: Issue[]
  unknownMembers: string[]
}

/** Reads an attestation, or an object that holds one as `attestation`. `where` names the side in faults; no value is repeated. */
export function attestationShape(sent: unknown, where: string): Shape {
  const faults: Issue[] = []
  const unknownMembers: string[] = []
  const notes: Notes = {
    fault(path, rule) {
      const words = `In ${where}: ${path} ${rule}.`
      faults.push({ severity: 'error', type: 'structure', code: 'attestation-invalid', text: words, expression: path })
      return undefined
    },
    unknown(path, name) {
      if (unknownMembers.length < MOST_UNKNOWN) unknownMembers.push(`${path}.${PLAIN_NAME.test(name) ? redactIdentityNumbers(name) : '?'}`)
    },
  }
  const holders = holdersOf(unwrap(sent, notes), notes)
  const stated: Members = {}
  for (const { path, holder, name, reader } of places) {
    const value = read(reader, holders[holder]?.[name], `attestation.${path}`, notes)
    if (value !== undefined) stated[path] = value
  }
  return { stated: stated as Stated, faults, unknownMembers }
}

function unwrap(sent: unknown, notes: Notes): Members {
  const outer = asObject(sent, 'attestation', notes) ?? {}
  if (!Object.hasOwn(outer, 'attestation')) return outer
  const { attestation } = members(outer, 'attestation', ['type', 'attestation'], notes)
  return asObject(attestation, 'attestation', notes) ?? {}
}

function holdersOf(sent: Members, notes: Notes): Record<string, Members> {
  const root = members(sent, 'attestation', NAMES.attestation, notes)
  if (root.care_relation !== undefined && root.care_relationship !== undefined)
    notes.fault('attestation.care_relationship', 'is sent together with care_relation, which means the same: send one of them')
  const within = (value: unknown, path: string, names: string[]) =>
    members(read(asObject, value, `attestation.${path}`, notes) ?? {}, `attestation.${path}`, names, notes)
  const careRelationship = within(root.care_relationship ?? root.care_relation, 'care_relationship', NAMES.careRelationship)
  return {
    '': root,
    practitioner: within(root.practitioner, 'practitioner', NAMES.practitioner),
    care_relationship: careRelationship,
    'care_relationship.decision_ref': within(careRelationship.decision_ref, 'care_relationship.decision_ref', NAMES.decisionRef),
    'patients[0]': within(onePatient(root.patients, notes), 'patients[0]', NAMES.patient),
  }
}

/** The named members; null counts as absent. Other members are noted. Only own members: nothing is taken from a prototype. */
function members<Name extends string>(sent: Members, path: string, names: readonly Name[], notes: Notes): { [name in Name]?: unknown } {
  const found: { [name in Name]?: unknown } = {}
  for (const [name, value] of Object.entries(sent)) {
    if (!names.includes(name as Name)) notes.unknown(path, name)
    else if (value !== null) found[name as Name] = value
  }
  return found
}

const asObject: Reader<Members> = (value, path, notes) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : notes.fault(path, 'is an object')

function onePatient(patients: unknown, notes: Notes): unknown {
  if (patients === undefined) return undefined
  if (!Array.isArray(patients)) return notes.fault('attestation.patients', 'is a list')
  if (patients.length > 1) return notes.fault('attestation.patients', 'holds one patient: make a new attestation for each (ATT-4, ATT-58)')
  return patients[0]
}

function read<T>(reader: Reader<T>, value: unknown, path: string, notes: Notes): T | undefined {
  return value === undefined ? undefined : reader(value, path, notes)
}

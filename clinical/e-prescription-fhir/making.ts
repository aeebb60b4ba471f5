/** What the records of all messages have in common: their id, their time, what is kept, and what is flagged. */

import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Annotation, Extension, Resource } from '@medplum/fhirtypes'
import type { AnyMessage } from '../e-prescription/kinds.ts'
import { kindRows } from '../e-prescription/kinds.ts'
import { messageInfo } from '../e-prescription/messages/message-head.ts'
import type { Note, Flag as NoteFlag } from '../e-prescription/notes.ts'
import { keptElements } from './elements.ts'
import { messageFlag } from './flags.ts'
import type { Places } from './places.ts'
import { identifierOf, MESSAGE_ID, messageExtensions } from './systems.ts'

/** A message with the id and the time that it is known by. */
export interface Sent<M extends AnyMessage = AnyMessage> {
  readonly message: M
  readonly id: string
  /** GenDate, a FHIR dateTime. */
  readonly time: string
}

/** The flags of a record, until it is stored: the declaration takes them in `prepare`. */
const issuesOf = new WeakMap<object, Issue[]>()

export function withIssues<R extends Resource>(resource: R, issues: readonly Issue[]): R {
  const all = [...(issuesOf.get(resource) ?? []), ...issues]
  issuesOf.set(resource, [...new Map(all.map((issue) => [`${issue.code}|${issue.expression}`, issue])).values()])
  return resource
}

export function issuesFor(resource: object): readonly Issue[] {
  return issuesOf.get(resource) ?? []
}

/** Notes whose text is in no other place. The others say how a value was read. */
const unread: ReadonlySet<NoteFlag> = new Set([
  'kept-as-note',
  'unknown-element',
  'unknown-attribute',
  'stray-text',
  'repeated',
  'wrong-type',
])

/** More notes than these stand in one text. */
const MOST_NOTES = 200

/** What the reader noted, as notes of the record; those about the patient's own details are not stored. */
export function notesOf({ message }: Pick<Sent, 'message'>): Annotation[] {
  return annotationsOf(message.notes)
}

export function annotationsOf(notes: readonly Note[]): Annotation[] {
  const texts = notes.flatMap(({ path, flag: name, text }) =>
    unread.has(name) && text.trim() !== '' && !isOfPatient(path) ? [`${path}: ${text}`] : [],
  )
  if (texts.length <= MOST_NOTES) return texts.map((text) => ({ text }))
  return [...texts.slice(0, MOST_NOTES).map((text) => ({ text })), { text: texts.slice(MOST_NOTES).join('\n') }]
}

const personal: ReadonlySet<string> = new Set(['PasientInfo', 'Fnr', 'AndreFnr'])

function isOfPatient(path: string): boolean {
  const names = path.split('/').map((name) => name.split('[')[0] ?? '')
  const inHead = names.includes('MsgInfo') && (names.includes('Patient') || names.includes('Person'))
  return inHead || names.some((name) => personal.has(name))
}

export function noteIssues({ message }: Sent): Issue[] {
  const attached = message.attachments.some(({ message: inner }) => !inner)
  return [
    ...message.notes.map(({ flag: name, path }) => messageFlag(name, path)),
    ...(attached ? [messageFlag('attachment-not-read', 'MsgHead/Document')] : []),
  ]
}

export function annotations(...texts: readonly (string | undefined)[]): Annotation[] {
  return texts.flatMap((text) => (text === undefined ? [] : [{ text }]))
}

/** The id of the message, as an identifier of its record. */
export function messageIdentifier({ id }: Pick<Sent, 'id'>) {
  return identifierOf(MESSAGE_ID, id)
}

/** What every record has as extensions: when the message was made, and the elements that have no other place. */
export function commonExtensions({ message, time }: Sent, places: Places, isWhole = false): Extension[] {
  const row = kindRows.find(([name]) => name === message.kind)?.[1]
  const extension = kindRows.find(([name]) => name === `${message.kind} extension`)?.[1]
  return [
    { url: messageExtensions.messageTime, valueDateTime: time },
    ...(message.head ? keptElements(messageInfo, message.head, 'MsgInfo', { places }) : []),
    ...(row ? keptElements(row.type, message.body, row.element, { places, isWhole }) : []),
    ...(extension ? keptElements(extension.type, message.extension, extension.element, { places }) : []),
  ]
}

/** FHIR has no empty lists. */
export function withoutEmpty<R extends object>(resource: R): R {
  return Object.fromEntries(
    Object.entries(resource).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as R
}

/**
 * Reads e-prescription messages: octets in, a typed structure with notes out. Nothing that a message states is dropped, and nothing is
 * guessed. A message in a message (base64, also compressed) goes through the same door, to a limited depth and size.
 */
import { Buffer } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import type { Codes } from '@helsevev/kernel/codes/codes'
import { isProblem, type Problem, problem, type Result } from '@helsevev/kernel/problem/problem'
import { decodeXml } from '../kith/decode.ts'
import { child, childrenOf, type Element, readXml } from '../kith/read-xml.ts'
import { noteStated, type Place, type Type } from './fields.ts'
import { type AnyMessage, type KindName, kindRows } from './kinds.ts'
import type { Attachment, Message } from './message.ts'
import { documentInfo, type MessageInfo, messageInfo } from './messages/message-head.ts'
import type { Flag, Note } from './notes.ts'

/** Bounds of one message with all that lies inside it. A message over one of them is refused whole. */
export const MESSAGE_LIMITS = {
  /** Octets of the message, and of all that is opened in it. */
  octets: 20 * 1024 * 1024,
  /** Messages inside one another. */
  depth: 4,
  /** Messages that are opened. */
  messages: 2_000,
  /** Notes. */
  notes: 10_000,
}

/** What the messages inside one another use together. */
interface Budget {
  octets: number
  messages: number
  notes: number
}

/** Thrown where the budget ends, and caught where reading began. */
class TooMuch extends Error {}

/** The message of these octets. A problem names the place, the rule and the remedy. */
export function readMessage(octets: Buffer, codes: Codes): Result<AnyMessage> {
  const budget: Budget = { octets: MESSAGE_LIMITS.octets, messages: MESSAGE_LIMITS.messages, notes: MESSAGE_LIMITS.notes }
  try {
    return readOctets(octets, { codes, budget, depth: 1 })
  } catch (error) {
    if (error instanceof TooMuch) return problem('too-large', error.message)
    throw error
  }
}

interface Reading {
  readonly codes: Codes
  readonly budget: Budget
  readonly depth: number
}

function readOctets(octets: Buffer, reading: Reading): Result<AnyMessage> {
  spend(reading.budget, 'octets', octets.length)
  spend(reading.budget, 'messages', 1)
  const { text, declared } = decodeXml(octets)
  const root = readXml(text, () => false)
  if (isProblem(root)) return root
  const notes: Note[] = []
  const place = placeIn(root.name, notes, reading)
  if (declared !== undefined) place.note('wrong-encoding', declared)
  return root.name === 'MsgHead' ? readHead(root, place, notes) : readBare(root, place, notes)
}

function spend(budget: Budget, what: keyof Budget, count: number): void {
  budget[what] -= count
  if (budget[what] < 0) throw new TooMuch(`The message has more ${what} than ${MESSAGE_LIMITS[what]}, with what lies inside. Send less.`)
}

function placeIn(path: string, notes: Note[], reading: Reading): Place {
  const place: Place = {
    path,
    codes: reading.codes,
    note(flag: Flag, text: string) {
      spend(reading.budget, 'notes', 1)
      notes.push({ path, flag, text })
    },
    below: (name) => placeIn(`${path}/${name}`, notes, reading),
    open(base64) {
      const message = openedFrom(base64, reading)
      if (!isProblem(message)) return message
      place.note('not-opened', message.issues.map(({ text }) => text).join(' '))
      return undefined
    },
  }
  return place
}

/** Octets that begin like this are compressed: Reseptformidleren does so on request (Komprimering). */
const GZIP = Buffer.from([0x1f, 0x8b])

function openedFrom(base64: string, { codes, budget, depth }: Reading): Result<AnyMessage> {
  if (depth >= MESSAGE_LIMITS.depth) return unreadable('MsgHead', 'lies deeper than messages may lie in one another. Send it by itself.')
  const octets = Buffer.from(base64, 'base64')
  if (!octets.subarray(0, 2).equals(GZIP)) return readOctets(octets, { codes, budget, depth: depth + 1 })
  try {
    return readOctets(gunzipSync(octets, { maxOutputLength: Math.max(1, budget.octets) }), { codes, budget, depth: depth + 1 })
  } catch (error) {
    if (error instanceof TooMuch) throw error
    return unreadable('Content', 'is compressed content that cannot be opened. Send it as it is.')
  }
}

function unreadable(path: string, text: string): Problem {
  return problem('unreadable-message', `${path} ${text}`)
}

/** A message without a head, or a part of one. */
function readBare(root: Element, place: Place, notes: readonly Note[]): Result<AnyMessage> {
  const found = kindOf(root, place)
  if (!found) return unreadable(root.name, `of ${root.namespace || 'no namespace'} is no message that is read here. ${SEND}`)
  return messageFrom(found, root, { place, notes, isSigned: false, attachments: [] })
}

const SEND = 'Send one of the messages that docs/api/e-prescription-messages.md lists.'

interface Found {
  readonly name: KindName
  readonly version: string
  readonly type: Type<unknown>
}

/** The schema and the date of a namespace. */
const NAMESPACE = /\/([a-z0-9]+)\/(\d{4}-\d{2}-\d{2})(?:\/extension\/\d+)?$/

function kindOf(element: Element, place: Place): Found | undefined {
  const [, schema = '', date = ''] = NAMESPACE.exec(element.namespace) ?? []
  const rows = kindRows.filter(([, row]) => row.element === element.name)
  const [name, row] = rows.find(([, { schema: own }]) => own === schema) ?? rows[0] ?? []
  if (name === undefined || row === undefined) return undefined
  const isKnown = row.schema === schema && row.versions.includes(date)
  if (!isKnown) place.note('unknown-version', element.namespace)
  const version = isKnown ? date : (row.versions.at(-1) ?? date)
  return { name, version, type: row.type }
}

interface Around {
  readonly place: Place
  readonly notes: readonly Note[]
  readonly isSigned: boolean
  readonly attachments: readonly Attachment[]
  readonly head?: MessageInfo | undefined
  readonly extension?: unknown
}

/** A list without lines says that nothing is taken. */
const EMPTY_LIST = { roles: [], lines: [], allergies: [] }

function messageFrom({ name, version, type }: Found, element: Element, around: Around): Result<AnyMessage> {
  const { place, notes, isSigned, attachments, head, extension } = around
  const body = type.read(element, place) ?? (head && name === 'M25.1' ? EMPTY_LIST : undefined)
  if (body === undefined) return unreadable(place.path, 'states nothing. Send the message with its content.')
  const message: Message = {
    kind: name,
    version,
    ...(head ? { head } : {}),
    body,
    ...(extension === undefined ? {} : { extension }),
    isSigned,
    attachments,
    notes,
  }
  return message as AnyMessage
}

/** An element in RefDoc/Content of a document. */
interface Content {
  readonly element: Element
  readonly place: Place
  readonly isAttachment: boolean
  readonly found: Found | undefined
}

function readHead(root: Element, place: Place, notes: readonly Note[]): Result<AnyMessage> {
  const infoElement = child(root, 'MsgInfo')
  if (!infoElement) return unreadable('MsgHead/MsgInfo', 'is missing. Send who sends what to whom.')
  const head = messageInfo.read(infoElement, place.below('MsgInfo'))
  const contents = contentsOf(root, place)
  const bodies = contents.flatMap(({ found, ...content }) => (found && !content.isAttachment ? [{ ...content, found }] : []))
  const first = bodies.find(({ found }) => !isExtension(found)) ?? bodies[0]
  if (!first) {
    const names = contents.map(({ element }) => element.name).join(', ') || 'nothing'
    return unreadable('MsgHead/Document/RefDoc/Content', `holds ${names}, and no message that is read here. ${SEND}`)
  }
  const attachments = contents.flatMap((content) => (content.element === first.element ? [] : attachmentOf(content)))
  const extension = attachments.find(({ message }) => message?.kind === `${first.found.name} extension`)?.message?.body
  const isSigned = child(root, 'Signature') !== undefined
  return messageFrom(first.found, first.element, { place: first.place, notes, isSigned, attachments, head, extension })
}

function isExtension({ name }: Found): boolean {
  return name.endsWith(' extension')
}

/** DocumentConnection of an attachment, and of another additional document, such as an extension. */
const ATTACHED: ReadonlySet<string> = new Set(['V', 'A'])

/** What stands in the documents, and notes what else the head states. */
function contentsOf(root: Element, place: Place): Content[] {
  for (const element of root.children)
    if (!['MsgInfo', 'Document', 'Signature'].includes(element.name)) noteStated(element, place.below(element.name), 'unknown-element')
  const infos = childrenOf(root, 'MsgInfo').slice(1)
  for (const element of infos) noteStated(element, place.below('MsgInfo'), 'repeated')
  return childrenOf(root, 'Document').flatMap((document, index) => {
    const there = place.below(`Document[${index + 1}]`)
    const references = childrenOf(document, 'RefDoc')
    const content = references.flatMap((reference) => childrenOf(reference, 'Content'))
    const without = (element: Element, name: string, instead: Element[]): Element => ({
      ...element,
      children: element.children.flatMap((one) => (one.name === name ? instead.splice(0, 1) : [one])),
    })
    const bare = references.map((reference) => without(reference, 'Content', []))
    documentInfo.read(without(document, 'RefDoc', bare), there)
    const isAttachment = ATTACHED.has(child(document, 'DocumentConnection')?.attributes['V'] ?? '')
    for (const { text } of content) if (text !== '') there.below('RefDoc/Content').note('stray-text', text)
    return content.flatMap(({ children }) =>
      children.map((element) => {
        const inside = there.below(`RefDoc/Content/${element.name}`)
        return { element, place: inside, isAttachment, found: kindOf(element, inside) }
      }),
    )
  })
}

/** What stands in a document next to the message: another message, or base64, of which an extension is one. */
function attachmentOf({ element, place, isAttachment, found }: Content): Attachment[] {
  if (element.name === 'Base64Container') return opening(element, place)
  if (!found) {
    noteStated(element, place, isAttachment ? 'not-opened' : 'unknown-element')
    return []
  }
  if (!isAttachment && !isExtension(found)) place.note('several-messages', found.name)
  const message = messageFrom(found, element, { place, notes: [], isSigned: false, attachments: [] })
  if (!isProblem(message)) return [{ message }]
  place.note('missing', '')
  return []
}

function opening(element: Element, place: Place): Attachment[] {
  for (const inner of element.children) noteStated(inner, place.below(inner.name), 'unknown-element')
  const base64 = element.text.replaceAll(/\s/g, '')
  if (base64 === '') return []
  const message = place.open(base64)
  return [message ? { base64, message: message as Message } : { base64 }]
}

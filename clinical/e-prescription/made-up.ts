/**
 * Makes messages of our own as XML from plain values, by the same declarations that the reader follows: for tests, seeds and test benches.
 * The elements stand in the order of the declaration and in the namespaces of the newest schemas.
 */
import { Buffer } from 'node:buffer'
import type { Field, Group, Type } from './fields.ts'
import { type KindName, kindRows, type MessageOf } from './kinds.ts'
import { type MessageInfo, MSG_HEAD, messageInfo } from './messages/message-head.ts'

/** Any part of a structure may be left out, so that faulty messages can be made as well. */
type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> }
    : T

export interface MessageDraft<K extends KindName> {
  /** The newest schema where none is named. */
  version?: string
  /** Without one the message is bare. */
  head?: Draft<MessageInfo>
  body: Draft<MessageOf<K>['body']>
  extension?: Draft<MessageOf<K>['extension']>
  /** Base64 of whole messages, in documents of their own. */
  attachments?: readonly string[]
  isSigned?: boolean
}

const SIGNATURE = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>bWFkZSB1cA==</SignatureValue></Signature>'
const BASE64 = 'http://www.kith.no/xmlstds/base64container'

/** The message as XML. */
export function makeMessage<K extends KindName>(kind: K, draft: MessageDraft<K>): string {
  const row = rowOf(kind)
  const version = draft.version ?? row.versions.at(-1) ?? ''
  const namespace = `${namespaceOf(row.schema, version)}${row.isExtension ? '/extension/1' : ''}`
  const outer = draft.head === undefined ? '' : MSG_HEAD
  const body = elementOf(row.element, { ...row.type, group: withoutOwn(row.type.group) }, draft.body, namespace, outer)
  const signature = draft.isSigned ? SIGNATURE : ''
  if (draft.head === undefined) return `<?xml version="1.0" encoding="utf-8"?>${body}`
  const extension = draft.extension === undefined ? [] : [attachedOf('A', extensionOf(kind, draft.extension))]
  const attachments = (draft.attachments ?? []).map((base64) => attachedOf('V', base64))
  const info = elementOf('MsgInfo', messageInfo, draft.head, MSG_HEAD, MSG_HEAD)
  const documents = [documentOf(body), ...extension, ...attachments].join('')
  return `<?xml version="1.0" encoding="utf-8"?><MsgHead xmlns="${MSG_HEAD}">${info}${documents}${signature}</MsgHead>`
}

/** The message as base64, to lie inside another. */
export function makeInner<K extends KindName>(kind: K, draft: MessageDraft<K>): string {
  return Buffer.from(makeMessage(kind, draft), 'utf8').toString('base64')
}

/** Base64 of the extension of a message, which the message has as an attachment. */
export function extensionOf(kind: KindName, extension: unknown): string {
  return makeInner(`${kind} extension` as KindName, { body: extension as never })
}

function attachedOf(connection: 'A' | 'V', base64: string): string {
  return documentOf(`<Base64Container xmlns="${BASE64}">${base64}</Base64Container>`, `<DocumentConnection V="${connection}"/>`)
}

function documentOf(content: string, connection = ''): string {
  return `<Document>${connection}<RefDoc><MsgType V="XML" DN="XML-instans"/><Content>${content}</Content></RefDoc></Document>`
}

function rowOf(kind: KindName) {
  const row = kindRows.find(([name]) => name === kind)?.[1]
  if (!row) throw new Error(`There is no kind of message called ${kind}.`)
  return row
}

/** Directoratet for e-helse gave the schemas of 2018 and later their own host. */
function namespaceOf(schema: string, version: string): string {
  if (schema === 'apprec') return `http://www.kith.no/xmlstds/apprec/${version}`
  return `http://www.${version < '2018' ? 'kith' : 'ehelse'}.no/xmlstds/eresept/${schema}/${version}`
}

/** The element of a message is of the version that is made, whatever the declaration names. */
function withoutOwn({ name, fields, choices, kept, textAs }: Group): Group {
  return { name, fields, choices, kept, ...(textAs === undefined ? {} : { textAs }) }
}

function elementOf(name: string, type: Type<unknown>, value: unknown, namespace: string, outer: string): string {
  const own = type.group?.isOwn ? (type.group.namespace ?? namespace) : namespace
  const xmlns = own === outer ? '' : ` xmlns="${own}"`
  if (type.group) return `<${name}${xmlns}>${contentOf(type.group, value, own)}</${name}>`
  const { attributes = {}, text = '' } = simple(type, value)
  const stated = Object.entries(attributes).flatMap(([key, one]) => (one === undefined ? [] : [` ${key}="${escaped(one)}"`]))
  return `<${name}${xmlns}${stated.join('')}>${escaped(text)}</${name}>`
}

function contentOf({ fields, namespace, textAs }: Group, value: unknown, own: string): string {
  const values = value as Readonly<Record<string, unknown>>
  const stated = Object.entries(fields).filter(([name]) => isStated(values[name]))
  if (textAs !== undefined && stated.length === 1 && stated[0]?.[0] === textAs) return escaped(String(values[textAs]))
  return stated.map(([name, field]) => fieldOf(field, values[name], namespace ?? own, own)).join('')
}

function isStated(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

function fieldOf({ elements: [element], type }: Field<unknown>, value: unknown, namespace: string, outer: string): string {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.map((one) => elementOf(element, type, one, namespace, outer)).join('')
}

function simple(type: Type<unknown>, value: unknown): { attributes?: Record<string, string | undefined>; text?: string } {
  if (type.kind === 'TS' || type.kind === 'URL') return { attributes: { V: String(value) } }
  if (type.kind === 'opened') return { text: (value as { base64: string }).base64 }
  if (type.kind === 'coded') {
    const { code, system, display, text } = value as Record<string, string | undefined>
    return { attributes: { V: code, S: system, DN: display, OT: text } }
  }
  if (type.kind === 'PQ') {
    const amount = value as Record<string, string | undefined>
    return { attributes: { V: amount['value'], U: amount['unit'] } }
  }
  return { text: String(value) }
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replaceAll(/[<>&"]/g, (character) => entities[character] ?? character)
}

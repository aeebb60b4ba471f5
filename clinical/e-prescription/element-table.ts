/**
 * Where each element of the messages goes: a row for each element of each group, from the declarations that the reader follows.
 * docs/api/e-prescription-messages.md is this table.
 */
import type { Field, Group, Type } from './fields.ts'
import { kindRows } from './kinds.ts'
import { documentInfo, messageInfo } from './messages/message-head.ts'

export interface ElementRow {
  /** The element as the schemas call it; other versions may call it otherwise. */
  readonly elements: readonly string[]
  /** How often it stands: `1`, `0..1` or `0..*`. `kept` where it becomes a note. */
  readonly cardinality: string
  /** The type, with the code lists; the group that it is, where it has elements inside. */
  readonly type: string
  /** The field that it is read into; undefined where it is kept as a note. */
  readonly field: string | undefined
}

export interface GroupTable {
  readonly name: string
  readonly type: GroupType
  readonly group: Group
  readonly rows: readonly ElementRow[]
}

type GroupType = Type<unknown> & { readonly group: Group }

/** Groups of one name that differ, such as a line of M25.1 and of M25.3, have a number. */
export function groupTables(): GroupTable[] {
  const found = new Map<string, { name: string; type: GroupType; group: Group }>()
  const names = new Map<string, number>()
  const add = (type: GroupType): void => {
    const { group } = type
    const key = keyOf(group)
    if (found.has(key)) return
    const count = (names.get(group.name) ?? 0) + 1
    names.set(group.name, count)
    found.set(key, { name: count === 1 ? group.name : `${group.name} (${count})`, type, group })
    for (const { type: inner } of Object.values(group.fields)) if (isGroup(inner)) add(inner)
  }
  for (const type of rootTypes()) add(type)
  const nameOf = (group: Group) => found.get(keyOf(group))?.name ?? group.name
  return [...found.values()].map(({ name, type, group }) => ({ name, type, group, rows: rowsOf(group, nameOf) }))
}

function isGroup(type: Type<unknown>): type is GroupType {
  return type.group !== undefined
}

/** What messages begin with. */
function rootTypes(): GroupType[] {
  return [messageInfo, documentInfo, ...kindRows.map(([, { type }]) => type)]
}

/** Groups with the same elements are one, also where a message and its component declare them apart. */
function keyOf({ name, fields, kept }: Group): string {
  const parts = Object.entries(fields).map(([field, { elements, type }]) => `${field}:${elements.join('|')}:${typeName(type)}`)
  return `${name} ${parts.join(' ')} ${kept.join(' ')}`
}

function rowsOf({ fields, kept }: Group, nameOf: (group: Group) => string): ElementRow[] {
  return [
    ...Object.entries(fields).map(([field, own]) => ({
      elements: own.elements,
      cardinality: cardinalityOf(own),
      type: own.type.group ? nameOf(own.type.group) : typeName(own.type),
      field,
    })),
    ...kept.map((element) => ({ elements: [element], cardinality: 'kept', type: '', field: undefined })),
  ]
}

function cardinalityOf({ isRequired, isMany }: Field<unknown>): string {
  return isMany ? '0..*' : isRequired ? '1' : '0..1'
}

function typeName({ kind, lists, opens, group }: Type<unknown>): string {
  if (group) return group.name
  if (opens) return `base64 of ${opens.join(', ')}`
  return kind === 'coded' ? ['code', lists?.join(', ')].filter(Boolean).join(' ') : kind
}

/** Compares the structures with the schemas of a folder, which is not part of the project: every element has a place of its own type. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { decodeXml } from '../../kith/decode.ts'
import { childrenOf, type Element, readXml } from '../../kith/read-xml.ts'
import type { Field, Group, Kind } from '../fields.ts'
import { kindRows } from '../kinds.ts'
import { prescribing } from '../messages/drug.ts'
import { MSG_HEAD, messageInfo } from '../messages/message-head.ts'

/** The schemas by their namespace. */
function schemasIn(folder: string): ReadonlyMap<string, Element> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.xsd'))
  const roots = files.flatMap((file) => {
    const root = readXml(decodeXml(readFileSync(join(folder, file))).text, (name) => name === 'annotation')
    return isProblem(root) ? [] : [root]
  })
  return new Map(roots.map((root) => [root.attributes['targetNamespace'] ?? '', root]))
}

/** An element where it is declared, with the schema that names in it are looked up in. */
interface Declared {
  element: Element
  schema: Element
  isChosen: boolean
}

/** XML Schema's and KITH's types by ours. */
const types: Readonly<Record<string, Kind>> = {
  string: 'text',
  ID: 'text',
  IDREF: 'text',
  anyURI: 'text',
  boolean: 'boolean',
  int: 'integer',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  dateTime: 'dateTime',
  time: 'time',
  CS: 'coded',
  CV: 'coded',
  PQ: 'PQ',
  MO: 'PQ',
  TS: 'TS',
  URL: 'URL',
  base64Binary: 'opened',
}

export interface Comparison {
  /** Versions of messages whose schema the folder has. */
  schemas: number
  /** Elements that were compared. */
  elements: number
  faults: string[]
  /** Elements of the structures that no schema of the folder has. */
  unmatched: string[]
}

/** Compares every message and its extension with the schemas of the folder. */
export function compareWithSchemas(folder: string): Comparison {
  const schemas = schemasIn(folder)
  const result: Comparison = { schemas: 0, elements: 0, faults: [], unmatched: [] }
  const seen = new Map<Group, Set<string>>()
  const root = (namespace: string, name: string, group: Group) => {
    const schema = schemas.get(namespace)
    const element = schema && childrenOf(schema, 'element').find(({ attributes }) => attributes['name'] === name)
    if (!schema || !element) return
    result.schemas += 1
    compare({ element, schema, isChosen: false }, group, name, { schemas, seen, result })
  }
  root(MSG_HEAD, 'MsgInfo', messageInfo.group)
  for (const version of ['2010-04-01', '2013-10-08', '2014-12-01'])
    root(`http://www.kith.no/xmlstds/eresept/forskrivning/${version}`, 'Forskrivning', prescribing.group)
  for (const [name, { element, schema, versions, type, isExtension }] of kindRows)
    for (const version of versions) {
      const path = name === 'AppRec' ? `apprec/${version}` : `eresept/${schema}/${version}${isExtension ? '/extension/1' : ''}`
      for (const host of ['www.kith.no', 'www.ehelse.no']) root(`http://${host}/xmlstds/${path}`, element, type.group)
    }
  for (const [group, names] of seen)
    for (const { elements } of Object.values(group.fields))
      for (const element of elements) if (!names.has(element)) result.unmatched.push(`${group.name}/${element}`)
  return result
}

interface Comparing {
  schemas: ReadonlyMap<string, Element>
  seen: Map<Group, Set<string>>
  result: Comparison
}

function compare(declared: Declared, group: Group, path: string, comparing: Comparing): void {
  const { seen, result } = comparing
  const names = seen.get(group) ?? new Set()
  seen.set(group, names)
  for (const inner of contentOf(declared, comparing)) {
    const { attributes } = inner.element
    const name = local(attributes['name'] ?? attributes['ref'] ?? '')
    names.add(name)
    result.elements += 1
    const field = Object.values(group.fields).find(({ elements }) => elements.includes(name))
    if (field) compareField(inner, field, `${path}/${name}`, comparing)
    else if (!group.kept.includes(name)) result.faults.push(`${path}/${name} has no place`)
  }
}

function compareField(inner: Declared, field: Field<unknown>, path: string, comparing: Comparing): void {
  const { faults } = comparing.result
  const { minOccurs = '1', maxOccurs = '1' } = inner.element.attributes
  if (maxOccurs !== '1' && !field.isMany) faults.push(`${path} may be repeated`)
  if (field.isRequired && (minOccurs === '0' || inner.isChosen)) faults.push(`${path} may be left out`)
  const declared = inner.element.attributes['ref'] ? resolved(inner, 'element', inner.element.attributes['ref'], comparing) : inner
  if (!declared) return
  const type = local(declared.element.attributes['type'] ?? '')
  const { kind, group } = field.type
  if (group && types[type] === undefined) compare({ ...declared, isChosen: false }, group, path, comparing)
  else if (types[type] !== kind && !(group?.textAs !== undefined && types[type] === 'text')) faults.push(`${path} is ${type}, not ${kind}`)
}

/** The elements inside an element, with those of the types that it extends. */
function contentOf(declared: Declared, comparing: Comparing): Declared[] {
  const type = declared.element.attributes['type']
  const named = type === undefined ? undefined : resolved(declared, 'complexType', type, comparing)
  return named ? partsOf(named, comparing) : partsOf(declared, comparing)
}

function partsOf({ element, schema, isChosen }: Declared, comparing: Comparing): Declared[] {
  return element.children.flatMap((part) => {
    const here = { element: part, schema, isChosen: isChosen || part.name === 'choice' }
    if (part.name === 'element') return [{ ...here, isChosen }]
    const base = part.name === 'extension' ? resolved(here, 'complexType', part.attributes['base'] ?? '', comparing) : undefined
    return [...(base ? partsOf(base, comparing) : []), ...partsOf(here, comparing)]
  })
}

/** A declaration by its name, in its own schema and in those that it imports. */
function resolved({ schema, isChosen }: Declared, what: string, name: string, { schemas }: Comparing): Declared | undefined {
  const imported = childrenOf(schema, 'import').flatMap(({ attributes }) => schemas.get(attributes['namespace'] ?? '') ?? [])
  for (const one of [schema, ...imported]) {
    const element = childrenOf(one, what).find(({ attributes }) => attributes['name'] === local(name))
    if (element) return { element, schema: one, isChosen }
  }
  return undefined
}

function local(name: string): string {
  return name.split(':').at(-1) ?? name
}

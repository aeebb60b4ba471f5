/**
 * Reads an XML message into a tree of elements, with a streaming parser (saxes). A message with a DOCTYPE is refused: it can define
 * entities, which grow without limit or fetch what they name. Depth, the size of a text and the number of elements are limited.
 */
import { type Problem, problem, type Result } from '@helsevev/kernel/problem/problem'
import { SaxesParser } from 'saxes'

export interface Element {
  /** Without prefix. */
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  children: Element[]
  /** Trimmed. */
  text: string
  /** Texts and elements in their order. */
  content: (string | Element)[]
}

/** Elements inside one another, and elements of a message. */
export const XML_LIMITS = { depth: 60, elements: 200_000 }
/** Characters passed to the parser at a time. */
const CHUNK = 64 * 1024

/** Attributes about XML itself, which are none of the message: declarations of namespaces, of schemas, and the language. */
const ABOUT_XML: ReadonlySet<string> = new Set([
  'http://www.w3.org/2000/xmlns/',
  'http://www.w3.org/2001/XMLSchema-instance',
  'http://www.w3.org/XML/1998/namespace',
])

class Refused extends Error {}

/** Whether an element is left out with its content, such as an attachment; `parents` are those it stands in, the root first. */
type Skip = (name: string, parents: readonly Pick<Element, 'name'>[]) => boolean

/** The root element, without what `skip` says. `not-xml` names the line. */
export function readXml(text: string, skip: Skip): Result<Element> {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const root: Element = { name: '', namespace: '', attributes: {}, children: [], text: '', content: [] }
  const open: Element[] = [root]
  let elements = 0
  let skipped = 0
  parser.on('doctype', () => {
    throw new Refused('The message has a DOCTYPE. Send it without.')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1
    if (elements > XML_LIMITS.elements || open.length > XML_LIMITS.depth)
      throw new Refused('The message has too many elements, or too deep ones.')
    if (skipped > 0 || skip(local, open.slice(1))) {
      skipped += 1
      return
    }
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(
        Object.values(attributes)
          .filter((attribute) => !ABOUT_XML.has(attribute.uri))
          .map((attribute) => [attribute.local, attribute.value]),
      ),
      children: [],
      text: '',
      content: [],
    }
    open.at(-1)?.children.push(element)
    open.at(-1)?.content.push(element)
    open.push(element)
  })
  const add = (characters: string) => {
    const element = open.at(-1)
    if (!element || skipped > 0) return
    element.text += characters
    element.content.push(characters)
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    if (skipped > 0) {
      skipped -= 1
      return
    }
    const element = open.pop()
    if (element) element.text = element.text.trim()
  })
  parser.on('error', (error) => {
    throw new Refused(`The message is not well-formed XML: ${error.message.slice(0, 200)}`)
  })
  try {
    for (let start = 0; start < text.length; start += CHUNK) parser.write(text.slice(start, start + CHUNK))
    parser.close()
  } catch (error) {
    if (error instanceof Refused) return notXml(error.message, parser.line)
    throw error
  }
  return root.children[0] ?? notXml('The message is empty.', 1)
}

function notXml(text: string, line: number): Problem {
  return problem('not-xml', `${text} (line ${line})`)
}

/** The first child with one of these names. */
export function child(element: Element | undefined, ...names: string[]): Element | undefined {
  return element?.children.find(({ name }) => names.includes(name))
}

/** The element at the end of a path of names. */
export function at(element: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>((here, name) => child(here, name), element)
}

export function childrenOf(element: Element | undefined, name: string): Element[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? []
}

/** What was read of an element: names of attributes, and its text. What was not is found by `unreadIn`. */
const read = new WeakMap<Element, Set<string>>()
/** Elements whose content `unreadIn` has answered. */
const answered = new WeakSet<Element>()
const TEXT = '#text'

/** Counts attributes of an element as read; without a name its text. */
export function markRead(element: Element, ...names: string[]): void {
  const parts = read.get(element) ?? new Set()
  for (const name of names.length > 0 ? names : [TEXT]) parts.add(name)
  read.set(element, parts)
}

/** Text of an element; undefined when it is absent, empty or NULL. */
export function textOf(element: Element | undefined): string | undefined {
  if (element) markRead(element)
  const text = element?.text
  return text === undefined || text === '' || text === 'NULL' ? undefined : text
}

/** Attribute V, which contains the value in KITH's types; the name DN and the list S of a code say no more. */
export function codeOf(element: Element | undefined): string | undefined {
  if (element) markRead(element, 'V', 'S', 'DN')
  const value = element?.attributes['V']?.trim()
  return value === undefined || value === '' || value === 'NULL' ? undefined : value
}

/** Attribute U, the unit of a value. */
export function unitOf(element: Element | undefined): string | undefined {
  if (element) markRead(element, 'U')
  return element?.attributes['U']?.trim()
}

/**
 * What an element and its descendants state and nothing has read, as `{path}: {value}`: text, attributes and elements; afterwards it counts
 * as read. `stop` names elements whose content is left out on purpose. An element that was asked about before is passed over.
 */
export function unreadIn(element: Element | undefined, stop: (path: string) => boolean): { path: string; value: string }[] {
  if (!element || answered.has(element)) return []
  answered.add(element)
  return [...unreadOf(element, element.name), ...element.children.flatMap((inner) => unreadBelow(inner, stop, ''))]
}

function unreadBelow(element: Element, stop: (path: string) => boolean, parent: string): { path: string; value: string }[] {
  const place = parent === '' ? element.name : `${parent}/${element.name}`
  if (answered.has(element) || stop(place)) return []
  return [...unreadOf(element, place), ...element.children.flatMap((inner) => unreadBelow(inner, stop, place))]
}

/** The value of KITH's types in one line, and every other attribute by its name. */
function unreadOf(element: Element, place: string): { path: string; value: string }[] {
  const parts = read.get(element)
  const left = (name: string, value: string | undefined) => (parts?.has(name) || value?.trim() === 'NULL' ? undefined : value?.trim())
  const { V, S: _list, DN, OT, U, ...others } = element.attributes
  const code = left('V', V)
  const display = left('DN', DN)
  const original = OT?.trim() === (display ?? DN)?.trim() || (code === undefined && OT?.trim() === V?.trim()) ? undefined : left('OT', OT)
  const value = [display ?? (original ? undefined : code), original, left('U', U), left(TEXT, element.text)].filter(Boolean).join(' ')
  const more = Object.entries(others).map(([name, text]) => ({ path: `${place}/@${name}`, value: left(name, text) ?? '' }))
  markRead(element, TEXT, ...Object.keys(element.attributes))
  return [{ path: place, value }, ...more].filter((one) => one.value !== '')
}

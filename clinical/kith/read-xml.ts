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

/** Declarations of namespaces, which are no attributes of the message. */
const XMLNS = 'http://www.w3.org/2000/xmlns/'

class Refused extends Error {}

/** The root element; `skip` names elements whose content is left out, such as attachments. `not-xml` names the line. */
export function readXml(text: string, skip: ReadonlySet<string>): Result<Element> {
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
    if (skipped > 0 || skip.has(local)) {
      skipped += 1
      return
    }
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(
        Object.values(attributes)
          .filter((attribute) => attribute.uri !== XMLNS)
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

/** The elements of which something was read, so that what was not is found (`unreadIn`). */
const seen = new WeakSet<Element>()

/** Text of an element; undefined when it is absent, empty or NULL. */
export function textOf(element: Element | undefined): string | undefined {
  if (element) seen.add(element)
  const text = element?.text
  return text === undefined || text === '' || text === 'NULL' ? undefined : text
}

/** Attribute V, which contains the value in KITH's types. */
export function codeOf(element: Element | undefined): string | undefined {
  if (element) seen.add(element)
  const value = element?.attributes['V']?.trim()
  return value === undefined || value === '' || value === 'NULL' ? undefined : value
}

/** Elements of XHTML after which a new line begins, and those that divide a line. */
const LINES = /^(p|div|br|li|ul|ol|tr|table|h[1-6]|pre|blockquote|dd|dt|hr|section)$/i
const CELLS = /^t[dh]$/i

/** The text of an element with that of all its descendants, such as the paragraphs, lists and tables of XHTML. */
export function wholeTextOf(element: Element | undefined): string | undefined {
  if (!element) return undefined
  const parts: string[] = []
  const add = (one: Element): void => {
    seen.add(one)
    for (const part of one.content) {
      if (typeof part === 'string') parts.push(part)
      else {
        const isLine = LINES.test(part.name)
        if (isLine) parts.push('\n')
        if (part.name === 'img') parts.push(part.attributes['alt'] ?? '')
        add(part)
        if (isLine) parts.push('\n')
        else if (CELLS.test(part.name)) parts.push('  ')
      }
    }
  }
  add(element)
  const lines = parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
  const text = (element.children.length > 0 ? lines.filter((line) => line !== '').join('\n') : element.text).trim()
  return text === '' || text === 'NULL' ? undefined : text
}

/**
 * What an element and its descendants state and nothing has read, as `{path}: {value}`; afterwards it counts as read. `stop` names
 * elements that are read by themselves, or whose content is left out on purpose.
 */
export function unreadIn(element: Element | undefined, stop: (path: string) => boolean, path = ''): { path: string; value: string }[] {
  if (!element) return []
  return element.children.flatMap((inner) => {
    const place = path === '' ? inner.name : `${path}/${inner.name}`
    if (stop(place)) return []
    const { V: code, DN: display, OT: original, U: unit } = inner.attributes
    const value = [display ?? original ?? code, unit, inner.text]
      .map((text) => text?.trim())
      .filter(Boolean)
      .join(' ')
    const isRead = seen.has(inner)
    seen.add(inner)
    const own = isRead || value === '' || value === 'NULL' ? [] : [{ path: place, value }]
    return [...own, ...unreadIn(inner, stop, place)]
  })
}

/** Counts an element as read, such as one whose attributes are a code. */
export function markRead(element: Element): void {
  seen.add(element)
}

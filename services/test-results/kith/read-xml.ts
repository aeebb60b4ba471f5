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
}

const MAX_DEPTH = 60
const MAX_ELEMENTS = 200_000
/** Characters passed to the parser at a time. */
const CHUNK = 64 * 1024

class Refused extends Error {}

/** The root element; `skip` names elements whose content is left out, such as attachments. `not-xml` names the line. */
export function readXml(text: string, skip: ReadonlySet<string>): Result<Element> {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const root: Element = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open: Element[] = [root]
  let elements = 0
  let skipped = 0
  parser.on('doctype', () => {
    throw new Refused('The message has a DOCTYPE. Send it without.')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1
    if (elements > MAX_ELEMENTS || open.length > MAX_DEPTH) throw new Refused('The message has too many elements, or too deep ones.')
    if (skipped > 0 || skip.has(local)) {
      skipped += 1
      return
    }
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(Object.values(attributes).map((attribute) => [attribute.local, attribute.value])),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const add = (characters: string) => {
    const element = open.at(-1)
    if (element && skipped === 0) element.text += characters
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

/** Text of an element; undefined when it is absent, empty or NULL. */
export function textOf(element: Element | undefined): string | undefined {
  const text = element?.text
  return text === undefined || text === '' || text === 'NULL' ? undefined : text
}

/** Attribute V, which contains the value in KITH's types. */
export function codeOf(element: Element | undefined): string | undefined {
  const value = element?.attributes['V']?.trim()
  return value === undefined || value === '' || value === 'NULL' ? undefined : value
}

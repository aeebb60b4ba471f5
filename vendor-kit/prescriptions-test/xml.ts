/** The little XML that a mediator needs: a tree of elements, and its text again. A message with a DOCTYPE is refused. */
import { SaxesParser } from 'saxes'

export interface Element {
  /** Without prefix. */
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  content: (string | Element)[]
}

/** Undefined for what is no XML. */
export function parseXml(text: string): Element | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const root: Element = { name: '', namespace: '', attributes: {}, content: [] }
  const open = [root]
  parser.on('doctype', () => {
    throw new SyntaxError('The message has a DOCTYPE.')
  })
  parser.on('error', (error) => {
    throw new SyntaxError(error.message)
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    const own = Object.values(attributes).filter(({ uri: of, prefix, local: name }) => !/xmlns|schema/i.test(`${of}${prefix}${name}`))
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(own.map(({ local: name, value }) => [name, value])),
      content: [],
    }
    open.at(-1)?.content.push(element)
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', (characters) => open.at(-1)?.content.push(characters))
  parser.on('cdata', (characters) => open.at(-1)?.content.push(characters))
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return root.content.find((part) => typeof part !== 'string')
}

export function childrenOf(element: Element | undefined, name?: string): Element[] {
  const children = element?.content.filter((part) => typeof part !== 'string') ?? []
  return name === undefined ? children : children.filter((one) => one.name === name)
}

/** The first element on a path of names, such as `MsgInfo/MsgId`. */
export function find(element: Element | undefined, path: string): Element | undefined {
  return path.split('/').reduce<Element | undefined>((within, name) => childrenOf(within, name)[0], element)
}

/** Undefined where there is none, or nothing in it. */
export function textAt(element: Element | undefined, path: string): string | undefined {
  return textOf(find(element, path))
}

export function textOf(element: Element | undefined): string | undefined {
  const text = element?.content
    .filter((part) => typeof part === 'string')
    .join('')
    .trim()
  return text || undefined
}

/** The code of a coded element. */
export function codeAt(element: Element | undefined, path: string): string | undefined {
  return find(element, path)?.attributes['V']
}

export function isTrueAt(element: Element | undefined, path: string): boolean {
  return /^(true|1)$/.test(textAt(element, path) ?? '')
}

/** As XML; `outer` is the namespace that is in force where it is put. */
export function writeXml({ name, namespace, attributes, content }: Element, outer = ''): string {
  const declared = namespace === outer ? '' : ` xmlns="${escaped(namespace)}"`
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inside = content.map((part) => (typeof part === 'string' ? escaped(part) : writeXml(part, namespace)))
  return `<${name}${declared}${written.join('')}>${inside.join('')}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

export function escaped(text: string): string {
  return text.replaceAll(/[<>&"]/g, (character) => entities[character] ?? character)
}

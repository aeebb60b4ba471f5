/** What the repository says to people, read out of a file: its comments, the text of its pages, and the texts of its problems. */
import { parseSync, Visitor } from 'oxc-parser'

/** A piece of prose, one entry for each line of the file that it covers. */
export interface ProseLine {
  line: number
  text: string
}

/** The prose of one file, by the ending of its name; none in files of other kinds. */
export function proseOf(file: string, source: string): ProseLine[] {
  if (/\.tsx?$/.test(file)) return proseOfModule(file, source)
  if (file.endsWith('.sql')) return numbered(source, 1).flatMap(commentOfSql)
  if (file.endsWith('.md')) return proseOfPage(source)
  return []
}

/** Members that hold sentences: of a problem or an issue, of a row of a contract, and what a check asks for. */
const sentences = new Set(['sentence', 'text', 'about', 'instead'])

function proseOfModule(file: string, source: string): ProseLine[] {
  const parsed = parseSync(file, source)
  const pieces = parsed.comments.map(({ value, start }) => ({ text: value, start }))
  const add = (node: unknown) => pieces.push(...literalsOf(node))
  new Visitor({
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'problem') add(node.arguments[1])
    },
    Property: (node) => {
      if (node.key.type === 'Identifier' && sentences.has(node.key.name)) add(node.value)
    },
  }).visit(parsed.program)
  return pieces
    .filter(({ text }) => !/^\s*(biome-ignore|@ts-)/.test(text))
    .flatMap(({ text, start }) => numbered(text, lineAt(source, start)))
    .map(({ line, text }) => ({ line, text: withoutCode(text.replace(/^\s*\*?\s*/, '')) }))
}

/** The fixed parts of a string, of a template, or of a choice between them. */
function literalsOf(node: unknown): { text: string; start: number }[] {
  if (typeof node !== 'object' || node === null || !('type' in node) || !('start' in node)) return []
  const start = Number(node.start)
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') return [{ text: node.value, start }]
  if (node.type === 'TemplateLiteral' && 'quasis' in node && Array.isArray(node.quasis))
    return node.quasis.map((quasi) => ({ text: String(quasi.value.cooked), start: Number(quasi.start) }))
  if (node.type === 'ConditionalExpression' && 'consequent' in node && 'alternate' in node)
    return [...literalsOf(node.consequent), ...literalsOf(node.alternate)]
  return []
}

function commentOfSql({ line, text }: ProseLine): ProseLine[] {
  const start = text.indexOf('--')
  return start === -1 ? [] : [{ line, text: withoutCode(text.slice(start + 2)) }]
}

function proseOfPage(page: string): ProseLine[] {
  let fenced = false
  return numbered(page, 1).flatMap(({ line, text }) => {
    const fence = /^\s*(```|~~~)/.test(text)
    if (fence) fenced = !fenced
    return fence || fenced || /^ {4,}\S/.test(text) ? [] : [{ line, text: withoutCode(text) }]
  })
}

/** Code spans and addresses are not prose. */
function withoutCode(text: string): string {
  return text.replace(/`[^`]*`/g, '…').replace(/\bhttps?:\S+/g, '…')
}

function numbered(text: string, first: number): ProseLine[] {
  return text.split('\n').map((each, index) => ({ line: first + index, text: each }))
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}

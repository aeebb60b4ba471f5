/** The prose of a file: its comments, the text of a page, and the sentences of its problems, errors and tables. */
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

/** Members that hold a sentence when their text is long enough: the English form of a text, and the faults of a file. */
const perhapsSentences = new Set(['en', 'rule', 'remedy'])

/** Declarations whose members are read by vendors, such as a table of rules. */
const tableNames = /rule|refusal|flag|sentence|problem/i

interface Piece {
  text: string
  start: number
}

function proseOfModule(file: string, source: string): ProseLine[] {
  const parsed = parseSync(file, source)
  const comments = parsed.comments.map(({ value, start }) => ({ text: value, start }))
  const pieces = new Map<number, Piece>()
  for (const piece of [...comments, ...textsOf(parsed.program), ...tableTextsOf(parsed, source)]) pieces.set(piece.start, piece)
  return [...pieces.values()]
    .filter(({ text }) => !/^\s*(biome-ignore|@ts-)/.test(text))
    .flatMap(({ text, start }) => numbered(text, lineAt(source, start)))
    .map(({ line, text }) => ({ line, text: withoutCode(text.replace(/^\s*\*?\s*/, '')) }))
}

type Parsed = ReturnType<typeof parseSync>

/** Texts of problems and errors, and members whose name alone shows that they are prose. */
function textsOf(program: Parsed['program']): Piece[] {
  const pieces: Piece[] = []
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'problem') pieces.push(...literalsOf(given[1]))
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name.endsWith('Error')) pieces.push(...longLiteralsOf(given[0]))
    },
    Property: ({ key, value }) => {
      if (key.type !== 'Identifier') return
      if (sentences.has(key.name)) pieces.push(...literalsOf(value))
      if (perhapsSentences.has(key.name)) pieces.push(...longLiteralsOf(value))
    },
  }).visit(program)
  return pieces
}

/** Sentences in tables: declarations marked as a table for the formatter, and those named like one. Texts of the pages are left out. */
function tableTextsOf({ program, comments }: Parsed, source: string): Piece[] {
  const marked = new Set(comments.filter(({ value }) => /^\s*biome-ignore format/.test(value)).map(({ end }) => nextAfter(source, end)))
  const tables: Span[] = []
  const translated: Span[] = []
  const pieces: Piece[] = []
  const addMarked = ({ start, end }: Span) => {
    if (marked.has(start)) tables.push({ start, end })
  }
  new Visitor({
    ExportNamedDeclaration: addMarked,
    VariableDeclaration: addMarked,
    ReturnStatement: addMarked,
    ExpressionStatement: addMarked,
    ObjectExpression: addMarked,
    Property: (property) => {
      addMarked(property)
      if (!isNorwegian(property.key)) pieces.push(...longLiteralsOf(property.value).filter(({ text }) => !/[æøå]/i.test(text)))
    },
    VariableDeclarator: ({ id, init, start, end }) => {
      if (id.type !== 'Identifier' || !tableNames.test(id.name)) return
      tables.push({ start, end })
      pieces.push(...longLiteralsOf(init))
    },
    CallExpression: ({ callee, start, end }) => {
      if (callee.type === 'Identifier' && callee.name === 'texts') translated.push({ start, end })
    },
  }).visit(program)
  const within = (spans: Span[], at: number) => spans.some(({ start, end }) => start <= at && at < end)
  return pieces.filter(({ start }) => within(tables, start) && !within(translated, start))
}

interface Span {
  start: number
  end: number
}

/** Where the code after a comment begins. */
function nextAfter(source: string, end: number): number {
  return end + source.slice(end).search(/\S|$/)
}

function isNorwegian(key: unknown): boolean {
  return typeof key === 'object' && key !== null && 'name' in key && (key.name === 'nb' || key.name === 'nn')
}

/** The literals of a node that has three words or more: shorter texts are names and codes. */
function longLiteralsOf(node: unknown): Piece[] {
  const pieces = literalsOf(node)
  const words = pieces.flatMap(({ text }) => text.match(/\S+/g) ?? [])
  return words.length < 3 ? [] : pieces
}

/** The fixed parts of a string, of a template, or of a choice between them. */
function literalsOf(node: unknown): Piece[] {
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

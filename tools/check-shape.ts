/** Lines of at most 140 characters, and functions of at most 80 lines; tables excepted. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import type { Fault } from './fault.ts'
import { filesUnder } from './files.ts'

const longestLine = 140
const longestFunction = 80

/** Written by a program, or never changed once written. */
const notChecked = [/^kernel\/store\/migrations\//, /^kernel\/store\/schema\.sql$/, /^bench\/results\//, /^docs\/run\/commands\.md$/]

interface Range {
  from: number
  to: number
}

/** Every line and function under `root` that is too long. */
export async function shapeFindings(root: string): Promise<Fault[]> {
  const files = await filesUnder(root, (name) => /\.(tsx?|sql|md|s?css)$/.test(name))
  const found = await Promise.all(
    files
      .filter((file) => !notChecked.some((one) => one.test(file)))
      .map(async (file) => findingsIn(file, await readFile(join(root, file), 'utf8'))),
  )
  return found.flat()
}

function findingsIn(file: string, source: string): Fault[] {
  const isModule = /\.tsx?$/.test(file)
  const { tables, functions } = isModule ? rangesOf(file, source) : { tables: tablesOfPage(source), functions: [] }
  const inTable = (line: number) => tables.some(({ from, to }) => from <= line && line <= to)
  const lines = source.split('\n').flatMap((text, index) => {
    const length = text.replace(/\bhttps?:[^\s)>'"`]+/g, '').length
    if (length <= longestLine || inTable(index + 1)) return []
    return [{ file, line: index + 1, message: `has ${length} characters, and may have ${longestLine}.` }]
  })
  if (/\.test\.tsx?$/.test(file)) return lines
  const long = functions
    .map(({ from, to }) => ({ from, length: to - from + 1 }))
    .filter(({ from, length }) => length > longestFunction && !inTable(from))
    .map(({ from, length }) => ({ file, line: from, message: `is a function of ${length} lines, and may have ${longestFunction}.` }))
  return [...lines, ...long]
}

/** Functions, and the statements that `biome-ignore format` marks as tables, by their lines. */
function rangesOf(file: string, source: string): { tables: Range[]; functions: Range[] } {
  const parsed = parseSync(file, source)
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const lineAt = (offset: number) => lineStarts.findLastIndex((start) => start <= offset) + 1
  const range = ({ start, end }: { start: number; end: number }): Range => ({ from: lineAt(start), to: lineAt(end - 1) })
  const functions: Range[] = []
  const add = (node: { start: number; end: number }) => functions.push(range(node))
  new Visitor({ FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add }).visit(parsed.program)

  const nodes = nodesIn(parsed.program)
  const tables = parsed.comments
    .filter(({ value }) => value.trim().startsWith('biome-ignore format'))
    .flatMap((comment) => {
      const next = /\S/.exec(source.slice(comment.end))
      const start = comment.end + (next?.index ?? 0)
      const marked = nodes.filter((node) => node.start === start).sort((a, b) => b.end - a.end)[0]
      return marked ? [range(marked)] : []
    })
  return { tables, functions }
}

function nodesIn(value: unknown): { start: number; end: number }[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  const own = 'start' in value && 'end' in value && 'type' in value ? [{ start: Number(value.start), end: Number(value.end) }] : []
  return [...own, ...Object.values(value).flatMap(nodesIn)]
}

/** Rows of tables, and what stands between fences. */
function tablesOfPage(page: string): Range[] {
  let fenced = false
  return page.split('\n').flatMap((text, index) => {
    const fence = /^\s*(```|~~~)/.test(text)
    if (fence) fenced = !fenced
    return fenced || /^\s*\|/.test(text) ? [{ from: index + 1, to: index + 1 }] : []
  })
}

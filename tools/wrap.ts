/**
 * `node tools/wrap.ts file…` wraps the paragraphs and comments that have a line over 140 characters; others stay as they are. Code spans,
 * links and the names of tests that a page names as evidence are never broken.
 */
import { readFile, writeFile } from 'node:fs/promises'

const longestLine = 140

/** A page of Markdown with every paragraph and item of a list that was too wide wrapped. */
export function wrapPage(page: string): string {
  let fenced = false
  const out: string[] = []
  let block: string[] = []
  const flush = () => {
    out.push(...wrapBlock(block))
    block = []
  }
  for (const text of page.split('\n')) {
    const fence = /^\s*(```|~~~)/.test(text)
    if (fence) fenced = !fenced
    const stays = fence || fenced || /^\s*(\||#|<|>|\[[^\]]+\]:|$)/.test(text) || (block.length === 0 && /^ {4,}/.test(text))
    if (stays) {
      flush()
      out.push(text)
      continue
    }
    if (/^\s*([-*+]|\d+\.)\s/.test(text)) flush()
    block.push(text)
  }
  flush()
  return out.join('\n')
}

/** Comments of a module, and of SQL, that were too wide. */
export function wrapComments(source: string): string {
  const marks = /^(\s*(?:\*(?!\/)|\/\/|--)\s)(.*)$/
  const out: string[] = []
  let block: { mark: string; text: string }[] = []
  const flush = () => {
    const mark = block[0]?.mark ?? ''
    const isWide = block.some(({ text }) => mark.length + text.length > longestLine)
    out.push(...(isWide ? fill(atoms(block.map(({ text }) => text)), mark, mark) : block.map(({ text }) => mark + text)))
    block = []
  }
  for (const line of source.split('\n').flatMap(opened)) {
    const [, mark, text] = marks.exec(line) ?? []
    if (mark === undefined || text === undefined || /^(\s|[-*@|]|\d+\.|biome-ignore|!)/.test(text)) {
      flush()
      out.push(line)
      continue
    }
    if (block[0] && block[0].mark !== mark) flush()
    block.push({ mark, text })
  }
  flush()
  return out.join('\n')
}

/** A comment on one line that is too wide becomes one of several. */
function opened(line: string): string[] {
  const [, indent, text] = line.length > longestLine ? (/^(\s*)\/\*\* (.*) \*\/$/.exec(line) ?? []) : []
  return indent === undefined || text === undefined ? [line] : [`${indent}/**`, `${indent} * ${text}`, `${indent} */`]
}

function wrapBlock(block: readonly string[]): string[] {
  if (block.every((text) => text.length <= longestLine) || block.some((text) => /( {2}|\\)$/.test(text))) return [...block]
  const first = /^\s*(?:(?:[-*+]|\d+\.)\s+)?/.exec(block[0] ?? '')?.[0] ?? ''
  const texts = block.map((text, index) => (index === 0 ? text.slice(first.length) : text.trim()))
  return fill(atoms(texts), first, ' '.repeat(first.length))
}

/** Words, with what must stay on one line as one word. */
function atoms(texts: readonly string[]): string[] {
  const whole = texts.join(' ').replace(/\s+/g, ' ').trim()
  return whole.match(/(?:`[^`]*`(?:\s›\s(?=`))?|!?\[[^\]`]{0,60}\]\([^)]*\)|\S)+/g) ?? []
}

function fill(words: readonly string[], first: string, next: string): string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of words) {
    const isBreakable = !/^([-*+#>|]|\d+\.)$|^[#>|]/.test(word)
    if (!isEmpty && line.length + 1 + word.length > longestLine && isBreakable) {
      lines.push(line)
      line = next + word
    } else line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}

if (import.meta.main) {
  for (const file of process.argv.slice(2)) {
    const source = await readFile(file, 'utf8')
    const wrapped = file.endsWith('.md') ? wrapPage(source) : wrapComments(source)
    if (wrapped !== source) await writeFile(file, wrapped)
  }
}

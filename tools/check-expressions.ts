/**
 * Regular expressions take linear time. An expression that tries a long text again from many places lets one sender stop the process: a
 * name of 400,000 brackets once did so for 100 seconds. recheck (https://makenowjust-labs.github.io/recheck/) decides by automata, or by a
 * search for an attack where an expression has no automaton; `check-expressions.test.ts` times each in addition.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Node, parseSync, Visitor } from 'oxc-parser'
import { check } from 'recheck'
import type { Fault } from './fault.ts'
import { filesUnder } from './files.ts'

/** What does not run where others send texts: tests, measurements, checks and the cases of access. */
const notServed = /(?:\.test\.tsx?$)|^(?:e2e|bench|tools|kernel\/testing|kernel\/access\/cases)\//

export interface Expression {
  file: string
  line: number
  /** Undefined when the check cannot read it from the source. */
  source: string | undefined
  flags: string
}

/** Every expression of the code that runs, with one of each in its first place. */
export async function expressionsUnder(root: string): Promise<Expression[]> {
  const files = await filesUnder(root, (name) => /\.tsx?$/.test(name))
  const served = files.filter((file) => !notServed.test(file))
  const found = await Promise.all(served.map(async (file) => expressionsIn(file, await readFile(join(root, file), 'utf8'))))
  return [...new Map(found.flat().map((one) => [`${one.source ?? `${one.file}:${one.line}`}/${one.flags}`, one])).values()]
}

/** The expressions of a file: literals, and RegExp made of texts that the file itself holds. */
export function expressionsIn(file: string, text: string): Expression[] {
  const { program } = parseSync(file, text)
  const lineOf = (at: number) => text.slice(0, at).split('\n').length
  const constants = new Map<string, Node>()
  const found: Expression[] = []
  const made = (node: { start: number; callee: Node; arguments: Node[] }) => {
    if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return
    const [source, flags] = node.arguments
    found.push({
      file,
      line: lineOf(node.start),
      source: source && textOf(source, constants),
      flags: flags ? (textOf(flags, constants) ?? '') : '',
    })
  }
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init) constants.set(id.name, init)
    },
  }).visit(program)
  new Visitor({
    Literal: (node) => {
      if ('regex' in node && node.regex) found.push({ file, line: lineOf(node.start), source: node.regex.pattern, flags: node.regex.flags })
    },
    NewExpression: made,
    CallExpression: made,
  }).visit(program)
  return found
}

/** The text that an expression of the language gives, where constants of the file decide it. */
function textOf(node: Node, constants: ReadonlyMap<string, Node>): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'Identifier') {
    const constant = constants.get(node.name)
    return constant && textOf(constant, constants)
  }
  const isRaw = node.type === 'TaggedTemplateExpression'
  const template = isRaw ? node.quasi : node
  if (template.type !== 'TemplateLiteral') return undefined
  const values = template.expressions.map((one) => textOf(one, constants))
  if (values.includes(undefined)) return undefined
  return template.quasis.map(({ value }, at) => (isRaw ? value.raw : (value.cooked ?? '')) + (values[at] ?? '')).join('')
}

/** Steps that are counted decide, and no time: on a busy machine, an attack that takes long would pass for one that succeeds. */
const limits = { timeout: 120_000, attackTimeout: null, incubationTimeout: null, seedingTimeout: null } as const

/** Every expression that is not shown to be linear. What was shown once is remembered with the installed packages. */
export async function checkExpressions(root: string): Promise<Fault[]> {
  const remembered = join(root, 'node_modules/.cache/helsevev/linear-expressions.json')
  const known = new Set(
    await readFile(remembered, 'utf8').then(
      (text) => JSON.parse(text) as string[],
      () => [],
    ),
  )
  const faults: Fault[] = []
  for (const { file, line, source, flags } of await expressionsUnder(root)) {
    if (source === undefined) {
      faults.push({ file, line, message: 'makes a RegExp of values that the check cannot read. Write a literal, or compare the texts.' })
      continue
    }
    const key = createHash('sha256').update(`${source}/${flags}`).digest('base64url')
    if (known.has(key)) continue
    const found = await check(source, flags, limits)
    if (found.status === 'safe') known.add(key)
    else if (found.status === 'vulnerable')
      faults.push({ file, line, message: `takes ${found.complexity.summary} time. Try it with ${found.attack.pattern}.` })
    else faults.push({ file, line, message: `is not decided (${found.error.kind}). Write it with fewer repetitions.` })
  }
  await mkdir(dirname(remembered), { recursive: true })
  await writeFile(remembered, JSON.stringify([...known]))
  return faults
}

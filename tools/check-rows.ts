/**
 * Whether rows are reached under a decision alone. What an interaction receives holds no connection to the database, and no module that has
 * an exchange names one: a statement takes its connection where it is bound. docs/decisions/0035-interactions-on-a-decision.md
 */
import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import type { Fault } from './fault.ts'
import { filesUnder } from './files.ts'

/** The modules of kernel/fhir that hold a connection: they bind statements, or are statements. */
const holders = new Set([
  'kernel/fhir/rows.ts',
  'kernel/fhir/records.ts',
  'kernel/fhir/write/record-store.ts',
  'kernel/fhir/messages/unattached-messages.ts',
])

/** The modules that bind statements: they hold the decision, and hand the bound statements to the work. */
const isBinding = (file: string) =>
  // The time limit passes on what they bind, and keeps nothing.
  ['kernel/fhir/decided.ts', 'kernel/fhir/time-limit.ts'].includes(file) || file.startsWith('kernel/fhir/write/')

const instead = [
  'Only what is bound to a decision reaches a row. Put the statement in a module of its area,',
  "bind it in the area's rows.ts (Bind, kernel/fhir/rows.ts), and call it in the work of decided().",
].join(' ')

const insteadOfBinding =
  'Only decided() and the writes bind statements to a decision. Pass the Bind to decided(), and take the rows that its work receives.'

/** Every place under `root` where a module that has an exchange, or serves one, names a connection or imports a function that takes one. */
export async function checkRows(root: string): Promise<Fault[]> {
  const found = await filesUnder(posix.join(root, 'kernel'), (name) => /(?<!\.test)\.ts$/.test(name))
  const read = found.map(async (path) => {
    const file = `kernel/${path}`
    return [file, moduleOf(file, await readFile(posix.join(root, file), 'utf8'))] as const
  })
  const modules = new Map(await Promise.all(read))
  return [...modules].flatMap(([file, module]) => [...connectionFaults(file, module, modules), ...bindingFaults(file, module)])
}

/** Each connection once for each file, at its first place. */
function connectionFaults(file: string, { hasExchange, names, imports }: Module, modules: ReadonlyMap<string, Module>): Fault[] {
  const isChecked = /^kernel\/(?:fhir|http)\//.test(file) ? !holders.has(file) : /^kernel\/areas\//.test(file) && hasExchange
  if (!isChecked) return []
  const taken = imports.filter(({ module, name }) => module === 'postgres' || modules.get(module)?.statements.has(name))
  const found = [...names, ...taken.map(({ line, module, name }) => ({ line, what: `imports ${name} of ${module}` }))]
  return onceEach(found).map(({ line, what }) => ({ file, line, message: `${what}. ${instead}` }))
}

function bindingFaults(file: string, { binds }: Module): Fault[] {
  if (isBinding(file)) return []
  return onceEach(binds).map(({ line, what }) => ({ file, line, message: `${what}. ${insteadOfBinding}` }))
}

interface Place {
  line: number
  what: string
}

function onceEach(places: readonly Place[]): Place[] {
  return places.filter(({ what }, index) => places.findIndex((other) => other.what === what) === index)
}

interface Module {
  hasExchange: boolean
  /** Where it names a connection. */
  names: Place[]
  /** Where it takes `bound` or `boundAll` from the access to rows. */
  binds: Place[]
  imports: { line: number; module: string; name: string }[]
  /** Exported functions whose first parameter is a connection, or holds one. */
  statements: ReadonlySet<string>
}

function moduleOf(file: string, source: string): Module {
  const names: Module['names'] = []
  const binds: Module['binds'] = []
  const imports: Module['imports'] = []
  const statements = new Set<string>()
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length
  new Visitor({
    Identifier({ name, start }) {
      if (name === 'sql') names.push({ line: lineAt(start), what: 'names sql' })
    },
    CallExpression({ callee, start }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || !isBinder(callee.property.name)) return
      binds.push({ line: lineAt(start), what: `takes ${callee.property.name}` })
    },
    ObjectPattern({ properties }) {
      for (const one of properties) {
        if (one.type !== 'Property' || one.key.type !== 'Identifier' || !isBinder(one.key.name)) continue
        binds.push({ line: lineAt(one.start), what: `takes ${one.key.name}` })
      }
    },
    ImportDeclaration({ source: { value, start }, specifiers }) {
      const module = value.startsWith('.') ? posix.join(posix.dirname(file), value) : value
      for (const { local } of specifiers) imports.push({ line: lineAt(start), module, name: local.name })
    },
    ExportNamedDeclaration({ declaration }) {
      if (declaration?.type !== 'FunctionDeclaration' || !declaration.id) return
      const [first] = declaration.params
      if (first && /^(?:sql|tx)\b|^\{[^}]*\bsql\b/.test(source.slice(first.start, first.end))) statements.add(declaration.id.name)
    },
  }).visit(parseSync(file, source).program)
  const hasExchange =
    file.endsWith('/routes.ts') ||
    imports.some(({ module, name }) => module === 'kernel/fhir/exchange.ts' && /^(?:Service)?Exchange$/.test(name))
  return { hasExchange, names, binds, imports, statements }
}

function isBinder(name: string): boolean {
  return name === 'bound' || name === 'boundAll'
}

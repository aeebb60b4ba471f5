/**
 * Whether the documentation is complete and alive. What the system declares (services, operations, adapters, interactions, variables,
 * problem codes) has a page or a section; links lead somewhere; scripts, commands and tests that pages mention exist; README is one screen.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeFaults, type Fault } from './fault.ts'
import { filesUnder } from './files.ts'
import { describedData, namedTests } from './governance-docs.ts'
import { commandsOf, type NamedCommand, relativeLinksOf, type Section, scriptsOf, sectionsOf } from './markdown.ts'

/** One screen. */
const readmeLines = 70

const pages = {
  variables: 'docs/run/variables.md',
  problems: 'docs/api/problems.md',
  operations: 'docs/api/operation.md',
  adapters: 'docs/api/adapter.md',
  interaction: (name: string) => `docs/api/${name}.md`,
  service: (id: string) => `docs/services/${id}.md`,
}

const checks = [services, interactions, variables, problemCodes, readme, links, scripts, commands, namedTests, describedData]

/** Every gap in the documentation under `root`. */
export async function checkDocs(root: string): Promise<Fault[]> {
  return (await Promise.all(checks.map((check) => check(root)))).flat()
}

/** A folder under services/ has a page; its operations and adapters have a section there or in the API pages. */
async function services(root: string): Promise<Fault[]> {
  const faults: Fault[] = []
  const folders = (await namesIn(join(root, 'services'))).filter((name) => existsSync(join(root, 'services', name, 'package.json')))
  for (const id of folders) {
    const page = pages.service(id)
    if (!existsSync(join(root, page))) {
      faults.push({
        file: page,
        message: `is missing. Write the page of the service ${id}: purpose, who answers for the data, one request and its answer.`,
      })
    }
    const declaration = `services/${id}/service.ts`
    if (!existsSync(join(root, declaration))) continue
    const loaded = await load(root, declaration, faults)
    const service = loaded?.default
    if (!isRecord(service)) {
      if (loaded)
        faults.push({ file: declaration, message: 'has no default export. Export the declaration made by defineService as default.' })
      continue
    }
    for (const [kind, common] of [
      ['operations', pages.operations],
      ['adapters', pages.adapters],
    ] as const) {
      for (const name of declaredNames(service[kind])) {
        const described = [...(await sections(root, page)), ...(await sections(root, common))]
        if (described.some((section) => section.heading.split(/\s+/).includes(`$${name}`))) continue
        faults.push({ file: page, message: `has no section on $${name}. Add a heading with $${name} here or in ${common}.` })
      }
    }
  }
  return faults
}

/** A file in kernel/fhir/interactions/ has a page of its name. */
async function interactions(root: string): Promise<Fault[]> {
  const files = (await namesIn(join(root, 'kernel/fhir/interactions'))).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  return files
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !existsSync(join(root, pages.interaction(name))))
    .map((name) => ({
      file: pages.interaction(name),
      message: `is missing. Write the page of the interaction ${name}, or move ${name}.ts out of kernel/fhir/interactions if it is none.`,
    }))
}

/** The variables of server/env.ts and the sections of the variables page are the same set. */
async function variables(root: string): Promise<Fault[]> {
  const faults: Fault[] = []
  const declared = await exported(root, 'server/env.ts', 'variables', faults)
  if (declared)
    faults.push(...sameNames(pages.variables, Object.keys(declared), await sections(root, pages.variables), 'variable', 'server/env.ts'))
  return faults
}

/**
 * The codes of the problem catalogue, the sections of the problems page and the links of its table are the same set, with the same status
 * and issue type.
 */
async function problemCodes(root: string): Promise<Fault[]> {
  const faults: Fault[] = []
  const catalogue = 'kernel/problem/catalogue.ts'
  const declared = await exported(root, catalogue, 'problems', faults)
  if (!declared) return faults
  const described = await sections(root, pages.problems)
  faults.push(...sameNames(pages.problems, Object.keys(declared), described, 'problem code', catalogue))
  const overview = ((await text(root, pages.problems)) ?? '').split('\n## ')[0] ?? ''
  for (const code of Object.keys(declared))
    if (described.some(({ heading }) => heading === code) && !overview.includes(`[${code}](#${code})`))
      faults.push({ file: pages.problems, message: `the table of codes leaves out ${code}, which ${catalogue} has.` })
  for (const [code, row] of Object.entries(declared)) {
    const section = described.find(({ heading }) => heading === code)
    if (!section || !isRecord(row)) continue
    const first = section.text.trim().split('\n')[0] ?? ''
    const right = `${row.status} \`${row.issueType}\``
    if (!first.startsWith(right)) {
      faults.push({
        file: pages.problems,
        line: section.line,
        message: `the section ${code} must open with "${right}", as the catalogue has it.`,
      })
    }
  }
  return faults
}

async function readme(root: string): Promise<Fault[]> {
  const page = await text(root, 'README.md')
  if (page === undefined) return [{ file: 'README.md', message: 'is missing.' }]
  const lines = page.trimEnd().split('\n').length
  if (lines <= readmeLines) return []
  return [
    {
      file: 'README.md',
      message: `has ${lines} lines; one screen is ${readmeLines}. Move the rest to ARCHITECTURE.md, CONTRIBUTING.md or docs/.`,
    },
  ]
}

/** Relative links lead to a file or folder that exists, and to a heading that stands in it. */
async function links(root: string): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const file of await markdownFiles(root)) {
    for (const { value, line } of relativeLinksOf(await readFile(join(root, file), 'utf8'))) {
      const [path = '', anchor] = value.split('#')
      const target = path === '' ? file : posix.join(posix.dirname(file), decodeURIComponent(path))
      if (!existsSync(join(root, target))) {
        faults.push({ file, line, message: `links to ${value}, which does not exist. Mend the link or write the page.` })
      } else if (anchor && target.endsWith('.md') && !(await sections(root, target)).some((section) => section.anchor === anchor)) {
        faults.push({ file, line, message: `links to ${value}, but ${target} has no such heading.` })
      }
    }
  }
  return faults
}

/** Scripts that a page names are in package.json, and what those scripts run exists. */
async function scripts(root: string): Promise<Fault[]> {
  const declared: Record<string, string> = JSON.parse((await text(root, 'package.json')) ?? '{}').scripts ?? {}
  const faults: Fault[] = []
  for (const [name, command] of Object.entries(declared)) {
    for (const [, file = ''] of command.matchAll(/\bnode (?:--\S+ )*([\w./-]+\.ts)\b/g)) {
      if (!existsSync(join(root, file)))
        faults.push({ file: 'package.json', message: `the script ${name} runs ${file}, which does not exist.` })
    }
  }
  for (const file of await markdownFiles(root)) {
    for (const { value, line } of scriptsOf(await readFile(join(root, file), 'utf8'))) {
      if (!Object.hasOwn(declared, value)) faults.push({ file, line, message: `mentions the script ${value}, which package.json lacks.` })
    }
  }
  return faults
}

/** Commands of `npx helsevev` that pages name, with their options, are rows of server/commands. */
async function commands(root: string): Promise<Fault[]> {
  const list = 'server/commands/index.ts'
  if (!existsSync(join(root, list))) return []
  const faults: Fault[] = []
  const subjects = (await load(root, list, faults))?.subjects
  if (!Array.isArray(subjects)) return faults
  const loaded = await Promise.all(subjects.map(async (subject) => (await subject.load()).commands))
  const known: KnownCommand[] = loaded.flat()
  const names = new Set([...subjects.map(({ name }) => String(name)), ...known.map(({ name }) => name)])
  for (const file of await markdownFiles(root)) {
    for (const named of commandsOf(await readFile(join(root, file), 'utf8'))) {
      const message = commandFault(named, known, names)
      if (message) faults.push({ file, line: named.line, message })
    }
  }
  return faults
}

interface KnownCommand {
  name: string
  options: Record<string, unknown>
}

/** A command with its values, a subject alone, or `help` of either. */
function commandFault({ value, options }: NamedCommand, known: readonly KnownCommand[], names: ReadonlySet<string>): string | undefined {
  const name = value.replace(/^help\b ?/, '')
  const command = known.find((one) => `${name} `.startsWith(`${one.name} `))
  if (!command) return name === '' || names.has(name) ? undefined : `names npx helsevev ${name}, which server/commands does not have.`
  const strange = options.find((option) => option !== 'json' && option !== 'help' && !Object.hasOwn(command.options, option))
  return strange && `names --${strange}, which ${command.name} does not take.`
}

/** `names` and the second-level headings of a page, both ways. */
function sameNames(page: string, names: string[], described: Section[], what: string, source: string): Fault[] {
  const headings = new Set(described.map((section) => section.heading))
  const missing = names
    .filter((name) => !headings.has(name))
    .map((name) => ({ file: page, message: `has no section on the ${what} ${name} of ${source}. Add the heading "## ${name}".` }))
  const stale = described
    .filter(({ heading }) => /^([A-Z][A-Z0-9_]+|[a-z][a-z0-9]*(-[a-z0-9]+)*)$/.test(heading) && !names.includes(heading))
    .map(({ heading, line }) => ({
      file: page,
      line,
      message: `describes ${heading}, which ${source} does not declare. Remove the section.`,
    }))
  return [...missing, ...stale]
}

/** A named export that is an object; undefined when the module does not exist. */
async function exported(root: string, file: string, name: string, faults: Fault[]): Promise<Record<string, unknown> | undefined> {
  if (!existsSync(join(root, file))) return undefined
  const loaded = await load(root, file, faults)
  const value = loaded?.[name]
  if (isRecord(value)) return value
  if (loaded) faults.push({ file, message: `does not export ${name}. The check of the documentation reads it there.` })
  return undefined
}

async function load(root: string, file: string, faults: Fault[]): Promise<Record<string, unknown> | undefined> {
  try {
    return await import(pathToFileURL(join(root, file)).href)
  } catch (error) {
    faults.push({ file, message: `cannot be loaded: ${error instanceof Error ? error.message : String(error)}` })
    return undefined
  }
}

function declaredNames(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.filter(isRecord).map((one) => String(one.name))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function markdownFiles(root: string): Promise<string[]> {
  return filesUnder(root, (name) => name.endsWith('.md'))
}

async function sections(root: string, page: string): Promise<Section[]> {
  return sectionsOf((await text(root, page)) ?? '')
}

async function text(root: string, file: string): Promise<string | undefined> {
  return existsSync(join(root, file)) ? readFile(join(root, file), 'utf8') : undefined
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).sort() : []
}

if (import.meta.main) {
  const faults = await checkDocs(join(import.meta.dirname, '..'))
  if (faults.length > 0) {
    console.error(describeFaults(faults))
    process.exitCode = 1
  }
}

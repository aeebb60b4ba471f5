/** The words that follow the name of a command, read by the tables of its row: its values, or one sentence for each fault. */
import { parseArgs } from 'node:util'
import type { Command, Option } from './define-command.ts'
import { nearest } from './nearest.ts'

export type Parsed = { values: Readonly<Record<string, unknown>> } | { faults: string[] }

/** Options of every command. */
export const common = {
  json: { about: 'print the result, or the problem, as JSON and nothing else', presence: 'flag' },
  help: { about: 'print how the command is used', presence: 'flag' },
} as const satisfies Readonly<Record<string, Option>>

/** The words as options with what was given for each, and as positionals. Nothing is judged. */
export function sortWords(command: Command, words: readonly string[]): { options: GivenOption[]; positionals: string[] } {
  const rows: Readonly<Record<string, Option>> = { ...common, ...command.options }
  const types = Object.entries(rows).map(([name, { kind }]) => [name, { type: kind ? 'string' : 'boolean' }] as const)
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const options: GivenOption[] = []
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'option') options.push({ name: token.name, written: token.rawName, value: token.value, isInline: token.inlineValue })
    else if (token.kind === 'positional') positionals.push(token.value)
  }
  return { options, positionals }
}

interface GivenOption {
  name: string
  written: string
  value: string | undefined
  isInline: boolean | undefined
}

export function parseWords(command: Command, words: readonly string[]): Parsed {
  const given = sortWords(command, words)
  const values: Record<string, unknown> = {}
  const faults = [...readOptions(command, given.options, values), ...readPositionals(command, given.positionals, values)]
  if (faults.length > 0) return { faults }
  const fault = command.check(values)
  return fault ? { faults: [fault] } : { values }
}

function readOptions(command: Command, given: readonly GivenOption[], values: Record<string, unknown>): string[] {
  const byName = Map.groupBy(given, ({ name }) => name)
  const faults = [...byName.values()].flatMap((same) => optionFault(command, same) ?? [])
  for (const [name, option] of Object.entries(command.options)) {
    const [found] = byName.get(name) ?? []
    if (option.presence === 'flag') values[name] = found !== undefined
    else values[name] = found && option.kind?.read(found.value ?? '')
    if (!found && option.presence === 'required') faults.push(missing(`--${name}`, `--${name} ${option.kind?.word}`, option))
  }
  return faults
}

function optionFault(command: Command, [given, ...more]: readonly GivenOption[]): string | undefined {
  if (!given) return undefined
  const { name, written, value, isInline } = given
  const options: Readonly<Record<string, Option>> = { ...command.options, ...common }
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) return unknownOption(command, written)
  if (more.length > 0) return `--${name} is given several times. Give it once.`
  if (!option.kind) return isInline ? `--${name} takes no value. Leave out what follows the equals sign.` : undefined
  if (value === undefined || (value.startsWith('-') && value !== '-' && !isInline))
    return `--${name} lacks its value: ${option.kind.rule}. ${hint(name, option)}`
  return option.kind.read(value) === undefined ? wrong(`--${name}`, value, option, hint(name, option)) : undefined
}

function unknownOption({ name, options }: Command, written: string): string {
  const known = Object.keys({ ...options, ...common }).map((option) => `--${option}`)
  const near = nearest(written, known)
  return `${written} is no option of ${name}. ${near ? `Did you mean ${near}?` : `It takes ${known.join(', ')}.`}`
}

function readPositionals({ name, positionals }: Command, given: readonly string[], values: Record<string, unknown>): string[] {
  const faults: string[] = []
  const rest = [...given]
  for (const [key, option] of Object.entries(positionals)) {
    const word = key.toUpperCase()
    const taken = option.presence === 'several' ? rest.splice(0) : rest.splice(0, 1)
    if (taken.length === 0 && option.presence !== 'optional') faults.push(missing(word, `${word} after ${name}`, option))
    for (const text of taken) {
      if (option.kind?.read(text) === undefined) faults.push(wrong(word, text, option, `Write for example ${option.kind?.example}.`))
    }
    const read = taken.map((text) => option.kind?.read(text))
    values[key] = option.presence === 'several' ? read : read[0]
  }
  const [more] = rest
  if (more !== undefined)
    faults.push(`${JSON.stringify(more)} is one word too many for ${name}. Put a text with spaces in quotes, or leave it out.`)
  return faults
}

function missing(what: string, remedy: string, { about, kind }: Option): string {
  return `${what} is missing: ${about}. Add ${remedy}, ${kind?.rule}.`
}

function wrong(what: string, value: string, { kind }: Option, remedy: string): string {
  return `${what} takes ${kind?.rule}, which ${JSON.stringify(value)} is not. ${remedy}`
}

function hint(name: string, { kind }: Option): string {
  return `Write for example --${name} ${kind?.example}.`
}

/** The words of `npm run agreements`: which commands there are, what each needs, and what their values look like. */
import { parseArgs } from 'node:util'
import { instant } from '@helsevev/kernel/values/dates'

/** Flags and what stands for their values in the usage. */
const flags = {
  controller: 'NUMBER',
  receiver: 'NUMBER',
  organization: 'NUMBER',
  provider: 'NUMBER',
  for: 'NUMBER',
  by: 'NAME',
  type: 'organization|group|private-provider',
  service: 'ID',
  services: 'ID,ID',
  purposes: 'TREAT,ETREAT,COC,BTG',
  codes: 'CODE,CODE',
  units: 'NUMBER,NUMBER',
  unit: 'NUMBER',
  'legal-basis': 'TEXT',
  from: 'TIME',
  until: 'TIME|never',
  at: 'TIME',
  version: 'N',
  reason: 'TEXT',
  title: 'TEXT',
  name: 'TEXT',
  group: 'ID',
  'group-name': 'TEXT',
  'counter-signer': 'NAME',
  'counter-for': 'NUMBER',
  role: 'CODE',
  produces: 'yes|no',
  consumes: 'yes|no',
} as const

export type Flag = keyof typeof flags
export type Values = { [Name in Flag]?: string }

interface Shape {
  /** An id follows the command. */
  id?: true
  needs?: readonly Flag[]
  may?: readonly Flag[]
  does: string
}

const acts = ['for', 'by'] as const

// biome-ignore format: a table, one row to a line
export const shapes = {
  'list':              { may: ['controller', 'receiver'], does: 'agreements and how they stand' },
  'show':              { id: true, does: 'every version of one agreement' },
  'propose':           { needs: ['controller', 'service', 'receiver', 'purposes', 'legal-basis', ...acts], may: ['type', 'units', 'codes', 'from', 'until'], does: 'a new agreement, unsigned' },
  'sign':              { id: true, needs: acts, may: ['version'], does: 'for the side whose organisation one acts for' },
  'amend':             { id: true, needs: acts, may: ['purposes', 'codes', 'units', 'legal-basis', 'until'], does: 'the next version, unsigned' },
  'end':               { id: true, needs: ['reason', ...acts], may: ['at'], does: 'at once, or at a given time' },
  'close':             { needs: ['service', 'receiver', 'reason', ...acts], does: 'one service to one receiver, from the next call on' },
  'reopen':            { needs: ['service', 'receiver', 'reason', ...acts], does: 'what was closed' },
  'standard list':     { does: 'standard agreements' },
  'standard publish':  { id: true, needs: ['title', 'services', 'purposes', 'legal-basis', 'group', ...acts], may: ['group-name', 'codes', 'until'], does: 'version 1, or the next' },
  'standard join':     { id: true, needs: ['counter-signer', 'counter-for', ...acts], does: 'every service of it, in one act' },
  'standard leave':    { id: true, needs: ['reason', ...acts], does: 'every service of it, in one act' },
  'group make':        { id: true, needs: ['name', ...acts], does: 'a group that receives together' },
  'group enter':       { id: true, needs: acts, does: 'the group, for oneself' },
  'group leave':       { id: true, needs: ['reason', ...acts], does: 'the group, for oneself' },
  'roles':             { may: ['organization'], does: 'which authorisations may use a service' },
  'roles set':         { needs: ['service', 'role', 'purposes', ...acts], does: 'a rule about one authorisation' },
  'roles remove':      { needs: ['service', 'role', ...acts], does: 'a rule about one authorisation' },
  'participation':     { may: ['organization'], does: 'who produces and who consumes' },
  'participation set': { needs: ['service', ...acts], may: ['produces', 'consumes'], does: 'what one takes part in' },
  'deliver':           { does: 'how many patients private providers deliver to' },
  'deliver begin':     { needs: ['provider', ...acts], may: ['unit', 'from', 'until'], does: 'to the patient whose number is asked for' },
  'deliver end':       { needs: ['provider', ...acts], may: ['unit'], does: 'to the patient whose number is asked for' },
} as const satisfies Record<string, Shape>

export type CommandName = keyof typeof shapes

export interface Asked {
  command: CommandName
  /** Empty for commands without one. */
  id: string
  values: Values
}

/** What was asked for, or the text that says what is wrong with it. */
export function readWords(words: readonly string[]): Asked | string {
  const parsed = parsedWords(words)
  if (!parsed) return usage()
  const [first = '', second = ''] = parsed.positionals
  const two = isCommand(`${first} ${second}`)
  const command = two ? `${first} ${second}` : first
  if (!isCommand(command)) return usage()
  const shape: Shape = shapes[command]
  const ids = parsed.positionals.slice(two ? 2 : 1)
  const given = Object.keys(parsed.values) as Flag[]
  const missing = (shape.needs ?? []).filter((flag) => parsed.values[flag] === undefined)
  const strange = given.filter((flag) => !shape.needs?.includes(flag) && !shape.may?.includes(flag))
  const faults = [
    ...(ids.length === (shape.id ? 1 : 0) ? [] : [shape.id ? 'One id follows the command.' : 'Nothing but flags follows the command.']),
    ...missing.map((flag) => `--${flag} ${flags[flag]} is missing.`),
    ...strange.map((flag) => `--${flag} does not belong to this command.`),
    ...valueFaults(parsed.values),
  ]
  if (faults.length > 0) return `${faults.map((fault) => `${fault}\n`).join('')}Usage: ${usageOf(command)}\n`
  return { command, id: ids[0] ?? '', values: parsed.values }
}

function parsedWords(words: readonly string[]): { values: Values; positionals: string[] } | undefined {
  try {
    const options = Object.fromEntries(Object.keys(flags).map((flag) => [flag, { type: 'string' as const }]))
    return parseArgs({ args: [...words], options, allowPositionals: true }) as { values: Values; positionals: string[] }
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

function isCommand(text: string): text is CommandName {
  return Object.hasOwn(shapes, text)
}

const receiverTypes = ['organization', 'group', 'private-provider'] as const

/** Every value that is not what its flag takes. What the rules say about it is for the rules. */
function valueFaults(values: Values): string[] {
  const faults: string[] = []
  for (const flag of ['from', 'at', 'until'] as const) {
    const value = values[flag]
    if (value !== undefined && !(flag === 'until' && value === 'never') && !instant(value))
      faults.push(`--${flag} is a day, as 2026-12-31, or a time, as 2026-12-31T12:00; Norwegian unless a zone is given.`)
  }
  for (const flag of ['produces', 'consumes'] as const)
    if (values[flag] !== undefined && values[flag] !== 'yes' && values[flag] !== 'no') faults.push(`--${flag} is yes or no.`)
  if (values.version !== undefined && !/^[1-9]\d{0,5}$/.test(values.version)) faults.push('--version is a whole number from 1.')
  if (values.type !== undefined && !receiverTypes.some((type) => type === values.type))
    faults.push(`--type is ${receiverTypes.join(', ')}.`)
  return faults
}

export function receiverType({ type }: Values): (typeof receiverTypes)[number] {
  return receiverTypes.find((known) => known === type) ?? 'organization'
}

export function listed(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

export function timeOf(value: string | undefined): Date | undefined {
  return value === undefined ? undefined : instant(value)
}

/** Null is without end; undefined was not said. */
export function untilOf(value: string | undefined): Date | null | undefined {
  return value === 'never' ? null : timeOf(value)
}

export function yesOf(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'yes'
}

export function usage(): string {
  const width = Math.max(...Object.keys(shapes).map((name) => name.length))
  const lines = Object.entries(shapes).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`)
  return `Usage: npm run agreements -- COMMAND [ID] [FLAGS]
${lines.join('\n')}
What changes something needs --for NUMBER, the organisation one acts for, and --by NAME, the person who does it. A command with a flag
missing says which. docs/run/agreements.md
`
}

function usageOf(command: CommandName): string {
  const { id, needs = [], may = [] }: Shape = shapes[command]
  const words = [
    ...(id ? ['ID'] : []),
    ...needs.map((flag) => `--${flag} ${flags[flag]}`),
    ...may.map((flag) => `[--${flag} ${flags[flag]}]`),
  ]
  return ['npm run agreements --', command, ...words].join(' ')
}

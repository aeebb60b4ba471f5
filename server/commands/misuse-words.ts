/** The command line of `npm run misuse`, read. */
import { parseArgs } from 'node:util'
import { type MisuseFinding, misuseFindings } from '@helsevev/kernel/areas/misuse/cases'
import type { Period } from '@helsevev/kernel/areas/misuse/run'

export const usage = `Usage: npm run misuse -- rules                                 what each rule asks
       npm run misuse -- run --organization NUMBER --from YYYY-MM-DD --until YYYY-MM-DD
                                                              whole days; until is the day after the last
       npm run misuse -- list --organization NUMBER [--closed]
       npm run misuse -- show CASE                            its look-ups, and whom they are about
       npm run misuse -- close CASE --finding ${misuseFindings.join('|')} --note TEXT
The identity number of whoever closes is asked for.
`

const options = {
  organization: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  closed: { type: 'boolean' },
  finding: { type: 'string' },
  note: { type: 'string' },
} as const

export type Asked =
  | { command: 'rules' }
  | ({ command: 'run' } & Period)
  | { command: 'list'; organization: string; open: boolean }
  | { command: 'show'; id: string }
  | { command: 'close'; id: string; finding: MisuseFinding; note: string }

/** Flags of each command; another flag is a mistake that could mean something else than was meant. */
const flags: Record<Asked['command'], readonly string[]> = {
  rules: [],
  run: ['organization', 'from', 'until'],
  list: ['organization', 'closed'],
  show: [],
  close: ['finding', 'note'],
}

export function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const [command, id, ...more] = positionals
    if (!isCommand(command) || more.length > 0) return undefined
    if (Object.keys(values).some((flag) => !flags[command].includes(flag))) return undefined
    const { organization, from, until, closed = false, finding, note } = values
    if (command === 'show' || command === 'close') {
      const known = misuseFindings.find((one) => one === finding)
      if (!id) return undefined
      if (command === 'show') return { command, id }
      return known && note !== undefined ? { command, id, finding: known, note } : undefined
    }
    if (id) return undefined
    if (command === 'rules') return { command }
    if (!organization) return undefined
    if (command === 'list') return { command, organization, open: !closed }
    return from && until && isDay(from) && isDay(until) && from < until ? { command, organization, from, until } : undefined
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

function isCommand(word: string | undefined): word is Asked['command'] {
  return word !== undefined && Object.hasOwn(flags, word)
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

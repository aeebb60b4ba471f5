/**
 * `npm run people -- add|link|show`: the person register, for operators. Identity numbers are asked for on standard input, or read
 * from a file for several people; they are never arguments and are never printed. docs/run/people.md
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addNumber, keyOfNumber, type RegisteredNumber, registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds } from '@helsevev/kernel/store/ids'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Environment } from '../env.ts'
import { counted } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { type NewPerson, personFaults, readPeople } from './people-file.ts'
import { describePerson } from './people-show.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run people -- add [--birth-date YYYY-MM-DD] [--given-name NAME] [--family-name NAME] [--gender GENDER] [--municipality NUMBER]
       npm run people -- add --file FILE    several people, from a .json or .csv file
       npm run people -- link               a D-number or help number and the national identity number that followed it
       npm run people -- show               what the register holds of a person
Identity numbers are asked for, one to a line when standard input is piped.
`

const options = {
  file: { type: 'string' },
  'birth-date': { type: 'string' },
  'given-name': { type: 'string' },
  'family-name': { type: 'string' },
  gender: { type: 'string' },
  municipality: { type: 'string' },
} as const

type Flags = { [Name in keyof typeof options]?: string }

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await commands[asked.command](environment, asked.flags, terminal)
}

const commands = { add, link, show }

function readWords(words: readonly string[]): { command: keyof typeof commands; flags: Flags } | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const [command] = positionals
    if (positionals.length !== 1 || !(command === 'add' || command === 'link' || command === 'show')) return undefined
    const given = Object.keys(values)
    const alone = values.file !== undefined && given.length > 1
    return alone || (command !== 'add' && given.length > 0) ? undefined : { command, flags: values }
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

async function add(environment: Environment, flags: Flags, terminal: Terminal): Promise<number> {
  const people = flags.file === undefined ? await onePerson(flags, terminal) : peopleOfFile(flags.file)
  if ('faults' in people) return refuse(terminal, people.faults)
  return await withDatabase(environment, async ({ sql }) => {
    const registered = await addPeople(sql, people.people)
    if ('faults' in registered) return refuse(terminal, registered.faults)
    terminal.print(`${counted(registered.added, 'person', 'people')} added, ${registered.known} in the register already.\n`)
    return DONE
  })
}

async function onePerson(flags: Flags, { ask }: Terminal): Promise<{ people: NewPerson[] } | { faults: string[] }> {
  const person = {
    number: await ask('Identity number'),
    birthDate: flags['birth-date'],
    givenName: flags['given-name'],
    familyName: flags['family-name'],
    gender: flags.gender,
    municipality: flags.municipality,
  }
  const faults = personFaults(person)
  return faults.length > 0 ? { faults: faults.map(({ text }) => text) } : { people: [person as NewPerson] }
}

function peopleOfFile(path: string): ReturnType<typeof readPeople> {
  try {
    return readPeople(path, readFileSync(path, 'utf8'))
  } catch (error) {
    return { faults: [`${path} cannot be read: ${(error as Error).message}`] }
  }
}

/**
 * Registers those who are new; safe to run again. Numbers of wrong form are refused unless `invalidNumbers` is `flag`; then a person names the
 * `system` of the number, which its form does not tell.
 */
export async function addPeople(
  sql: Database['sql'],
  people: readonly NewPerson[],
  invalidNumbers: 'refuse' | 'flag' = 'refuse',
): Promise<{ added: number; known: number } | { faults: string[] }> {
  const unknownPlaces = await unknownMunicipalities(sql, people)
  if (unknownPlaces.length > 0)
    return { faults: unknownPlaces.map((number) => `There is no municipality ${number}. Import it, or leave it out.`) }
  const ids = createIds(() => new Date())
  let added = 0
  for (const { number, system, ...person } of people) {
    const known = await keyOfNumber(sql, number)
    const registered =
      known ??
      (await registerPerson(sql, ids, { system: classify(number)?.kind ?? system ?? 'FNR', value: number }, person, invalidNumbers))
    if (isProblem(registered)) return { faults: registered.issues.map(({ text }) => text) }
    if (typeof registered === 'object' && registered.created) added += 1
  }
  return { added, known: people.length - added }
}

async function unknownMunicipalities(sql: Database['sql'], people: readonly NewPerson[]): Promise<string[]> {
  const asked = [...new Set(people.flatMap(({ municipality }) => (municipality ? [municipality] : [])))]
  if (asked.length === 0) return []
  const rows = await sql<{ number: string }[]>`select number from municipality where number = any (${asked})`
  return asked.filter((number) => !rows.some((row) => row.number === number))
}

async function link(environment: Environment, _flags: Flags, terminal: Terminal): Promise<number> {
  const known = numberOf(await terminal.ask('Number in the register (D-number or help number)'))
  const added = numberOf(await terminal.ask('Number that followed it'))
  if (!known || !added) return refuse(terminal, [`The ${known ? 'second' : 'first'} number is not one: ${NOT_A_NUMBER}`])
  if (known.value === added.value) return refuse(terminal, ['The two numbers are the same.'])
  if (known.system === 'FNR' && added.system === 'FNR') return refuse(terminal, [TWO_NATIONAL])
  return await withDatabase(environment, async ({ sql }) => {
    const linked = await addNumber(sql, known, added)
    if (isProblem(linked))
      return refuse(terminal, [
        'Nobody in the person register has the first number. Give the one that is registered first, or add the person.',
      ])
    terminal.print(
      linked.linked
        ? 'Both numbers had records of their own and are one person now: who looks up either finds both. Nothing was moved.\n'
        : 'Both numbers are of the same person now.\n',
    )
    return DONE
  })
}

const NOT_A_NUMBER = 'eleven digits whose check digits agree are expected. Nothing was changed.'
const TWO_NATIONAL =
  'Both are national identity numbers, and a person has one. When a number was given anew, link the D-number of the person.'

function numberOf(value: string): RegisteredNumber | undefined {
  const kind = classify(value)?.kind
  return kind && { system: kind, value }
}

async function show(environment: Environment, _flags: Flags, terminal: Terminal): Promise<number> {
  const number = await terminal.ask('Identity number')
  return await withDatabase(environment, async ({ sql }) => {
    const key = await keyOfNumber(sql, number)
    if (!key) return refuse(terminal, ['Nobody in the person register here has that number.'])
    terminal.print(await describePerson(sql, key))
    return DONE
  })
}

function refuse({ print }: Terminal, faults: readonly string[]): number {
  print(faults.map((fault) => `${fault}\n`).join(''))
  return REFUSED
}

if (import.meta.main) await runHere(run)

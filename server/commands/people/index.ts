/**
 * `npx helsevev people add|link|show`: the person register, for operators. Identity numbers are asked for on standard input, or read
 * from a file for several people; they are never arguments and are never printed. docs/run/people.md
 */
import { readFileSync } from 'node:fs'
import { addNumber, keyOfNumber, type RegisteredNumber } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { classify } from '@helsevev/kernel/values/identity-number'
import { type Context, defineCommand, optional } from '../define-command.ts'
import { type Outcome, problemOf, refuse } from '../outcome.ts'
import { type Reading, readingFault, readingFor, shown } from '../showing.ts'
import { anyFile, oneOf, type ValueKind } from '../values.ts'
import { counted } from '../words.ts'
import { genders, type NewPerson, personFaults, readPeople, rules } from './file.ts'
import { addPeople } from './register.ts'
import { describePerson, personText } from './show.ts'

const municipality: ValueKind<string> = { word: 'NUMBER', rule: rules.municipality.expected, example: '0301', read: byRule('municipality') }
const birthDate: ValueKind<string> = { word: 'DAY', rule: rules.birthDate.expected, example: '1950-05-17', read: byRule('birthDate') }
const name: ValueKind<string> = { word: 'NAME', rule: rules.givenName.expected, example: 'Kari', read: byRule('givenName') }

export const commands = [
  defineCommand({
    name: 'people add',
    summary: 'Add a person whose identity number is asked for, or several from a file',
    options: {
      file: optional(anyFile, 'several people, from a .json or .csv file'),
      'birth-date': optional(birthDate, 'the day of birth'),
      'given-name': optional(name, 'the given name'),
      'family-name': optional(name, 'the family name'),
      gender: optional(oneOf(genders), 'the gender'),
      municipality: optional(municipality, 'where the person lives'),
    },
    asks: { number: 'Identity number' },
    exitCodes: { 1: 'refused, and nobody was added' },
    example: '--birth-date 1950-05-17 --given-name Kari --family-name Nordmann --gender female --municipality 4601',
    check: ({ file, ...person }) =>
      file !== undefined && Object.values(person).some((value) => value !== undefined)
        ? '--file says everything about everybody in it. Leave out the other options.'
        : undefined,
    async run(context) {
      const people = context.values.file === undefined ? await onePerson(context) : peopleOfFile(context.values.file)
      if ('faults' in people) return refuse('person-faulty', ...people.faults)
      return await context.withDatabase(async ({ sql }) => {
        const registered = await addPeople(sql, people.people)
        if ('faults' in registered) return refuse('person-faulty', ...registered.faults)
        const { added, known } = registered
        return { result: { added, known }, text: `${counted(added, 'person', 'people')} added, ${known} in the register already.\n` }
      })
    },
  }),
  defineCommand({
    name: 'people link',
    summary: 'Link a D-number or help number with the national identity number that followed it',
    about: 'The link is a row on the person: who, for which organisation and why.',
    options: readingFor,
    asks: { known: 'Number in the register (D-number or help number)', added: 'Number that followed it' },
    example: '--by "Kari Nordmann" --for 964338531 --reason "The national register gave a national number"',
    run: link,
  }),
  defineCommand({
    name: 'people show',
    summary: 'Print what the register holds of a person',
    about: 'The reading is a row on the person: who, for which organisation and why.',
    options: readingFor,
    asks: { number: 'Identity number' },
    exitCodes: { 1: 'nobody has the number, or no reason is given' },
    example: '--by "Kari Nordmann" --for 964338531 --reason "The name is spelt wrong, says the patient"',
    async run({ values, ask, environment, withDatabase }) {
      const fault = readingFault(values)
      if (fault) return fault
      const number = await ask('number')
      return await withDatabase(async ({ sql }) => {
        const key = await keyOfNumber(sql, number)
        if (!key) return refuse('person-unknown', 'Nobody in the person register here has that number.')
        return await shown({ sql, environment }, values, { event: 'person-read', type: 'person', patients: [key] }, async () => {
          const described = await describePerson(sql, key)
          return { result: described, text: personText(described) }
        })
      })
    },
  }),
]

/** A value that the rule of a field holds for, as in a file. */
function byRule(field: keyof typeof rules): (text: string) => string | undefined {
  return (text) => (rules[field].holds(text) ? text : undefined)
}

interface PersonOptions {
  'birth-date': string | undefined
  'given-name': string | undefined
  'family-name': string | undefined
  gender: NewPerson['gender'] | undefined
  municipality: string | undefined
}

async function onePerson({ values, ask }: Context<PersonOptions, 'number'>): Promise<{ people: NewPerson[] } | { faults: string[] }> {
  const person = {
    number: await ask('number'),
    birthDate: values['birth-date'],
    givenName: values['given-name'],
    familyName: values['family-name'],
    gender: values.gender,
    municipality: values.municipality,
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

async function link({ values, ask, environment, withDatabase }: Context<Reading, 'known' | 'added'>): Promise<Outcome> {
  const fault = readingFault(values)
  if (fault) return fault
  const known = numberOf(await ask('known'))
  const added = numberOf(await ask('added'))
  if (!known || !added) return refuse('identity-number', `The ${known ? 'second' : 'first'} number is not one: ${NOT_A_NUMBER}`)
  if (known.value === added.value) return refuse('identity-number', 'The two numbers are the same.')
  if (known.system === 'FNR' && added.system === 'FNR') return refuse('identity-number', TWO_NATIONAL)
  return await withDatabase(async ({ sql }) => {
    const before = await keyOfNumber(sql, known.value)
    if (!before) return refuse('person-unknown', FIRST_UNKNOWN)
    // The row is there before the link, so that no link stands without one.
    const what = { event: 'person-linked', type: 'person', patients: [before] }
    const written = await shown({ sql, environment }, values, what, () => ({ result: {}, text: '' }))
    if (problemOf(written)) return written
    const linked = await addNumber(sql, known, added)
    if (isProblem(linked)) return refuse('person-unknown', FIRST_UNKNOWN)
    return {
      result: { hadRecordsOfItsOwn: linked.linked },
      text: `${linked.linked ? BOTH_HAD_RECORDS : 'Both numbers are of the same person now.'}\n`,
    }
  })
}

const NOT_A_NUMBER = 'eleven digits whose check digits agree are expected. Nothing was changed.'
const TWO_NATIONAL =
  'Both are national identity numbers, and a person has one. When a person was given a new number, link the D-number of the person.'
const FIRST_UNKNOWN = 'Nobody in the person register has the first number. Give the one that is registered first, or add the person.'
const BOTH_HAD_RECORDS = 'Both numbers had records of their own and are one person now: who looks up either finds both. Nothing was moved.'

function numberOf(value: string): RegisteredNumber | undefined {
  const kind = classify(value)?.kind
  return kind && { system: kind, value }
}

/**
 * The program `helsevev`: finds the row that is named, reads its words, runs it, and reports alike for every row. Results go to standard
 * output, what is wrong to standard error; with `--json` one JSON value goes to standard output in either case.
 */

import type { InformationService } from '@helsevev/kernel/fhir/service'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { openServerDatabase } from '../database.ts'
import { type Environment, parseEnvironment } from '../env.ts'
import type { Command, Context, Subject } from './define-command.ts'
import { commandHelp, overview, subjectHelp, usageOf } from './help.ts'
import { nearest } from './nearest.ts'
import { DONE, type Outcome, problemOf, REFUSED, type ReportedIssue, WRONG_ENVIRONMENT, WRONG_USE } from './outcome.ts'
import { parseWords, sortWords } from './parse.ts'
import { numberInArguments, type Terminal } from './terminal.ts'

/** What surrounds the program: a process, or a test. */
export interface Surroundings {
  source: Record<string, string | undefined>
  terminal: Terminal
  /** Default: those of the server. */
  services?: readonly InformationService[]
  width?: number
}

/** What a command line comes to: an exit code, and what is printed where. */
interface Report {
  exitCode: number
  /** What `--json` prints. */
  result: unknown
  text: string
  /** Goes to standard error. */
  isProblem: boolean
}

/** Runs one command line, and returns its exit code. */
export async function runProgram(subjects: readonly Subject[], words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { exitCode, result, text, isProblem } = await reportOn(subjects, words, surroundings)
  const { print, complain } = surroundings.terminal
  if (words.includes('--json')) print(`${asJson(result)}\n`)
  else if (isProblem) complain(redactIdentityNumbers(text))
  else print(text)
  return exitCode
}

async function reportOn(subjects: readonly Subject[], words: readonly string[], surroundings: Surroundings): Promise<Report> {
  const start = words.findIndex((word) => !isCommon(word))
  const [first = '', ...rest] = start === -1 ? [] : words.slice(start)
  const wantsHelp = first === 'help' || words.some(isHelp)
  const name = first === 'help' ? rest : [first, ...rest]
  if (name.every((word) => word === '' || word.startsWith('-'))) {
    return wantsHelp ? helpReport(overview(subjects)) : wrongUse(['Name a command.'], overview(subjects))
  }
  const subject = subjects.find((one) => one.name === name[0])
  if (!subject) return unknown(name, name[0] ?? '', subjects)
  const { commands } = await subject.load()
  const command = commands.find((one) => startsWith(name, one.name.split(' ')))
  if (wantsHelp && command) return helpReport(commandHelp(command, subject))
  // The beginning of a name asks about its subject; a name that no command has is wrong, and not the subject's help.
  const meant = name.filter((word) => !word.startsWith('-'))
  if (wantsHelp && (meant.length === 1 || commands.some((one) => startsWith(one.name.split(' '), meant))))
    return helpReport(subjectHelp(subject, commands))
  if (!command) return unknownIn(name, subject, commands)
  return await runCommand(command, name.slice(command.name.split(' ').length), surroundings)
}

async function runCommand(command: Command, words: readonly string[], surroundings: Surroundings): Promise<Report> {
  const number = numberInArguments(withoutPaths(command, words))
  if (number) return wrongUse([number])
  const parsed = parseWords(command, words)
  if ('faults' in parsed) return wrongUse(parsed.faults, `Usage: ${usageOf(command)}\nnpx helsevev help ${command.name} says more.\n`)
  try {
    if (!command.isOffline) environmentOf(surroundings.source)
    return outcomeReport(await command.run(contextOf(command, parsed.values, surroundings)))
  } catch (error) {
    if (error instanceof WrongEnvironment) return problemReport(WRONG_ENVIRONMENT, 'wrong-environment', error.sentences)
    return problemReport(REFUSED, 'fault', [whyNot(error)])
  }
}

function contextOf({ asks }: Command, values: Context['values'], { source, terminal, services, width = 160 }: Surroundings): Context {
  return {
    values,
    get environment() {
      return environmentOf(source)
    },
    ask: (question, words) => terminal.ask(words ?? asks[question] ?? ''),
    async withDatabase(work) {
      const database = await openServerDatabase(environmentOf(source), { poolSize: 2, brief: true })
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    },
    services: async () => services ?? (await import('../services.ts')).services,
    width,
  }
}

/** Thrown where the environment is asked for, and caught by the program alone. */
class WrongEnvironment extends Error {
  readonly sentences: string[]

  constructor(sentences: string[]) {
    super('the environment is wrong')
    this.sentences = sentences
  }
}

function environmentOf(source: Record<string, string | undefined>): Environment {
  const environment = parseEnvironment(source)
  if ('sentences' in environment) throw new WrongEnvironment(environment.sentences)
  return environment
}

/** Paths may hold what looks like an identity number; they are the sender's, and are no answer to a question. */
function withoutPaths(command: Command, words: readonly string[]): string[] {
  const rows = Object.values(command.positionals)
  const { positionals } = sortWords(command, words)
  return rows.some(({ kind }) => kind?.isPath) ? words.filter((word) => !positionals.includes(word)) : [...words]
}

function outcomeReport(outcome: Outcome): Report {
  const problem = problemOf(outcome)
  if (problem) return problemReport(REFUSED, problem.code, problem.issues)
  return 'text' in outcome
    ? { exitCode: outcome.exitCode ?? DONE, result: outcome.result, text: outcome.text, isProblem: false }
    : problemReport(REFUSED, 'fault', ['The command came to nothing.'])
}

function helpReport(text: string): Report {
  return { exitCode: DONE, result: { help: text }, text, isProblem: false }
}

function wrongUse(sentences: readonly string[], usage = ''): Report {
  const report = problemReport(WRONG_USE, 'wrong-use', sentences)
  return { ...report, text: report.text + usage }
}

function problemReport(exitCode: number, code: string, given: readonly (string | ReportedIssue)[]): Report {
  const issues = given.map((issue) => (typeof issue === 'string' ? { text: issue } : issue))
  const text = issues.map(({ text, at }) => `${at ? `${at}: ` : ''}${text}\n`).join('')
  return { exitCode, result: { problem: { code, issues } }, text, isProblem: true }
}

function unknown(name: readonly string[], word: string, subjects: readonly Subject[]): Report {
  const near = nearest(
    word,
    subjects.map((one) => one.name),
  )
  const remedy = near
    ? `Did you mean npx helsevev ${[near, ...name.slice(1)].filter(isWord).join(' ')}?`
    : 'npx helsevev help lists what there is.'
  const number = numberInArguments(name)
  return wrongUse([number ?? `There is no command ${word}. ${remedy}`])
}

function unknownIn(name: readonly string[], subject: Subject, commands: readonly Command[]): Report {
  const number = numberInArguments(name)
  if (number) return wrongUse([number])
  const end = name.findIndex((word) => !isWord(word))
  const words = end === -1 ? name : name.slice(0, end)
  if (words.length === 1) return wrongUse([`Name a command of ${subject.name}.`], subjectHelp(subject, commands))
  const found = commands.find(({ name: known }) => {
    const [, ...meant] = known.split(' ')
    return nearest(words.slice(1, meant.length + 1).join(' '), [meant.join(' ')]) !== undefined
  })
  const remedy = found ? `Did you mean npx helsevev ${found.name}?` : `npx helsevev help ${subject.name} lists what there is.`
  return wrongUse([`There is no command ${words.join(' ')}. ${remedy}`])
}

function startsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, at) => words[at] === word)
}

function isWord(word: string): boolean {
  return /^[a-z][a-z-]*$/.test(word)
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

function isCommon(word: string): boolean {
  return word === '--json' || isHelp(word)
}

/** Dates in UTC. A text that holds an identity number is printed without it, whatever the command took it from. */
function asJson(result: unknown): string {
  return JSON.stringify(result, (_key, value) => (typeof value === 'string' ? redactIdentityNumbers(value) : value), 2)
}

/** What an operator can mend, in a sentence; the stack of anything else, which is ours to mend. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.constructor === Error ? error.message : (error.stack ?? error.message)
}

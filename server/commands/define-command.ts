/**
 * A command as one row: its name, what it takes, what it asks for, and what it does. Values are typed from the tables of the row. Parsing,
 * help, exit codes and `--json` are the program's and alike for every row (program.ts); docs/run/commands.md is generated from the rows.
 */
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { ServerDatabase } from '../database.ts'
import type { Environment } from '../env.ts'
import type { Outcome } from './outcome.ts'
import type { ValueKind } from './values.ts'

/** One option or positional of a command. */
export interface Option<T = unknown> {
  readonly about: string
  readonly presence: 'required' | 'optional' | 'several' | 'flag'
  /** Absent for a flag, which takes no value. */
  readonly kind?: ValueKind<unknown>
  /** Never set: it carries the type of the value. */
  readonly type?: T
}

export type Table = Readonly<Record<string, Option>>

type ValuesOf<Rows extends Table> = { [Name in keyof Rows]: Rows[Name] extends Option<infer T> ? T : never }

/** What a command works with. */
export interface Context<Values = Readonly<Record<string, unknown>>, Question extends string = string> {
  values: Values
  /** Throws what the program reports as a wrong environment, when it is one and the command is offline. */
  readonly environment: Environment
  /**
   * Asks one of the questions of the row; `words` replace those of the row where only the run knows them. Empty when nothing is answered.
   */
  ask(question: Question, words?: string): Promise<string>
  /** Opens the database of the environment, joins the embedded one of a running server, and closes what it opened. */
  withDatabase<T>(work: (database: ServerDatabase) => Promise<T>): Promise<T>
  /** Those of the server; loaded when they are asked for, because what only reads does not need the whole server. */
  services(): Promise<readonly InformationService[]>
  /** Width of the terminal in characters. */
  width: number
}

interface CommandRow<Options extends Table, Positionals extends Table, Asks extends Readonly<Record<string, string>>> {
  /** With its subject: `audit verify`. */
  name: string
  /** What it does, as a sentence in the imperative without a full stop. */
  summary: string
  /** More, for the help and the page. */
  about?: string
  options?: Options
  /** In this order; the last may be one of `several`. */
  positionals?: Positionals
  /** Questions in the order they are asked. Answers come on standard input, because identity numbers are never arguments. */
  asks?: Asks
  /** What the codes mean here, where that is not the usual. */
  exitCodes?: { 0?: string; 1?: string }
  /** Needs no database: a wrong environment does not keep it from running. */
  isOffline?: true
  /** What follows the name, as one would type it. */
  example: string
  /** What is wrong with values that are each right by themselves, in a sentence. */
  check?(values: ValuesOf<Options> & ValuesOf<Positionals>): string | undefined
  run(context: Context<ValuesOf<Options> & ValuesOf<Positionals>, Extract<keyof Asks, string>>): Promise<Outcome>
}

/** A row as the program, the help and the page see it. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly about: string | undefined
  readonly options: Table
  readonly positionals: Table
  readonly asks: Readonly<Record<string, string>>
  readonly exitCodes: { readonly 0?: string; readonly 1?: string }
  readonly isOffline: boolean
  readonly example: string
  check(values: Readonly<Record<string, unknown>>): string | undefined
  run(context: Context): Promise<Outcome>
}

/** Commands about one thing: a folder, and the first word of their names. */
export interface Subject {
  readonly name: string
  readonly summary: string
  /** The page that explains them. */
  readonly page: string
  load(): Promise<{ readonly commands: readonly Command[] }>
}

type Nothing = Readonly<Record<never, never>>

export function defineCommand<
  const Options extends Table = Nothing,
  const Positionals extends Table = Nothing,
  const Asks extends Readonly<Record<string, string>> = Nothing,
>(row: CommandRow<Options, Positionals, Asks>): Command {
  const { about, options = {}, positionals = {}, asks = {}, exitCodes = {}, isOffline = false, check } = row
  return {
    name: row.name,
    summary: row.summary,
    about,
    options,
    positionals,
    asks,
    exitCodes,
    isOffline,
    example: row.example,
    // The program passes the values that it has read by the tables of this very row.
    check: (values) => check?.(values as Parameters<NonNullable<typeof check>>[0]),
    run: (context) => row.run(context as unknown as Parameters<typeof row.run>[0]),
  }
}

export function required<T>(kind: ValueKind<T>, about: string): Option<T> {
  return { about, presence: 'required', kind }
}

export function optional<T>(kind: ValueKind<T>, about: string): Option<T | undefined> {
  return { about, presence: 'optional', kind }
}

/** One or more; the last positional only. */
export function several<T>(kind: ValueKind<T>, about: string): Option<T[]> {
  return { about, presence: 'several', kind }
}

export function flag(about: string): Option<boolean> {
  return { about, presence: 'flag' }
}

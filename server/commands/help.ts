/** How the commands are used, in words: for `--help`, for those who mistype, and for docs/run/commands.md. */
import type { Command, Option, Subject } from './define-command.ts'
import { common } from './parse.ts'

const program = 'npx helsevev'

/** `npx helsevev roles end ID --organization NUMBER …`; what may be left out is in brackets. */
export function usageOf({ name, positionals, options }: Command): string {
  const after = Object.entries(positionals).map(([key, { presence }]) => {
    const word = `${key.toUpperCase()}${presence === 'several' ? '...' : ''}`
    return presence === 'optional' ? `[${word}]` : word
  })
  // Those that are needed come first.
  const sorted = Object.entries(options).sort(([, a], [, b]) => Number(b.presence === 'required') - Number(a.presence === 'required'))
  const named = sorted.map(([key, option]) => (option.presence === 'required' ? optionWords(key, option) : `[${optionWords(key, option)}]`))
  return [program, name, ...after, ...named].join(' ')
}

export function optionWords(name: string, { kind }: Option): string {
  return kind ? `--${name} ${kind.word}` : `--${name}`
}

/** Everything about one command. */
export function commandHelp(command: Command, { page }: Subject): string {
  const { summary, about, positionals, options, asks, example } = command
  const rows = [
    ...Object.entries(positionals).map(([key, { about }]) => [key.toUpperCase(), about] as const),
    ...Object.entries<Option>({ ...options, ...common }).map(([key, option]) => [optionWords(key, option), option.about] as const),
  ]
  const questions = Object.values(asks)
  return [
    `Usage: ${usageOf(command)}\n`,
    `\n${summary}.${about ? ` ${about}` : ''}\n\n`,
    columns(rows),
    questions.length > 0
      ? `\nAsks on standard input, one answer to a line when it is piped:\n${questions.map((words) => `  ${words}\n`).join('')}`
      : '',
    `\nExit codes: ${exitCodesOf(command)
      .map(([code, words]) => `${code} ${words}`)
      .join('; ')}.\n`,
    `Example: ${program} ${command.name} ${example}`.trimEnd(),
    `\nMore: ${page}\n`,
  ].join('')
}

/** The commands of one subject. */
export function subjectHelp({ name, summary, page }: Subject, commands: readonly Command[]): string {
  const rows = commands.map((command) => [command.name, `${command.summary}.`] as const)
  return `${name}: ${summary}.\n\n${columns(rows)}\n${program} help COMMAND says more of one. More: ${page}\n`
}

/** What there is. */
export function overview(subjects: readonly Subject[]): string {
  const rows = subjects.map(({ name, summary }) => [name, `${summary}.`] as const)
  const more = `${program} help ${subjects[0]?.name} says more of one. Every command takes --help and --json.`
  return `Usage: ${program} COMMAND [OPTIONS]\n\n${columns(rows)}\n${more}\nMore: docs/run/commands.md\n`
}

/** What each code means for this command. */
export function exitCodesOf({ exitCodes }: Pick<Command, 'exitCodes'>): [code: number, words: string][] {
  return [
    [0, exitCodes[0] ?? 'done'],
    [1, exitCodes[1] ?? 'refused, and nothing was changed'],
    [2, 'wrong use'],
    [78, 'wrong environment'],
  ]
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, words]) => `  ${name.padEnd(width)}  ${words}\n`).join('')
}

/** docs/run/commands.md, from the rows of the commands. */
import { posix } from 'node:path'
import type { Command, Option, Subject } from '@helsevev/server/commands/define-command'
import { exitCodesOf, optionWords, usageOf } from '@helsevev/server/commands/help'
import { subjects } from '@helsevev/server/commands/index'

const intro = `# Commands

<!-- Written by npm run docs from server/commands. Change the rows there. -->

For those who operate a server. Each command reads the same [environment variables](variables.md) as the server and uses the same
database: it joins the embedded one of a running server, and starts it when no server runs. A server that starts meanwhile waits until the
command is done.

    npx helsevev help                # what there is
    npx helsevev help audit          # the commands about the access log
    npx helsevev audit verify --help

\`npm run helsevev -- audit verify\` is the same. npm starts it with the Node that \`npm ci\` installed.

Results go to standard output; questions, and what is wrong, to standard error. With \`--json\` one JSON value goes to standard output and
nothing else: the result, or \`{ "problem": { "code": "…", "issues": [{ "text": "…" }] } }\`. Times in it are
UTC; times in words are Norwegian.

| Exit code | |
|---|---|
| \`0\` | done |
| \`1\` | refused, and nothing was changed; or what was looked at is wrong, such as a broken chain |
| \`2\` | wrong use: the sentence names the option, the rule and the remedy |
| \`78\` | wrong environment |

Identity numbers are never arguments, because other users of the machine can see those and the shell keeps them, and they are never
printed. They are asked for: on a terminal without echo, otherwise read from standard input, one to a line.
`

/** The whole page. */
export async function commandsPage(): Promise<string> {
  const sections: string[] = []
  for (const subject of subjects) sections.push(subjectSection(subject, (await subject.load()).commands))
  return [intro, ...sections].join('\n')
}

function subjectSection({ name, summary, page }: Subject, commands: readonly Command[]): string {
  const link = `[${posix.basename(page, '.md')}](${posix.relative('docs/run', page)})`
  const parts = commands.map((command) => commandSection(command, command.name === name))
  return `## ${name}\n\n${summary}. See ${link}.\n\n${parts.join('\n')}`
}

function commandSection(command: Command, isWhole: boolean): string {
  const { name, summary, about, asks, example } = command
  const questions = Object.values(asks)
  return [
    isWhole ? '' : `### ${name}\n\n`,
    `${summary}.${about ? `\n${about}` : ''}\n\n`,
    `    ${folded(usageOf(command))}\n`,
    example ? `\nFor example:\n\n    ${folded(`npx helsevev ${name} ${example}`, ' \\')}\n` : '',
    optionTable(command),
    questions.length > 0 ? `\nAsks: ${questions.map(lowerFirst).join('; ')}.\n` : '',
    exitCodes(command),
  ].join('')
}

function optionTable({ positionals, options }: Command): string {
  const rows = [
    ...Object.entries(positionals).map(([key, { about, kind }]) => [key.toUpperCase(), about, kind?.rule ?? ''] as const),
    ...Object.entries<Option>(options).map(([key, option]) => [optionWords(key, option), option.about, option.kind?.rule ?? ''] as const),
  ]
  if (rows.length === 0) return ''
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const lines = rows.map(([word, about, rule]) => `| \`${cell(word)}\` | ${cell(about)} | ${cell(rule)} |\n`)
  return `\n| Takes | Meaning | Form |\n|---|---|---|\n${lines.join('')}`
}

/** Only where they are not those of every command. */
function exitCodes(command: Command): string {
  if (Object.keys(command.exitCodes).length === 0) return ''
  const own = exitCodesOf(command).filter(([code]) => Object.hasOwn(command.exitCodes, code))
  return `\nExit codes: ${own.map(([code, words]) => `\`${code}\` ${words}`).join('; ')}.\n`
}

const WIDTH = 120

/** A command line broken before an option where it grows long; `end` ends each line but the last. */
function folded(usage: string, end = ''): string {
  const lines = ['']
  for (const part of usage.split(/ (?=\[?--)/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + part.length > WIDTH) lines.push(`      ${part}`)
    else lines[lines.length - 1] = line === '' ? part : `${line} ${part}`
  }
  return lines.join(`${end}\n    `)
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

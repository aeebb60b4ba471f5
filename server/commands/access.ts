/**
 * `npm run access -- cases [group]` prints the rules of access as cases in plain words, with what is decided in each; `npm run access --
 * explain <file.json|->` prints what each step of the decision says of one request, and the law behind it. docs/run/access.md
 */
import { readFileSync } from 'node:fs'
import { explain } from '@helsevev/kernel/access/pipeline'
import { holdsIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { table } from '@helsevev/replay/table'
import { groupTables } from './access-cases.ts'
import { isAboutDatabase, situationInDatabase, situationInRow } from './access-request.ts'
import { outcomeText, verdictRows } from './access-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run access -- cases [GROUP]          the rules in plain words, case by case, and what is decided
       npm run access -- explain FILE.json     what each step says of one request; - reads it from standard input
`

/** Exit codes: 0 printed, also when access is refused; 1 a case is not decided as expected, or the request cannot be read; 2 wrong use. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const [command, argument] = words
  const isUse = (command === 'cases' && words.length <= 2) || (command === 'explain' && words.length === 2)
  const refusal = numberInArguments(words) ?? (isUse ? undefined : usage)
  if (refusal) {
    terminal.print(refusal)
    return WRONG_USE
  }
  if (command === 'cases') return printCases(argument, terminal)
  const read = await readRequest(argument ?? '-', terminal)
  if ('fault' in read) {
    terminal.print(`${read.fault}\n`)
    return REFUSED
  }
  return await printExplanation(read.request, source, terminal)
}

function printCases(group: string | undefined, { print }: Terminal): number {
  const found = groupTables(group)
  print(found.text)
  return found.agree ? DONE : REFUSED
}

/** The JSON of a file, or of standard input up to where it is whole, so that an identity number can follow it. */
async function readRequest(path: string, { ask }: Terminal): Promise<{ request: unknown } | { fault: string }> {
  let text = ''
  if (path === '-') {
    for (let line = await ask('Request as JSON'); line !== ''; line = await ask('')) {
      text += `${line}\n`
      if (isJson(text)) break
    }
  } else {
    try {
      text = readFileSync(path, 'utf8')
    } catch {
      return { fault: `There is no file ${path} that can be read.` }
    }
  }
  if (holdsIdentityNumber(text)) return { fault: 'The request holds an identity number. Leave it out; you are asked for it.' }
  if (!isJson(text)) return { fault: 'The request is not JSON.' }
  return { request: JSON.parse(text) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function printExplanation(request: unknown, source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const show = (situation: ReturnType<typeof situationInRow>) => {
    if ('fault' in situation) {
      terminal.print(`${situation.fault}\n`)
      return REFUSED
    }
    const verdicts = explain(situation.request, situation.facts)
    terminal.print(`${table([['step', 'verdict', 'law'], ...verdictRows(verdicts)])}\n${outcomeText(situation.request, situation.facts)}`)
    return DONE
  }
  if (!isAboutDatabase(request)) return show(situationInRow(request))
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => show(await situationInDatabase(sql, request, terminal)))
}

if (import.meta.main) await runHere(run)

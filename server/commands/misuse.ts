/**
 * `npm run misuse -- rules|run|list|show|close`: control of misuse. Rules find look-ups worth a question and say why in words; a person
 * asks, and closes each with a finding. docs/run/misuse.md
 */
import { closeCase, misuseCase, misuseCases } from '@helsevev/kernel/areas/misuse/cases'
import { rules } from '@helsevev/kernel/areas/misuse/rules'
import { runRules } from '@helsevev/kernel/areas/misuse/run'
import type { Database } from '@helsevev/kernel/store/database'
import { table, wrapped } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { counted } from './audit-words.ts'
import { closing } from './follow-up-closing.ts'
import { caseList, caseText } from './misuse-print.ts'
import { type Asked, readWords, usage } from './misuse-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  if (asked.command === 'rules') {
    terminal.print(rulesText())
    return DONE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => await answer(sql, environment, asked, terminal))
}

async function answer(
  sql: Database['sql'],
  environment: Environment,
  asked: Exclude<Asked, { command: 'rules' }>,
  terminal: Terminal,
): Promise<number> {
  if (asked.command === 'run') {
    const runs = await runRules(sql, asked, new Date())
    terminal.print(table([['rule', 'new cases', 'grown'], ...runs.map((one) => [one.rule, String(one.opened), String(one.grown)])]))
    const milliseconds = runs.reduce((sum, one) => sum + one.milliseconds, 0)
    const opened = runs.reduce((sum, one) => sum + one.opened, 0)
    terminal.print(`\n${counted(opened, 'new case')} in ${(milliseconds / 1000).toFixed(1)} s.\n`)
    return DONE
  }
  if (asked.command === 'list') {
    terminal.print(caseList(await misuseCases(sql, asked.organization, asked), asked.open))
    return DONE
  }
  const found = await misuseCase(sql, asked.id)
  if (!found) {
    terminal.print('There is no case of that id.\n')
    return REFUSED
  }
  if (asked.command === 'show') {
    terminal.print(await caseText(sql, found))
    return DONE
  }
  return await closing(sql, environment, found.organization, terminal, (parts, closedBy) => closeCase(sql, parts, { ...asked, closedBy }))
}

function rulesText(): string {
  return table([
    ['rule', 'title', 'what it asks', 'source'],
    ...rules.map(({ id, title, asks, source }) => [id, `${title.en}\n(${title.nb})`, wrapped(asks, 76), wrapped(source, 40)]),
  ])
}

if (import.meta.main) await runHere(run)

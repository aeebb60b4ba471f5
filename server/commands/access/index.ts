/** `npx helsevev access cases|explain`: the rules of access in plain words, and what they say of one request. docs/run/access.md */
import { readFileSync } from 'node:fs'
import { groupNames } from '@helsevev/kernel/access/cases/read-cases'
import { explain } from '@helsevev/kernel/access/pipeline'
import { holdsIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { table } from '@helsevev/replay/table'
import { type Context, defineCommand, optional, required } from '../define-command.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { anyFile, called, oneOf } from '../values.ts'
import { groupTables } from './cases.ts'
import { isAboutDatabase, type Situation, situationInDatabase, situationInRow } from './request.ts'
import { outcomeOf, outcomeText, verdictRows } from './words.ts'

const questions = {
  request: 'Request as JSON',
  patient: 'Identity number of the patient',
  citizen: 'Identity number of the citizen who asks; empty for the patient',
}

export const commands = [
  defineCommand({
    name: 'access cases',
    summary: 'Print the rules as cases in plain words, with what is decided in each',
    positionals: { group: optional(called('GROUP', oneOf(groupNames())), 'one group of cases; default: all') },
    exitCodes: { 0: 'each case is decided as expected', 1: 'one is not' },
    isOffline: true,
    example: 'blocks',
    run: async ({ values }) => groupTables(values.group),
  }),
  defineCommand({
    name: 'access explain',
    summary: 'Print what each step of the decision says of one request, and the law behind it',
    about: 'A request in words needs no database; one with a caller is looked up there. Nothing is written to the access log.',
    positionals: { file: required(anyFile, 'JSON; - reads it from standard input') },
    asks: questions,
    exitCodes: { 0: 'printed, also when access is refused', 1: 'the request cannot be read' },
    isOffline: true,
    example: 'request.json',
    run: explained,
  }),
]

async function explained(context: Context<{ file: string }, keyof typeof questions>): Promise<Outcome> {
  const read = await readRequest(context)
  if ('fault' in read) return refuse('request-unreadable', read.fault)
  if (!isAboutDatabase(read.request)) return explanation(situationInRow(read.request))
  const services = await context.services()
  return await context.withDatabase(async ({ sql }) => explanation(await situationInDatabase(sql, services, read.request, context.ask)))
}

/** The JSON of a file, or of standard input up to where it is whole, so that an identity number can follow it. */
async function readRequest({
  values: { file },
  ask,
}: Context<{ file: string }, keyof typeof questions>): Promise<{ request: unknown } | { fault: string }> {
  let text = ''
  if (file === '-') {
    for (let line = await ask('request'); line !== ''; line = await ask('request', ' ')) {
      text += `${line}\n`
      if (isJson(text)) break
    }
  } else {
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      return { fault: `There is no file ${file} that can be read.` }
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

function explanation(situation: Situation): Outcome {
  if ('fault' in situation) return refuse('request-unreadable', situation.fault)
  const verdicts = explain(situation.request, situation.facts)
  const outcome = outcomeOf(situation.request, situation.facts)
  return {
    result: { steps: verdicts.map(({ step, verdict, problem, legal }) => ({ step, verdict, problem: problem?.problem, legal })), outcome },
    text: `${table([['step', 'verdict', 'law'], ...verdictRows(verdicts)])}\n${outcomeText(outcome)}`,
  }
}

/** `npx helsevev access cases|explain`: the rules of access in plain words, and what they say of one request. docs/run/access.md */
import { readFileSync } from 'node:fs'
import { groupNames } from '@helsevev/kernel/access/cases/read-cases'
import { explain } from '@helsevev/kernel/access/pipeline'
import { holdsIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { table } from '@helsevev/replay/table'
import { type Context, defineCommand, optional, required } from '../define-command.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { type Reading, readingFault, shown } from '../showing.ts'
import { anyFile, called, oneOf, organizationNumber, text } from '../values.ts'
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
    about:
      'A request in words needs no database and no reason. One with a caller is looked up there; that is a row on the patient, and takes ' +
      '--by, --for and --reason.',
    positionals: { file: required(anyFile, 'JSON; - reads it from standard input') },
    options: {
      by: optional(called('NAME', text), 'the person who reads'),
      for: optional(organizationNumber, 'the organisation that the person who reads acts for'),
      reason: optional(text, 'why, in words that the patient may read'),
    },
    asks: questions,
    exitCodes: { 0: 'printed, also when access is refused', 1: 'the request cannot be read' },
    isOffline: true,
    example: 'request.json',
    run: explained,
  }),
]

interface Explained extends Partial<Record<keyof Reading, string | undefined>> {
  file: string
}

async function explained(context: Context<Explained, keyof typeof questions>): Promise<Outcome> {
  const read = await readRequest(context)
  if ('fault' in read) return refuse('request-unreadable', read.fault)
  if (!isAboutDatabase(read.request)) return explanation(situationInRow(read.request))
  const { by, for: organization, reason } = context.values
  if (by === undefined || organization === undefined || reason === undefined) return refuse('reason-required', WHO_AND_WHY)
  const given = { by, for: organization, reason }
  const fault = readingFault(given)
  if (fault) return fault
  const services = await context.services()
  return await context.withDatabase(async ({ sql }) => {
    const situation = await situationInDatabase(sql, services, read.request, context.ask)
    if ('fault' in situation) return explanation(situation)
    const patients = situation.facts.patient ? [situation.facts.patient.key] : []
    const what = { event: 'access-explained', type: 'decision', service: situation.request.area.id, patients }
    return await shown({ sql, environment: context.environment }, given, what, () => explanation(situation))
  })
}

const WHO_AND_WHY =
  'A request with a caller is looked up in the database, and that is a row of the access log on the patient. ' +
  'Give --by, --for and --reason: who reads, for which organisation, and why. Nothing was looked up.'

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

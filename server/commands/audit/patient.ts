/** `audit patient`: who looked at one person, in words. */
import { type LookUp, lookUps } from '@helsevev/kernel/areas/access-log/look-ups'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Context } from '../define-command.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { type Reading, readingFault, shown } from '../showing.ts'
import { counted, norwegianTime } from '../words.ts'
import { basisWords, decisionWords, eventWords, openedWords, outcomeWords, placeWords, purposeWords, unseenWords } from './words.ts'

/** Rows printed at most, newest first. */
const MOST = 10_000

const NO_NUMBER =
  'That is not a national identity number, D-number or help number: eleven digits whose check digits agree. Nothing was looked up.'
const NOBODY = 'Nobody in the person register here has that number, so nothing has been looked up about them.'

export async function lookUpsOf({ values, ask, environment, withDatabase }: Context<Reading, 'patient'>): Promise<Outcome> {
  const fault = readingFault(values)
  if (fault) return fault
  const number = await ask('patient')
  if (!classify(number) && !(environment.invalidNumbers === 'flag' && /^\d{1,11}$/.test(number))) {
    return refuse('identity-number', NO_NUMBER)
  }
  return await withDatabase(async ({ sql }) => {
    const key = await keyOfNumber(sql, number)
    if (!key) return refuse('person-unknown', NOBODY)
    const what = { event: 'log-read', type: 'access-log', patients: [key] }
    return await shown({ sql, environment }, values, what, async () => await listed(sql, key))
  })
}

/** As the log stood before this reading. */
async function listed(sql: Database['sql'], key: PatientKey): Promise<Outcome> {
  const found = await lookUps(sql, key, { limit: MOST + 1, forOperator: true })
  const newest = found.slice(0, MOST)
  const list = newest.length === 0 ? 'Nobody has looked.\n' : lookUpList(newest, await roleNames(sql))
  const more = found.length > MOST ? `Older ones are left out: these are the newest ${MOST}.\n` : ''
  return { result: { lookUps: newest, isWhole: found.length <= MOST }, text: list + more }
}

function lookUpList(found: readonly LookUp[], roles: ReadonlyMap<string, string>): string {
  const paragraphs = found.map((one) => `${lookUpText(one, roles)}\n`)
  return `${paragraphs.join('\n')}\n${counted(found.length, 'entry', 'entries')}, newest first, in Norwegian time.\n`
}

/** One paragraph to each: what happened in a sentence, then a line for each thing that is known. */
function lookUpText(one: LookUp, roles: ReadonlyMap<string, string>): string {
  const { resources, withheld } = one
  const facts: [string, string | null][] = [
    ['as', one.role && (roles.get(one.role) ?? one.role)],
    ['at', placeWords(one)],
    ['for', purposeWords(one)],
    ['because', one.reason],
    ['on the ground of', basisWords(one.basis)],
    ['decided by', decisionWords(one)],
    ['shown or written', resources !== null && resources > 0 ? counted(resources, 'resource') : null],
    ['about', one.choice],
    ['opened', openedWords(one)],
    ['withheld', withheld ? 'something' : null],
    ['not seen', one.unseen?.map(unseenWords).join('; ') ?? null],
    ['asked by', one.automatic ? 'the screen itself' : null],
  ]
  const known = facts.filter(([, words]) => words)
  const who = `${one.name ?? 'not established'}, ${one.organizationName ?? one.organization ?? 'no organisation'}`
  const what = `${eventWords(one.event, one.type)}${one.service ? ` in ${one.service}` : ''}`
  const head = `${norwegianTime(one.at)}  ${who}: ${what}, ${outcomeWords(one)}`
  return [head, ...known.map(([name, words]) => `    ${name.padEnd(16)}  ${words}`)].join('\n')
}

/** Categories of health personnel (Volven 9060) in words. */
async function roleNames(sql: Database['sql']): Promise<Map<string, string>> {
  const rows = await sql<{ code: string; display: string }[]>`
    select code, display from code where system = 'urn:oid:2.16.578.1.12.4.1.1.9060'`
  return new Map(rows.map(({ code, display }) => [code, display]))
}

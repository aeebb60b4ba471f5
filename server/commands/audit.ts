/**
 * `npm run audit -- verify` checks the whole access log, against the checkpoints of a technical log too; `npm run audit -- patient` prints who looked at one person, whose identity
 * number is asked for on standard input. docs/run/commands.md
 */
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type LookUp, lookUps } from '@helsevev/kernel/areas/access-log/look-ups'
import { type LogKey, logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { type Verification, verifyLog } from '@helsevev/kernel/audit/verify'
import { checkWitness } from '@helsevev/kernel/audit/witness'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'
import { basisWords, counted, decisionWords, eventWords, norwegianTime, outcomeWords, placeWords, purposeWords } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run audit -- verify     check every row, link and checkpoint of the access log
       npm run audit -- verify --witness <file>
                                   the same, and the checkpoints that a technical log has kept
       npm run audit -- patient    print who looked at a person; the identity number is asked for
`

/** Rows printed at most, newest first. */
const MOST = 10_000

/** Exit codes: 0 the chain holds or the list is printed, 1 it is broken or nobody is found, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const wanted = parse(words)
  if ('refusal' in wanted) {
    terminal.print(wanted.refusal)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  if (wanted.what === 'patient') return await patient(environment, terminal)
  const key = await keyOf(environment)
  return await withDatabase(environment, async (database) => await verify(database, key, wanted.witness, terminal))
}

function parse(words: readonly string[]): { refusal: string } | { what: 'patient' } | { what: 'verify'; witness: string | undefined } {
  const [what, option, file, ...more] = words
  const refusal = numberInArguments(words)
  if (refusal) return { refusal }
  if (what === 'patient' && option === undefined) return { what }
  if (what === 'verify' && option === undefined) return { what, witness: undefined }
  if (what === 'verify' && option === '--witness' && file && more.length === 0)
    return existsSync(file) ? { what, witness: file } : { refusal: `There is no file ${file}.\n` }
  return { refusal: usage }
}

async function verify({ sql, where }: Database, key: LogKey, witness: string | undefined, { print }: Terminal): Promise<number> {
  const began = performance.now()
  const found = await verifyLog(sql, key)
  const seconds = (performance.now() - began) / 1000
  print(`Access log of the database ${where.name} at ${where.host}:${where.port}${where.directory ? ` (${where.directory})` : ''}\n`)
  print(`${counted(found.rows, 'row')} in ${counted(found.segments, 'segment')}, ${counted(found.checkpoints, 'signed checkpoint')}.\n`)
  if (found.rows >= MEASURED) print(`${Math.round(found.rows / seconds)} rows a second.\n`)
  if (found.foreignCheckpoints > 0) print(`${foreign(found.foreignCheckpoints)}\n`)
  const testimony = found.broken || witness === undefined ? undefined : await checkWitness(sql, linesOf(witness))
  if (testimony) print(`${counted(testimony.checkpoints, 'checkpoint')} witnessed in ${witness}.\n`)
  const broken = found.broken ?? testimony?.broken
  if (!broken) {
    print('The chain holds: no row was changed, moved, added or removed.\n')
    return DONE
  }
  print(brokenText(broken))
  return REFUSED
}

/** Fewer rows tell nothing of how fast it was. */
const MEASURED = 10_000

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

function foreign(count: number): string {
  return `${counted(count, 'checkpoint')} signed by another key than this one: hashes were checked, signatures could not be. Set HELSEVEV_LOG_KEY to that key to check them.`
}

function brokenText({ segment, seq, at, reason }: NonNullable<Verification['broken']>): string {
  return `The chain is broken. The first row that does not agree:
  segment  ${segment}
  row      ${seq === '0' ? '0 (the opening of the segment)' : seq}
  time     ${at ? norwegianTime(at) : 'unknown'}
  reason   ${reason}
What was read before it holds; nothing after it was checked.
`
}

async function patient(environment: Environment, { ask, print }: Terminal): Promise<number> {
  const number = await ask('Identity number of the patient')
  if (!classify(number) && !(environment.invalidNumbers === 'flag' && /^\d{1,11}$/.test(number))) {
    print(
      'That is not a national identity number, D-number or help number: eleven digits whose check digits agree. Nothing was looked up.\n',
    )
    return REFUSED
  }
  return await withDatabase(environment, async ({ sql }) => {
    const key = await keyOfNumber(sql, number)
    if (!key) {
      print('Nobody in the person register here has that number, so nothing has been looked up about them.\n')
      return REFUSED
    }
    const found = await lookUps(sql, key, { limit: MOST + 1 })
    const roles = await roleNames(sql)
    print(found.length === 0 ? 'Nobody has looked.\n' : lookUpList(found.slice(0, MOST), roles))
    if (found.length > MOST) print(`Older ones are left out: these are the newest ${MOST}.\n`)
    return DONE
  })
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
    ['shown or written', resources > 0 ? counted(resources, 'resource') : null],
    ['withheld', withheld ? 'something' : null],
  ]
  const known = facts.filter(([, words]) => words)
  const head = `${norwegianTime(one.at)}  ${one.name ?? 'not established'}, ${one.organizationName ?? one.organization ?? 'no organisation'}: ${eventWords(one.event, one.type)}${one.service ? ` in ${one.service}` : ''}, ${outcomeWords(one)}`
  return [head, ...known.map(([name, words]) => `    ${name.padEnd(16)}  ${words}`)].join('\n')
}

/** Categories of health personnel (Volven 9060) in words. */
async function roleNames(sql: Database['sql']): Promise<Map<string, string>> {
  const rows = await sql<{ code: string; display: string }[]>`
    select code, display from code where system = 'urn:oid:2.16.578.1.12.4.1.1.9060'`
  return new Map(rows.map(({ code, display }) => [code, display]))
}

/** The key of the server: of the environment, or the one that development keeps. */
async function keyOf({ logKey: text, dataDirectory }: Environment): Promise<LogKey> {
  return logKey(text ?? (await keptSecret(dataDirectory, 'log-key', newLogKeyText)))
}

if (import.meta.main) await runHere(run)

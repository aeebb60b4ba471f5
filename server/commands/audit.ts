/**
 * `npm run audit -- verify` checks the whole access log; `npm run audit -- patient` prints who looked at one person, whose identity
 * number is asked for on standard input. docs/run/commands.md
 */
import { type LogKey, logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { type LookUp, lookUps } from '@helsevev/kernel/audit/look-ups'
import { type Verification, verifyLog } from '@helsevev/kernel/audit/verify'
import { classify } from '@helsevev/kernel/identity/identity-number'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import { table } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'
import { counted, eventWords, norwegianTime, outcomeWords, purposeWords } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run audit -- verify     check every row, link and checkpoint of the access log
       npm run audit -- patient    print who looked at a person; the identity number is asked for
`

/** Rows printed at most, newest first. */
const MOST = 10_000

/** Exit codes: 0 the chain holds or the list is printed, 1 it is broken or nobody is found, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const refusal = numberInArguments(words) ?? (words.length === 1 && (words[0] === 'verify' || words[0] === 'patient') ? undefined : usage)
  if (refusal) {
    terminal.print(refusal)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  if (words[0] === 'verify') {
    const key = await keyOf(environment)
    return await withDatabase(environment, async (database) => await verify(database, key, terminal))
  }
  return await patient(environment, terminal)
}

async function verify({ sql, where }: Database, key: LogKey, { print }: Terminal): Promise<number> {
  const found = await verifyLog(sql, key)
  print(`Access log of the database ${where.name} at ${where.host}:${where.port}${where.directory ? ` (${where.directory})` : ''}\n`)
  print(`${counted(found.rows, 'row')} in ${counted(found.segments, 'segment')}, ${counted(found.checkpoints, 'signed checkpoint')}.\n`)
  if (found.foreignCheckpoints > 0) print(`${foreign(found.foreignCheckpoints)}\n`)
  if (!found.broken) {
    print('The chain holds: no row was changed, moved, added or removed.\n')
    return DONE
  }
  print(brokenText(found.broken))
  return REFUSED
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
    const found = await lookUps(sql, key, MOST + 1)
    const roles = await roleNames(sql)
    print(found.length === 0 ? 'Nobody has looked.\n' : lookUpTable(found.slice(0, MOST), roles))
    if (found.length > MOST) print(`Older ones are left out: these are the newest ${MOST}.\n`)
    return DONE
  })
}

const heading = ['time', 'name', 'role', 'organisation', 'service', 'what was done', 'purpose', 'outcome', 'resources', 'withheld']

function lookUpTable(found: readonly LookUp[], roles: ReadonlyMap<string, string>): string {
  const rows = found.map((one) => [
    norwegianTime(one.at),
    one.name ?? 'not established',
    one.role ? (roles.get(one.role) ?? one.role) : '',
    one.organizationName ?? one.organization ?? '',
    one.service ?? '',
    eventWords(one.event, one.type),
    purposeWords(one.purpose),
    outcomeWords(one),
    String(one.resources),
    one.withheld ? 'something' : '',
  ])
  return `${table([heading, ...rows])}\n${counted(found.length, 'entry', 'entries')}, newest first, in Norwegian time.\n`
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

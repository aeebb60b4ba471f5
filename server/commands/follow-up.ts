/**
 * `npm run follow-up -- list|show|close`: a controller's list of emergency accesses (BTG), each to be closed with a finding by another
 * person than the one who made it. docs/run/follow-up.md
 */
import { parseArgs } from 'node:util'
import {
  closeFollowUp,
  type FollowUp,
  type FollowUpFinding,
  followUpFindings,
  followUpPatients,
  followUps,
} from '@helsevev/kernel/areas/follow-up/follow-up'
import type { Database } from '@helsevev/kernel/store/database'
import { table, wrapped } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { counted, norwegianTime } from './audit-words.ts'
import { closing, patientWords } from './follow-up-closing.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run follow-up -- list --organization NUMBER [--closed]
       npm run follow-up -- show EVENT --organization NUMBER     whom it is about
       npm run follow-up -- close EVENT --organization NUMBER --finding ${followUpFindings.join('|')} --note TEXT
The identity number of whoever closes is asked for.
`

const options = {
  organization: { type: 'string' },
  closed: { type: 'boolean' },
  finding: { type: 'string' },
  note: { type: 'string' },
} as const

type Asked =
  | { command: 'list'; organization: string; open: boolean }
  | { command: 'show'; organization: string; eventId: string }
  | { command: 'close'; organization: string; eventId: string; finding: FollowUpFinding; note: string }

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => await answer(sql, environment, asked, terminal))
}

function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const [command, eventId, ...more] = positionals
    const { organization, closed = false, finding, note } = values
    if (!organization || more.length > 0) return undefined
    if (command === 'list' && !eventId && !finding && !note) return { command, organization, open: !closed }
    if (!eventId || !UUID.test(eventId) || closed) return undefined
    if (command === 'show' && !finding && !note) return { command, organization, eventId }
    const known = followUpFindings.find((one) => one === finding)
    return command === 'close' && known && note !== undefined ? { command, organization, eventId, finding: known, note } : undefined
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function answer(sql: Database['sql'], environment: Environment, asked: Asked, terminal: Terminal): Promise<number> {
  const { organization } = asked
  if (asked.command === 'list') {
    const found = await followUps(sql, organization, asked)
    terminal.print(listText(found, asked.open))
    return DONE
  }
  if (asked.command === 'show') {
    const patient = (await followUpPatients(sql, organization, [asked.eventId])).get(asked.eventId)
    terminal.print(patient ? `${await patientWords(sql, patient)}\n` : 'The organisation has no emergency access with that event id.\n')
    return patient ? DONE : REFUSED
  }
  const { eventId, finding, note } = asked
  return await closing(sql, environment, organization, terminal, (parts, closedBy) =>
    closeFollowUp(sql, parts, { controller: organization, eventId, finding, note, closedBy }),
  )
}

function listText(found: readonly FollowUp[], open: boolean): string {
  if (found.length === 0) return open ? 'No emergency access is open.\n' : 'No emergency access has been closed.\n'
  const heading = ['time', 'event', 'name', 'role', 'organisation', 'service', open ? 'reason' : 'finding']
  const rows = found.map((one) => [
    norwegianTime(one.at),
    one.eventId,
    one.name,
    one.role ?? '',
    one.organizationName ?? one.organization ?? '',
    one.service,
    wrapped(open ? one.reason : `${one.finding}, ${one.closedBy}: ${one.note}`, 60),
  ])
  return `${table([heading, ...rows])}\n${counted(found.length, 'emergency access', 'emergency accesses')}, oldest first, in Norwegian time.\n`
}

if (import.meta.main) await runHere(run)

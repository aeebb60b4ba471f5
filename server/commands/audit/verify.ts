/** `audit verify`: whether the access log holds, against the checkpoints of a technical log too. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { LogKey } from '@helsevev/kernel/audit/log-key'
import { type Verification, verifyLog } from '@helsevev/kernel/audit/verify'
import { checkWitness } from '@helsevev/kernel/audit/witness'
import type { ServerDatabase } from '../../database.ts'
import { logKeyOf } from '../../kept-secret.ts'
import type { Context } from '../define-command.ts'
import { type Answer, DONE, REFUSED } from '../outcome.ts'
import { counted, norwegianTime } from '../words.ts'

/** Fewer rows say nothing of how fast it was. */
const MEASURED = 10_000

export async function verify({ values, environment, withDatabase }: Context<{ witness: string | undefined }>): Promise<Answer> {
  const key = await logKeyOf(environment)
  return await withDatabase((database) => verifyIn(database, key, values.witness))
}

async function verifyIn({ sql, where }: ServerDatabase, key: LogKey, witness: string | undefined): Promise<Answer> {
  const began = performance.now()
  const found = await verifyLog(sql, key)
  const seconds = (performance.now() - began) / 1000
  const testimony = found.broken || witness === undefined ? undefined : await checkWitness(sql, linesOf(witness))
  const broken = found.broken ?? testimony?.broken
  const { rows, segments, checkpoints, foreignCheckpoints } = found
  const text = [
    `Access log of the database ${where.name} at ${where.host}:${where.port}${where.directory ? ` (${where.directory})` : ''}\n`,
    `${counted(rows, 'row')} in ${counted(segments, 'segment')}, ${counted(checkpoints, 'signed checkpoint')}.\n`,
    rows >= MEASURED ? `${Math.round(rows / seconds)} rows a second.\n` : '',
    foreignCheckpoints > 0 ? `${foreign(foreignCheckpoints)}\n` : '',
    testimony ? `${counted(testimony.checkpoints, 'checkpoint')} witnessed in ${witness}.\n` : '',
    broken ? brokenText(broken) : 'The chain holds: no row was changed, moved, added or removed.\n',
  ].join('')
  const { name, host, port } = where
  const result = { holds: !broken, broken, rows, segments, checkpoints, foreignCheckpoints, witnessed: testimony?.checkpoints }
  return { result: { database: { name, host, port }, ...result }, text, exitCode: broken ? REFUSED : DONE }
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

function foreign(count: number): string {
  const remedy = 'Set HELSEVEV_LOG_KEY to that key to check them.'
  return `${counted(count, 'checkpoint')} signed by another key than this one: hashes were checked, signatures could not be. ${remedy}`
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

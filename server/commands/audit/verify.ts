/** `audit verify`: whether the access log holds, against published checkpoints and those of a technical log too. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { isSignedByAnother, type Verification } from '@helsevev/kernel/audit/checks'
import { type PublicLogKey, readPublicKeys } from '@helsevev/kernel/audit/log-key'
import { type KeptHead, keptHeads } from '@helsevev/kernel/audit/signed-note'
import { verifyLog } from '@helsevev/kernel/audit/verify'
import { checkWitness } from '@helsevev/kernel/audit/witness'
import type { ServerDatabase } from '../../database.ts'
import type { Environment } from '../../env.ts'
import { logKeyIfAny } from '../../kept-secret.ts'
import type { Context } from '../define-command.ts'
import { type Answer, DONE, type Outcome, REFUSED, refuse } from '../outcome.ts'
import { counted, norwegianTime } from '../words.ts'

/** Fewer rows say nothing of how fast it was. */
const MEASURED = 10_000

interface Values {
  witness: string | undefined
  checkpoint: string | undefined
  keys: string | undefined
}

const NO_KEYS =
  'No public key of the log is at hand, so no signature could be checked. Give the keys that were published as --keys <file>, ' +
  'or set HELSEVEV_LOG_KEY. Nothing was checked, and no key was made.'

export async function verify({ values, environment, withDatabase }: Context<Values>): Promise<Outcome> {
  const keys = await keysOf(values.keys, environment)
  if (typeof keys === 'string') return refuse('no-keys', keys)
  const kept = values.checkpoint === undefined ? [] : await keptIn(values.checkpoint, keys)
  if (typeof kept === 'string') return refuse('no-checkpoint', kept)
  return await withDatabase((database) => verifyIn(database, keys, kept, values))
}

/** A sentence when there is none, or when a file is none. */
async function keysOf(file: string | undefined, environment: Environment): Promise<PublicLogKey[] | string> {
  if (file === undefined) {
    const key = await logKeyIfAny(environment)
    return key ? [key] : NO_KEYS
  }
  try {
    const keys = readPublicKeys(await readFile(file, 'utf8'))
    return keys.length > 0 ? keys : `${file} holds no public key.`
  } catch (error) {
    return `${file} is no list of public keys: ${error instanceof Error ? error.message : 'not an Error'}.`
  }
}

async function keptIn(file: string, keys: readonly PublicLogKey[]): Promise<KeptHead[] | string> {
  const heads = keptHeads(await readFile(file, 'utf8'), keys)
  if (typeof heads !== 'string') return heads
  return heads === 'no-note'
    ? `${file} holds something else than checkpoints in the form of https://c2sp.org/tlog-checkpoint.`
    : `A checkpoint in ${file} is not signed by any of the keys given: it is no checkpoint of this log, or its key is missing.`
}

async function verifyIn(
  { sql, where }: ServerDatabase,
  keys: readonly PublicLogKey[],
  kept: readonly KeptHead[],
  { witness, checkpoint }: Values,
): Promise<Answer> {
  const began = performance.now()
  const found = await verifyLog(sql, { keys, kept, now: new Date() })
  const seconds = (performance.now() - began) / 1000
  const testimony = found.broken || witness === undefined ? undefined : await checkWitness(sql, linesOf(witness))
  const broken = found.broken ?? testimony?.broken
  const { rows, segments, checkpoints, unsigned, signedUntil } = found
  const text = [
    `Access log of the database ${where.name} at ${where.host}:${where.port}${where.directory ? ` (${where.directory})` : ''}\n`,
    `${counted(rows, 'row')} in ${counted(segments, 'segment')}, ${counted(checkpoints, 'signed checkpoint')}.\n`,
    rows >= MEASURED ? `${Math.round(rows / seconds)} rows a second.\n` : '',
    checkpoint === undefined || broken ? '' : `${counted(found.kept, 'checkpoint')} of ${checkpoint} agreed with the log.\n`,
    testimony ? `${counted(testimony.checkpoints, 'checkpoint')} witnessed in ${witness}.\n` : '',
    broken ? brokenText(broken, keys) : provenText(found, testimony?.checkpoints ?? 0),
  ].join('')
  const { name, host, port } = where
  const proven = { unsigned, signedUntil, kept: found.kept, witnessed: testimony?.checkpoints }
  const result = { holds: !broken, broken, rows, segments, checkpoints, ...proven }
  return { result: { database: { name, host, port }, ...result }, text, exitCode: broken ? REFUSED : DONE }
}

/** What is proven, and what is not. */
function provenText({ unsigned, signedUntil, kept }: Verification, witnessed: number): string {
  const until = signedUntil
    ? `Up to the checkpoint that was signed at ${norwegianTime(signedUntil)}, ` +
      'no row was changed, moved, added or removed by anybody without a signing key.\n'
    : 'No checkpoint is signed yet.\n'
  const open =
    unsigned > 0
      ? `${counted(unsigned, 'row')} behind the newest checkpoints agree with their hashes, and no signature covers them yet.\n`
      : ''
  // A file that holds none shows nothing, whatever was expected of it.
  const rest =
    kept + witnessed > 0
      ? 'What was kept outside the database agrees: up to the newest checkpoint kept of each segment, nothing was taken away by anybody ' +
        'with a signing key either. Not proven: what came after it, and segments of which none was kept.\n'
      : 'Not proven: that no end of a segment and no newest segment was removed together with its checkpoints, ' +
        'or all made again with the key. Only checkpoints that were kept elsewhere show that: give them as --checkpoint or --witness.\n'
  return `The log holds.\n${until}${open}${rest}`
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

function brokenText({ segment, seq, at, reason }: NonNullable<Verification['broken']>, keys: readonly PublicLogKey[]): string {
  const place = `  segment  ${segment === '0' ? '0 (the list of segments)' : segment}
  row      ${seq === '0' ? '0 (the opening of the segment)' : seq}
  time     ${at ? norwegianTime(at) : 'unknown'}
  reason   ${reason}
`
  if (!isSignedByAnother(reason))
    return `The chain is broken. The first row that does not agree:\n${place}What was read before it holds; nothing after it was checked.\n`
  const given = `${keys.length > 1 ? 'those given, which are' : 'the one given, which is'} ${keys.map(({ id }) => id).join(', ')}`
  return `Signed by another key than ${given}. No row was found changed. The first checkpoint that cannot be checked:
${place}Nothing after it was checked. If it is a key of yours, used before HELSEVEV_LOG_KEY was changed or by another server,
give all public keys that have signed: --keys FILE (GET /log/{tree}/keys writes them).
If no server of yours has had it, a person without your key has signed: compare with checkpoints that were kept
elsewhere, by --checkpoint or --witness.
`
}

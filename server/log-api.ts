/**
 * The published side of the access log, without sign-in: signed checkpoints, proofs and public keys. A person who keeps a checkpoint can
 * show later that nothing was taken away. Nothing here is about a person. docs/api/log.md
 */

import { checkRows, type Place, type RowCheck } from '@helsevev/kernel/audit/checked-rows'
import { CHECKPOINT_MILLISECONDS } from '@helsevev/kernel/audit/checkpoints'
import {
  placeOfLeaf,
  publishedCheckpoint,
  publishedCheckpoints,
  publishedConsistency,
  publishedInclusion,
  publishedSegments,
  verifierKeys,
} from '@helsevev/kernel/audit/publish'
import { SEGMENTS } from '@helsevev/kernel/audit/signed-note'
import { replyProblem } from '@helsevev/kernel/http/problem-reply'
import { createRateLimit } from '@helsevev/kernel/http/rate-limit'
import type { Log } from '@helsevev/kernel/log/lines'
import { isProblem, type Problem, problem, type Result } from '@helsevev/kernel/problem/problem'
import { fromLetters, isLogicalId, parseLogLineId, toLetters } from '@helsevev/kernel/store/ids'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { z } from 'zod'

/** For each address, since nobody is signed in. A witness asks a few times a minute. */
const PER_SECOND = 5
const BURST = 50

interface Parts {
  sql: Sql
  clock: () => Date
  log: Log
  /** How many processes share the rate now. */
  processes?: () => number
}

export async function logApi(app: FastifyInstance, { sql, log, ...shared }: Parts): Promise<void> {
  const rateLimit = createRateLimit({ perSecond: PER_SECOND, burst: BURST, ...shared })
  app.post('/log/check', async (request: FastifyRequest, reply: FastifyReply) => {
    const wait = rateLimit.take(request.ip)
    if (wait !== undefined) return replyProblem(reply, problem('busy', undefined, { headers: { 'Retry-After': String(wait) } }))
    const asked = checkedLines.safeParse(request.body)
    if (!asked.success) return replyProblem(reply, problem('invalid-parameter', LINES))
    return reply.header('Cache-Control', 'no-store').send(await checkLines({ sql, log }, asked.data.lines))
  })
  const answer = (path: string, make: (asked: Asked) => Promise<Result<string | undefined>>) =>
    app.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
      const wait = rateLimit.take(request.ip)
      if (wait !== undefined) return replyProblem(reply, problem('busy', undefined, { headers: { 'Retry-After': String(wait) } }))
      const { tree = '' } = request.params as { tree?: string }
      const query = new URLSearchParams(request.query as Record<string, string>)
      const text = await make({ segment: tree === 'segments' ? SEGMENTS : (readLetters(tree) ?? 'none'), query })
      if (isProblem(text)) return replyProblem(reply, text)
      if (text === undefined) return replyProblem(reply, problem('not-found', 'The log has no such tree, checkpoint or row.'))
      return reply.type('text/plain; charset=utf-8').header('X-Content-Type-Options', 'nosniff').send(text)
    })
  answer('/log/checkpoints', async () => await publishedCheckpoints(sql))
  answer('/log/segments', async () => await publishedSegments(sql))
  answer(
    '/log/:tree/checkpoint',
    ofTree(async ({ segment, query }) => {
      const size = numberOf(query, 'size')
      return isProblem(size) ? size : (await publishedCheckpoint(sql, segment, size))?.text
    }),
  )
  answer(
    '/log/:tree/keys',
    ofTree(async ({ segment }) => await verifierKeys(sql, segment)),
  )
  answer(
    '/log/:tree/inclusion',
    ofTree(async ({ segment, query }) => {
      const [size, leaf] = [numberOf(query, 'size'), leafOf(query)]
      if (isProblem(size)) return size
      if (isProblem(leaf)) return leaf
      const index = leaf === undefined ? numberOf(query, 'index') : await placeOfLeaf(sql, segment, leaf)
      if (isProblem(index)) return index
      if (index === undefined) return leaf === undefined ? wrong('index') : undefined
      return await publishedInclusion(sql, segment, index, size)
    }),
  )
  answer(
    '/log/:tree/consistency',
    ofTree(async ({ segment, query }) => {
      const [from, to] = [numberOf(query, 'from'), numberOf(query, 'to')]
      if (isProblem(from)) return from
      if (isProblem(to)) return to
      if (from === undefined || to === undefined) return wrong(from === undefined ? 'from' : 'to')
      return await publishedConsistency(sql, segment, from, to)
    }),
  )
}

/**
 * Whether the rows of these ids of AuditEvents agree with the newest checkpoint, as `POST /log/check` answers it. The citizen portal asks
 * here, for a citizen who has just searched the log under a limit of her own: over HTTP all citizens would share the server's address.
 */
export async function checkLines({ sql, log }: Pick<Parts, 'sql' | 'log'>, ids: readonly string[]) {
  const places = ids.map(placeOf)
  const checks = await checkRows(sql, places)
  for (const [place, { state }] of checks.entries()) if (state === 'differs') log('LOG_DIFFERS', places[place])
  const lines = checks.map((check, place) => ({ id: ids[place], ...written(check), ...inTree(check, places[place]) }))
  return { lines, nextWithinSeconds: CHECKPOINT_MILLISECONDS / 1000 }
}

/** Times as they stand in JSON: the citizen portal reads the answer without HTTP between. */
function written(check: RowCheck) {
  return check.state === 'checked' ? { ...check, at: check.at.toISOString() } : check
}

/** The most lines of one request. */
const MOST_LINES = 300
const LINES = `lines takes 1 to ${MOST_LINES} ids of AuditEvents.`
const checkedLines = z.strictObject({ lines: z.array(z.string().refine(isLogicalId)).min(1).max(MOST_LINES) })

/** An id that names no line is in no segment. */
function placeOf(id: string): Place {
  return parseLogLineId(id) ?? { segment: '0', seq: '0' }
}

/** Where the proof of a line is found. Sizes of trees are published, so this says no more than they do. */
function inTree({ state }: RowCheck, place: Place | undefined) {
  return state === 'no-tree' || !place ? {} : { tree: toLetters(place.segment), index: Number(place.seq) }
}

interface Asked {
  segment: string
  query: URLSearchParams
}

/** A name that is no tree has nothing. */
function ofTree(make: (asked: Asked) => Promise<Result<string | undefined>>) {
  return async (asked: Asked) => (asked.segment === 'none' ? undefined : await make(asked))
}

function readLetters(text: string): string | undefined {
  return /^[a-p]{1,16}$/.test(text) ? fromLetters(text) : undefined
}

/** Undefined when it is not given. */
function numberOf(query: URLSearchParams, name: string): number | undefined | Problem {
  const text = query.get(name)
  if (text === null) return undefined
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : wrong(name)
}

/** The hash of a leaf in hexadecimal. */
function leafOf(query: URLSearchParams): string | undefined | Problem {
  const text = query.get('hash')
  if (text === null) return undefined
  return /^[0-9a-f]{64}$/.test(text) ? text : wrong('hash')
}

const forms = {
  size: 'the number of leaves of a checkpoint',
  index: 'the place of a leaf, counted from 0',
  hash: 'the hash of a leaf, 64 hexadecimal digits',
  from: 'the number of leaves of the earlier tree, from 1',
  to: 'the number of leaves of the later tree',
}

function wrong(name: string): Problem {
  return problem('invalid-parameter', `${name} takes ${forms[name as keyof typeof forms]}.`)
}

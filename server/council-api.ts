/**
 * What is published of cases, decisions, deadlines and costs, without sign-in. Nothing here is about a patient, and what is not published
 * is not there. docs/council.md
 */
import { reconciles } from '@helsevev/governance/costs/reckon'
import { reckonAll } from '@helsevev/governance/costs/statements'
import { calendarOf } from '@helsevev/governance/export/calendar'
import { oparlOf } from '@helsevev/governance/export/oparl'
import { casesWith, costTables, readCouncil } from '@helsevev/governance/store/read'
import { replyProblem } from '@helsevev/kernel/http/problem-reply'
import { createRateLimit } from '@helsevev/kernel/http/rate-limit'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { z } from 'zod'
import { councilPages } from './pages/council-pages.ts'

/** For each address, since nobody is signed in. */
const PER_SECOND = 5
const BURST = 50

interface Parts {
  sql: Sql
  clock: () => Date
  baseUrl: () => string
  /** Whether people reach the server over https. */
  https: () => boolean
  /** How many processes share the rate now. */
  processes?: () => number
}

const asked = z.strictObject({ search: z.string().max(200).optional() })
const nothingAsked = z.strictObject({})

export async function councilApi(app: FastifyInstance, { sql, clock, baseUrl, https, processes }: Parts): Promise<void> {
  const rateLimit = createRateLimit({ perSecond: PER_SECOND, burst: BURST, clock, ...(processes ? { processes } : {}) })
  await councilPages(app, { sql, clock, https, rateLimit })
  const answer = (path: string, type: string, make: (request: FastifyRequest) => Promise<unknown>) =>
    app.get(path, async (request, reply) => {
      const wait = rateLimit.take(request.ip)
      if (wait !== undefined) return replyProblem(reply, problem('busy', undefined, { headers: { 'Retry-After': String(wait) } }))
      const made = await make(request)
      if (isProblem(made)) return replyProblem(reply, made)
      const headers = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }
      return reply
        .type(type)
        .headers(headers)
        .send(typeof made === 'string' ? made : JSON.stringify(made))
    })
  const json = 'application/json; charset=utf-8'
  answer('/council/cases', json, async ({ query }) => {
    const read = asked.safeParse(query)
    if (!read.success) return unknownParameter('search, with at most 200 characters')
    const { cases } = await readCouncil(sql, 'everybody')
    return { cases: casesWith(cases, read.data.search ?? '') }
  })
  answer('/council/follow-ups', json, async ({ query }) => {
    if (!nothingAsked.safeParse(query).success) return unknownParameter('no parameter')
    return { followUps: (await readCouncil(sql, 'everybody')).followUps }
  })
  answer('/council/costs', json, async ({ query }) => {
    if (!nothingAsked.safeParse(query).success) return unknownParameter('no parameter')
    const tables = await costTables(sql, 'everybody')
    return { tables: tables.map((table) => ({ ...table, mismatches: reckonAll(table).filter((one) => !reconciles(one)) })) }
  })
  answer('/council/oparl.json', json, async ({ query }) => {
    if (!nothingAsked.safeParse(query).success) return unknownParameter('no parameter')
    return { data: oparlOf(await readCouncil(sql, 'everybody'), `${baseUrl()}/council/oparl`) }
  })
  answer('/council/calendar.ics', 'text/calendar; charset=utf-8', async ({ query }) => {
    if (!nothingAsked.safeParse(query).success) return unknownParameter('no parameter')
    return calendarOf(await readCouncil(sql, 'everybody'), clock())
  })
}

function unknownParameter(takes: string): Problem {
  return problem('invalid-parameter', `This address takes ${takes}.`)
}

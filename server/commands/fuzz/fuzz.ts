/** The run: changed requests one after another, several at one time, and what was answered. */
import { randomFrom } from '../../seed/random.ts'
import { mutated, written } from './mutate.ts'
import type { FuzzRequest } from './requests.ts'

export interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** Sends one request; the location of what it stored, when it did. */
export type Send = (request: Sent, number: number) => Promise<{ status: number; location?: string | undefined }>

export interface Fuzzed {
  /** How often each interaction was answered with each status. */
  counts: Record<string, Record<string, number>>
  statuses: Record<string, number>
  seconds: number
  /** The first request that the server failed at, or did not answer (status 0). */
  failure: (Sent & { number: number; interaction: string; status: number }) | undefined
}

interface Options {
  count: number
  seed: number
  /** Requests at one time. */
  atOnce: number
}

/** Ids of records that are kept, for requests that need one. */
const KEPT_IDS = 200

/** Each request is made from the seed and its number alone, apart from the ids of records. */
export async function fuzz(valid: readonly FuzzRequest[], send: Send, { count, seed, atOnce }: Options): Promise<Fuzzed> {
  const found: Fuzzed = { counts: {}, statuses: {}, seconds: 0, failure: undefined }
  const ids: string[] = []
  const began = performance.now()
  let next = 0
  // Each interaction as often as another, however many examples it has.
  const kinds = [...Map.groupBy(valid, (one) => one.interaction).values()]
  const run = async () => {
    for (let number = next++; number < count; number = next++) {
      const random = randomFrom(`fuzz ${seed} ${number}`)
      const base = random.pick(random.pick(kinds))
      // Some stay as they are, so that there is something to find.
      const { interaction, ...request } = random.chance(0.08) ? base : mutated(base, random)
      const id = ids.length > 0 ? random.pick(ids) : 'a'
      const sent = withId(request, id)
      const { status, location } = await send(sent, number)
      const stored = /\/([a-p-]{3,64})(?:\/_history|$)/.exec(location ?? '')?.[1]
      if (stored) ids[ids.length < KEPT_IDS ? ids.length : random.int(0, KEPT_IDS - 1)] = stored
      const counts = found.counts[interaction] ?? {}
      found.counts[interaction] = { ...counts, [status]: (counts[status] ?? 0) + 1 }
      found.statuses[status] = (found.statuses[status] ?? 0) + 1
      if (isFailure(status)) found.failure ??= { ...sent, number, interaction, status }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  found.seconds = (performance.now() - began) / 1000
  return found
}

function withId({ method, path, headers, body }: Omit<FuzzRequest, 'interaction'>, id: string): Sent {
  return { method, path: path.replaceAll('{id}', id), headers, body: body && written(body).replaceAll('{id}', id) }
}

/** An error of the server, or no answer. */
export function isFailure(status: number): boolean {
  return status >= 500 || status === 0
}

/** The table of a run, for a terminal. */
export function tableOf({ counts, statuses, seconds, failure }: Fuzzed, seed: number): string {
  const columns = Object.keys(statuses).sort()
  const widest = Math.max(...Object.keys(counts).map((name) => name.length), 'all'.length)
  const row = (name: string, of: Record<string, number>) =>
    `${name.padEnd(widest)}${columns.map((status) => String(of[status] ?? '').padStart(8)).join('')}\n`
  const sum = Object.values(statuses).reduce((total, count) => total + count, 0)
  const failures = Object.entries(statuses).reduce((total, [status, count]) => total + (isFailure(Number(status)) ? count : 0), 0)
  return [
    `${' '.repeat(widest)}${columns.map((status) => (status === '0' ? 'none' : status).padStart(8)).join('')}\n`,
    ...Object.keys(counts)
      .sort()
      .map((name) => row(name, counts[name] ?? {})),
    row('all', statuses),
    `\n${sum} requests of seed ${seed} in ${Math.round(seconds)} s, ${Math.round(sum / seconds)} a second. Failures: ${failures}.\n`,
    failure
      ? `\nThe first failure is request ${failure.number}, ${failure.interaction}, ${failure.status || 'no answer'}:\n${shown(failure)}`
      : '',
  ].join('')
}

/** As it was sent, and no more of it than fits a screen. It is about made-up people. */
function shown({ method, path, headers, body }: Sent): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${JSON.stringify(value.slice(0, 200))}\n`)
  return `${method} ${path.slice(0, 500)}\n${lines.join('')}${body === undefined ? '' : `\n${JSON.stringify(body.slice(0, 2000))}\n`}`
}

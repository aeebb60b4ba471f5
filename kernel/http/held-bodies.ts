/**
 * How many octets of bodies a process holds at one time. A body is announced by its length, and counts from then until the request is
 * answered; one of unknown length counts as the longest. Who has no token gets a small share, so that nobody without one can fill the
 * memory or keep others out.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { BODY_LIMIT } from './body.ts'
import { whenAnswered } from './when-answered.ts'

const MIB = 1024 * 1024
/** Octets at one time: of everybody with a token, of one client for one organisation, and of everybody without a token. */
export const HELD = { admitted: 256 * MIB, client: 64 * MIB, anonymous: 32 * MIB } as const

export interface HeldBodies {
  /** False when the body of this request has to wait. `client` is undefined for a request that needs no token. */
  take(request: FastifyRequest, reply: FastifyReply, client: string | undefined): boolean
}

export function createHeldBodies(): HeldBodies {
  const held = new Map<string, number>()
  const add = (key: string, octets: number) => {
    const sum = (held.get(key) ?? 0) + octets
    if (sum > 0) held.set(key, sum)
    else held.delete(key)
  }
  return {
    take(request, reply, client) {
      const octets = announced(request)
      if (octets === 0) return true
      const shares = client === undefined ? ([['anonymous', HELD.anonymous]] as const) : sharesOf(client)
      if (shares.some(([key, most]) => (held.get(key) ?? 0) + octets > most)) return false
      for (const [key] of shares) add(key, octets)
      whenAnswered(reply, () => {
        for (const [key] of shares) add(key, -octets)
      })
      return true
    },
  }
}

function sharesOf(client: string) {
  return [
    ['admitted', HELD.admitted],
    [`client ${client}`, HELD.client],
  ] as const
}

function announced({ headers }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return BODY_LIMIT
  const octets = Number(headers['content-length'] ?? 0)
  return Math.min(Number.isFinite(octets) ? octets : BODY_LIMIT, BODY_LIMIT)
}

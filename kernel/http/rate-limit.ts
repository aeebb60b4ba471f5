/**
 * Limits the requests of one client for one organisation with a bucket that fills at a steady rate. A vendor whose program runs in an
 * endless loop is asked to wait (429 with Retry-After), and the requests of others are not harmed. Each process has its own buckets.
 */
import { LRUCache } from 'lru-cache'

export interface RateLimit {
  /** Seconds to wait before the next request, or undefined when this one may go on. */
  take(key: string): number | undefined
}

interface Bucket {
  tokens: number
  /** Milliseconds since 1970. */
  at: number
}

/** The number of buckets that are kept. A full bucket equals a missing one, so the bucket that was used longest ago is removed first. */
const KEPT = 20_000

export function createRateLimit({ perSecond, burst, clock }: { perSecond: number; burst: number; clock: () => Date }): RateLimit {
  const buckets = new LRUCache<string, Bucket>({ max: KEPT })
  return {
    take(key) {
      const now = clock().getTime()
      const known = buckets.get(key)
      const tokens = known ? Math.min(burst, known.tokens + ((now - known.at) / 1000) * perSecond) : burst
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
      return tokens < 1 ? Math.max(1, Math.ceil((1 - tokens) / perSecond)) : undefined
    },
  }
}
